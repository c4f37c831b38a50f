// Keeps the keyboard in the widget: when what has the focus goes away or can no longer be pressed, something near takes it.

/** Not to another button of a toolbar: who is about to press the one that went would press that. */
const BARS = ".nbl, .nbl-toolbar, [role=toolbar]";
const ROW = "[role=row][tabindex='0']";
const CONTROLS = "button, input, select, textarea, a[href], summary, [tabindex]";

export class FocusKeeper {
  private held: Element | null = null;
  /** What the focus is in, from the inside out: what of it survives is where the focus goes. */
  private around: Element[] = [];
  private readonly off = new AbortController();

  constructor(
    private readonly root: HTMLElement,
    private readonly rescue: () => void,
  ) {
    const { signal } = this.off;
    root.addEventListener("focusin", (event) => this.hold(event.target as Element), { signal });
    root.addEventListener("focusout", (event) => this.leave(event), { signal });
  }

  close(): void {
    this.off.abort();
  }

  /** To be called once the page has been drawn anew. */
  check(): void {
    const { activeElement } = document;
    if (this.held === null || takes(this.held)) return;
    // What is hidden has the focus until the page is painted.
    if (activeElement !== document.body && activeElement !== this.held) return;
    const alive = this.around.filter((each) => this.root.contains(each) && !each.matches(BARS));
    this.held = null;
    for (const place of alive) {
      const stops = [...place.querySelectorAll(ROW), ...place.querySelectorAll(CONTROLS)];
      const next = place.hasAttribute("tabindex") ? place : stops.find(isStop);
      (next as HTMLElement | undefined)?.focus({ preventScroll: true });
      if (this.held !== null) return;
    }
    this.rescue();
  }

  private hold(target: Element): void {
    this.held = target;
    // Notebooks take arrows and letters for their own unless the very node that has the focus says no.
    target.setAttribute("data-lm-suppress-shortcuts", "true");
    this.around = [];
    for (let each = target.parentElement; each !== null && each !== this.root; each = each.parentElement) {
      this.around.push(each);
    }
  }

  private leave(event: FocusEvent): void {
    const { held } = this;
    const to = event.relatedTarget;
    if (to !== null) {
      if (!(to instanceof Element && this.root.contains(to))) this.held = null;
      return;
    }
    setTimeout(() => {
      if (held === null || held !== this.held || document.activeElement === held) return; // Else in another window.
      if (takes(held)) this.held = null; // It is there, but the user has left it.
      else this.check();
    });
  }
}

/** Whether an element is there, to be seen, and can have the focus. */
function takes(element: Element): boolean {
  return element.isConnected && !element.matches(":disabled") && element.getClientRects().length > 0;
}

function isStop(element: Element): boolean {
  return takes(element) && (element as HTMLElement).tabIndex >= 0;
}
