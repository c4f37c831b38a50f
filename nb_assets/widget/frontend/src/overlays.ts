// What lies over the map for a while: a menu, the help. When it closes, the focus is back where it was.
import type { Subject } from "./commands/command.ts";
import type { Store } from "./state.ts";

export class Overlays {
  private before: Element | null = null;

  constructor(
    private readonly store: Store,
    private readonly root: HTMLElement,
    private readonly focusMap: () => void,
  ) {}

  openMenu(subject: Subject, at: { clientX: number; clientY: number }): void {
    const { left, top } = this.root.getBoundingClientRect();
    this.remember();
    this.store.set({ menu: { subject, x: at.clientX - left, y: at.clientY - top } });
  }

  openHelp(): void {
    this.remember();
    this.store.set({ help: true });
  }

  /** Closes what is open; says whether anything was. */
  close(): boolean {
    const { menu, help } = this.store.get();
    if (menu === null && !help) return false;
    this.store.set({ menu: null, help: false });
    const { before } = this;
    if (before !== null && this.root.contains(before)) (before as HTMLElement).focus({ preventScroll: true });
    else this.focusMap();
    return true;
  }

  private remember(): void {
    const { activeElement } = document;
    if (activeElement?.closest("[role=menu], [role=dialog]")) return; // One overlay in place of another.
    this.before = this.root.contains(activeElement) ? activeElement : null;
  }
}
