// What the kernel's views hold, ready to be drawn: the same names as `nb_assets/views/model.py` and
// `nb_assets/views/details_model.py`. Every string in here is text, never markup, but for `ChangeView.html`, which the
// kernel's own renderer has escaped.

export type Status = "missing" | "fresh" | "stale" | "failed" | "running" | "queued" | "skipped";

export interface NodeView {
  status: Status;
  reason: string;
  detail: string;
  badge: string;
  /** What its checks come to, the worst first, and the status that this looks like; empty without checks. */
  checks: string;
  check_look: Status | "";
  /** How many of its partitions are in which state; empty without partitions. */
  partitions: Partial<Record<Status, number>>;
  /** How long the last materialization took, in seconds. */
  duration: number | null;
  key: string;
  name: string;
  group: string | null;
  kinds: string[];
  /** The first of its owners. */
  owner: string;
  /** How many it is made from, and how many are made from it, in the picture or not. */
  upstream: number;
  downstream: number;
  external: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface GroupView {
  name: string;
  title: string;
  count: number;
  statuses: Partial<Record<Status, number>>;
  collapsed: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
  parent: string | null;
}

/** Each end is an asset key, or `group:NAME` where that group is collapsed. */
export interface EdgeView {
  source: string;
  target: string;
  points: [number, number][];
}

export interface LineageView {
  nodes: NodeView[];
  groups: GroupView[];
  edges: EdgeView[];
  width: number;
  height: number;
  direction: Direction;
}

/** Edges run from left to right, or from top to bottom. */
export type Direction = "LR" | "TB";

export interface ReasonView {
  summary: string;
  detail: string;
}

export interface ErrorView {
  type_name: string;
  message: string;
  traceback: string;
}

export interface LinkView {
  key: string;
  status: Status;
  external: boolean;
}

export interface VersionView {
  /** The partition that it is a version of; empty without partitions. */
  partition: string;
  version: number;
  made: number;
  duration: number;
  run_id: string;
  summary: string;
  badge: string;
  code_version: string;
  data_version: string;
  restored_from: number | null;
  pinned: boolean;
  /** What it was accepted for as equivalent; empty where it was not. */
  accepted: string;
  /** Whether its value can be read. */
  stored: boolean;
}

export interface ChangeView {
  summary: string;
  badge: string;
  /** Escaped by the kernel's renderer; cleaned once more before it is shown. */
  html: string;
}

export interface TableView {
  columns: string[];
  rows: string[][];
  more: string;
}

export interface ValueView {
  type_name: string;
  summary: string;
  size: number;
  table: TableView | null;
  text: string;
  note: string;
}

/** What the pane says of values: it follows, since reading them takes as long as they are large. */
export interface LookView {
  change: ChangeView | null;
  value: ValueView | null;
}

export interface CheckView {
  name: string;
  word: string;
  /** The status whose shape and colour its state has. */
  look: Status;
  blocking: boolean;
  description: string;
  said: string;
  not_tracked: string[];
  version: number;
  /** Seconds since the epoch; null before it ran. */
  ran: number | null;
  metadata: FieldView[];
}

export interface PartitionView {
  key: string;
  status: Status;
  reason: string;
  /** Counts from 1; 0 before it was made. */
  version: number;
  /** Seconds since the epoch. */
  made: number | null;
  summary: string;
}

export interface PartitionsView {
  summary: string;
  counts: Partial<Record<Status, number>>;
  shown: PartitionView[];
  more: number;
}

export interface TagView {
  name: string;
  text: string;
}

export interface FieldView {
  name: string;
  text: string;
  kind: string;
  href: string;
  asset: string;
  table: TableView | null;
  points: [number, number][];
}

export interface OpView {
  name: string;
  outcome: string;
  attempts: number;
  duration: number;
  error: string;
}

export interface LogView {
  stream: string;
  /** Of what was logged; empty for what was printed. */
  level: string;
  text: string;
  run_id: string;
  at: number;
}

export interface DetailsView {
  key: string;
  name: string;
  group: string | null;
  kinds: string[];
  owners: string[];
  tags: TagView[];
  description: string;
  external: boolean;
  status: Status;
  reasons: ReasonView[];
  not_tracked: string[];
  error: ErrorView | null;
  inputs: LinkView[];
  outputs: LinkView[];
  history: VersionView[];
  history_count: number;
  ops: OpView[];
  checks: CheckView[];
  partitions: PartitionsView | null;
  change: ChangeView | null;
  value: ValueView | null;
  code: string;
  code_change: string;
  metadata: FieldView[];
  logs: LogView[];
}

/** Where an asset is defined: in a cell, or on a line of a file. Each part is empty where it is not known. */
export interface PlaceView {
  cell: string;
  label: string;
  excerpt: string;
  /** As seen from the folder of the notebook. */
  path: string;
  line: number;
}

/** What can be done with an asset beside running it. */
export interface OffersView {
  /** Why nothing of it can be accepted; empty where something can. */
  accept: string;
  /** What of it is accepted as equivalent now. */
  accepted: string;
  /** Why its value cannot be loaded; empty where it can. */
  load: string;
  versions: number;
  /** The newest of them; 0 where those of each partition are counted apart. */
  newest: number;
  place: PlaceView;
}

/** An input that a version was made from; the version is 0 where it is not known. */
export interface MadeFromView {
  key: string;
  version: number;
  data_version: string;
  changed: boolean;
}

/** All that the records tell of one version. */
export interface VersionRecordView {
  key: string;
  row: VersionView;
  type_name: string;
  size: number;
  change: string;
  cause: string;
  /** Escaped by the kernel's renderer; cleaned once more before it is shown. */
  code_change: string;
  /** The version before it; 0 before the first. */
  previous: number;
  inputs: MadeFromView[];
  metadata: FieldView[];
}
