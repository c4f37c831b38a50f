// What the kernel says when assets are looked for: the same names as `nb_assets/views/finding_model.py`.
import type { Status } from "../views.ts";

/** Something that can be put into a selection; `hits` are the stretches of `name` that match what was typed. */
export interface CandidateView {
  text: string;
  name: string;
  kind: string;
  /** How many assets it stands for. */
  count: number | null;
  hint: string;
  hits: [number, number][];
}

export interface ValueCountView {
  /** `<null>` for those that have none. */
  value: string;
  count: number;
}

export interface FacetView {
  name: string;
  values: ValueCountView[];
  /** How many values were left out. */
  more: number;
}

/** An asset and so many steps around it; null for all steps. */
export interface FocusView {
  key: string;
  up: number | null;
  down: number | null;
}

/** What the picture is narrowed down to. */
export interface ScopeView {
  focus: FocusView | null;
  text: string;
  filters: Record<string, string[]>;
  shown: number;
  hidden: number;
  /** The edges that lead through assets which are not in the picture: source and target. */
  indirect: [string, string][];
}

/** One asset in the list; what is empty is left out. */
export interface RowView {
  key: string;
  group: string;
  status: Status;
  kinds?: string[];
  owners?: string[];
  tags?: string[];
  reason?: string;
  detail?: string;
  badge?: string;
  checks?: string;
  check_look?: Status;
  partitions?: Partial<Record<Status, number>>;
  /** Seconds since the epoch. */
  made?: number;
  duration?: number;
  rows?: number;
  /** Bytes. */
  size?: number;
}
