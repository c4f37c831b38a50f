import assert from "node:assert/strict";
import { test } from "node:test";
import { curve, head } from "./path.ts";

test("an edge is one cubic path through the kernel's control points", () => {
  assert.equal(curve([[0, 0], [20, 0], [20, 20.04], [40, 20]]), "M0,0C20,0 20,20 40,20");
});

test("a routed edge goes on from every point", () => {
  const points: [number, number][] = [[0, 0], [1, 0], [2, 1], [3, 1], [4, 1], [5, 2], [6, 2]];
  assert.equal(curve(points), "M0,0C1,0 2,1 3,1C4,1 5,2 6,2");
});

test("no points make no path", () => {
  assert.equal(curve([]), "");
  assert.equal(head([], "LR"), "");
});

test("the head points along the graph, where the edge ends", () => {
  assert.equal(head([[0, 0], [40, 20]], "LR", 5), "M35,16L40,20L35,24");
  assert.equal(head([[0, 0], [40, 20]], "TB", 5), "M36,15L40,20L44,15");
});
