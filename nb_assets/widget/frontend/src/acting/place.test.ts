import assert from "node:assert/strict";
import { test } from "node:test";
import type { NotebookPage } from "../model.ts";
import { goToPlace, placeTitle, resolved } from "./place.ts";

const CELL = { cell: "c1", label: "cell [3]", excerpt: "@asset", path: "", line: 0 };
const FILE = { cell: "", label: "module metrics", excerpt: "", path: "../lib/metrics.py", line: 12 };
const nowhere = { closest: () => null } as unknown as Element;

function page(cells: string[]): NotebookPage & { shown: string[] } {
  const shown: string[] = [];
  return { path: "work/a.ipynb", shown, cellAt: (id) => cells.indexOf(id), show: (path, at) => void shown.push(path + at) };
}

test("a place is named by its cell or its file", () => {
  assert.equal(placeTitle(CELL), "Go to cell [3]");
  assert.equal(placeTitle(FILE), "Open metrics.py:12");
});

test("a cell is gone to where the front end can", () => {
  const notebook = page(["c0", "c1"]);
  assert.deepEqual(goToPlace(CELL, notebook, nowhere), { there: true, text: "Went to cell [3]" });
  assert.deepEqual(notebook.shown, ["work/a.ipynb#cell-id=c1"]);
});

test("where it cannot, the cell is named", () => {
  assert.equal(goToPlace(CELL, null, nowhere).text, "It is defined in cell [3]: @asset");
  assert.equal(goToPlace({ ...CELL, cell: "" }, page([]), nowhere).text, "It is defined in cell [3]: @asset");
});

test("a cell that is gone is not pretended to be there", () => {
  const notebook = page(["other"]);
  assert.match(goToPlace(CELL, notebook, nowhere).text, /is not in this notebook/);
  assert.deepEqual(notebook.shown, []);
});

test("a file is opened on its line, unless it is outside of what the server shows", () => {
  const notebook = page([]);
  goToPlace(FILE, notebook, nowhere);
  assert.deepEqual(notebook.shown, ["lib/metrics.py#line=11"]);
  assert.match(goToPlace({ ...FILE, path: "../../metrics.py" }, notebook, nowhere).text, /^It is defined in/);
});

test("paths are seen from the server's root", () => {
  assert.equal(resolved("a/b/n.ipynb", "./x.py"), "a/b/x.py");
  assert.equal(resolved("n.ipynb", "../x.py"), null);
  assert.equal(resolved("n.ipynb", "/x.py"), null);
});
