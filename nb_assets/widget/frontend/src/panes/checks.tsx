// The checks of an asset in its pane: the state as a shape and a word, what it said, and of which version.
import type { JSX } from "preact";
import type { CheckView } from "../views.ts";
import { age } from "../format.ts";
import { StatusMark } from "./icons.tsx";
import { Prose } from "./parts.tsx";

export function Checks({ checks, now }: { checks: CheckView[]; now: number }): JSX.Element {
  return (
    <ul class="nbl-checks">
      {checks.map((check) => (
        <li data-check={check.name} data-status={check.look}>
          <div class="nbl-check-head">
            <span class="nbl-status" data-status={check.look}>
              <StatusMark status={check.look} />
              {check.word}
            </span>
            <strong>{check.name}</strong>
          </div>
          <div class="nbl-note">{facts(check, now).join(" · ")}</div>
          {check.said !== "" && <div class="nbl-check-said"><Prose text={check.said} /></div>}
          {check.said === "" && check.description !== "" && <div class="nbl-note">{check.description}</div>}
          {check.metadata.length > 0 && (
            <div class="nbl-note">{check.metadata.map((field) => `${field.name}: ${field.text}`).join(" · ")}</div>
          )}
          {check.not_tracked.length > 0 && (
            <div class="nbl-note">Not tracked: <Prose text={check.not_tracked.join(", ")} /></div>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Says whether it holds back what is downstream, which version it looked at, and when. */
export function facts(check: CheckView, now: number): string[] {
  return [
    check.blocking ? "blocking" : "",
    check.version > 0 ? `of version ${check.version}` : "",
    check.ran === null ? "" : age(check.ran, now),
  ].filter((fact) => fact !== "");
}
