// The grey boxes: a title that folds, a count, and what needs a look inside.
import type { GroupView } from "../views.ts";
import { MARKS, MARK_BOX } from "../status.ts";
import { CLOSE_UP, type Detail } from "./lod.ts";
import { countsOf, nameOfGroup } from "./names.ts";
import { TITLE_HEIGHT as HEADER } from "./neighbours.ts";
import { svg } from "./svg.ts";
import type { Rect } from "./transform.ts";
import { cutMiddle, titleFit, type WidthOf } from "./text.ts";

const CHEVRON_OPEN = "M-3.5,-1.8L0,1.8L3.5,-1.8";
const CHEVRON_SHUT = "M-1.8,-3.5L1.8,0L-1.8,3.5";
const PAD = 12;
const GAP = 5;

export class GroupBox {
  readonly element: SVGGElement;
  /** The button: the header of an open group, the whole box of a folded one. It stands among the cards, in the order in
   * which they are read; the box is below all edges. */
  readonly button: SVGGElement;
  view: GroupView;
  private matches: number | null = null;
  private readonly box = svg("rect", { class: "nbl-group-box", rx: 10 });
  private readonly hit = svg("rect", { class: "nbl-group-hit", rx: 9 });
  private readonly chevron = svg("path", { class: "nbl-chevron" });
  private readonly name = svg("text", { class: "nbl-group-title" });
  private readonly count = svg("tspan", { class: "nbl-group-count" });
  private readonly rollup = svg("g", { class: "nbl-rollup" });
  private readonly title = svg("title");

  /** `widthOf` measures titles at their size in a close-up; other sizes are in proportion. */
  constructor(
    view: GroupView,
    private readonly widthOf: WidthOf,
    private detail: Detail,
  ) {
    this.view = view;
    this.button = svg(
      "g",
      {
        class: "nbl-group-button",
        role: "treeitem",
        tabindex: -1,
        "data-group": view.name,
        "data-lm-suppress-shortcuts": "true",
      },
      this.title,
      this.hit,
      this.chevron,
      this.name,
      this.rollup,
    );
    this.element = svg("g", { class: "nbl-group" }, this.box);
    this.place(view);
  }

  /** Says how many assets in it were found; null while nothing is looked for. */
  found(count: number | null): void {
    if (count === this.matches) return;
    this.matches = count;
    this.show(this.view);
  }

  get pieces(): readonly SVGGElement[] {
    return [this.element, this.button];
  }

  place(view: GroupView): { dx: number; dy: number } | null {
    const dx = this.view.x - view.x;
    const dy = this.view.y - view.y;
    for (const part of this.pieces) part.setAttribute("transform", `translate(${view.x},${view.y})`);
    for (const rect of [this.box, this.hit]) {
      rect.setAttribute("width", String(view.width));
      rect.setAttribute("height", String(view.height));
    }
    if (!view.collapsed) this.hit.setAttribute("height", String(Math.min(HEADER, view.height)));
    this.element.classList.toggle("nbl-folded", view.collapsed);
    this.button.setAttribute("aria-expanded", String(!view.collapsed));
    this.chevron.setAttribute("d", view.collapsed ? CHEVRON_SHUT : CHEVRON_OPEN);
    this.show(view);
    return dx === 0 && dy === 0 ? null : { dx, dy };
  }

  /** Shows a tag on its edge that says how it changed, or none. */
  tag(tag: SVGGElement | null): void {
    const { button: element } = this;
    element.querySelector(":scope > .nbl-tag")?.remove();
    element.classList.toggle("nbl-changed", tag !== null);
    element.setAttribute("aria-description", tag?.lastChild?.textContent ?? "");
    if (tag) element.append(tag);
  }

  show(view: GroupView): void {
    this.view = view;
    const label = nameOfGroup(view) + (this.matches === null ? "" : `; ${this.matches} found`);
    this.button.setAttribute("aria-label", label);
    this.title.textContent = `${label}\n${view.collapsed ? "Click to unfold" : "Click to fold"}`;
    this.zoom(this.detail);
  }

  /** Where the title stands when it is on top of its box, in the graph's units; null when it is inside. */
  titleRect: Rect | null = null;

  private above = false;

  nameIt(shown: boolean): void {
    this.name.style.display = shown || (this.titleRect === null && !this.above) ? "" : "none";
  }

