// What is said of a run: how far it is, how long it still takes as far as anybody knows, and what came of it.
import { count, duration } from "./format.ts";
import { isRunning } from "./runs.ts";
import type { RunView, WaitingView } from "./run_views.ts";

/** "~12 s left", "over 12 s left" where some of it never ran before, and nothing where nothing is known. */
export function remaining(run: RunView, now: number): string {
  const step = run.expected === null || run.step_started === null ? null : run.expected - (now - run.step_started);
  const open = run.unknown > 0 || (run.current.length > 0 && step === null);
  const left = run.ahead + Math.max(0, step ?? 0);
  if (open) return left < 0.5 ? "" : `over ${rough(left)} left`;
  if (step !== null && step < -1 && run.ahead < 0.5) return "longer than last time";
  return `${about(left)} left`;
}

/** How long the step of a card has taken, and took last time: "12 s of ~20 s". */
export function elapsed(run: RunView | null, key: string, now: number): string {
  if (run === null || run.step_started === null || !run.current.includes(key)) return "";
  const since = rough(Math.max(0, now - run.step_started));
  return run.expected === null || run.expected < 1 ? since : `${since} of ~${rough(run.expected)}`;
}

/** Whole seconds: what ticks is not read any closer. */
export const rough = (seconds: number): string => duration(Math.max(1, Math.round(seconds))).replace(/\.0 s$/, " s");

/** "~12 s", or "<1 s". */
export const about = (seconds: number): string => (seconds < 1 ? "<1 s" : `~${rough(seconds)}`);

export interface Part {
  /** "failed", "materialized" …: the assets that it counts can be looked at. */
  outcome: string;
  text: string;
}

/** What came of a run, part by part; no parts where there was nothing to do. */
export function outcomes(run: RunView): Part[] {
  const made = run.done - run.fresh - run.restored - run.failed - run.skipped;
  const parts: [number, string, string][] = [
    [made, "materialized", `${made} materialized`],
    [run.restored, "restored", `${run.restored} restored`],
    [run.failed, "failed", `${run.failed} failed`],
    [run.skipped, "skipped", `${run.skipped} ${run.state === "cancelled" ? "not run" : "skipped"}`],
    [run.fresh, "fresh", `${run.fresh} fresh`],
  ];
  return parts.filter(([many]) => many > 0).map(([, outcome, text]) => ({ outcome, text }));
}

export function describeRun(run: RunView, now: number, queue: readonly WaitingView[] = []): string {
  if (isRunning(run)) {
    const waiting = queue.length > 0 ? `${count(queue.length, "run")} waiting` : "";
    if (run.state === "queued") return ["Waiting to run", waiting].filter(Boolean).join(" · ");
    const time = run.started > 0 ? duration(Math.max(0, now - run.started)) : "";
    const left = run.state === "cancelling" ? "" : remaining(run, now);
    const trouble = [run.failed > 0 && `${run.failed} failed`, run.skipped > 0 && `${run.skipped} skipped`];
    return [`${run.done} of ${run.total}`, doing(run), time, left, ...trouble, run.checks, waiting].filter(Boolean).join(" · ");
  }
  const took = run.duration === null ? "" : ` in ${duration(run.duration)}`;
  const parts = outcomes(run).map((part) => part.text);
  const ran = parts.filter((text) => !text.endsWith(" fresh"));
  const head = run.state === "cancelled" ? "Cancelled" : "";
  if (ran.length === 0 && head === "" && run.checks === "") return "All fresh: nothing to run";
  const said = [head, ...parts].filter(Boolean).join(" · ");
  return [said === "" ? `${run.checks}${took}` : `${said}${took}`, said === "" ? "" : run.checks].filter(Boolean).join(" · ");
}

/** What the run does at this moment. */
export function doing(run: RunView): string {
  const names = run.current.length > 2 ? `${run.current.slice(0, 2).join(", ")} and ${run.current.length - 2} more` : run.current.join(", ");
  if (run.state === "cancelling") return names === "" ? "Cancelling" : `Cancelling after ${names}`;
  return names === "" ? "Running" : names;
}

const ORIGINS: Record<string, string> = { widget: "from the lineage", notebook: "from a cell", card: "from a cell", python: "from Python" };

/** What a waiting run is for: "daily, report · 2 assets · from the lineage". */
export function describeWaiting({ what, total, origin }: WaitingView): string {
  const size = total > 1 ? count(total, "asset") : "";
  return [what === "" ? "A run" : what, size, ORIGINS[origin] ?? `from ${origin}`].filter(Boolean).join(" · ");
}
