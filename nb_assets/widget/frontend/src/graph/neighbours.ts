// Where an arrow key leads: along the edges first, else to what lies nearest that way.
import type { EdgeView, LineageView } from "../views.ts";
import { idOf } from "./order.ts";

/** A place that the keyboard can be at: an asset, a folded group, or the title of an open one. */
export interface Spot {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** A title is as wide as its group: it is near to all that stands below it. */
  isTitle?: boolean;
}

export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

export const TITLE_HEIGHT = 30;

export function isArrow(key: string): key is Arrow {
  return key === "ArrowLeft" || key === "ArrowRight" || key === "ArrowUp" || key === "ArrowDown";
}

export function spotsOf({ nodes, groups }: LineageView): Spot[] {
  const spots: Spot[] = nodes.map((node) => ({ ...rectOf(node), id: node.key }));
  for (const group of groups) {
    const rect = rectOf(group);
    if (!group.collapsed) rect.height = Math.min(TITLE_HEIGHT, rect.height);
    spots.push({ ...rect, id: idOf(group), isTitle: !group.collapsed });
  }
  return spots;
}

/** Names the spot to go to, or null at the rim of the graph. */
export function neighbour(
  from: string,
  arrow: Arrow,
  spots: readonly Spot[],
  edges: readonly EdgeView[],
  direction: "LR" | "TB" = "LR",
): string | null {
  const here = spots.find((spot) => spot.id === from);
  if (!here) return spots[0]?.id ?? null;
  const [back, forth] = direction === "LR" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  if (arrow === forth || arrow === back) {
    const ends = new Set<string>();
    for (const edge of edges) {
      if (arrow === forth && edge.source === from) ends.add(edge.target);
      if (arrow === back && edge.target === from) ends.add(edge.source);
    }
    const along = nearest(here, spots.filter((spot) => ends.has(spot.id)));
    if (along) return along;
  }
  const beyond = spots.filter((spot) => spot.id !== from && isThatWay(here, spot, arrow));
  return nearest(here, beyond, arrow);
}

/** Names the spot that is nearest to where something was; null when there are none. */
export function nearestTo(rect: Omit<Spot, "id">, spots: readonly Spot[]): string | null {
  return nearest({ ...rect, id: "" }, spots);
}

function isThatWay(from: Spot, to: Spot, arrow: Arrow): boolean {
  const { dx, dy } = apart(from, to);
  if (arrow === "ArrowLeft") return dx < -1;
  if (arrow === "ArrowRight") return dx > 1;
  if (arrow === "ArrowUp") return dy < -1;
  return dy > 1;
}

function nearest(from: Spot, spots: readonly Spot[], arrow?: Arrow): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const spot of spots) {
    const way = apart(from, spot);
    const [dx, dy] = [Math.abs(way.dx), Math.abs(way.dy)];
    // Going up or down, what stands in the same column is nearer than what stands aside, and the other way round.
    const distance =
      arrow === undefined ? dx + dy : arrow === "ArrowUp" || arrow === "ArrowDown" ? dy + 3 * dx : dx + 3 * dy;
    if (distance < least) {
      least = distance;
      best = spot.id;
    }
  }
  return best;
}

/** How far it is from the middle of one to the middle of the other; sideways to or from a title, from end to end. */
function apart(from: Spot, to: Spot): { dx: number; dy: number } {
  const dy = centreY(to) - centreY(from);
  if (!from.isTitle && !to.isTitle) return { dx: centreX(to) - centreX(from), dy };
  const after = to.x - from.x - from.width;
  const before = to.x + to.width - from.x;
  return { dx: after > 0 ? after : before < 0 ? before : 0, dy };
}

const rectOf = ({ x, y, width, height }: Omit<Spot, "id">): Omit<Spot, "id"> => ({ x, y, width, height });
const centreX = (spot: Spot): number => spot.x + spot.width / 2;
const centreY = (spot: Spot): number => spot.y + spot.height / 2;
