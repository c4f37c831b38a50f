// The wire between the widget and the kernel, and nothing else: the same names as `nb_assets/widget/messages.py`.
// What the messages carry is in `views.ts` and, of runs, in `run_views.ts`.
import type { ChangesView, MomentView } from "./changes/views.ts";
import type { CandidateView, FacetView, RowView, ScopeView } from "./finding/views.ts";
import type { RowKind } from "./browser/messages.ts";
import type { RunPreview, RunView, WaitingView } from "./run_views.ts";
import type { DetailsView, Direction, LineageView, LogView, LookView, OffersView, Status, VersionRecordView, VersionView } from "./views.ts";

/** The wanted values of each facet. */
export type Filters = Readonly<Record<string, readonly string[]>>;

export interface NodePatch {
  status: Status;
  reason: string;
  detail: string;
  badge: string;
  checks: string;
  check_look: Status | "";
  partitions: Partial<Record<Status, number>>;
  duration: number | null;
  key: string;
  /** When its value was made, in seconds since the epoch. */
  made: number | null;
}

export interface GroupPatch {
  name: string;
  count: number;
  statuses: Partial<Record<Status, number>>;
}

/** Which assets are to run: see the same name in `messages.py`. */
export interface Wish {
  what: "assets" | "stale" | "failed" | "all";
  keys: string[];
  groups: string[];
  reach: "only" | "upstream" | "downstream";
  force: boolean;
}

export type FromKernel =
  | {
      kind: "graph";
      lineage_id: string;
      selection: string;
      view: LineageView;
      made: Record<string, number>;
      stale: number;
      failed: number;
      run: RunView | null;
      queue: WaitingView[];
      scope: ScopeView | null;
    }
  | {
      kind: "patch";
      nodes: NodePatch[];
      groups: GroupPatch[];
      stale: number;
      failed: number;
      run: RunView | null;
      queue: WaitingView[];
    }
  | { kind: "heard"; request: string }
  | {
      kind: "found";
      request: string;
      keys: string[];
      groups: Record<string, number>;
      selection: string;
      error: string;
      at: number | null;
    }
  | { kind: "completions"; request: string; start: number; end: number; candidates: CandidateView[]; more: number }
  | { kind: "facets"; request: string; facets: FacetView[] }
  | { kind: "rows"; request: string; rows: RowView[]; every: boolean }
  | { kind: "details"; request: string; details: DetailsView }
  | { kind: "look"; request: string; key: string; look: LookView }
  | { kind: "logs"; key: string; lines: LogView[] }
  | { kind: "offers"; request: string; key: string; offers: OffersView; variable: string }
  | { kind: "accepted"; request: string; keys: string[]; text: string }
  | { kind: "unaccepted"; request: string; keys: string[]; text: string }
  | {
      kind: "versions";
      request: string;
      key: string;
      partition: string;
      start: number;
      total: number;
      versions: VersionView[];
    }
  | { kind: "version"; request: string; record: VersionRecordView }
  | {
      kind: "compared";
      request: string;
      key: string;
      partition: string;
      old: number;
      new: number;
      html: string;
      badge: string;
      rows: number;
    }
  | {
      kind: "differing";
      request: string;
      html: string;
      start: number;
      shown: number;
      total: number;
      counts: Record<RowKind, number>;
      columns: Record<string, number>;
    }
  | { kind: "pinned"; request: string; key: string; partition: string; version: number; pinned: boolean }
  | { kind: "assigned"; request: string; name: string; text: string }
  | { kind: "taken"; request: string; name: string; text: string }
  | { kind: "preview"; request: string; preview: RunPreview }
  | { kind: "outcome"; request: string; keys: string[] }
  | { kind: "changes"; request: string; moments: MomentView[]; changes: ChangesView | null }
  | { kind: "panes"; request: string; source: string }
  | { kind: "error"; request: string; message: string };

export type ToKernel =
  | { kind: "ready"; request: string }
  | { kind: "left"; request: string }
  | { kind: "fetch_panes"; request: string }
  | { kind: "arrange"; request: string; collapsed: string[]; direction: Direction; anew: boolean }
  | { kind: "find"; request: string; text: string; filters: Filters }
  | { kind: "complete"; request: string; text: string; at: number }
  | { kind: "facets"; request: string; text: string; filters: Filters }
  | {
      kind: "narrow";
      request: string;
      key: string;
      up: number | null;
      down: number | null;
      text: string;
      filters: Filters;
    }
  | { kind: "reveal"; request: string; key: string }
  | { kind: "list"; request: string; keys: string[] }
  | { kind: "describe"; request: string; key: string }
  | { kind: "ask_changes"; request: string; since: string }
  | { kind: "materialize"; request: string; wish: Wish }
  | { kind: "ask_preview"; request: string; wish: Wish }
  | { kind: "ask_outcome"; request: string; run_id: string; outcome: string }
  | { kind: "cancel"; request: string; run_id: string }
  | { kind: "offer"; request: string; key: string }
  | { kind: "accept"; request: string; keys: string[]; group: string }
  | { kind: "unaccept"; request: string; keys: string[] }
  | { kind: "show_versions"; request: string; key: string; partition: string; start: number }
  | { kind: "show_version"; request: string; key: string; partition: string; version: number }
  | { kind: "compare"; request: string; key: string; partition: string; old: number; new: number }
  | {
      kind: "show_differing";
      request: string;
      key: string;
      partition: string;
      old: number;
      new: number;
      start: number;
      length: number;
      kinds: RowKind[];
      column: string;
    }
  | { kind: "pin"; request: string; key: string; partition: string; version: number; pinned: boolean }
  | {
      kind: "assign";
      request: string;
      key: string;
      partition: string;
      version: number;
      name: string;
      replace: boolean;
    };
