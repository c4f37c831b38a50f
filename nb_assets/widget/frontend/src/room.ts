// The room that the widget has on the page, and what of it is the map's: what is open stays in sight when that changes.
import { pastOf } from "./acting/state.ts";
import type { Canvas } from "./graph/canvas.ts";
import type { State } from "./state.ts";

const OPENING_MS = 500;
const NARROW = 640; // As in styles/frame.css.

export class Room {
  private readonly resized: ResizeObserver;
  private open: string | null = null;
  private width = 0;
  /** Until when the map is taken to shrink because of a pane that opens. */
  private opening = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly canvas: Canvas,
    map: HTMLElement,
  ) {
    this.resized = new ResizeObserver(() => this.onResize());
    this.resized.observe(map);
    this.resized.observe(root);
  }

  close(): void {
    this.resized.disconnect();
  }

  /** Takes note of what is on screen now. */
  after(state: State, before: State): void {
    const { root } = this;
    if (state.view && !before.view) {
      // A small graph takes a small place; the corner can be dragged.
      const scale = Math.min(1, (root.clientWidth || 900) / state.view.width);
      const height = Math.round(Math.min(560, Math.max(360, state.view.height * scale + 100)));
      root.style.setProperty("--nbl-height", `${height}px`);
      this.canvas.fit(false);
    }
    root.classList.toggle("nbl-open", state.open !== null);
    root.classList.toggle("nbl-wide", isWide(state));
    // The pane that opens takes room from the map: what was clicked stays in sight.
    const grows = isWide(state) !== isWide(before) || before.open === null;
    if (state.open !== null && grows) this.opening = performance.now() + OPENING_MS;
    this.open = state.open;
  }

  private onResize(): void {
    this.root.classList.toggle("nbl-narrow", this.root.clientWidth <= NARROW);
    this.canvas.arrived();
    // A pane takes room from the map alone, and the map stays as it is.
    if (this.width > 0 && this.root.clientWidth !== this.width) this.canvas.fitAgain();
    this.width = this.root.clientWidth;
    if (this.open !== null && performance.now() < this.opening) this.canvas.reveal(this.open);
  }
}

const isWide = ({ open, acting }: State): boolean => open !== null && pastOf(acting, open).wide;
