// The thin bar under the toolbar, and the words beside it.
import type { JSX } from "preact";
import type { RunView } from "../messages.ts";
import { count, duration } from "../format.ts";
import { isRunning } from "../state.ts";

const SHOWN_FOR = 20; // Seconds that a run that went well is still told of.

export function Progress({ run, now }: { run: RunView | null; now: number }): JSX.Element {
  const running = isRunning(run);
  const share = run && run.total > 0 ? run.done / run.total : 0;
  return (
    <div class="nbl-progress-row" data-state={run?.state ?? "none"}>
      {running && (
        <div
          class="nbl-progress"
          role="progressbar"
          aria-label="Run"
          aria-valuemin={0}
          aria-valuemax={run.total}
          aria-valuenow={run.done}
          aria-valuetext={describeRun(run, now)}
        >
          <div class="nbl-progress-bar" style={{ width: `${Math.max(2, share * 100)}%` }} />
        </div>
      )}
      {run && (running || run.state !== "success" || now - run.started - (run.duration ?? 0) < SHOWN_FOR) && <div class="nbl-progress-text">{describeRun(run, now)}</div>}
    </div>
  );
}

export function describeRun(run: RunView, now: number): string {
  const assets = [run.failed > 0 && `${run.failed} failed`, run.skipped > 0 && `${run.skipped} skipped`];
  const trouble = [assets.filter(Boolean).join(", "), run.checks]
    .filter((part) => part !== "")
    .join(" · ");
  const tail = trouble === "" ? "" : ` · ${trouble}`;
  if (isRunning(run)) {
    const elapsed = run.started > 0 ? ` · ${duration(Math.max(0, now - run.started))}` : "";
    const waiting = run.waiting > 0 ? ` · ${count(run.waiting, "run")} waiting` : "";
    if (run.state === "queued") return `Waiting to run${waiting}`;
    const doing = run.state === "cancelling" ? "Cancelling after " : "";
    const what = run.current.length > 0 ? `${doing}${run.current.join(", ")}` : doing.trim() || "Running";
    return `${run.done} of ${run.total} · ${what}${elapsed}${tail}${waiting}`;
  }
  const made = run.done - run.fresh - run.failed - run.skipped;
  const took = run.duration === null ? "" : ` in ${duration(run.duration)}`;
  if (made === 0 && run.state !== "cancelled") return trouble === "" ? "All fresh: nothing to run" : `${trouble}${took}`;
  if (run.state === "cancelled") return `Cancelled after ${made} of ${run.total}${took}${tail}`;
  return `${count(made, "asset")} materialized${took}${tail}`;
}
