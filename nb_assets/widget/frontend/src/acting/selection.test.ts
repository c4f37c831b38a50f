import assert from "node:assert/strict";
import { test } from "node:test";
import type { LineageView, NodeView } from "../views.ts";
import { quoted, selectionOf, selectionOfGroup } from "./selection.ts";

const node = (key: string, group: string | null, external = false): NodeView =>
  ({ key, name: key, group, external }) as NodeView;
const groups = ["raw", "raw/zones", "metrics"].map((name) => ({ name }));
const nodes = [node("a", "raw"), node("b", "raw"), node("c", "metrics"), node("d", "raw/zones"), node("e", null, true)];
const view = { nodes, groups } as unknown as LineageView;

test("single assets are selected by their keys", () => {
  assert.equal(selectionOf(["a"], view, "*"), 'key:"a"');
  assert.equal(selectionOf(["a", "c"], view, "*"), 'key:"a" or key:"c"');
});

test("a whole group is selected by its name, where the picture shows all of it", () => {
  assert.equal(selectionOf(["c", "b", "a", "d"], view, "*"), 'group:"raw" or key:"c"');
  assert.equal(selectionOf(["a", "b"], view, "status:stale"), 'key:"a" or key:"b"');
});

test("a group comes with those within it, and so is no name for what lacks some of them", () => {
  assert.equal(selectionOf(["a", "b"], view, "*"), 'key:"a" or key:"b"');
  assert.equal(selectionOfGroup("raw"), 'group:"raw"');
});

test("what is in a folded group is not known, so it is not named", () => {
  const folded = { ...view, groups: view.groups.map((each) => ({ ...each, collapsed: each.name === "raw/zones" })) };
  assert.equal(selectionOf(["a", "b", "d"], folded, "*"), 'key:"a" or key:"b" or key:"d"');
});

test("a key is quoted as Python reads it", () => {
  assert.equal(quoted("a/b"), '"a/b"');
});