  zoom(detail: Detail): void {
    this.detail = detail;
    const { view } = this;
    const scale = detail.title / CLOSE_UP.title;
    // A title too large for the header stands on top of the box, as on a map; that of a folded box fills it.
    const above = detail.title > HEADER && !view.collapsed;
    const fills = detail.title > HEADER && view.collapsed;
    this.above = above;
    const wanted = view.collapsed ? Math.min(detail.title, view.height * 0.6) : detail.title;
    const twoRows = view.collapsed && detail.level === "full";
    const middle = above ? -detail.title * 0.5 : view.collapsed ? view.height / 2 - (twoRows ? 11 : view.height * (fills ? 0.14 : 0.12)) : HEADER / 2 + 1;
    const left = above ? 0 : fills ? PAD : PAD + 10 * Math.min(scale, 1.6);
    this.chevron.style.display = above || fills ? "none" : "";
    this.chevron.setAttribute("transform", `translate(${PAD + 2},${middle}) scale(${Math.min(scale, 1.6)})`);
    this.rollup.replaceChildren();
    if (view.collapsed) this.drawShares(detail.level === "full" ? 3 : view.height * (fills ? 0.2 : 0.3));
    let taken = 0;
    if (!above && twoRows) this.drawRollup(left - 1, view.height / 2 + 8, 1);
    else if (!above && !view.collapsed && detail.title <= 20) taken = this.drawRollup(view.width - PAD, middle, scale, true);

    const every = view.count.toLocaleString("en-US");
    const countText = this.matches ? `${this.matches.toLocaleString("en-US")} of ${every}` : every;
    this.count.classList.toggle("nbl-group-found", Boolean(this.matches));
    const room = view.width - left - (above ? 0 : PAD) - taken;
    const { size, counted } = titleFit(view.title, countText, room, wanted, this.widthOf);
    const ratio = size / CLOSE_UP.title;
    this.name.setAttribute("x", String(left));
    this.name.setAttribute("y", String(middle + size * 0.35));
    this.name.setAttribute("font-size", String(size));
    const gap = GAP * ratio;
    const rest = counted ? gap + this.widthOf(countText) * ratio : 0;
    this.name.textContent = cutMiddle(view.title, (room - rest) / ratio, this.widthOf);
    const drawn = Math.min(room, this.widthOf(this.name.textContent) * ratio + rest);
    // An ellipsis alone names nothing.
    const told = this.name.textContent.length > 2 || view.title.length <= 2;
    this.titleRect = above && told ? { x: view.x, y: view.y - size * 1.1, width: drawn, height: size * 1.25 } : null;
    if (!counted) return;
    this.count.textContent = countText;
    this.count.setAttribute("dx", String(gap));
    this.name.append(this.count);
  }

  /** A bar along the bottom of a folded box, in the colours of what is in it: what can be seen from afar. */
  private drawShares(height: number): void {
    const { view } = this;
    const length = view.width - 2 * PAD;
    let x = PAD;
    for (const [status, n] of countsOf(this.view)) {
      const width = (length * n) / Math.max(1, view.count);
      const y = view.height - height - Math.min(6, view.height * 0.1);
      this.rollup.append(svg("rect", { class: "nbl-share", "data-status": status, x, y, width, height }));
      x += width;
    }
  }

  /** Marks and numbers in a row, from the left, or ending at x; returns its width. What has no room gives way from the end. */
  private drawRollup(x: number, y: number, scale: number, ends = false): number {
    const { view } = this;
    // An open group shows what is in it: its header tells only of what needs a look, or that nothing does.
    const counts = countsOf(this.view).filter(([status, n]) => view.collapsed || status !== "fresh" || n === view.count);
    const room = (ends ? view.width * 0.55 : view.width - x - PAD) / scale;
    const row = svg("g");
    let at = 0;
    for (const [status, n] of counts) {
      const text = view.collapsed || status !== "fresh" ? n.toLocaleString("en-US") : "";
      const width = 11 + (text === "" ? 0 : 3 + this.widthOf(text));
      if (at + width > room) break;
      const place = `translate(${at},-5.5) scale(${11 / MARK_BOX})`;
      row.append(svg("path", { class: "nbl-mark", "data-status": status, d: MARKS[status], transform: place }));
      if (text !== "") {
        row.append(svg("text", { class: "nbl-rollup-count", "data-status": status, x: at + 14, y: 4, "font-size": 11 }, text));
      }
      at += width + 8;
    }
    const width = Math.max(0, at - 8) * scale;
    row.setAttribute("transform", `translate(${ends ? x - width : x},${y}) scale(${scale})`);
    this.rollup.append(row);
    return width + 8 * scale;
  }
}
