// The last line of a card: its kinds as chips, what its checks come to, how long its last run took, and who owns it.
// What has no room is left out, the least telling first; nothing is ever drawn over something else.
import type { NodeView } from "../views.ts";
import { duration } from "../format.ts";
import { MARKS, MARK_BOX } from "../status.ts";
import { CLOSE_UP, type Detail } from "./lod.ts";
import { svg } from "./svg.ts";
import { cutEnd, type WidthOf } from "./text.ts";

/** Sizes in a close-up; others are in proportion. */
export const FOOTER_HEIGHT = 15;
export const FOOTER_FONT = 10;
const CHIP_PAD = 5;
const GAP = 4;
const LEAST_CHIP = 34;

export interface Chip {
  text: string;
  x: number;
  width: number;
}

/** As many chips as there is room for, the last of them "+2" for those that are not shown. */
export function chips(kinds: readonly string[], room: number, widthOf: WidthOf): Chip[] {
  const placed: Chip[] = [];
  let x = 0;
  for (const [index, kind] of kinds.entries()) {
    const left = kinds.length - index - 1;
    const rest = left > 0 ? widthOf(`+${left}`) + 2 * CHIP_PAD + GAP : 0;
    const most = room - x - rest;
    const width = Math.ceil(widthOf(kind)) + 2 * CHIP_PAD;
    if (width <= most) placed.push({ text: kind, x, width });
    else if (placed.length === 0 && most >= LEAST_CHIP) {
      placed.push({ text: cutEnd(kind, most - 2 * CHIP_PAD, widthOf), x, width: most });
    } else {
      const text = `+${left + 1}`;
      const own = Math.ceil(widthOf(text)) + 2 * CHIP_PAD;
      if (x + own <= room) placed.push({ text, x, width: own });
      break;
    }
    x += (placed.at(-1)?.width ?? 0) + GAP;
  }
  return placed;
}

/** "ana@example.org" -> "ana", "team:growth" -> "growth". */
export const shortOwner = (owner: string): string => owner.replace(/^team:/, "").replace(/@.*$/, "");

export class CardFooter {
  readonly element = svg("g", { class: "nbl-footer" });

  constructor(private readonly widthOf: WidthOf) {}

  /** Tells whether a card has one at all. */
  static has(view: NodeView): boolean {
    return view.kinds.length > 0 || view.check_look !== "" || view.duration !== null || view.owner !== "";
  }

  draw(view: NodeView, y: number, detail: Detail, pad: number): void {
    const scale = detail.line / CLOSE_UP.line;
    const width = (view.width - 2 * pad) / scale;
    const parts: SVGElement[] = [];
    let right = width;
    const atRight = (text: string, kind: string): void => {
      const own = Math.ceil(this.widthOf(text));
      parts.push(svg("text", { class: kind, x: right, y: 11, "text-anchor": "end" }, text));
      right -= own;
    };
    if (view.duration !== null) {
      atRight(duration(view.duration), "nbl-card-took");
      right -= 8;
    }
    if (view.check_look !== "") {
      atRight(view.checks.split(", ")[0] ?? "", "nbl-check-text");
      parts.at(-1)?.setAttribute("data-status", view.check_look);
      right -= 13;
      const place = `translate(${right},3) scale(${9 / MARK_BOX})`;
      parts.push(svg("path", { class: "nbl-check-mark", "data-status": view.check_look, d: MARKS[view.check_look], transform: place }));
      right -= 8;
    }
    let left = 0;
    for (const chip of chips(view.kinds, right, this.widthOf)) {
      parts.push(
        svg("rect", { class: "nbl-kind", x: chip.x, y: 0.5, width: chip.width, height: FOOTER_HEIGHT - 1, rx: 3 }),
        svg("text", { class: "nbl-kind-text", x: chip.x + chip.width / 2, y: 11, "text-anchor": "middle" }, chip.text),
      );
      left = chip.x + chip.width + 7;
    }
    const owner = shortOwner(view.owner);
    const room = right - left;
    if (owner !== "" && (left === 0 ? room > LEAST_CHIP : this.widthOf(owner) <= room)) {
      parts.push(svg("text", { class: "nbl-owner", x: left, y: 11 }, cutEnd(owner, room, this.widthOf)));
    }
    this.element.setAttribute("transform", `translate(${pad},${y}) scale(${scale})`);
    this.element.replaceChildren(...parts);
  }
}
