// How the map shows what was found: the rest steps back, folded groups say how much of it is in them, one match is marked.
import { inFront } from "../changes/state.ts";
import type { State } from "../state.ts";
import type { EdgeLayer } from "./edges.ts";
import type { GroupBox } from "./groups.ts";
import type { NodeCard } from "./nodes.ts";
import { GROUP } from "./order.ts";

export function isFoundAnew(state: State, before: State): boolean {
  const [now, was] = [state.finding, before.finding];
  return (
    state.search !== before.search ||
    state.changing !== before.changing ||
    now.current !== was.current ||
    now.scope !== was.scope
  );
}

/** Says whether an asset, or the folded group `group:NAME`, has nothing of what is brought forward; null where all is. */
export function missed({ search, changing }: State): ((id: string) => boolean) | null {
  const { matches, groups } = inFront(search, changing);
  if (matches === null) return null;
  return (id) => (id.startsWith(GROUP) ? (groups[id.slice(GROUP.length)] ?? 0) === 0 : !matches.has(id));
}

export function showFound(
  state: State,
  cards: ReadonlyMap<string, NodeCard>,
  groups: ReadonlyMap<string, GroupBox>,
  edges: EdgeLayer,
): void {
  const isMissed = missed(state);
  const { search, finding } = state;
  for (const [key, { element }] of cards) {
    element.classList.toggle("nbl-dim", isMissed?.(key) ?? false);
    element.classList.toggle("nbl-current", key === finding.current);
  }
  for (const [name, box] of groups) {
    for (const piece of box.pieces) piece.classList.toggle("nbl-dim", isMissed?.(GROUP + name) ?? false);
    box.found(search.matches === null ? null : (search.groups[name] ?? 0));
  }
  edges.dim(isMissed && ((end) => !isMissed(end)));
  edges.mark(finding.scope?.indirect ?? [], "nbl-indirect");
}
