// One card per asset: made once, then touched only where something changed.
import { inWords, segments } from "./segments.ts";
import type { NodeView, Status } from "../views.ts";
import { duration } from "../format.ts";
import { MARKS, MARK_BOX, WORDS } from "../status.ts";
import { CLOSE_UP, type Detail } from "./lod.ts";
import { CardFooter, FOOTER_FONT, FOOTER_HEIGHT } from "./footer.ts";
import { nameOfAsset } from "./names.ts";
import { svg } from "./svg.ts";
import { cutEnd, cutMiddle, intoTwo, measurer, type WidthOf } from "./text.ts";

const PAD = 10;
const MARK = 14;
const BADGE_HEIGHT = 16;
const ROW_GAP = 5;
const TWO_LINES = 27;

/** How wide text is at its size in a close-up; other sizes are in proportion. */
interface Fonts {
  name: WidthOf;
  word: WidthOf;
  line: WidthOf;
  badge: WidthOf;
  small: WidthOf;
}

export class NodeCard {
  readonly element: SVGGElement;
  view: NodeView;
  private readonly title = svg("title");
  private readonly mark = svg("path", { class: "nbl-mark" });
  private readonly name = svg("text", { class: "nbl-node-name" });
  private readonly word = svg("tspan", { class: "nbl-node-word" });
  private readonly rest = svg("tspan");
  private readonly line = svg("text", { class: "nbl-node-line" }, this.word, this.rest);
  private readonly badgeBox = svg("rect", { class: "nbl-badge-box", height: BADGE_HEIGHT, rx: BADGE_HEIGHT / 2 });
  private readonly badgeText = svg("text", { class: "nbl-badge-text", "text-anchor": "middle" });
  private readonly badge = svg("g", { class: "nbl-badge" }, this.badgeBox, this.badgeText);
  private readonly footer: CardFooter;
  private said = "";
  private off = true;
  /** What it was drawn for last; null once something else is to be said. */
  private drawn: Detail | null = null;

  private readonly parts = svg("g", { class: "nbl-parts" });

  constructor(
    view: NodeView,
    made: number | undefined,
    private readonly fonts: Fonts,
    private readonly secondLine: SecondLine,
    private detail: Detail,
  ) {
    this.view = view;
    this.footer = new CardFooter(fonts.small);
    this.element = svg(
      "g",
      {
        class: view.external ? "nbl-node nbl-external nbl-off" : "nbl-node nbl-off",
        role: "treeitem",
        tabindex: -1,
        "aria-selected": "false",
        "data-asset-key": view.key,
        "data-lm-suppress-shortcuts": "true",
      },
      this.title,
      svg("rect", { class: "nbl-card", width: view.width, height: view.height, rx: 6 }),
      svg("rect", { class: "nbl-busy", x: 1, y: view.height - 3, width: view.width - 2, height: 2, rx: 1 }),
      this.parts,
      this.mark,
      this.name,
      this.line,
      this.badge,
      this.footer.element,
    );
    this.place(view);
    this.show(view, made);
  }

  get pieces(): readonly SVGGElement[] {
    return [this.element];
  }

  /** Shows a tag on its edge that says how it changed, or none. */
  tag(tag: SVGGElement | null): void {
    const { element } = this;
    element.querySelector(":scope > .nbl-tag")?.remove();
    element.classList.toggle("nbl-changed", tag !== null);
    element.setAttribute("aria-description", tag?.lastChild?.textContent ?? "");
    if (tag) element.append(tag);
  }

  /** Moves the card; returns where it was if that is somewhere else. */
  place(view: NodeView): { dx: number; dy: number } | null {
    const dx = this.view.x - view.x;
    const dy = this.view.y - view.y;
    this.element.setAttribute("transform", `translate(${view.x},${view.y})`);
    return dx === 0 && dy === 0 ? null : { dx, dy };
  }

  show(view: NodeView, made: number | undefined): void {
    this.view = view;
    const { element } = this;
    const status: Status = view.status;
    const word = view.external ? "External" : WORDS[status];
    this.said = this.secondLine(view, made);
    element.dataset["status"] = status;
    this.mark.setAttribute("d", MARKS[status]);
    this.word.textContent = word;
    // Where a reason is given, its words are those of the partitions.
    const parts = view.reason === "" && status !== "fresh" ? inWords(view.partitions) : "";
    const checks = [view.checks && `checks: ${view.checks}`, parts].filter(Boolean).join(", ");
    this.parts.replaceChildren(
      ...segments(view.partitions, view.width - 2).map(({ status: state, x, width }) =>
        svg("rect", { "data-status": state, x: x + 1, y: view.height - 4, width, height: 3 }),
      ),
    );
    const took = view.duration === null ? "" : `took ${duration(view.duration)}`;
    const about = [view.kinds.join(", "), view.owner, took].filter(Boolean).join(" · ");
    element.setAttribute("aria-label", nameOfAsset(view, [this.said, view.badge && `last change ${view.badge}`, checks]));
    this.title.textContent = [view.key, [word, this.said].filter(Boolean).join(" · "), view.badge, checks, about]
      .filter(Boolean)
      .join("\n");
    this.drawn = null;
    this.zoom(this.detail);
  }

