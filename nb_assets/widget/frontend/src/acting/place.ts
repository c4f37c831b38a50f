// Where an asset is defined, in words, and how the page gets there.
import type { PlaceView } from "../views.ts";
import type { NotebookPage } from "../model.ts";

/** What following the link does; empty where the asset is defined nowhere in sight. */
export function placeTitle({ path, line, label }: PlaceView): string {
  if (path !== "") return `Open ${path.split("/").at(-1)}:${line}`;
  return label.startsWith("cell") ? `Go to ${label}` : label === "" ? "Go to its cell" : `Go to ${label}`;
}

/** What came of it: in some front ends all that can be done is to say where to look. */
interface Arrival {
  there: boolean;
  text: string;
}

const lost = (text: string): Arrival => ({ there: false, text });
const there = (text: string): Arrival => ({ there: true, text });

/** Shows where an asset is defined. */
export function goToPlace(place: PlaceView, page: NotebookPage | null, near: Element): Arrival {
  const { cell, label, excerpt, path, line } = place;
  if (path !== "") {
    const file = page && resolved(page.path, path);
    if (!page || file === null) return lost(`It is defined in ${path}:${line}`);
    page.show(file, `#line=${Math.max(0, line - 1)}`);
    return there(`Opened ${path}:${line}`);
  }
  const where = excerpt === "" ? label : `${label}: ${excerpt}`;
  if (!page || cell === "") return lost(`It is defined in ${where}`);
  const index = page.cellAt(cell);
  if (index < 0) return lost(`It was defined in ${where}; that cell is not in this notebook`);
  page.show(page.path, `#cell-id=${cell}`);
  flash(index, near);
  return there(`Went to ${label}`);
}

/** A path as seen from the server's root; null where it is outside. */
export function resolved(notebook: string, path: string): string | null {
  if (path.startsWith("/") || /^[A-Za-z]:/.test(path)) return null;
  const parts = notebook.split("/").slice(0, -1);
  for (const part of path.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return null;
    } else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

const TRIES = 30;

/** Puts the keyboard on a cell once it is on the page, and lets it shine for a moment. */
function flash(index: number, near: Element, tries = TRIES): void {
  const notebook = near.closest(".jp-Notebook");
  const cell = notebook?.querySelector<HTMLElement>(`.jp-Cell[data-windowed-list-index="${index}"]`);
  if (!cell || !cell.isConnected) {
    if (notebook && tries > 0) requestAnimationFrame(() => flash(index, near, tries - 1));
    return;
  }
  // Notebook 7 follows the link to its own cell with the keyboard alone.
  cell.scrollIntoView({ block: "center" });
  cell.focus({ preventScroll: true });
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
  const shine = "inset 0 0 0 2px var(--jp-brand-color1, #1976d2)";
  cell.animate([{ boxShadow: shine }, { boxShadow: shine, offset: 0.6 }, { boxShadow: "none" }], { duration: 1400 });
}
