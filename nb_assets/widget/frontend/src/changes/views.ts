// What differs from an earlier moment: the same names as `nb_assets/views/changes.py`.

export type Mark = "new" | "edited" | "data";

/** A moment to compare with: what it is, to be read after "since", and when, in seconds since the epoch. */
export interface MomentView {
  id: string;
  label: string;
  timestamp: number;
}

export interface MarkView {
  key: string;
  marks: Mark[];
  detail: string;
}

/** Edges are upstream first; `groups` counts the marked assets in each group. */
export interface ChangesView {
  since: MomentView;
  assets: MarkView[];
  removed: string[];
  edges_added: [string, string][];
  edges_removed: [string, string][];
  groups: Record<string, number>;
}
