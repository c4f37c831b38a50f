// Which titles can stand on the map without lying on one another: as on a map, the larger place keeps its name.
import type { Rect } from "./transform.ts";

const MOST_CELLS = 64;

/** Tells of each rectangle whether it is free of those before it that are shown. Those that are null take no room. */
export function unobstructed(rects: readonly (Rect | null)[]): boolean[] {
  const heights = rects.filter((rect) => rect !== null).map((rect) => rect.height);
  const cell = Math.max(1, 2 * (heights.length > 0 ? Math.max(...heights.slice(0, 1000)) : 1));
  const taken = new Map<string, Rect[]>();
  return rects.map((rect) => {
    if (!rect) return false;
    const cells = cellsOf(rect, cell);
    if (cells.some((id) => taken.get(id)?.some((other) => overlap(rect, other)))) return false;
    for (const id of cells) {
      const known = taken.get(id);
      if (known) known.push(rect);
      else taken.set(id, [rect]);
    }
    return true;
  });
}

function cellsOf({ x, y, width, height }: Rect, cell: number): string[] {
  const found: string[] = [];
  const [left, top] = [Math.floor(x / cell), Math.floor(y / cell)];
  const right = Math.min(left + MOST_CELLS, Math.floor((x + width) / cell));
  const bottom = Math.min(top + MOST_CELLS, Math.floor((y + height) / cell));
  for (let column = left; column <= right; column++) {
    for (let row = top; row <= bottom; row++) found.push(`${column}:${row}`);
  }
  return found;
}

function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
