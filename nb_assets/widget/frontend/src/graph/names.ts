// What a screen reader says of a card or of a group's box, and what their tooltips say.
import type { GroupView, NodeView, Status } from "../views.ts";
import { count } from "../format.ts";
import { STATUSES, WORDS } from "../status.ts";

/** "trips: stale, code changed, checks: 1 failed, 2 upstream, 1 downstream". */
export function nameOfAsset(view: NodeView, parts: readonly string[]): string {
  const word = view.external ? "external" : WORDS[view.status].toLowerCase();
  const around = `${view.upstream} upstream, ${view.downstream} downstream`;
  return `${view.key}: ${[word, ...parts, around].filter((part) => part !== "").join(", ")}`;
}

/** "Group raw, 12 assets: 10 fresh, 2 stale". */
export function nameOfGroup(view: GroupView): string {
  const said = countsOf(view).map(([status, n]) => `${n} ${WORDS[status].toLowerCase()}`);
  return `Group ${view.name}, ${count(view.count, "asset")}: ${said.join(", ")}`;
}

export function countsOf(view: GroupView): (readonly [Status, number])[] {
  return STATUSES.map((status) => [status, view.statuses[status] ?? 0] as const).filter(([, n]) => n > 0);
}
