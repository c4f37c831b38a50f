// The line that says what of the graph is shown, and the ways out of it: a neighbourhood, filters, what is hidden.
import type { JSX } from "preact";
import { chipsOf } from "../finding/filters.ts";
import { DEPTHS, WAYS, depthName, depthOf, focusOn, wayOf } from "../finding/focus.ts";
import { isHiding } from "../finding/state.ts";
import type { FocusView } from "../finding/views.ts";
import { count } from "../format.ts";
import type { State } from "../state.ts";
import { CLOSE, COPY, Icon, NEXT, PREVIOUS } from "./icons.tsx";

export interface FindBarActions {
  step(by: 1 | -1): void;
  toggle(facet: string, value: string): void;
  clear(): void;
  hide(on: boolean): void;
  focus(focus: FocusView | null): void;
  copy(text: string): void;
}

export function FindBar({ state, actions }: { state: State; actions: FindBarActions }): JSX.Element | null {
  const { search, finding } = state;
  const { scope } = finding;
  const chips = chipsOf(finding.filters);
  const found = search.matches?.size ?? 0;
  const hiding = isHiding(finding);
  if (scope === null && chips.length === 0 && search.matches === null) return null;
  const off = state.lost;
  return (
    <div class="nbl-findbar" role="group" aria-label="What is shown" data-lm-suppress-shortcuts="true">
      {scope?.focus && <Neighbourhood focus={scope.focus} shown={scope.shown} off={off} onFocus={actions.focus} />}
      {chips.map(({ facet, value, text }) => (
        <span class="nbl-chip" key={`${facet} ${value}`}>
          <span class="nbl-chip-text" title={text}>{text}</span>
          <button type="button" aria-label={`Remove the filter ${text}`} disabled={off} onClick={() => actions.toggle(facet, value)}>
            <Icon path={CLOSE} />
          </button>
        </span>
      ))}
      {search.matches !== null && (
        <span class="nbl-findbar-part">
          <span class="nbl-matches">{found === 1 ? "1 match" : `${found.toLocaleString("en-US")} matches`}</span>
          <Small label="Previous match" title="Previous match (Shift+Enter)" path={PREVIOUS} off={off || found === 0} onClick={() => actions.step(-1)} />
          <Small label="Next match" title="Next match (Enter)" path={NEXT} off={off || found === 0} onClick={() => actions.step(1)} />
        </span>
      )}
      {(search.matches !== null || hiding) && (
        <button
          type="button"
          class="nbl-toggle"
          aria-pressed={hiding}
          disabled={off || (!hiding && found === 0)}
          title="Take what does not match out of the picture (H)"
          onClick={() => actions.hide(!hiding)}
        >
          Hide the rest
        </button>
      )}
      {hiding && scope && (
        <button type="button" class="nbl-link" disabled={off} onClick={() => actions.hide(false)}>
          Show {count(scope.hidden, "hidden asset")}
        </button>
      )}
      {search.matches !== null && (
        <>
          <Small
            label="Copy as a selection"
            title={`Copy as a selection: ${search.selection}`}
            path={COPY}
            off={false}
            onClick={() => actions.copy(search.selection)}
          />
          <button type="button" class="nbl-link" disabled={off} onClick={actions.clear}>
            Clear
          </button>
        </>
      )}
    </div>
  );
}

interface NeighbourhoodProps {
  focus: FocusView;
  shown: number;
  off: boolean;
  onFocus(focus: FocusView | null): void;
}

function Neighbourhood({ focus, shown, off, onFocus }: NeighbourhoodProps): JSX.Element {
  const [depth, way] = [depthOf(focus), wayOf(focus)];
  return (
    <span class="nbl-findbar-part nbl-neighbourhood">
      <nav aria-label="Neighbourhood" class="nbl-crumbs">
        <button type="button" class="nbl-link" disabled={off} onClick={() => onFocus(null)}>
          All assets
        </button>
        <span aria-hidden="true">›</span>
        <span class="nbl-crumb" aria-current="page" title={focus.key}>
          {focus.key}
        </span>
        <span class="nbl-crumb-count">{count(shown, "asset")}</span>
      </nav>
      <span class="nbl-segments" role="group" aria-label="Steps">
        {DEPTHS.map((each) => (
          <button
            type="button"
            key={depthName(each)}
            aria-pressed={each === depth}
            aria-label={each === null ? "All steps" : count(each, "step")}
            disabled={off}
            onClick={() => onFocus(focusOn(focus.key, each, way))}
          >
            {depthName(each)}
          </button>
        ))}
      </span>
      <span class="nbl-segments" role="group" aria-label="Which way">
        {WAYS.map((each) => (
          <button
            type="button"
            key={each.way}
            aria-pressed={each.way === way}
            disabled={off}
            onClick={() => onFocus(focusOn(focus.key, depth, each.way))}
          >
            {each.title}
          </button>
        ))}
      </span>
      <Small label="Leave the neighbourhood" title="Show all assets again (Esc)" path={CLOSE} off={off} onClick={() => onFocus(null)} />
    </span>
  );
}

interface SmallProps {
  label: string;
  title: string;
  path: string;
  off: boolean;
  onClick(): void;
}

function Small({ label, title, path, off, onClick }: SmallProps): JSX.Element {
  return (
    <button type="button" class="nbl-small" aria-label={label} title={title} disabled={off} onClick={onClick}>
      <Icon path={path} />
    </button>
  );
}
