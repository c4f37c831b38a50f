// What of a large map is drawn: what is on screen and around it. Pure.
import { overlap, type Rect } from "./transform.ts";

/** How much of the window is kept on each side of it, so that a short way of panning draws nothing anew. */
const MARGIN = 0.6;
/** Where so much more is kept than can be seen, having zoomed in, it is time to look again. */
const MOST = 5;

export class Culling {
  private kept: Rect | null = null;

  /** Tells whether what is drawn has to be decided anew for a window. */
  isDue(window: Rect): boolean {
    const { kept } = this;
    if (kept === null) return true;
    const inside =
      window.x >= kept.x &&
      window.y >= kept.y &&
      window.x + window.width <= kept.x + kept.width &&
      window.y + window.height <= kept.y + kept.height;
    return !inside || kept.width > MOST * window.width;
  }

  /** Decides it; returns what tells of a rectangle whether it is drawn. */
  around(window: Rect): (rect: Rect) => boolean {
    const [dx, dy] = [window.width * MARGIN, window.height * MARGIN];
    const kept = { x: window.x - dx, y: window.y - dy, width: window.width + 2 * dx, height: window.height + 2 * dy };
    this.kept = kept;
    return (rect) => overlap(rect, kept);
  }

  forget(): void {
    this.kept = null;
  }
}

/** The rectangle around some points, which holds the curve that they control. */
export function boundsOf(points: readonly (readonly [number, number])[]): Rect {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { x: left - 1, y: top - 1, width: right - left + 2, height: bottom - top + 2 };
}
