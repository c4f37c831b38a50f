// Where what is not there any more stands on the map: above it, near what it belonged to, so that nothing is covered.
import type { Rect } from "./transform.ts";

export const GHOST = { width: 168, height: 34 };
const GAP = 16;
const ABOVE = 26;

/** Places each ghost above the middle of what it was connected to, in as many rows as there are. */
export function placeGhosts(
  removed: readonly string[],
  edges: readonly (readonly [string, string])[],
  rectOf: (key: string) => Rect | null,
): Map<string, Rect> {
  const placed = new Map<string, Rect>();
  const rows: number[] = [];
  const wanted = removed.map((key) => {
    const near = edges.flatMap(([up, down]) => (up === key ? [down] : down === key ? [up] : []));
    const centres = near.flatMap((other) => {
      const rect = rectOf(other);
      return rect ? [rect.x + rect.width / 2] : [];
    });
    return { key, x: centres.length > 0 ? centres.reduce((a, b) => a + b, 0) / centres.length - GHOST.width / 2 : 0 };
  });
  for (const { key, x } of wanted.sort((a, b) => a.x - b.x)) {
    let row = rows.findIndex((end) => end + GAP <= x);
    if (row < 0) row = rows.push(0) - 1;
    rows[row] = x + GHOST.width;
    placed.set(key, { x, y: -ABOVE - (row + 1) * (GHOST.height + GAP), ...GHOST });
  }
  return placed;
}
