// What an asset printed and logged in its last runs, as it comes: it keeps to its end unless one scrolls up.
import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { LogView } from "../views.ts";

export function Logs({ lines }: { lines: LogView[] }): JSX.Element {
  const place = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  useLayoutEffect(() => {
    const pre = place.current;
    if (pre && atEnd.current) pre.scrollTop = pre.scrollHeight;
  }, [lines]);
  return (
    <pre
      class="nbl-logs"
      ref={place}
      role="log"
      aria-label="Logs"
      aria-live="off"
      tabIndex={0}
      data-lm-suppress-shortcuts="true"
      onScroll={({ currentTarget: pre }) => {
        atEnd.current = pre.scrollHeight - pre.scrollTop - pre.clientHeight < 8;
      }}
    >
      {lines.map((line, at) => (
        <>
          {line.run_id !== lines[at - 1]?.run_id && <span class="nbl-log-run">{clock(line.at)}</span>}
          <span class={`nbl-log nbl-log-${toneOf(line)}`} data-stream={line.stream}>{line.text.replace(/\n$/, "")}</span>
        </>
      ))}
    </pre>
  );
}

/** What a line is, in a word that has a mark and a colour: an error, a word of caution, or neither. */
export function toneOf({ stream, level }: LogView): string {
  if (level === "ERROR" || level === "CRITICAL") return "error";
  return stream === "stderr" || level === "WARNING" ? "warning" : stream;
}

const clock = (at: number): string => new Date(at * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", second: "2-digit" });
