// The wire of a diff's browser: the same names as in the kernel's `widget/diff_messages.py`.

export type RowKind = "changed" | "added" | "removed";
export const ROW_KINDS: readonly RowKind[] = ["changed", "added", "removed"];

export interface PageShown {
  kind: "page";
  request: string;
  /** The rows as a table, escaped in the kernel. */
  html: string;
  start: number;
  shown: number;
  total: number;
  counts: Record<RowKind, number>;
  columns: Record<string, number>;
}

export interface PageRefused {
  kind: "error";
  request: string;
  message: string;
}

export interface PageAsked {
  kind: "page";
  request: string;
  start: number;
  length: number;
  kinds: RowKind[];
  /** Empty for any column. */
  column: string;
}

export type FromKernel = PageShown | PageRefused;
