// What the kernel tells of runs: the same names as `nb_assets/views/run_model.py`, where they are explained.
// Moments are in seconds since the epoch, durations in seconds.

export type RunState = "queued" | "running" | "cancelling" | "success" | "failure" | "cancelled";

export interface RunView {
  run_id: string;
  state: RunState;
  total: number;
  done: number;
  /** Those that needed no run. */
  fresh: number;
  restored: number;
  failed: number;
  skipped: number;
  /** What its checks said so far; empty without any. */
  checks: string;
  current: string[];
  started: number;
  /** Null while it runs. */
  duration: number | null;
  step_started: number | null;
  expected: number | null;
  ahead: number;
  unknown: number;
}

export interface WaitingView {
  run_id: string;
  what: string;
  total: number;
  origin: string;
}

export interface PlannedView {
  key: string;
  fate: "run" | "maybe" | "restore";
  why: string;
  seconds: number | null;
  partitions: number;
}

export interface RunPreview {
  planned: PlannedView[];
  more: number;
  run: number;
  maybe: number;
  restore: number;
  fresh: number;
  fresh_keys: string[];
  checks: number;
  seconds: number;
  at_most: number;
  unknown: number;
}
