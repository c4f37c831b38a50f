// One version, opened: what made it, and what can be done with it.
import type { JSX } from "preact";
import type { Actor } from "../acting/actor.ts";
import type { Mark, Past } from "../acting/state.ts";
import { bytes, duration } from "../format.ts";
import type { MadeFromView, VersionRecordView } from "../views.ts";
import { Metadata } from "./metadata.tsx";
import { Html, Prose } from "./parts.tsx";

interface Props {
  mark: Mark;
  name: string;
  past: Past;
  actor: Actor;
  onGo(key: string): void;
}

export function Version({ mark, name, past, actor, onGo }: Props): JSX.Element {
  const { record, key } = past;
  if (!record) return <p class="nbl-note">…</p>;
  const { row, previous } = record;
  const fields = facts(record);
  return (
    <div class="nbl-version-record" role="group" aria-label={name}>
      <div class="nbl-version-acts">
        {previous > 0 && (
          <button
            type="button"
            class="nbl-button"
            disabled={!row.stored}
            title={row.stored ? "What this version changed" : "Its value is gone from the store"}
            onClick={() => actor.compare(key, mark.partition, previous, mark.version)}
          >
            Compare with v{previous}
          </button>
        )}
        <button
          type="button"
          class="nbl-button"
          disabled={!row.stored}
          title={row.stored ? "Load this version into a variable" : "Its value is gone from the store"}
          onClick={() => actor.name(key, mark)}
        >
          Load…
        </button>
        <button
          type="button"
          class="nbl-button"
          aria-pressed={row.pinned}
          title="A pinned version keeps its value whatever is cleared away"
          onClick={() => actor.pin(key, mark, !row.pinned)}
        >
          {row.pinned ? "Unpin" : "Pin"}
        </button>
        {row.accepted !== "" && (
          <button type="button" class="nbl-button" onClick={() => actor.unaccept([key])}>
            Take back acceptance
          </button>
        )}
      </div>
      <dl class="nbl-fields">
        {fields.map(([title, text]) => (
          <>
            <dt>{title}</dt>
            <dd><Prose text={text} /></dd>
          </>
        ))}
        {record.inputs.length > 0 && <dt>made from</dt>}
        {record.inputs.length > 0 && <dd>{record.inputs.map((input) => <Input input={input} onGo={onGo} />)}</dd>}
      </dl>
      {record.code_change !== "" && <Html html={record.code_change} />}
      {record.metadata.length > 0 && <Metadata fields={record.metadata} onGo={onGo} />}
    </div>
  );
}

/** What is known of it, in the order in which it is asked for. */
export function facts({ row, size, type_name, cause, change }: VersionRecordView): [string, string][] {
  const value = [row.summary || type_name, size > 0 ? bytes(size) : "", row.stored ? "" : "value gone"];
  const all: [string, string][] = [
    ["because", cause],
    ["change", change],
    ["besides", row.accepted],
    ["made", new Date(row.made * 1000).toLocaleString()],
    ["took", row.restored_from === null ? duration(row.duration) : `restored from v${row.restored_from}`],
    ["value", value.filter(Boolean).join(" · ")],
    ["code", row.code_version.slice(0, 16)],
    ["data", row.data_version.slice(0, 16)],
    ["run", row.run_id.slice(0, 8)],
  ];
  return all.filter(([, text]) => text !== "");
}

function Input({ input, onGo }: { input: MadeFromView; onGo(key: string): void }): JSX.Element {
  return (
    <button type="button" class="nbl-link" title={`data ${input.data_version}`} onClick={() => onGo(input.key)}>
      {input.key}
      <span class="nbl-note">
        {input.version > 0 ? `v${input.version}` : ""}
        {input.changed ? " changed" : ""}
      </span>
    </button>
  );
}
