// The lines between the cards. Those of a picked asset are drawn last, in front of the quiet ones.
import type { EdgeView } from "../views.ts";
import { boundsOf } from "./culling.ts";
import { curve, head } from "./path.ts";
import { svg } from "./svg.ts";
import type { Rect } from "./transform.ts";

interface Line {
  view: EdgeView;
  element: SVGPathElement;
  bounds: Rect;
  off: boolean;
}

export class EdgeLayer {
  readonly element = svg("g", { class: "nbl-edges", "aria-hidden": "true" });
  private readonly front = svg("g");
  private readonly back = svg("g", { class: "nbl-edges-back" });
  private lines = new Map<string, Line>();
  private around = new Map<string, Line[]>();

  constructor() {
    this.element.append(this.back, this.front);
  }

  draw(edges: readonly EdgeView[], direction: "LR" | "TB"): void {
    const lines = new Map<string, Line>();
    this.around = new Map();
    for (const view of edges) {
      const id = `${view.source}\n${view.target}`;
      const element = this.lines.get(id)?.element ?? svg("path", { class: "nbl-edge" });
      element.setAttribute("d", curve(view.points) + head(view.points, direction));
      const line = { view, element, bounds: boundsOf(view.points), off: element.style.display === "none" };
      lines.set(id, line);
      for (const end of [view.source, view.target]) {
        const known = this.around.get(end);
        if (known) known.push(line);
        else this.around.set(end, [line]);
      }
    }
    this.front.replaceChildren();
    this.back.replaceChildren(...[...lines.values()].map((line) => line.element));
    this.lines = lines;
  }

  /** Brings the edges of these ends forward and lets the rest step back. */
  highlight(ends: readonly string[]): void {
    for (const element of [...this.front.children]) {
      element.classList.remove("nbl-on");
      this.back.append(element);
    }
    for (const end of ends) {
      for (const { element } of this.around.get(end) ?? []) {
        element.classList.add("nbl-on");
        this.front.append(element);
      }
    }
    this.element.classList.toggle("nbl-lit", this.front.childElementCount > 0);
  }

  /** Draws the edges of which some may be seen. */
  cull(isDrawn: (bounds: Rect) => boolean): void {
    for (const line of this.lines.values()) {
      const off = !isDrawn(line.bounds);
      if (off === line.off) continue;
      line.off = off;
      line.element.style.display = off ? "none" : "";
    }
  }

  /** Marks the edges between these ends, and no others, as of a class. */
  mark(ends: readonly (readonly [string, string])[], name: "nbl-added" | "nbl-indirect"): void {
    const marked = new Set(ends.map(([source, target]) => `${source}\n${target}`));
    for (const [id, { element }] of this.lines) element.classList.toggle(name, marked.has(id));
  }

  /** Lets the edges fade unless both of their ends were found. */
  dim(found: ((end: string) => boolean) | null): void {
    for (const { view, element } of this.lines.values()) {
      const dimmed = found !== null && !(found(view.source) && found(view.target));
      element.classList.toggle("nbl-dim", dimmed);
    }
  }
}
