// A toolbar to the letter: one of its buttons is in the tab order, the arrows lead to the others; and buttons that have
// no room leave it for the menu at its end.
import { useLayoutEffect, useRef, type MutableRef } from "preact/hooks";

const ITEMS = "button, select";
const OVERLAYS = "[role=menu], [role=dialog], [role=listbox]";

class Tools {
  private current: HTMLElement | null = null;
  private width = 0;
  private fittedTo = "";
  private readonly resized: ResizeObserver;

  /** `shed` is told the names (`data-sheds`) of the buttons that left. */
  constructor(
    private readonly bar: HTMLElement,
    private readonly shed?: (names: readonly string[]) => void,
  ) {
    bar.addEventListener("keydown", (event) => this.onKey(event));
    bar.addEventListener("focusin", (event) => this.arrive(event.target as HTMLElement));
    this.resized = new ResizeObserver(() => {
      this.width = bar.clientWidth;
      this.refresh();
    });
    this.resized.observe(bar);
  }

  close(): void {
    this.resized.disconnect();
  }

  /** To be called whenever the buttons may have changed. */
  refresh(): void {
    this.makeRoom();
    const items = this.items();
    if (this.current === null || !items.includes(this.current)) this.current = items[0] ?? null;
    for (const item of items) item.tabIndex = item === this.current ? 0 : -1;
  }

  /** Hides the last buttons that may go until the others fit. */
  private makeRoom(): void {
    const { bar } = this;
    // Measuring has the browser lay out the page, which is not asked of it when nothing can have changed.
    const fit = `${this.width}\n${bar.textContent}`;
    if (!this.shed || this.width === 0 || fit === this.fittedTo) return;
    this.fittedTo = fit;
    const sheddable = [...bar.querySelectorAll<HTMLElement>("[data-sheds]")];
    for (const each of sheddable) each.hidden = false;
    const shed: string[] = [];
    for (const each of sheddable.reverse()) {
      if (bar.scrollWidth <= bar.clientWidth) break;
      each.hidden = true;
      shed.push(each.dataset["sheds"] ?? "");
    }
    this.shed(shed);
  }

  private items(): HTMLElement[] {
    return [...this.bar.querySelectorAll<HTMLElement>(ITEMS)].filter(
      (item) => !item.closest(OVERLAYS) && !item.hidden && !item.matches(":disabled"),
    );
  }

  private arrive(target: HTMLElement): void {
    if (!this.items().includes(target)) return;
    this.current = target;
    this.refresh();
  }

  private onKey(event: KeyboardEvent): void {
    const items = this.items();
    const at = items.indexOf(event.target as HTMLElement);
    const to: Record<string, number> = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: -1 };
    const next = to[event.key];
    if (at < 0 || next === undefined) return;
    items.at(next % items.length)?.focus();
    event.preventDefault();
    event.stopPropagation();
  }
}

/** Makes the element that it is given to such a toolbar. */
export function useTools(shed?: (names: readonly string[]) => void): MutableRef<HTMLDivElement | null> {
  const bar = useRef<HTMLDivElement>(null);
  const tools = useRef<Tools | null>(null);
  useLayoutEffect(() => {
    tools.current = bar.current && new Tools(bar.current, shed);
    return () => tools.current?.close();
  }, [shed]);
  useLayoutEffect(() => tools.current?.refresh());
  return bar;
}
