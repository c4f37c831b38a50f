// What a run would do before it is asked for: what runs and why, what may be spared, what is left out, how long it takes.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { count, duration } from "../format.ts";
import type { PlannedView, RunPreview } from "../run_views.ts";
import { about, rough } from "../run_words.ts";
import type { OpenPreview } from "../runs.ts";
import { inWords } from "../wishes.ts";
import { CLOSE, Icon, PLAY } from "./icons.tsx";
import { Prose } from "./parts.tsx";

interface Props {
  preview: OpenPreview;
  onRun(): void;
  onForce(force: boolean): void;
  onClose(): void;
  onGo(key: string): void;
}

const FATES: [PlannedView["fate"], string, string][] = [
  ["run", "Runs", ""],
  ["maybe", "May be spared", "skipped if its inputs turn out equal"],
  ["restore", "Taken back from the store", "no run is needed"],
];

export function Preview({ preview, onRun, onForce, onClose, onGo }: Props): JSX.Element {
  const { wish, view } = preview;
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);
  const nothing = view !== null && view.run + view.maybe + view.restore + view.checks === 0;
  return (
    <section class="nbl-popover nbl-preview" role="dialog" aria-label="Preview" aria-busy={view === null} data-lm-suppress-shortcuts="true">
      <header>
        <h3 title={inWords(wish)}>Preview: {inWords(wish)}</h3>
        <button type="button" class="nbl-button nbl-quiet" aria-label="Close preview" title="Close (Esc)" onClick={onClose}>
          <Icon path={CLOSE} />
        </button>
      </header>
      <div class="nbl-preview-body" tabIndex={0}>
        <p class="nbl-preview-sum">{view === null ? "…" : summary(view)}</p>
        {view !== null && FATES.map(([fate, title, note]) => <Fate fate={fate} title={title} note={note} view={view} onGo={onGo} />)}
        {view !== null && view.more > 0 && <p class="nbl-note">and {view.more.toLocaleString("en-US")} more</p>}
        {view !== null && view.fresh > 0 && (
          <div class="nbl-fate">
            <h4>Left out as fresh <span class="nbl-aside">{view.fresh.toLocaleString("en-US")}</span></h4>
            <p class="nbl-note">{view.fresh_keys.join(", ")}{view.fresh > view.fresh_keys.length ? ", …" : ""}</p>
          </div>
        )}
      </div>
      <footer>
        <label>
          <input type="checkbox" checked={wish.force} disabled={wish.what === "failed"} onChange={({ currentTarget }) => onForce(currentTarget.checked)} />
          Run again though fresh
        </label>
        <button type="button" class="nbl-button" onClick={onClose}>Close</button>
        <button type="button" class="nbl-button nbl-primary" ref={first} disabled={nothing} onClick={onRun}>
          <Icon path={PLAY} />
          Run
        </button>
      </footer>
    </section>
  );
}

function Fate({ fate, title, note, view, onGo }: { fate: PlannedView["fate"]; title: string; note: string; view: RunPreview; onGo(key: string): void }): JSX.Element | null {
  if (view[fate] === 0) return null;
  return (
    <div class="nbl-fate">
      <h4>
        {title} <span class="nbl-aside">{[view[fate].toLocaleString("en-US"), note].filter(Boolean).join(" · ")}</span>
      </h4>
      <ul>
        {view.planned.filter((each) => each.fate === fate).map((each) => (
          <li data-planned={each.key}>
            <button type="button" class="nbl-name" title={each.key} onClick={() => onGo(each.key)}>{each.key}</button>
            <span class="nbl-note"><Prose text={why(each)} /></span>
            {fate !== "restore" && <span class="nbl-took" title={each.seconds === null ? "It never ran before" : "Last time"}>{each.seconds === null ? "—" : duration(each.seconds)}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

const why = ({ why: reason, partitions }: PlannedView): string =>
  [partitions > 0 && count(partitions, "partition"), reason].filter(Boolean).join(" · ");

/** "3 to run, 2 may be spared · ~12 s to ~40 s": what a menu has room for. */
export function summary(view: RunPreview): string {
  const parts = [
    view.run > 0 && `${view.run.toLocaleString("en-US")} to run`,
    view.maybe > 0 && `${view.maybe.toLocaleString("en-US")} may be spared`,
    view.restore > 0 && `${view.restore.toLocaleString("en-US")} restored`,
    view.run + view.maybe + view.restore === 0 && view.fresh > 0 && "All fresh: nothing to run",
    view.run + view.maybe + view.restore > 0 && view.fresh > 0 && `${view.fresh.toLocaleString("en-US")} fresh`,
    view.checks > 0 && count(view.checks, "check"),
  ].filter(Boolean);
  const time = estimate(view);
  return [parts.join(", ") || "Nothing to run", time].filter(Boolean).join(" · ");
}

/** How long it takes, as far as that is known: "~12 s", "~12 s to ~40 s", "over 12 s". */
export function estimate({ run, maybe, seconds, at_most: most, unknown }: RunPreview): string {
  if (run + maybe === 0) return "";
  if (unknown > 0) return most < 0.5 ? "time not known" : `over ${rough(Math.max(seconds, 1))}`;
  return about(seconds) === about(most) ? about(most) : `${about(seconds)} to ${about(most)}`;
}
