// What can be typed next, as a list below the search box; and why what is typed cannot be read.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { pieces } from "../finding/taking.ts";
import type { CandidateView } from "../finding/views.ts";
import type { Search } from "../state.ts";

interface Props {
  /** What the names of its elements begin with. */
  id: string;
  candidates: readonly CandidateView[];
  active: number;
  /** How many were left out. */
  more: number;
  /** How many of them, from the first on, are searches that were made before. */
  recent: number;
  onTake(candidate: CandidateView): void;
}

export function Suggestions({ id, candidates, active, more, recent, onTake }: Props): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [active]);
  return (
    <div class="nbl-suggestions">
      <div class="nbl-suggestion-list" id={`${id}-list`} role="listbox" aria-label="Suggestions" ref={list}>
        {candidates.map((candidate, index) => (
          <div
            key={`${candidate.kind} ${candidate.text}`}
            id={`${id}-${index}`}
            class={recent > 0 && index === recent ? "nbl-suggestion nbl-suggestion-next" : "nbl-suggestion"}
            role="option"
            aria-selected={index === active}
            data-kind={candidate.kind}
            // The focus stays in the box.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onTake(candidate)}
          >
            <span class="nbl-suggestion-name">
              {pieces(candidate.name, candidate.hits).map(({ text, hit }) => (hit ? <mark>{text}</mark> : text))}
            </span>
            {candidate.hint !== "" && <span class="nbl-suggestion-hint">{candidate.hint}</span>}
            <span class="nbl-suggestion-kind">
              {candidate.kind}
              {candidate.count !== null && <span class="nbl-suggestion-count">{candidate.count.toLocaleString("en-US")}</span>}
            </span>
          </div>
        ))}
      </div>
      {more > 0 && <div class="nbl-suggestion-more">{more.toLocaleString("en-US")} more: type on</div>}
    </div>
  );
}

export function SearchError({ id, search }: { id: string; search: Search }): JSX.Element {
  const { at, text, error } = search;
  // The kernel marks the place in its sentence, too; here it is shown instead.
  const said = at === null ? error : error.replace(/, at .*⟨here⟩.*$/s, "").replace(/^the selection `.*` cannot be read: /s, "");
  return (
    <div id={id} class="nbl-search-error" role="alert">
      {at !== null && (
        <code>
          {text.slice(0, at)}
          <span class="nbl-search-here">{text.slice(at) || " "}</span>
        </code>
      )}
      {said}
    </div>
  );
}
