// Pan and zoom by mouse, wheel, touch and key. The first paint fits the graph by itself; once it was moved, the map is the user's.
import { between, centred, fitted, inSight, revealing, zoomedAt, type Rect, type Size, type Transform } from "./transform.ts";

const LATCH_MS = 350; // A scroll that pauses for less is one scroll.
const DRAG_PX = 4; // A press that moves less is a click.

export class Camera {
  transform: Transform = { x: 0, y: 0, k: 1 };
  /** Whether nothing has moved the map since it was fitted. */
  isFitted = false;
  private readonly pointers = new Map<number, { x: number; y: number }>();
  private pressed: { x: number; y: number } | null = null;
  private dragged = false;
  private lastWheelOutside = Number.NEGATIVE_INFINITY;
  private frame = 0;
  private readonly off = new AbortController();

  constructor(
    private readonly map: SVGSVGElement,
    private readonly moved: (transform: Transform) => void,
  ) {
    const { signal } = this.off;
    map.addEventListener("pointerdown", (event) => this.press(event), { signal });
    map.addEventListener("pointermove", (event) => this.drag(event), { signal });
    for (const end of ["pointerup", "pointercancel"] as const) {
      map.addEventListener(end, (event) => this.release(event), { signal });
    }
    map.addEventListener("click", (event) => this.swallowClick(event), { signal, capture: true });
    map.addEventListener("dblclick", (event) => this.doubleClick(event), { signal });
    map.addEventListener("wheel", (event) => this.wheel(event), { signal, passive: false });
    window.addEventListener("wheel", (event) => this.latch(event), { signal, capture: true, passive: true });
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    this.off.abort();
  }

  fit(rect: Rect, animate: boolean): void {
    const room = this.room();
    if (room.width === 0 || room.height === 0) return;
    this.go(fitted(rect, room), animate);
    this.isFitted = true;
  }

  reveal(rect: Rect, animate: boolean): void {
    this.go(revealing(this.transform, rect, this.room()), animate);
  }

  /** What of the graph is on screen, in the graph's own units. */
  window(): Rect {
    return inSight(this.transform, this.room());
  }

  /** Brings a rectangle into the middle, at that zoom at least. */
  centre(rect: Rect, least: number, animate: boolean): void {
    this.go(centred(this.transform, rect, this.room(), least), animate);
  }

  /** Shifts the map in the graph's own units, so that what moved in the layout stays where it was on screen. */
  shift(dx: number, dy: number): void {
    const { x, y, k } = this.transform;
    this.go({ x: x + k * dx, y: y + k * dy, k }, false);
  }

  zoomBy(factor: number, animate: boolean): void {
    const { width, height } = this.room();
    this.go(zoomedAt(this.transform, factor, width / 2, height / 2), animate);
  }

  go(to: Transform, animate: boolean): void {
    cancelAnimationFrame(this.frame);
    this.isFitted = false;
    if (!animate) {
      this.transform = to;
      this.moved(to);
      return;
    }
    const from = this.transform;
    const begun = performance.now();
    const step = (time: number): void => {
      const t = Math.min(1, Math.max(0, (time - begun) / 220));
      this.transform = between(from, to, 1 - (1 - t) ** 3);
      this.moved(this.transform);
      if (t < 1) this.frame = requestAnimationFrame(step);
    };
    this.frame = requestAnimationFrame(step);
  }

  private room(): Size {
    return { width: this.map.clientWidth, height: this.map.clientHeight };
  }

  private at(event: MouseEvent): { x: number; y: number } {
    const box = this.map.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private press(event: PointerEvent): void {
    if (event.button !== 0) return;
    this.pointers.set(event.pointerId, this.at(event));
    this.pressed = this.at(event);
    this.dragged = false;
  }

  private drag(event: PointerEvent): void {
    const before = this.pointers.get(event.pointerId);
    if (!before || !this.pressed) return;
    const now = this.at(event);
    if (!this.dragged && Math.hypot(now.x - this.pressed.x, now.y - this.pressed.y) < DRAG_PX) return;
    // Captured only now: a captured pointer's click would miss the card under it.
    if (!this.dragged) this.map.setPointerCapture(event.pointerId);
    this.dragged = true;
    const other = [...this.pointers].find(([id]) => id !== event.pointerId)?.[1];
    this.pointers.set(event.pointerId, now);
    let next = this.transform;
    if (other) {
      const factor = Math.hypot(now.x - other.x, now.y - other.y) / Math.hypot(before.x - other.x, before.y - other.y);
      next = zoomedAt(next, Number.isFinite(factor) ? factor : 1, (now.x + other.x) / 2, (now.y + other.y) / 2);
    }
    const share = other ? 0.5 : 1;
    const [dx, dy] = [(now.x - before.x) * share, (now.y - before.y) * share];
    this.go({ x: next.x + dx, y: next.y + dy, k: next.k }, false);
  }

  private release(event: PointerEvent): void {
    this.pointers.delete(event.pointerId);
    if (this.pointers.size === 0) this.pressed = null;
  }

  private swallowClick(event: MouseEvent): void {
    if (this.dragged) event.stopPropagation();
    this.dragged = false;
  }

  private doubleClick(event: MouseEvent): void {
    if ((event.target as Element).closest("[role=treeitem]")) return;
    const { x, y } = this.at(event);
    this.go(zoomedAt(this.transform, event.shiftKey ? 0.5 : 2, x, y), true);
  }

  /** A scroll of the page that happens to reach the map goes on scrolling the page. */
  private latch(event: WheelEvent): void {
    const outside = !this.map.contains(event.target as Node);
    if (outside || event.timeStamp - this.lastWheelOutside < LATCH_MS) this.lastWheelOutside = event.timeStamp;
  }

  private wheel(event: WheelEvent): void {
    if (!event.ctrlKey && event.timeStamp - this.lastWheelOutside < LATCH_MS) return;
    event.preventDefault();
    const unit = event.deltaMode === 1 ? 0.05 : event.deltaMode === 2 ? 1 : 0.002;
    const { x, y } = this.at(event);
    this.go(zoomedAt(this.transform, 2 ** (-event.deltaY * unit * (event.ctrlKey ? 5 : 1)), x, y), false);
  }
}
