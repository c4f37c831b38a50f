// Where the keyboard can be on the map: one stop is in the tab order, the keys move on from it, and the focus is never
// lost, whatever comes and goes. It also tells a screen reader where each stop stands in the tree.
import type { LineageView } from "../views.ts";
import { nearestTo, neighbour, spotsOf, type Arrow, type Spot } from "./neighbours.ts";
import { GROUP, readingOrder, walked, type Stop, type Walk } from "./order.ts";

export class Stops {
  /** The stop that is in the tab order. */
  current: string | null = null;
  private view: LineageView | null = null;
  private order: readonly Stop[] = [];
  private spots: readonly Spot[] = [];

  constructor(private readonly elementOf: (id: string) => SVGElement | undefined) {}

  /** The stops in the order in which they are read. */
  get ids(): string[] {
    return this.order.map((stop) => stop.id);
  }

  /** Takes note of a new picture; what is gone hands on to the folded group that it is in now, else to its neighbour. */
  arrange(view: LineageView): void {
    const was = this.spots.find((spot) => spot.id === this.current);
    const group = this.view?.nodes.find((node) => node.key === this.current)?.group ?? this.groupName();
    this.view = view;
    this.order = readingOrder(view);
    this.spots = spotsOf(view);
    const known = new Set(this.ids);
    if (this.current !== null && known.has(this.current)) return;
    const assets = this.spots.filter((spot) => !spot.isTitle);
    this.current = folded(group, view) ?? (was ? nearestTo(was, assets) : null) ?? this.order[0]?.id ?? null;
  }

  /** Says on each element where it stands, and which of them Tab leads to. */
  mark(): void {
    for (const { id, level, place, siblings } of this.order) {
      const element = this.elementOf(id);
      if (!element) continue;
      element.setAttribute("aria-level", String(level));
      element.setAttribute("aria-posinset", String(place));
      element.setAttribute("aria-setsize", String(siblings));
      element.setAttribute("tabindex", id === this.current ? "0" : "-1");
    }
  }

  /** Takes note of where the focus went. */
  arrived(id: string): void {
    if (id === this.current) return;
    if (this.current !== null) this.elementOf(this.current)?.setAttribute("tabindex", "-1");
    this.current = id;
    this.elementOf(id)?.setAttribute("tabindex", "0");
  }

  /** Where an arrow key leads from here; from the title of a group into it. */
  beside(arrow: Arrow): string | null {
    const { view, current } = this;
    if (!view) return null;
    const title = this.spots.find((spot) => spot.id === current)?.isTitle;
    if (title && (arrow === "ArrowDown" || arrow === "ArrowRight")) return this.along("in") ?? this.along("next");
    return neighbour(current ?? "", arrow, this.spots, view.edges, view.direction);
  }

  /** Where a step through the reading order leads from here. */
  along(walk: Walk): string | null {
    return walked(this.order, this.current, walk);
  }

  private groupName(): string | null {
    return this.current?.startsWith(GROUP) ? this.current.slice(GROUP.length) : null;
  }
}

/** The folded box that hides a group, or that it is. */
function folded(group: string | null, view: LineageView): string | null {
  if (group === null) return null;
  const hides = (name: string): boolean => name === group || group.startsWith(`${name}/`);
  const box = view.groups.find((each) => each.collapsed && hides(each.name));
  return box ? GROUP + box.name : null;
}

/** Puts elements into an order, moving as few as it can: an element that is moved loses the focus. */
export function putInOrder(layer: Element, elements: readonly Element[]): void {
  const wanted = new Set(elements);
  for (const child of [...layer.children]) if (!wanted.has(child)) child.remove();
  let next = layer.firstElementChild;
  for (const element of elements) {
    if (element === next) next = next.nextElementSibling;
    else layer.insertBefore(element, next);
  }
}
