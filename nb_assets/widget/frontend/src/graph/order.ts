// The order in which the map is read, and where each thing stands in it: the tree of groups and assets that a screen
// reader tells of, and that the keys walk through. Positions come with the picture.
import type { GroupView, LineageView, NodeView } from "../views.ts";

/** A group as edges name it where it is folded; assets go by their keys. */
export const GROUP = "group:";

/** One stop of the map: an asset, or a group's box or title. */
export interface Stop {
  /** The key of an asset, or `group:NAME`. */
  id: string;
  parent: string | null;
  /** From 1 on. */
  level: number;
  /** Its place among those of the same parent, from 1 on, and how many these are. */
  place: number;
  siblings: number;
}

type Box = NodeView | GroupView;

const isGroup = (box: Box): box is GroupView => "count" in box;
export const idOf = (box: Box): string => (isGroup(box) ? GROUP + box.name : box.key);

/** Lists all stops, each group before what is in it, and what stands side by side in the direction of the picture. */
export function readingOrder({ nodes, groups, direction }: LineageView): Stop[] {
  const shown = new Set(groups.map((group) => group.name));
  const inside = new Map<string | null, Box[]>();
  for (const box of [...groups, ...nodes]) {
    const above = isGroup(box) ? box.parent : box.group;
    const parent = above !== null && shown.has(above) ? above : null;
    const known = inside.get(parent);
    if (known) known.push(box);
    else inside.set(parent, [box]);
  }
  const before = direction === "LR" ? (a: Box, b: Box) => a.x - b.x || a.y - b.y : (a: Box, b: Box) => a.y - b.y || a.x - b.x;
  const stops: Stop[] = [];
  const list = (group: string | null, level: number): void => {
    const boxes = (inside.get(group) ?? []).sort(before);
    boxes.forEach((box, i) => {
      const parent = group === null ? null : GROUP + group;
      stops.push({ id: idOf(box), parent, level, place: i + 1, siblings: boxes.length });
      if (isGroup(box)) list(box.name, level + 1); // As deep as groups nest, which people name by hand.
    });
  };
  list(null, 1);
  return stops;
}

export type Walk = "next" | "previous" | "first" | "last" | "out" | "in";

/** Says which stop a step through the reading order leads to; null where there is none. */
export function walked(stops: readonly Stop[], from: string | null, walk: Walk): string | null {
  const at = stops.findIndex((stop) => stop.id === from);
  const here = stops[at];
  if (walk === "first" || !here) return stops[0]?.id ?? null;
  if (walk === "last") return stops.at(-1)?.id ?? null;
  if (walk === "out") return here.parent;
  const next = stops[at + 1];
  if (walk === "in") return next?.parent === here.id ? next.id : null;
  return (walk === "next" ? next : stops[at - 1])?.id ?? null;
}
