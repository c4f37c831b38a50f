// The few icons of the toolbar and the pane, drawn in the current colour.
import type { JSX } from "preact";
import type { Status } from "../views.ts";
import { MARKS, WORDS } from "../status.ts";

export function Icon({ path }: { path: string }): JSX.Element {
  return (
    <svg class="nbl-icon" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
      <path d={path} />
    </svg>
  );
}

export const PLAY = "M4.5 2.8v10.4L13 8Z";
export const STOP = "M3.5 3.5h9v9h-9Z";
export const FIT = "M2.5 6v-3.5h3.5M10 2.5h3.5v3.5M13.5 10v3.5h-3.5M6 13.5h-3.5v-3.5";
export const MORE = "M3.2 8h.01M8 8h.01M12.8 8h.01";
export const DOWN = "M4 6.2l4 4 4-4";
export const CLOSE = "M3.8 3.8l8.4 8.4M12.2 3.8l-8.4 8.4";
export const WIDER = "M6 4 2 8l4 4M10 4l4 4l-4 4";
export const NARROWER = "M2 4l4 4l-4 4M14 4l-4 4l4 4";
export const SEARCH = "M7 2.6a4.4 4.4 0 1 1 0 8.8a4.4 4.4 0 1 1 0-8.8ZM10.3 10.3l3.4 3.4";
export const REDO = "M12.9 5.4A5.4 5.4 0 1 0 13.4 8M13.4 2.6v3.2h-3.2";

export const FILTER = "M2.2 3h11.6l-4.5 5.4v4.4l-2.6-1.5V8.4Z";
export const LIST = "M5.5 4h8M5.5 8h8M5.5 12h8M2.6 4h.01M2.6 8h.01M2.6 12h.01";
export const COPY = "M5.5 5.5h7.5v7.5h-7.5ZM3 10.5V3h7.5";
export const PREVIOUS = "M10 3.5 5.5 8l4.5 4.5";
export const NEXT = "M6 3.5 10.5 8 6 12.5";

export function StatusMark({ status }: { status: Status }): JSX.Element {
  return (
    <svg class="nbl-mark" data-status={status} viewBox="0 0 16 16" width="13" height="13" aria-hidden="true">
      <path d={MARKS[status]} />
    </svg>
  );
}

/** The mark and its word. */
export function StatusWord({ status, external }: { status: Status; external?: boolean }): JSX.Element {
  return (
    <span class="nbl-status" data-status={status}>
      <StatusMark status={status} />
      {external ? "External" : WORDS[status]}
    </span>
  );
}
