// The course of a number over the versions of an asset.
import type { JSX } from "preact";

const WIDTH = 120;
const HEIGHT = 22;
const EDGE = 3;

export type Point = readonly [version: number, value: number];

export function Sparkline({ points, name }: { points: readonly Point[]; name: string }): JSX.Element {
  const places = placed(points);
  const [x, y] = places[places.length - 1]!;
  const told = course(points);
  return (
    <svg class="nbl-spark" role="img" aria-label={`${name}, ${told}`} width={WIDTH} height={HEIGHT}>
      <title>{told}</title>
      <polyline points={places.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ")} />
      <circle cx={x} cy={y} r="2" />
    </svg>
  );
}

/** Puts the points into the picture, versions evenly from left to right; a number that never changes is in the middle. */
export function placed(points: readonly Point[]): [number, number][] {
  const values = points.map(([, value]) => value);
  const low = Math.min(...values);
  // Halved first: the span of the widest numbers is none of them.
  const span = Math.max(...values) / 2 - low / 2;
  const step = (WIDTH - 2 * EDGE) / Math.max(1, points.length - 1);
  return values.map((value, i) => {
    const height = span === 0 ? 0.5 : (value / 2 - low / 2) / span;
    return [EDGE + i * step, EDGE + (1 - height) * (HEIGHT - 2 * EDGE)];
  });
}

export function course(points: readonly Point[]): string {
  const values = points.map(([, value]) => value);
  const [first, last] = [points[0]!, points[points.length - 1]!];
  const shown = (value: number): string => value.toLocaleString("en", { maximumSignificantDigits: 6 });
  return (
    `v${first[0]} to v${last[0]}: ${shown(first[1])} to ${shown(last[1])}, ` +
    `between ${shown(Math.min(...values))} and ${shown(Math.max(...values))}`
  );
}
