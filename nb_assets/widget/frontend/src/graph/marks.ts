// What differs from an earlier moment, drawn on the map: tags on cards and folded groups, ghosts, and dashed lines.
import type { ChangesView } from "../changes/views.ts";
import { LOOKS, marksInWords } from "../changes/state.ts";
import { GHOST, placeGhosts } from "./ghosts.ts";
import { svg } from "./svg.ts";
import { cutMiddle, type WidthOf } from "./text.ts";
import type { Rect } from "./transform.ts";

const TAG_HEIGHT = 15;

interface Marked {
  view: Rect & { key?: string; name?: string };
  readonly pieces: readonly Element[];
  tag(tag: SVGGElement | null): void;
}

export class ChangeMarks {
  readonly element = svg("g");
  /** How far ghosts reach above the map, in its own units. */
  above = 0;

  show(
    changes: ChangesView | null,
    cards: ReadonlyMap<string, Marked>,
    groups: ReadonlyMap<string, Marked & { view: { collapsed: boolean } }>,
    widthOf: WidthOf,
  ): void {
    const byKey = new Map(changes?.assets.map((each) => [each.key, each]));
    for (const [key, card] of cards) {
      const found = byKey.get(key);
      card.tag(found ? tagOf(marksInWords(found.marks), found.marks[0] ?? "data", found.detail, card.view.width, widthOf) : null);
    }
    for (const [name, box] of groups) {
      const n = changes?.groups[name] ?? 0;
      box.tag(n > 0 && box.view.collapsed ? tagOf(`◆ ${n} changed`, "data", "", box.view.width, widthOf) : null);
    }
    this.element.replaceChildren();
    this.above = 0;
    if (!changes) return;
    const ghosts = placeGhosts(changes.removed, changes.edges_removed, (key) => cards.get(key)?.view ?? null);
    const rectOf = (key: string): Rect | undefined => ghosts.get(key) ?? cards.get(key)?.view;
    for (const [up, down] of changes.edges_removed) {
      const [from, to] = [rectOf(up), rectOf(down)];
      if (from && to) this.element.append(svg("path", { class: "nbl-lost-edge", d: between(from, to) }));
    }
    for (const [key, { x, y }] of ghosts) {
      this.above = Math.max(this.above, -y);
      this.element.append(
        svg(
          "g",
          { class: "nbl-ghost", transform: `translate(${x},${y})` },
          svg("title", {}, `${key}: removed`),
          svg("rect", { width: GHOST.width, height: GHOST.height, rx: 6 }),
          svg("text", { x: 10, y: 21, "font-size": 12 }, LOOKS.removed.shape),
          svg("text", { class: "nbl-ghost-name", x: 24, y: 21, "font-size": 12 }, cutMiddle(key, (GHOST.width - 34) / 1.25, widthOf)),
        ),
      );
    }
  }
}

/** A tag on the upper edge of a box. */
function tagOf(text: string, mark: string, detail: string, boxWidth: number, widthOf: WidthOf): SVGGElement {
  const width = Math.ceil(widthOf(text)) + 12;
  return svg(
    "g",
    { class: "nbl-tag", "data-mark": mark, transform: `translate(${boxWidth - width - 8},${3 - TAG_HEIGHT})` },
    svg("title", {}, [text, detail].filter(Boolean).join("\n")),
    svg("rect", { width, height: TAG_HEIGHT, rx: 4 }),
    svg("text", { x: width / 2, y: 11, "text-anchor": "middle", "font-size": 10 }, text),
  );
}

function between(from: Rect, to: Rect): string {
  const [x1, y1, x2, y2] = [from.x + from.width / 2, from.y + from.height / 2, to.x + to.width / 2, to.y + to.height / 2];
  return `M${x1},${y1}L${x2},${y2}`;
}
