// The line that says what differs from an earlier moment: the choice of it, and a legend that counts.
import type { JSX } from "preact";
import type { ChangesDesk } from "../changes/desk.ts";
import { counts, LOOKS, type Changing } from "../changes/state.ts";

const MOST_NAMES = 4;

export function ChangesBar({ changing, desk }: { changing: Changing; desk: ChangesDesk }): JSX.Element | null {
  const { since, moments, changes, only } = changing;
  if (since === null) return null;
  const found = changes ? counts(changes) : [];
  const edges = changes ? changes.edges_added.length + changes.edges_removed.length : 0;
  return (
    <div class="nbl-changes" role="region" aria-label="What changed">
      <label class="nbl-since">
        Changed since{" "}
        <select
          aria-label="Changed since"
          data-lm-suppress-shortcuts="true"
          value={since}
          onChange={({ currentTarget }) => desk.choose(currentTarget.value)}
        >
          {moments.map(({ id, label }) => (
            <option value={id}>{label}</option>
          ))}
        </select>
      </label>
      {found.map(([mark, n]) => (
        <span class="nbl-change" data-mark={mark}>
          <b aria-hidden="true">{LOOKS[mark].shape}</b> {n} {LOOKS[mark].word}
        </span>
      ))}
      {changes && edges > 0 && (
        <span class="nbl-change" data-mark="edges" title="Dependencies: added ones are drawn strong, removed ones dashed">
          {[...said("+", changes.edges_added.length), ...said("−", changes.edges_removed.length)].join(" ")} dependencies
        </span>
      )}
      {changes && found.length === 0 && edges === 0 && <span class="nbl-change">Nothing</span>}
      {changes && changes.removed.length > 0 && (
        <span class="nbl-gone" title={changes.removed.join("\n")}>
          {changes.removed.slice(0, MOST_NAMES).join(", ")}
          {changes.removed.length > MOST_NAMES && ` and ${changes.removed.length - MOST_NAMES} more`}
        </span>
      )}
      <label class="nbl-only">
        <input type="checkbox" data-lm-suppress-shortcuts="true" checked={only} onChange={({ currentTarget }) => desk.only(currentTarget.checked)} />
        Only what changed
      </label>
      <button type="button" class="nbl-link" aria-label="Hide what changed" onClick={desk.stop}>
        Done
      </button>
    </div>
  );
}

const said = (sign: string, n: number): string[] => (n > 0 ? [`${sign}${n}`] : []);
