import assert from "node:assert/strict";
import { test } from "node:test";
import type { GroupView, LineageView, NodeView } from "../views.ts";
import { Stops } from "./stops.ts";

const box = (x: number, y: number) => ({ x, y, width: 10, height: 10 });
const node = (key: string, group: string | null, x: number, y = 40) =>
  ({ key, group, ...box(x, y) }) as unknown as NodeView;
const group = (name: string, collapsed = false, parent: string | null = null) =>
  ({ name, parent, collapsed, count: 1, ...box(0, 0) }) as unknown as GroupView;
const view = (nodes: NodeView[], groups: GroupView[] = []): LineageView => ({
  nodes,
  groups,
  edges: [],
  width: 100,
  height: 100,
  direction: "LR",
});
const at = (current: string, before: LineageView): Stops => {
  const stops = new Stops(() => undefined);
  stops.arrange(before);
  stops.arrived(current);
  return stops;
};

test("the first stop is in the tab order", () => {
  const stops = new Stops(() => undefined);
  stops.arrange(view([node("b", null, 50), node("a", null, 0)]));
  assert.equal(stops.current, "a");
});

test("an asset that is folded away hands on to its group, however deep it was", () => {
  const stops = at("deep", view([node("deep", "a/b", 20)], [group("a"), group("a/b", false, "a")]));
  stops.arrange(view([], [group("a", true)]));
  assert.equal(stops.current, "group:a");
});

test("an asset that is gone hands on to what stood nearest", () => {
  const stops = at("b", view([node("a", null, 0), node("b", null, 50), node("c", null, 65)]));
  stops.arrange(view([node("a", null, 0), node("c", null, 65)]));
  assert.equal(stops.current, "c");
});

test("what stays keeps its stop", () => {
  const stops = at("a", view([node("a", null, 0), node("b", null, 50)]));
  stops.arrange(view([node("b", null, 0), node("a", null, 50)]));
  assert.equal(stops.current, "a");
});

test("the last asset to go leaves no stop, and the first to come is one", () => {
  const stops = at("a", view([node("a", null, 0)]));
  stops.arrange(view([]));
  assert.equal(stops.current, null);
  stops.arrange(view([node("b", null, 0)]));
  assert.equal(stops.current, "b");
});

test("down from the title of a group leads into it", () => {
  const stops = at("group:a", view([node("in", "a", 0)], [group("a")]));
  assert.equal(stops.beside("ArrowDown"), "in");
  assert.equal(stops.beside("ArrowUp"), null);
});
