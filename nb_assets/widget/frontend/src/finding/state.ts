// What is on screen of the finding of assets: its slice of the state, and what the kernel's answers change in it.
import type { Filters, FromKernel, NodePatch } from "../messages.ts";
import { NO_FILTERS } from "./filters.ts";
import { BY_ORDER, type Sort } from "./list.ts";
import type { CandidateView, FacetView, RowView, ScopeView } from "./views.ts";

/** What can be typed in place of the text between `start` and `end`. */
export interface Completion {
  start: number;
  end: number;
  candidates: readonly CandidateView[];
  more: number;
}

export interface Finding {
  filters: Filters;
  /** What can be filtered by; null before the kernel has said. */
  facets: readonly FacetView[] | null;
  /** Whether the filters are open. */
  choosing: boolean;
  completion: Completion;
  /** The match that was stepped to. */
  current: string | null;
  /** What the picture is narrowed down to; null when everything is shown. */
  scope: ScopeView | null;
  shape: "map" | "list";
  /** The card that the keyboard was on when the list took the map's place. */
  from: string | null;
  /** The rows of the list; null before the kernel has sent them. */
  rows: readonly RowView[] | null;
  sort: Sort;
  minimap: boolean;
}

export const NO_COMPLETION: Completion = { start: 0, end: 0, candidates: [], more: 0 };

export const NO_FINDING: Finding = {
  filters: NO_FILTERS,
  facets: null,
  choosing: false,
  completion: NO_COMPLETION,
  current: null,
  scope: null,
  shape: "map",
  from: null,
  rows: null,
  sort: BY_ORDER,
  minimap: true,
};

/** Says whether what does not match is out of the picture. */
export const isHiding = ({ scope }: Finding): boolean =>
  scope !== null && (scope.text.trim() !== "" || Object.keys(scope.filters).length > 0);

export function reduceFinding(finding: Finding, message: FromKernel): Finding {
  switch (message.kind) {
    case "graph":
      return { ...finding, scope: message.scope };
    case "found":
      return { ...finding, current: message.keys.includes(finding.current ?? "") ? finding.current : null };
    case "completions": {
      const { start, end, candidates, more } = message;
      return { ...finding, completion: { start, end, candidates, more } };
    }
    case "facets":
      return { ...finding, facets: message.facets };
    case "rows":
      return { ...finding, rows: message.every ? message.rows : replaced(finding.rows ?? [], message.rows) };
    case "patch":
      return finding.rows && message.nodes.length > 0 ? { ...finding, rows: patched(finding.rows, message.nodes) } : finding;
    default:
      return finding;
  }
}

function replaced(rows: readonly RowView[], news: readonly RowView[]): readonly RowView[] {
  const byKey = new Map(news.map((row) => [row.key, row]));
  return rows.map((row) => byKey.get(row.key) ?? row);
}

function patched(rows: readonly RowView[], patches: readonly NodePatch[]): readonly RowView[] {
  const byKey = new Map(patches.map((patch) => [patch.key, patch]));
  return rows.map((row) => {
    const patch = byKey.get(row.key);
    if (!patch) return row;
    const { status, reason, detail, badge, checks, partitions } = patch;
    const { check_look: _, made: __, ...rest } = row;
    const look = patch.check_look === "" ? {} : { check_look: patch.check_look };
    const made = patch.made === null ? {} : { made: patch.made };
    return { ...rest, status, reason, detail, badge, checks, partitions, ...look, ...made };
  });
}
