// The partitions of an asset in its pane: a bar of their states, the counts in words, and those to look at first.
import type { JSX } from "preact";
import type { PartitionView, PartitionsView } from "../views.ts";
import { age } from "../format.ts";
import { segments } from "../graph/segments.ts";
import { StatusMark } from "./icons.tsx";
import { Prose } from "./parts.tsx";

export function Partitions({ partitions, now }: { partitions: PartitionsView; now: number }): JSX.Element {
  return (
    <div class="nbl-partitions">
      <div class="nbl-parts-bar" role="img" aria-label={partitions.summary}>
        {segments(partitions.counts, 100).map(({ status, width }) => (
          <span data-status={status} style={{ width: `${width}%` }} />
        ))}
      </div>
      <p class="nbl-note">{partitions.summary}</p>
      <ul>
        {partitions.shown.map((partition) => (
          <li data-partition={partition.key} data-status={partition.status}>
            <span class="nbl-status" data-status={partition.status}>
              <StatusMark status={partition.status} />
            </span>
            <strong>{partition.key}</strong>
            <span class="nbl-note"><Prose text={facts(partition, now).join(" · ")} /></span>
          </li>
        ))}
      </ul>
      {partitions.more > 0 && <p class="nbl-note">and {partitions.more.toLocaleString("en")} more</p>}
    </div>
  );
}

/** Says why it is not fresh, else what it holds and when that was made. */
export function facts(partition: PartitionView, now: number): string[] {
  return [
    partition.status === "fresh" ? partition.summary : partition.reason || partition.status,
    partition.version > 1 ? `version ${partition.version}` : "",
    partition.made === null ? "" : age(partition.made, now),
  ].filter((fact) => fact !== "");
}
