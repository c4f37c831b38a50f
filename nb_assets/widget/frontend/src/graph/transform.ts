// The arithmetic of pan and zoom: pure, so that it can be tested without a page.

export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Size {
  width: number;
  height: number;
}

/** A point p of the graph is at `p * k + (x, y)` on screen. */
export interface Transform {
  x: number;
  y: number;
  k: number;
}

export const CLOSEST = 2.5;
const FARTHEST = 0.02;
const PADDING = 24;

/** The part of the graph that is in sight, in its own units. */
export function inSight({ x, y, k }: Transform, room: Size): Rect {
  return { x: -x / k, y: -y / k, width: room.width / k, height: room.height / k };
}

/** The whole of a rectangle in the middle, never larger than life. */
export function fitted(rect: Rect, room: Size): Transform {
  const scale = Math.min(
    1,
    (room.width - 2 * PADDING) / Math.max(1, rect.width),
    (room.height - 2 * PADDING) / Math.max(1, rect.height),
  );
  const k = Math.max(FARTHEST, scale);
  return {
    x: (room.width - k * rect.width) / 2 - k * rect.x,
    y: (room.height - k * rect.height) / 2 - k * rect.y,
    k,
  };
}

export function overlap(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Zooms by a factor while the point at (px, py) on screen stays there. */
export function zoomedAt({ x, y, k }: Transform, factor: number, px: number, py: number): Transform {
  const next = Math.min(CLOSEST, Math.max(FARTHEST, k * factor));
  const ratio = next / k;
  return { x: px - (px - x) * ratio, y: py - (py - y) * ratio, k: next };
}

/** Puts the middle of a rectangle in the middle of the room; what would be smaller than `least` comes closer. */
export function centred({ k }: Transform, rect: Rect, room: Size, least: number): Transform {
  const near = Math.max(k, least);
  return {
    x: room.width / 2 - near * (rect.x + rect.width / 2),
    y: room.height / 2 - near * (rect.y + rect.height / 2),
    k: near,
  };
}

/** The least move that brings a rectangle on screen; its start wins where it is larger than the room. */
export function revealing(transform: Transform, rect: Rect, room: Size): Transform {
  const { x, y, k } = transform;
  return {
    x: x + shift(x + k * rect.x, k * rect.width, room.width),
    y: y + shift(y + k * rect.y, k * rect.height, room.height),
    k,
  };
}

function shift(start: number, length: number, room: number): number {
  if (start < PADDING) return PADDING - start;
  const over = start + length - (room - PADDING);
  return over > 0 ? Math.max(-over, PADDING - start) : 0;
}

/** Between two transforms; the zoom changes evenly to the eye, and a point that is still on screen in both stays still. */
export function between(from: Transform, to: Transform, t: number): Transform {
  const k = from.k * (to.k / from.k) ** t;
  const share = to.k === from.k ? t : (k - from.k) / (to.k - from.k);
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share, k };
}
