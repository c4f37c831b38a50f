// What a screen reader is told of a change: the start and the end of a run, every failure, and of a long run each quarter.
import { count } from "./format.ts";
import type { RunView } from "./run_views.ts";
import type { State } from "./state.ts";
import { isRunning } from "./state.ts";
import { describeRun } from "./run_words.ts";

export function announcement(state: State, before: State, now: number): string | null {
  if (state.notice !== before.notice && state.notice !== "") return state.notice;
  const { toast } = state.acting;
  if (toast && toast !== before.acting.toast) return toast.undo.length > 0 ? `${toast.text}. It can be undone.` : toast.text;
  if (state.lost && !before.lost) return "The kernel is gone";
  const { run } = state;
  if (run && run.state !== before.run?.state) {
    if (run.state === "running" && before.run?.state !== "cancelling") return `Run started: ${count(run.total, "asset")}`;
    if (run.state === "cancelling") return "Cancelling";
    if (!isRunning(run)) return describeRun(run, now);
  }
  if (run && before.run && run.run_id === before.run.run_id && run.failed > before.run.failed) {
    const named = failures(state, before);
    return named.length === 0 ? `${run.failed} failed` : `${named.join(", ")} failed`;
  }
  if (run && run.state === "running" && before.run?.run_id === run.run_id) {
    const quarter = quarters(run);
    if (run.total >= LONG && quarter > quarters(before.run) && quarter < 4) {
      return `${["A quarter", "Half", "Three quarters"][quarter - 1]} done: ${run.done} of ${run.total}`;
    }
  }
  if (state.search !== before.search) {
    if (state.search.error !== before.search.error && state.search.error !== "") return null; // role=alert says it
    const found = state.search.matches?.size;
    if (found !== undefined && found !== before.search.matches?.size) return `${found} found`;
  }
  return null;
}

const LONG = 8;
const MOST_NAMED = 3;

const quarters = (run: RunView): number => Math.floor((4 * run.done) / Math.max(1, run.total));

/** The assets in sight that have just failed; none where they are too many to be named. */
function failures(state: State, before: State): string[] {
  const were = new Map(before.view?.nodes.map((node) => [node.key, node.status]));
  const failed = state.view?.nodes.filter((node) => node.status === "failed" && were.get(node.key) !== "failed") ?? [];
  return failed.length > MOST_NAMED ? [] : failed.map((node) => node.key);
}
