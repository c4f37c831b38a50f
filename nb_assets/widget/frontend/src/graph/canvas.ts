// The map: groups, edges and cards on one SVG, kept in step with the store.
import type { GroupView, LineageView } from "../views.ts";
import type { Subject } from "../commands/command.ts";
import type { State, Store } from "../state.ts";
import { Camera } from "./camera.ts";
import { isFoundAnew, missed, showFound } from "./found.ts";
import { Culling } from "./culling.ts";
import { EdgeLayer } from "./edges.ts";
import { GroupBox } from "./groups.ts";
import { CLOSE_UP, detailAt, type Detail } from "./lod.ts";
import { ChangeMarks } from "./marks.ts";
import { Minimap } from "./minimap.ts";
import { Moves } from "./moves.ts";
import { NodeCard, fontsOf, type SecondLine } from "./nodes.ts";
import { TITLE_HEIGHT, type Arrow } from "./neighbours.ts";
import { GROUP, type Walk } from "./order.ts";
import { putInOrder, Stops } from "./stops.ts";
import { svg } from "./svg.ts";
import { groupOf, keyOf, stopOf, subjectOf } from "./target.ts";
import { measurer, type WidthOf } from "./text.ts";
import { unobstructed } from "./declutter.ts";
import { fitted, inSight, type Rect } from "./transform.ts";

export interface CanvasActions {
  pick(key: string, add: boolean): void;
  open(key: string): void;
  fold(group: string): void;
  clear(): void;
  openMenu(subject: Subject, at: MouseEvent): void;
}

const READABLE = 0.75;
const ALL_DRAWN = 100; // As many cards as this are drawn wherever they are.

export class Canvas {
  // A flat tree that says its levels: in a nested one a group's button would span its assets, over the edges.
  readonly element = svg("svg", {
    class: "nbl-map",
    role: "tree",
    "aria-label": "Asset lineage",
    "aria-multiselectable": "true",
    tabindex: -1, // Browsers let Tab lead to what clips its content; a click on it hands on to the stop.
    "data-lm-suppress-shortcuts": "true",
  });
  readonly camera: Camera;
  readonly minimap = new Minimap((x, y) => this.camera.centre({ x, y, width: 0, height: 0 }, 0, false));
  private readonly scene = svg("g");
  private readonly boxLayer = svg("g", { "aria-hidden": "true" });
  private readonly stopLayer = svg("g");
  private readonly edges = new EdgeLayer();
  private readonly marks = new ChangeMarks();
  private readonly cards = new Map<string, NodeCard>();
  private readonly groups = new Map<string, GroupBox>();
  private readonly unsubscribe: () => void;
  private fonts: ReturnType<typeof fontsOf> | null = null;
  private titleWidth: WidthOf = (text) => text.length * 7;
  private readonly culling = new Culling();
  /** Kept, because asking the page for it makes it lay everything out. */
  private room = { width: 0, height: 0 };
  private fitted = false;
  private refit = false;
  private detail = CLOSE_UP;
  /** The group that was folded or unfolded last: it stays where it is on screen. */
  private anchor: string | null = null;
  private readonly stops = new Stops((id) => this.elementOf(id));

  constructor(
    private readonly store: Store,
    private readonly actions: CanvasActions,
    private readonly secondLine: SecondLine,
    private readonly calm: () => boolean,
  ) {
    this.scene.append(this.boxLayer, this.edges.element, this.marks.element, this.stopLayer);
    this.element.append(this.scene);
    this.element.dataset["detail"] = this.detail.level;
    this.camera = new Camera(this.element, ({ x, y, k }) => {
      this.scene.setAttribute("transform", `translate(${x},${y}) scale(${k})`);
      this.zoomTo(detailAt(k));
      this.look();
      this.cull();
    });
    this.element.addEventListener("click", (event) => this.onClick(event));
    this.element.addEventListener("contextmenu", (event) => this.onContextMenu(event));
    this.element.addEventListener("focusin", (event) => this.onFocus(event));
    this.unsubscribe = store.subscribe((state, before) => this.update(state, before));
  }

  close(): void {
    this.unsubscribe();
    this.camera.close();
    this.minimap.close();
  }

  /** Draws what is on screen and around it; the rest only keeps its place. */
  private cull(): void {
    const window = inSight(this.camera.transform, this.room);
    if (window.width === 0 || !this.culling.isDue(window)) return;
    const around = this.culling.around(window);
    const isDrawn = this.cards.size <= ALL_DRAWN ? (): boolean => true : around;
    for (const card of this.cards.values()) card.cull(!isDrawn(card.view));
    this.edges.cull(isDrawn);
  }

