// The grey boxes: a title that folds, a count, and what needs a look inside.
import type { GroupView, Status } from "../messages.ts";
import { MARKS, STATUSES, WORDS } from "../status.ts";
import { svg } from "./svg.ts";
import { cutMiddle, type WidthOf } from "./text.ts";

const CHEVRON_OPEN = "M-3.5,-1.8L0,1.8L3.5,-1.8";
const CHEVRON_SHUT = "M-1.8,-3.5L1.8,0L-1.8,3.5";
export const HEADER = 28;

export class GroupBox {
  readonly element: SVGGElement;
  /** The button: the header of an open group, the whole box of a folded one. */
  readonly button: SVGGElement;
  view: GroupView;
  private readonly box = svg("rect", { class: "nbl-group-box", rx: 10 });
  private readonly hit = svg("rect", { class: "nbl-group-hit", rx: 8 });
  private readonly chevron = svg("path", { class: "nbl-chevron" });
  private readonly name = svg("text", { class: "nbl-group-title" });
  private readonly count = svg("tspan", { class: "nbl-group-count" });
  private readonly rollup = svg("g", { class: "nbl-rollup" });
  private readonly title = svg("title");

  constructor(
    view: GroupView,
    private readonly widthOf: WidthOf,
  ) {
    this.view = view;
    this.button = svg(
      "g",
      {
        class: "nbl-group-button",
        role: "button",
        tabindex: 0,
        "data-group": view.name,
        "data-lm-suppress-shortcuts": "true",
      },
      this.title,
      this.hit,
      this.chevron,
      this.name,
      this.rollup,
    );
    this.element = svg("g", { class: "nbl-group" }, this.box, this.button);
    this.place(view);
  }

  place(view: GroupView): { dx: number; dy: number } | null {
    const dx = this.view.x - view.x;
    const dy = this.view.y - view.y;
    this.element.setAttribute("transform", `translate(${view.x},${view.y})`);
    for (const rect of [this.box, this.hit]) {
      rect.setAttribute("width", String(view.width));
      rect.setAttribute("height", String(view.height));
    }
    if (!view.collapsed) this.hit.setAttribute("height", String(Math.min(HEADER, view.height)));
    this.element.classList.toggle("nbl-folded", view.collapsed);
    this.button.setAttribute("aria-expanded", String(!view.collapsed));
    const middle = view.collapsed ? view.height / 2 : HEADER / 2 + 1;
    this.chevron.setAttribute("d", view.collapsed ? CHEVRON_SHUT : CHEVRON_OPEN);
    this.chevron.setAttribute("transform", `translate(14,${middle})`);
    this.name.setAttribute("x", "25");
    this.name.setAttribute("y", String(middle + 4));
    this.show(view);
    return dx === 0 && dy === 0 ? null : { dx, dy };
  }

  show(view: GroupView): void {
    this.view = view;
    const counts = STATUSES.map((status) => [status, view.statuses[status] ?? 0] as const).filter(
      ([status, n]) => n > 0 && (status !== "fresh" || n === view.count),
    );
    const rollupWidth = this.drawRollup(counts, view);
    const countText = ` ${view.count}`;
    const room = view.width - 25 - rollupWidth - this.widthOf(countText) - 14;
    this.name.textContent = cutMiddle(view.title, room, this.widthOf);
    this.count.textContent = countText;
    this.count.setAttribute("dx", "4");
    this.name.append(this.count);
    const said = counts.map(([status, n]) => `${n} ${WORDS[status].toLowerCase()}`).join(", ");
    const label = `Group ${view.name}, ${view.count} asset${view.count === 1 ? "" : "s"}: ${said}`;
    this.button.setAttribute("aria-label", label);
    this.title.textContent = `${label}\n${view.collapsed ? "Click to unfold" : "Click to fold"}`;
  }

  private drawRollup(counts: readonly (readonly [Status, number])[], view: GroupView): number {
    const middle = view.collapsed ? view.height / 2 : HEADER / 2 + 1;
    this.rollup.replaceChildren();
    let x = view.width - 10;
    for (const [status, n] of [...counts].reverse()) {
      const text = status === "fresh" ? "" : String(n);
      if (text !== "") {
        const width = this.widthOf(text);
        this.rollup.append(
          svg("text", { class: "nbl-rollup-count", "data-status": status, x: x - width, y: middle + 4 }, text),
        );
        x -= width + 3;
      }
      const { shape, lines } = MARKS[status];
      this.rollup.append(
        svg(
          "g",
          { class: "nbl-mark", "data-status": status, transform: `translate(${x - 11},${middle - 5.5}) scale(.786)` },
          svg("path", { class: "nbl-mark-shape", d: shape }),
          svg("path", { class: "nbl-mark-lines", d: lines }),
        ),
      );
      x -= 11 + 8;
    }
    return view.width - 10 - x;
  }
}
