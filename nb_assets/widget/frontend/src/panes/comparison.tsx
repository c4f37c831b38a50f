// What changed between two versions, in the pane: the diff, and all rows that differ where those are many.
import type { JSX } from "preact";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Actor } from "../acting/actor.ts";
import type { Comparison as Compared, Past } from "../acting/state.ts";
import { Rows } from "../browser/rows.tsx";
import { bringUp } from "./bringing.ts";
import { CLOSE, Icon } from "./icons.tsx";
import { Html } from "./parts.tsx";

interface Props {
  past: Past;
  comparison: Compared;
  actor: Actor;
}

export function Comparison({ past, comparison, actor }: Props): JSX.Element {
  const { partition, old, new: next, html, badge, rows, error } = comparison;
  const [browsed, setBrowsed] = useState("");
  const name = `${partition === "" ? "" : `${partition} `}v${old} → v${next}`;
  const line = useMemo(() => actor.rowsLine(past.key), [actor, past.key, name]);
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => bringUp(place.current), [name, html !== null]);
  return (
    <div class="nbl-comparison" ref={place} role="group" aria-label={`Comparison ${name}`}>
      <div class="nbl-comparison-head">
        <strong>{name}</strong>
        <span class="nbl-aside">{badge}</span>
        <button
          type="button"
          class="nbl-text-button nbl-aloof"
          title="Copy the line that shows this below a cell of its own"
          onClick={() => actor.copy(diffLine(past.key, comparison))}
        >
          Copy as cell
        </button>
        <button type="button" class="nbl-button nbl-quiet" aria-label="Close the comparison" onClick={() => actor.closeComparison(past.key)}>
          <Icon path={CLOSE} />
        </button>
      </div>
      {error !== "" && <p class="nbl-problem" role="alert">{error}</p>}
      {html === null && error === "" && <p class="nbl-note" role="status">Reading both versions…</p>}
      {html !== null && <Html html={html} />}
      {rows > 0 && browsed !== name && (
        <button type="button" class="nbl-text-button" onClick={() => setBrowsed(name)}>
          Browse all {rows.toLocaleString("en-US")} rows that differ
        </button>
      )}
      {rows > 0 && browsed === name && (
        <div class="nbd" ref={bringUp}>
          <Rows line={line} key={name} />
        </div>
      )}
    </div>
  );
}

/** The line that shows the same below a cell. */
function diffLine(key: string, { partition, old, new: next }: Pick<Compared, "partition" | "old" | "new">): string {
  return `%assets diff ${key} ${old} ${next}${partition === "" ? "" : ` --partition ${partition}`}`;
}