  /** Draws the card or leaves it an empty place, which keeps its name and can be found by whoever reads the page. */
  cull(off: boolean): void {
    if (off === this.off) return;
    this.off = off;
    this.element.classList.toggle("nbl-off", off);
    this.zoom(this.detail);
  }

  /** Draws everything as large as the zoom asks for; what has no room then is hidden by the stylesheet. */
  zoom(detail: Detail): void {
    this.detail = detail;
    if (this.off || this.drawn === detail) return;
    this.drawn = detail;
    const { view, fonts } = this;
    if (detail.level === "shapes") {
      const { width, height } = view;
      const mark = height * 0.72;
      this.placeMark(width / 2 - mark / 2, height / 2, mark);
      return;
    }
    const scale = detail.name / CLOSE_UP.name;
    const mark = MARK * Math.min(scale, 1.6);
    const left = PAD + mark + 7 * Math.min(scale, 1.2);
    const room = view.width - left - PAD;
    const whole = detail.line > 0;
    const small = detail.line / CLOSE_UP.line;
    const below = whole && CardFooter.has(view) ? ROW_GAP + FOOTER_HEIGHT * small : 0;
    // The bar of partitions stands below all of it.
    const height = view.height - (Object.keys(view.partitions).length > 0 ? 3 : 0);
    const top = whole ? (height - detail.name - detail.line - ROW_GAP - below) / 2 : height / 2 - detail.name / 2;
    const middle = top + detail.name / 2;
    const badge = whole ? this.placeBadge(middle) : 0;
    this.placeMark(PAD, middle, mark);
    if (!whole) {
      this.writeName(left, room, detail.name);
      return;
    }
    write(this.name, left, middle + detail.name * 0.36, detail.name);
    this.name.textContent = cutMiddle(view.name, (room - badge) / scale, fonts.name);
    const second = top + detail.name + ROW_GAP;
    write(this.line, left, second + detail.line * 0.82, detail.line);
    const width = room / small - fonts.word(this.word.textContent ?? "");
    // Rather whole parts than a cut one, but for the first.
    const parts = this.said.split(" · ");
    while (parts.length > 1 && fonts.line(`  ${parts.join(" · ")}`) > width) parts.pop();
    this.rest.textContent = this.said === "" ? "" : cutEnd(`  ${parts.join(" · ")}`, width, fonts.line);
    this.footer.draw(view, second + detail.line + ROW_GAP, detail, PAD);
  }

  /** Writes the name alone: on two lines where one is too short. */
  private writeName(left: number, room: number, wanted: number): void {
    const { view, fonts } = this;
    const widthOf = (size: number): WidthOf => (text) => (fonts.name(text) * size) / CLOSE_UP.name;
    if (widthOf(wanted)(view.name) <= room) {
      write(this.name, left, view.height / 2 + wanted * 0.36, wanted);
      this.name.textContent = view.name;
      return;
    }
    const size = Math.min(wanted, TWO_LINES);
    write(this.name, left, view.height / 2 - size * 0.2, size);
    const [first, second] = intoTwo(view.name, room, widthOf(size));
    this.name.replaceChildren(first, svg("tspan", { x: left, dy: size * 1.12 }, second));
  }

  private placeMark(x: number, middle: number, size: number): void {
    this.mark.setAttribute("transform", `translate(${x},${middle - size / 2}) scale(${size / MARK_BOX})`);
  }

  /** Puts the badge at the right of the first line; returns the room it takes. */
  private placeBadge(middle: number): number {
    const { badge } = this.view;
    this.badge.style.display = badge === "" ? "none" : "";
    if (badge === "") return 0;
    const width = Math.ceil(this.fonts.badge(badge)) + 12;
    const x = this.view.width - PAD - width + 3;
    this.badgeBox.setAttribute("x", String(x));
    this.badgeBox.setAttribute("y", String(middle - BADGE_HEIGHT / 2));
    this.badgeBox.setAttribute("width", String(width));
    write(this.badgeText, x + width / 2, middle + 3.8, 10.5);
    this.badgeText.textContent = badge;
    return width + 4;
  }
}

function write(text: SVGTextElement, x: number, y: number, size: number): void {
  text.setAttribute("x", String(x));
  text.setAttribute("y", String(y));
  text.setAttribute("font-size", String(size));
}

export type SecondLine = (view: NodeView, made: number | undefined) => string;

/** Reads the fonts from the page once it is styled, for they are the host's; each at its size in a close-up. */
export function fontsOf(root: Element): Fonts {
  const family = getComputedStyle(root).fontFamily || "system-ui, sans-serif";
  return {
    name: measurer(`500 ${CLOSE_UP.name}px ${family}`),
    word: measurer(`600 ${CLOSE_UP.line}px ${family}`),
    line: measurer(`${CLOSE_UP.line}px ${family}`),
    badge: measurer(`500 10.5px ${family}`),
    small: measurer(`600 ${FOOTER_FONT}px ${family}`),
  };
}
