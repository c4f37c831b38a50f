// One card per asset: made once, then touched only where something changed.
import type { NodeView, Status } from "../messages.ts";
import { MARKS, MARK_BOX, WORDS } from "../status.ts";
import { CLOSE_UP, type Detail } from "./lod.ts";
import { svg } from "./svg.ts";
import { cutEnd, cutMiddle, measurer, type WidthOf } from "./text.ts";

const PAD = 10;
const MARK = 14;
const BADGE_PAD = 6;

interface Fonts {
  /** At 13 px; other sizes are in proportion. */
  name: WidthOf;
  word: WidthOf;
  line: WidthOf;
  badge: WidthOf;
}

export class NodeCard {
  readonly element: SVGGElement;
  view: NodeView;
  private readonly title = svg("title");
  private readonly name = svg("text", { class: "nbl-node-name" });
  private readonly mark = svg("path", { class: "nbl-mark" });
  private detail = CLOSE_UP;
  private badgeWidth = 0;
  private readonly word = svg("tspan", { class: "nbl-node-word" });
  private readonly rest = svg("tspan");
  private readonly badgeBox = svg("rect", { class: "nbl-badge-box", y: 8, height: 16, rx: 8 });
  private readonly badgeText = svg("text", { class: "nbl-badge-text", y: 19.5, "text-anchor": "middle" });
  private readonly badge = svg("g", { class: "nbl-badge" }, this.badgeBox, this.badgeText);

  constructor(
    view: NodeView,
    made: number | undefined,
    private readonly fonts: Fonts,
    private readonly secondLine: SecondLine,
  ) {
    this.view = view;
    const line = svg("text", { class: "nbl-node-line", x: PAD + MARK + 8, y: 36 }, this.word, this.rest);
    this.element = svg(
      "g",
      {
        class: view.external ? "nbl-node nbl-external" : "nbl-node",
        role: "button",
        tabindex: -1,
        "data-asset-key": view.key,
        "data-lm-suppress-shortcuts": "true",
      },
      this.title,
      svg("rect", { class: "nbl-card", width: view.width, height: view.height, rx: 6 }),
      svg("rect", { class: "nbl-busy", x: 1, y: view.height - 3, width: view.width - 2, height: 2, rx: 1 }),
      this.mark,
      this.name,
      line,
      this.badge,
    );
    this.place(view);
    this.show(view, made);
  }

  /** Moves the card; returns where it was if that is somewhere else. */
  place(view: NodeView): { dx: number; dy: number } | null {
    const dx = this.view.x - view.x;
    const dy = this.view.y - view.y;
    this.element.setAttribute("transform", `translate(${view.x},${view.y})`);
    return dx === 0 && dy === 0 ? null : { dx, dy };
  }

  /** Draws name and mark as large as the zoom asks for; what has no room then is hidden by the stylesheet. */
  zoom(detail: Detail): void {
    this.detail = detail;
    const { view, fonts } = this;
    if (detail.level === "shapes") return;
    const full = detail.level === "full";
    const scale = detail.name / CLOSE_UP.name;
    const mark = MARK * Math.min(scale, 1.6);
    const left = full ? PAD + MARK + 8 : PAD + mark + 6;
    const middle = full ? 16 : view.height / 2;
    const room = view.width - left - PAD - (full && this.badgeWidth > 0 ? this.badgeWidth + 4 : 0);
    this.mark.setAttribute("transform", `translate(${PAD},${middle - mark / 2}) scale(${mark / MARK_BOX})`);
    this.name.setAttribute("x", String(left));
    this.name.setAttribute("y", String(middle + detail.name * 0.35));
    this.name.setAttribute("font-size", String(detail.name));
    this.name.textContent = cutMiddle(view.name, room / scale, fonts.name);
  }

  show(view: NodeView, made: number | undefined): void {
    this.view = view;
    const { element, fonts } = this;
    const room = view.width - (PAD + MARK + 8) - PAD;
    const badgeWidth = view.badge === "" ? 0 : Math.ceil(fonts.badge(view.badge)) + 2 * BADGE_PAD;
    this.badgeWidth = badgeWidth;
    this.badge.style.display = badgeWidth === 0 ? "none" : "";
    if (badgeWidth > 0) {
      const x = view.width - PAD - badgeWidth + 3;
      this.badgeBox.setAttribute("x", String(x));
      this.badgeBox.setAttribute("width", String(badgeWidth));
      this.badgeText.setAttribute("x", String(x + badgeWidth / 2));
      this.badgeText.textContent = view.badge;
    }
    this.zoom(this.detail);

    const status: Status = view.status;
    const word = view.external ? "External" : WORDS[status];
    const line = this.secondLine(view, made);
    element.dataset["status"] = status;
    this.mark.setAttribute("d", MARKS[status]);
    this.word.textContent = word;
    const left = room - fonts.word(word);
    this.rest.textContent = line === "" ? "" : cutEnd(`  ${line}`, left, fonts.line);
    const said = [word.toLowerCase(), line, view.badge && `last change ${view.badge}`].filter(Boolean);
    element.setAttribute("aria-label", `${view.key}: ${said.join(", ")}`);
    this.title.textContent = [view.key, [word, line].filter(Boolean).join(" · "), view.badge]
      .filter(Boolean)
      .join("\n");
  }
}

export type SecondLine = (view: NodeView, made: number | undefined) => string;

/** Reads the fonts from the page once it is styled, for they are the host's. */
export function fontsOf(root: Element): Fonts {
  const family = getComputedStyle(root).fontFamily || "system-ui, sans-serif";
  return {
    name: measurer(`500 13px ${family}`),
    word: measurer(`600 11px ${family}`),
    line: measurer(`11px ${family}`),
    badge: measurer(`500 10.5px ${family}`),
  };
}
