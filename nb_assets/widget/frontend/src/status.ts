// The words and shapes of the seven states: those of `nb_assets/views/status.py`, which a test compares.
// Colours are in styles/theme.css, under the same words.
import type { Status } from "./views.ts";

/** In the order of what needs a look first. */
export const WORDS: Record<Status, string> = {
  failed: "Failed",
  running: "Running",
  queued: "Queued",
  stale: "Stale",
  missing: "Missing",
  skipped: "Skipped",
  fresh: "Fresh",
};

export const STATUSES = Object.keys(WORDS) as readonly Status[];

/** One outline each in a square of 16, filled by the even-odd rule; told apart without their colours. */
export const MARKS: Record<Status, string> = {
  failed:
    "M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1ZM4.8 6 6 4.8l2 2 2-2L11.2 6l-2 2 2 2L10 11.2l-2-2-2 2L4.8 10l2-2Z",
  running:
    "M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1ZM8 2.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 1 0 8 2.6ZM6.2 4.7v6.6L11.6 8Z",
  queued:
    "M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1ZM8 2.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 1 0 8 2.6ZM7.3 4h1.4v3.6l2.7 1.6-.7 1.2-3.4-2Z",
  stale:
    "M8 1 15.4 14.2H.6ZM7.2 5.6h1.6v4.2H7.2ZM7.2 11h1.6v1.6H7.2Z",
  missing:
    "M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1ZM8 2.6a5.4 5.4 0 1 0 0 10.8A5.4 5.4 0 1 0 8 2.6Z",
  skipped:
    "M3 1.4h10A1.6 1.6 0 0 1 14.6 3v10a1.6 1.6 0 0 1-1.6 1.6H3A1.6 1.6 0 0 1 1.4 13V3A1.6 1.6 0 0 1 3 1.4ZM4 4.8v6.4L8 8ZM8.2 4.8v6.4l4-3.2Z",
  fresh:
    "M8 1a7 7 0 1 1 0 14A7 7 0 1 1 8 1ZM7 11.6 3.7 8.3 5 7l2 2 4-4 1.3 1.3Z",
};

export const MARK_BOX = 16;
