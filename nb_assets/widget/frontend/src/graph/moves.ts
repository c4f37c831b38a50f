// What moves when another picture takes the place of one: boxes come, go or stay, and those that stay glide.
import { commonest, STILL, type Shift } from "./anchor.ts";
import { overlap, type Rect } from "./transform.ts";

const STILL_ABOVE = 400; // More pieces than this jump to their new places: gliding would stutter.

/** What is drawn of something at a place. */
interface Box<V extends Rect> {
  readonly view: V;
  readonly pieces: readonly Element[];
  /** Puts it at another place; returns how far it was from there, null when it was there already. */
  place(view: V): Shift | null;
}

export class Moves {
  private readonly seen: Shift[] = [];
  private readonly hidden: Shift[] = [];
  private readonly pieces: [Element, Shift][] = [];

  /** `window` is what of the graph is in sight. */
  constructor(private readonly window: Rect) {}

  /** Makes, moves and drops boxes until they are those of the graph; returns what was kept. */
  sync<V extends Rect, B extends Box<V>>(
    boxes: Map<string, B>,
    views: readonly V[],
    id: (view: V) => string,
    make: (view: V) => B,
  ): [B, V][] {
    const ids = new Set(views.map(id));
    for (const known of [...boxes.keys()]) if (!ids.has(known)) boxes.delete(known);
    const kept: [B, V][] = [];
    for (const view of views) {
      const box = boxes.get(id(view));
      if (!box) {
        boxes.set(id(view), make(view));
        continue;
      }
      const seen = overlap(box.view, this.window);
      const move = box.place(view);
      (seen ? this.seen : this.hidden).push(move ?? STILL);
      if (move) for (const piece of box.pieces) this.pieces.push([piece, move]);
      kept.push([box, view]);
    }
    return kept;
  }

  /** How far most of what was in sight went; of all, where nothing was. */
  get common(): Shift {
    return commonest(this.seen.length > 0 ? this.seen : this.hidden);
  }

  /** Has what moved glide from where it was on screen, which itself shifted so far; tells whether anything may. */
  glide(shift: Shift): boolean {
    if (this.pieces.length === 0 || this.pieces.length > STILL_ABOVE) return false;
    for (const [element, { dx, dy }] of this.pieces) {
      const [x, y] = [dx - shift.dx, dy - shift.dy];
      if (x === 0 && y === 0) continue;
      const place = getComputedStyle(element).transform;
      const from = { transform: `translate(${x}px,${y}px) ${place}` };
      element.animate([from, { transform: place }], { duration: 220, easing: "ease-out" });
    }
    return true;
  }
}
