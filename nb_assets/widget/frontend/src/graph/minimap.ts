// The whole map in a corner, while only a part of it is in sight: a canvas of coloured boxes, and the part as a frame.
import type { LineageView, Status } from "../views.ts";
import { inSight, type Rect, type Size, type Transform } from "./transform.ts";

const LARGEST: Size = { width: 168, height: 112 };
const PAD = 4;
const LEAST = 1.5; // Smaller boxes would not be seen.

interface Placed {
  /** How much smaller than life it is, and where its middle lands. */
  scale: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a graph of that size comes to lie in the corner. Pure. */
export function placed(graph: Size): Placed {
  const scale = Math.min(
    (LARGEST.width - 2 * PAD) / Math.max(1, graph.width),
    (LARGEST.height - 2 * PAD) / Math.max(1, graph.height),
  );
  const width = Math.max(40, Math.round(graph.width * scale) + 2 * PAD);
  const height = Math.max(28, Math.round(graph.height * scale) + 2 * PAD);
  return { scale, x: (width - graph.width * scale) / 2, y: (height - graph.height * scale) / 2, width, height };
}

const WORTH_IT = 0.5;

/** Tells whether so much of the graph can be seen that an overview would hide more than it shows. Pure. */
export function fits(sight: Rect, graph: Size): boolean {
  const seen = (from: number, length: number, whole: number): number =>
    whole === 0 ? 1 : Math.max(0, Math.min(from + length, whole) - Math.max(from, 0)) / whole;
  return seen(sight.x, sight.width, graph.width) * seen(sight.y, sight.height, graph.height) >= WORTH_IT;
}

export class Minimap {
  readonly element = document.createElement("div");
  private readonly canvas = document.createElement("canvas");
  private readonly frame = document.createElement("div");
  private view: LineageView | null = null;
  private dimmed: ((id: string) => boolean) | null = null;
  private at: Placed = placed({ width: 1, height: 1 });
  private isOn = true;
  private drawing = 0;
  private isPainted = false;
  /** Another theme has other colours. */
  private readonly themes = new MutationObserver(() => this.paintSoon());

  /** `centre` brings a point of the graph into the middle of the map. */
  constructor(private readonly centre: (x: number, y: number) => void) {
    this.element.className = "nbl-minimap";
    this.element.hidden = true;
    // Whoever cannot see it has the list and the search for what it does.
    this.element.setAttribute("aria-hidden", "true");
    this.frame.className = "nbl-minimap-sight";
    this.element.append(this.canvas, this.frame);
    const attributeFilter = ["data-jp-theme-light", "data-jp-theme-name", "data-vscode-theme-id", "class", "theme"];
    this.themes.observe(document.body, { attributeFilter });
    this.element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.element.setPointerCapture(event.pointerId);
      this.go(event);
      event.preventDefault();
    });
    this.element.addEventListener("pointermove", (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) this.go(event);
    });
  }

  close(): void {
    cancelAnimationFrame(this.drawing);
    this.themes.disconnect();
  }

  turn(on: boolean): void {
    this.isOn = on;
    if (!on) this.element.hidden = true;
  }

  /** Draws a picture, once the page has time; `dimmed` tells what a search has not found. */
  draw(view: LineageView, dimmed: ((id: string) => boolean) | null): void {
    this.view = view;
    this.dimmed = dimmed;
    this.paintSoon();
  }

  /** Takes note of what is in sight. */
  follow(transform: Transform, room: Size): void {
    const { view } = this;
    if (!view || !this.isOn || room.width === 0) return;
    const sight = inSight(transform, room);
    const isWhole = fits(sight, view);
    if (this.element.hidden !== isWhole) {
      this.element.hidden = isWhole;
      if (!isWhole) this.paint();
    }
    if (isWhole) return;
    const { scale, x, y } = this.at;
    const place = [x + sight.x * scale, y + sight.y * scale, sight.width * scale, sight.height * scale];
    const [left, top, width, height] = place.map((value) => `${Math.round(value * 2) / 2}px`) as [string, string, string, string];
    const { style } = this.frame;
    style.transform = `translate(${left},${top})`;
    style.width = width;
    style.height = height;
  }

  private paintSoon(): void {
    this.isPainted = false;
    cancelAnimationFrame(this.drawing);
    this.drawing = requestAnimationFrame(() => this.paint());
  }

  private go(event: PointerEvent): void {
    const { left, top } = this.element.getBoundingClientRect();
    const { scale, x, y } = this.at;
    this.centre((event.clientX - left - x) / scale, (event.clientY - top - y) / scale);
  }

  private paint(): void {
    const { view, element, canvas } = this;
    if (!view || element.hidden || !element.isConnected || this.isPainted) return;
    this.isPainted = true;
    this.at = placed(view);
    const { scale, x, y, width, height } = this.at;
    const density = window.devicePixelRatio || 1;
    element.style.width = `${width}px`;
    element.style.height = `${height}px`;
    canvas.width = width * density;
    canvas.height = height * density;
    const context = canvas.getContext("2d");
    if (!context) return;
    context.scale(density, density);
    const colours = this.colours();
    const box = (rect: Rect): [number, number, number, number] => [
      x + rect.x * scale,
      y + rect.y * scale,
      Math.max(LEAST, rect.width * scale),
      Math.max(LEAST, rect.height * scale),
    ];
    for (const group of view.groups) {
      const id = `group:${group.name}`;
      context.globalAlpha = this.dimmed?.(id) ? 0.3 : 1;
      context.fillStyle = colours.group;
      context.fillRect(...box(group));
      if (!group.collapsed) continue;
      const [left, top, wide, high] = box(group);
      let begin = left;
      for (const [status, n] of Object.entries(group.statuses)) {
        const share = (wide * n) / Math.max(1, group.count);
        context.fillStyle = colours[status as Status];
        context.fillRect(begin, top, share, high);
        begin += share;
      }
    }
    for (const node of view.nodes) {
      context.globalAlpha = this.dimmed?.(node.key) ? 0.25 : 1;
      context.fillStyle = colours[node.status];
      context.fillRect(...box(node));
    }
  }

  /** The colours of the page, which has light, dark and others. */
  private colours(): Record<Status | "group", string> {
    const style = getComputedStyle(this.element);
    const colour = (name: string): string => style.getPropertyValue(`--nbl-${name}`).trim() || "#888";
    return {
      group: colour("minimap-group"),
      failed: colour("failed"),
      running: colour("running"),
      queued: colour("queued"),
      stale: colour("stale-bright"),
      missing: colour("minimap-missing"),
      skipped: colour("skipped"),
      fresh: colour("fresh"),
    };
  }
}
