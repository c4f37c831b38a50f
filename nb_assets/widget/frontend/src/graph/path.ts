// The curve of an edge: pure geometry. The kernel sends the control points of one cubic Bézier path,
// `p0 (c c p) (c c p) …`, from the source's border to the target's.

type Point = readonly [number, number];

export function curve(points: readonly Point[]): string {
  const first = points[0];
  if (!first) return "";
  let path = `M${at(first)}`;
  for (let i = 1; i + 2 < points.length; i += 3) {
    path += `C${points.slice(i, i + 3).map(at).join(" ")}`;
  }
  return path;
}

/** The arrowhead where it ends: two short strokes, part of the same line, so that no marker is needed. */
export function head(points: readonly Point[], direction: "LR" | "TB", size = 4): string {
  const last = points.at(-1);
  if (!last) return "";
  const [x, y] = last;
  const half = size * 0.8;
  const [one, two]: [Point, Point] =
    direction === "LR"
      ? [[x - size, y - half], [x - size, y + half]]
      : [[x - half, y - size], [x + half, y - size]];
  return `M${at(one)}L${at(last)}L${at(two)}`;
}

function at([x, y]: Point): string {
  return `${round(x)},${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
