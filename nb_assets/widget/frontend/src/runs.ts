// The slice of the state that is about runs: which wait, what one would do, and whether the kernel hears.
import type { FromKernel, Wish } from "./messages.ts";
import type { RunPreview, RunView, WaitingView } from "./run_views.ts";

export interface OpenPreview {
  wish: Wish;
  /** Whether it stands on its own, with its buttons, rather than at the foot of a menu. */
  pinned: boolean;
  /** The question that was asked of the kernel, and its answer. */
  request: string;
  view: RunPreview | null;
}

export interface Runs {
  /** How many a retry would run: what failed, and what was skipped for it. */
  failed: number;
  queue: readonly WaitingView[];
  queueOpen: boolean;
  /** Whether what the menu offers runs what is fresh, too. */
  force: boolean;
  preview: OpenPreview | null;
  /** How many requests the kernel has not answered for long. */
  unheard: number;
}

export const NO_RUNS: Runs = {
  failed: 0,
  queue: [],
  queueOpen: false,
  force: false,
  preview: null,
  unheard: 0,
};

/** Says what a message of the kernel changes about runs; what is no business of theirs changes nothing. */
export function reduceRuns(runs: Runs, message: FromKernel): Runs {
  switch (message.kind) {
    case "graph":
    case "patch": {
      const { failed, queue } = message;
      return { ...runs, failed, queue, queueOpen: runs.queueOpen && queue.length > 0 };
    }
    case "preview":
      return message.request === runs.preview?.request
        ? { ...runs, preview: { ...runs.preview, view: message.preview } }
        : runs;
    case "error":
      // What cannot be planned cannot be run, which the notice says.
      return message.request === runs.preview?.request ? { ...runs, preview: null } : runs;
    default:
      return runs;
  }
}

type OngoingRun = RunView & { state: "queued" | "running" | "cancelling" };

export function isRunning(run: RunView | null): run is OngoingRun {
  return run !== null && (run.state === "queued" || run.state === "running" || run.state === "cancelling");
}
