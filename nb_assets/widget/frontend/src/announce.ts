// What a screen reader is told of a change: the start and the end of a run and every failure, not every step.
import type { State } from "./state.ts";
import { isRunning } from "./state.ts";
import { describeRun } from "./panes/progress.tsx";

export function announcement(state: State, before: State, now: number): string | null {
  if (state.notice !== before.notice && state.notice !== "") return state.notice;
  if (state.lost && !before.lost) return "The kernel is gone";
  const { run } = state;
  if (run && run.state !== before.run?.state) {
    if (run.state === "running" && before.run?.state !== "cancelling") return `Run started: ${run.total} assets`;
    if (run.state === "cancelling") return "Cancelling";
    if (!isRunning(run)) return describeRun(run, now);
  }
  if (run && before.run && run.run_id === before.run.run_id && run.failed > before.run.failed) {
    return `${run.failed} failed`;
  }
  if (state.search !== before.search) {
    if (state.search.error !== before.search.error && state.search.error !== "") return null; // role=alert says it
    const found = state.search.matches?.size;
    if (found !== undefined && found !== before.search.matches?.size) return `${found} found`;
  }
  return null;
}