  /** Fits the graph as soon as there is both a graph and room to show it in. */
  arrived(): void {
    this.room = { width: this.element.clientWidth, height: this.element.clientHeight };
    this.cull();
    this.look();
    if (this.element.clientWidth === 0) return;
    if (this.fitted && this.refit) this.fit(false);
    this.refit = this.refit && !this.fitted;
    if (this.fitted) return;
    const { view } = this.store.get();
    if (!view) return;
    this.fitted = true;
    this.fit(false);
  }

  /** Has the next graph fitted, wherever the map was. */
  fitNext(): void {
    this.refit = true;
  }

  /** Fits the graph into a cell that became wider or narrower, unless the map was moved since it was fitted. */
  fitAgain(): void {
    if (this.camera.isFitted) this.fit(false);
  }

  fit(animate = !this.calm()): void {
    const { view } = this.store.get();
    if (!view) return;
    const rect = { x: 0, y: 0, width: view.width, height: view.height };
    // From afar titles stand on top of their boxes, so the highest of them is above the map.
    const { title } = detailAt(fitted(rect, { width: this.element.clientWidth, height: this.element.clientHeight }).k);
    const above = Math.max(title > TITLE_HEIGHT && view.groups.length > 0 ? title * 1.2 : 0, this.marks.above);
    this.camera.fit({ ...rect, y: -above, height: rect.height + above }, animate);
  }

  has(key: string): boolean {
    return this.cards.has(key);
  }

  /** Brings a card into the middle, as close as it can be read. */
  centre(key: string): void {
    const rect = this.rectOf(key);
    if (rect) this.camera.centre(rect, READABLE, !this.calm());
  }

  reveal(key: string): void {
    const rect = this.rectOf(key);
    if (rect) this.camera.reveal(rect, !this.calm());
  }

  /** Puts the keyboard on an asset or a group, and that on screen; where it was last when there is none of that name. */
  focus(id: string | null = null): void {
    const stop = id !== null && this.elementOf(id) ? id : this.stops.current;
    if (stop === null) return;
    this.reveal(stop);
    this.elementOf(stop)?.focus({ preventScroll: true });
  }

  private current(): SVGGElement | undefined {
    return this.stops.current === null ? undefined : this.elementOf(this.stops.current);
  }

  /** Moves the keyboard to what lies that way. */
  step(arrow: Arrow): void {
    const next = this.stops.beside(arrow);
    if (next !== null) this.focus(next);
  }

  /** Moves the keyboard through the order in which the map is read. */
  walk(walk: Walk): void {
    const next = this.stops.along(walk);
    if (next !== null) this.focus(next);
  }

  /** Rewrites the second lines, whose ages go on. */
  tick(): void {
    const { made } = this.store.get();
    for (const card of this.cards.values()) {
      if (card.view.status === "fresh") card.show(card.view, made[card.view.key]);
    }
  }

  /** Rewrites the second lines of these cards, of which something ticks. */
  retell(keys: readonly string[]): void {
    const { made } = this.store.get();
    for (const key of keys) {
      const card = this.cards.get(key);
      if (card) card.show(card.view, made[key]);
    }
  }

  keepInPlace(group: string): void {
    this.anchor = group;
  }

  private zoomTo(detail: Detail): void {
    if (detail === this.detail) return;
    this.detail = detail;
    this.element.dataset["detail"] = detail.level;
    for (const card of this.cards.values()) card.zoom(detail);
    for (const group of this.groups.values()) group.zoom(detail);
    this.declutter();
  }

  /** Hides the titles that would lie on those of larger groups; groups come parents first. */
  private declutter(): void {
    const boxes = [...this.groups.values()];
    const free = unobstructed(boxes.map((box) => box.titleRect));
    boxes.forEach((box, i) => box.nameIt(free[i] ?? true));
  }

  private elementOf(id: string): SVGGElement | undefined {
    if (id.startsWith(GROUP)) return this.groups.get(id.slice(GROUP.length))?.button;
    return this.cards.get(id)?.element;
  }

  private rectOf(id: string): Rect | null {
    if (!id.startsWith(GROUP)) return this.cards.get(id)?.view ?? null;
    const group = this.groups.get(id.slice(GROUP.length))?.view;
    return group ? { ...group, height: group.collapsed ? group.height : TITLE_HEIGHT } : null;
  }

  private update(state: State, before: State): void {
    const { view } = state;
    if (view && view !== before.view) {
      if (!before.view || view.edges !== before.view.edges) this.draw(view, before.view, state);
      else this.patch(view, before.view, state);
    }
    if (state.picked !== before.picked || view?.edges !== before.view?.edges) this.showPicked(state, before);
    const redrawn = view?.edges !== before.view?.edges;
    if (state.changing.changes !== before.changing.changes || (redrawn && state.changing.changes)) this.showChanges(state);
    if (state.finding.minimap !== before.finding.minimap) this.minimap.turn(state.finding.minimap);
    if (redrawn || isFoundAnew(state, before)) this.showSearch(state);
    else if (view && view !== before.view) this.minimap.draw(view, missed(state));
  }

