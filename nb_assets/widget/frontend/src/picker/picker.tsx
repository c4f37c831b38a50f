// Two versions of an asset, picked from its history, and what changed between them.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Line } from "../line.ts";
import { Html } from "../panes/html.tsx";

/** A version and what it is called. */
export type Version = [number, string];

export interface Compare {
  kind: "compare";
  old: number;
  new: number;
}

export type Answer =
  | { kind: "compared"; request: string; html: string }
  | { kind: "error"; request: string; message: string };

interface PickerProps {
  line: Line<Compare, Answer>;
  /** Newest first; at least two. */
  versions: Version[];
}

export function Picker({ line, versions }: PickerProps): JSX.Element {
  const [old, setOld] = useState(versions[1]?.[0] ?? 0);
  const [next, setNext] = useState(versions[0]?.[0] ?? 0);
  const [asked, setAsked] = useState(false);
  const [html, setHtml] = useState("");
  const [notice, setNotice] = useState("");
  useEffect(
    () =>
      line.listen(
        (answer) => {
          setNotice(answer.kind === "error" ? answer.message : "");
          if (answer.kind === "compared") setHtml(answer.html);
        },
        () => setNotice("The kernel is gone. Run the cell again to compare versions."),
      ),
    [line],
  );
  useEffect(() => {
    if (asked) line.ask({ kind: "compare", old, new: next });
  }, [line, asked, old, next]);
  return (
    <div class="nbd" data-nb-assets="version-picker" data-lm-suppress-shortcuts="true">
      <div class="nbd-bar" role="toolbar" aria-label="Versions">
        <Versions label="From version" value={old} versions={versions} onPick={setOld} />
        <span aria-hidden="true">→</span>
        <Versions label="To version" value={next} versions={versions} onPick={setNext} />
        <button type="button" onClick={() => setAsked(true)} disabled={asked && notice === ""}>
          Compare
        </button>
      </div>
      {notice !== "" && (
        <p class="nbd-notice" role="alert">
          {notice}
        </p>
      )}
      {html !== "" && <Html class="nbd-rows" html={html} />}
    </div>
  );
}

interface VersionsProps {
  label: string;
  value: number;
  versions: Version[];
  onPick(version: number): void;
}

function Versions({ label, value, versions, onPick }: VersionsProps): JSX.Element {
  return (
    <select aria-label={label} value={value} onChange={(event) => onPick(Number(event.currentTarget.value))}>
      {versions.map(([version, name]) => (
        <option key={version} value={version}>
          {name}
        </option>
      ))}
    </select>
  );
}
