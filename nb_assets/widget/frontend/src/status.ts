// The words and shapes of the seven states. Colours are in styles/lineage.css, under the same words.
import type { Status } from "./messages.ts";

export const WORDS: Record<Status, string> = {
  missing: "Missing",
  fresh: "Fresh",
  stale: "Stale",
  failed: "Failed",
  running: "Running",
  queued: "Queued",
  skipped: "Skipped",
};

/** In the order of what needs a look first. */
export const STATUSES: readonly Status[] = [
  "failed",
  "running",
  "queued",
  "stale",
  "missing",
  "skipped",
  "fresh",
];

export interface Mark {
  /** A filled outline in a 14 × 14 box, and the lines drawn on top of it. */
  shape: string;
  lines: string;
}

const DISC = "M7 1a6 6 0 1 1 0 12a6 6 0 1 1 0-12Z";

/** Told apart by outline alone: disc, ring, diamond, octagon, arc, clock, barred ring. */
export const MARKS: Record<Status, Mark> = {
  fresh: { shape: DISC, lines: "M4.3 7.2l1.9 1.9l3.6-4" },
  missing: { shape: "", lines: "M7 1.75a5.25 5.25 0 1 1 0 10.5a5.25 5.25 0 1 1 0-10.5Z" },
  stale: { shape: "M7 .4L13.6 7L7 13.6L.4 7Z", lines: "M7 4v3.4M7 9.7v.2" },
  failed: {
    shape: "M4.5 1h5L13 4.5v5L9.5 13h-5L1 9.5v-5Z",
    lines: "M4.9 4.9l4.2 4.2M9.1 4.9l-4.2 4.2",
  },
  running: { shape: "", lines: "M7 1.75a5.25 5.25 0 1 1-5.25 5.25" },
  queued: { shape: "", lines: "M7 1.75a5.25 5.25 0 1 1 0 10.5a5.25 5.25 0 1 1 0-10.5ZM7 4v3l2 1.4" },
  skipped: { shape: "", lines: "M7 1.75a5.25 5.25 0 1 1 0 10.5a5.25 5.25 0 1 1 0-10.5ZM3.4 10.6L10.6 3.4" },
};
