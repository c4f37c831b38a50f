import assert from "node:assert/strict";
import { test } from "node:test";
import type { GroupView, LineageView, NodeView } from "../views.ts";
import { readingOrder, walked } from "./order.ts";

const box = (x: number, y: number) => ({ x, y, width: 10, height: 10 });
const node = (key: string, group: string | null, x: number, y: number) =>
  ({ key, group, ...box(x, y) }) as unknown as NodeView;
const group = (name: string, parent: string | null, x: number, y: number) =>
  ({ name, parent, count: 1, ...box(x, y) }) as unknown as GroupView;
const view = (nodes: NodeView[], groups: GroupView[], direction: "LR" | "TB" = "LR"): LineageView => ({
  nodes,
  groups,
  edges: [],
  width: 100,
  height: 100,
  direction,
});
const nested = () =>
  view(
    [node("deep", "a/b", 20, 10), node("low", "a", 0, 50), node("high", "a", 0, 10), node("alone", null, 60, 0)],
    [group("a", null, 0, 0), group("a/b", "a", 20, 0)],
  );
const ids = (of: LineageView) => readingOrder(of).map((stop) => stop.id);

test("a group comes before what is in it, and columns are read one after the other", () => {
  assert.deepEqual(ids(nested()), ["group:a", "high", "low", "group:a/b", "deep", "alone"]);
});

test("a picture from top to bottom is read row by row", () => {
  const rows = view([node("right", null, 50, 0), node("below", null, 0, 50), node("left", null, 0, 0)], [], "TB");
  assert.deepEqual(ids(rows), ["left", "right", "below"]);
});

test("each stop knows its level and its place among its siblings", () => {
  const said = readingOrder(nested()).map(({ level, place, siblings }) => `${level}: ${place}/${siblings}`);
  assert.deepEqual(said, ["1: 1/2", "2: 1/3", "2: 2/3", "2: 3/3", "3: 1/1", "1: 2/2"]);
});

test("what stands in a group that is not drawn stands at the top", () => {
  assert.deepEqual(readingOrder(view([node("a", "default", 0, 0)], [])).map((stop) => stop.parent), [null]);
});

test("steps lead through the order, out of groups and into them", () => {
  const stops = readingOrder(nested());
  assert.equal(walked(stops, "low", "next"), "group:a/b");
  assert.equal(walked(stops, "group:a/b", "in"), "deep");
  assert.equal(walked(stops, "deep", "out"), "group:a/b");
  assert.equal(walked(stops, "low", "in"), null);
  assert.equal(walked(stops, "alone", "next"), null);
  assert.equal(walked(stops, "high", "last"), "alone");
  assert.equal(walked(stops, "gone", "next"), "group:a");
  assert.equal(walked([], null, "first"), null);
});
