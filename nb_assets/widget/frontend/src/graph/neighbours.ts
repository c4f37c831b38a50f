// Where an arrow key leads: along the edges first, else to what lies nearest that way.
import type { EdgeView } from "../views.ts";

export interface Spot {
  key: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export type Arrow = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown";

export function isArrow(key: string): key is Arrow {
  return key === "ArrowLeft" || key === "ArrowRight" || key === "ArrowUp" || key === "ArrowDown";
}

/** Names the asset to go to, or null at the rim of the graph. */
export function neighbour(
  from: string,
  arrow: Arrow,
  spots: readonly Spot[],
  edges: readonly EdgeView[],
  direction: "LR" | "TB" = "LR",
): string | null {
  const here = spots.find((spot) => spot.key === from);
  if (!here) return spots[0]?.key ?? null;
  const [back, forth] = direction === "LR" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  if (arrow === forth || arrow === back) {
    const ends = new Set<string>();
    for (const edge of edges) {
      if (arrow === forth && edge.source === from) ends.add(edge.target);
      if (arrow === back && edge.target === from) ends.add(edge.source);
    }
    const along = nearest(here, spots.filter((spot) => ends.has(spot.key)));
    if (along) return along;
  }
  const beyond = spots.filter((spot) => spot.key !== from && isThatWay(here, spot, arrow));
  return nearest(here, beyond, arrow);
}

function isThatWay(from: Spot, to: Spot, arrow: Arrow): boolean {
  const dx = centreX(to) - centreX(from);
  const dy = centreY(to) - centreY(from);
  if (arrow === "ArrowLeft") return dx < -1;
  if (arrow === "ArrowRight") return dx > 1;
  if (arrow === "ArrowUp") return dy < -1;
  return dy > 1;
}

function nearest(from: Spot, spots: readonly Spot[], arrow?: Arrow): string | null {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const spot of spots) {
    const dx = Math.abs(centreX(spot) - centreX(from));
    const dy = Math.abs(centreY(spot) - centreY(from));
    // Going up or down, what stands in the same column is nearer than what stands aside, and the other way round.
    const distance =
      arrow === undefined ? dx + dy : arrow === "ArrowUp" || arrow === "ArrowDown" ? dy + 3 * dx : dx + 3 * dy;
    if (distance < least) {
      least = distance;
      best = spot.key;
    }
  }
  return best;
}

function centreX(spot: Spot): number {
  return spot.x + spot.width / 2;
}

function centreY(spot: Spot): number {
  return spot.y + spot.height / 2;
}