  private draw(view: LineageView, before: LineageView | null, state: State): void {
    const fonts = (this.fonts ??= fontsOf(this.element));
    if (this.groups.size === 0) {
      this.titleWidth = measurer(`600 12px ${getComputedStyle(this.element).fontFamily}`);
    }
    const held = this.stopLayer.contains(document.activeElement);
    const moves = new Moves(this.camera.window());
    const turned = before !== null && before.direction !== view.direction;
    const anchored = this.anchor === null ? undefined : this.groups.get(this.anchor)?.view;
    const kept = moves.sync(this.cards, view.nodes, (node) => node.key, (node) => {
      return new NodeCard(node, state.made[node.key], fonts, this.secondLine, this.detail);
    });
    for (const [card, node] of kept) card.show(node, state.made[node.key]);
    moves.sync(this.groups, view.groups, (group) => group.name, (group) => {
      return new GroupBox(group, this.titleWidth, this.detail);
    });
    this.stops.arrange(view);
    this.boxLayer.replaceChildren(...view.groups.flatMap((group) => this.groups.get(group.name)?.element ?? []));
    putInOrder(this.stopLayer, this.stops.ids.flatMap((id) => this.elementOf(id) ?? []));
    this.edges.draw(view.edges, view.direction);
    this.declutter();
    this.stops.mark();
    if (held && !this.stopLayer.contains(document.activeElement)) this.focus();
    if ((this.refit || turned) && this.fitted) this.fit();
    else if (this.fitted) this.settle(anchored, moves);
    this.refit = false;
    this.culling.forget();
    this.arrived();
  }

  private settle(before: GroupView | undefined, moves: Moves): void {
    const after = this.anchor === null ? undefined : this.groups.get(this.anchor)?.view;
    this.anchor = null;
    const shift = before && after ? { dx: before.x - after.x, dy: before.y - after.y } : moves.common;
    this.camera.shift(shift.dx, shift.dy);
    if (this.calm() || !moves.glide(shift)) return;
    this.edges.element.animate([{ opacity: 0 }, { opacity: 0, offset: 0.5 }, { opacity: 1 }], { duration: 320 });
  }

  private patch(view: LineageView, before: LineageView, state: State): void {
    view.nodes.forEach((node, i) => {
      if (node !== before.nodes[i]) this.cards.get(node.key)?.show(node, state.made[node.key]);
    });
    view.groups.forEach((group, i) => {
      if (group !== before.groups[i]) this.groups.get(group.name)?.show(group);
    });
  }

  private showPicked(state: State, before: State): void {
    for (const key of before.picked) this.cards.get(key)?.element.setAttribute("aria-selected", "false");
    for (const key of state.picked) this.cards.get(key)?.element.setAttribute("aria-selected", "true");
    this.edges.highlight(state.picked);
  }

  private showChanges({ changing: { changes } }: State): void {
    this.marks.show(changes, this.cards, this.groups, this.fonts?.small ?? this.titleWidth);
    this.edges.mark(changes?.edges_added ?? [], "nbl-added");
  }

  private showSearch(state: State): void {
    showFound(state, this.cards, this.groups, this.edges);
    if (state.view) this.minimap.draw(state.view, missed(state));
    this.look();
  }

  /** Has the minimap follow what is in sight. */
  private look(): void {
    const { clientWidth, clientHeight } = this.element;
    this.minimap.follow(this.camera.transform, { width: clientWidth, height: clientHeight });
  }

  private onFocus(event: FocusEvent): void {
    const id = stopOf(event.target);
    if (id !== null) this.stops.arrived(id);
    else if (event.target === this.element) this.current()?.focus({ preventScroll: true });
  }

  private onContextMenu(event: MouseEvent): void {
    if (event.shiftKey) return; // The page's own menu, as JupyterLab has it.
    event.preventDefault();
    event.stopPropagation();
    this.actions.openMenu(subjectOf(event.target), event);
  }

  private onClick(event: MouseEvent): void {
    const key = keyOf(event.target);
    const group = groupOf(event.target);
    if (key !== null) {
      const add = event.shiftKey || event.ctrlKey || event.metaKey;
      this.actions.pick(key, add);
      if (!add) this.actions.open(key);
    } else if (group !== null) {
      this.actions.fold(group);
    } else {
      this.actions.clear();
    }
  }
}
