import assert from "node:assert/strict";
import { test } from "node:test";
import { fits, placed } from "./minimap.ts";

test("a graph of any shape has room in the corner", () => {
  for (const graph of [{ width: 10_000, height: 50 }, { width: 50, height: 10_000 }, { width: 0, height: 0 }]) {
    const { scale, x, y, width, height } = placed(graph);
    assert.ok(width <= 168 && height <= 112);
    assert.ok(x >= 0 && y >= 0 && x + graph.width * scale <= width + 1e-9 && y + graph.height * scale <= height + 1e-9);
  }
});

test("there is nothing to see in the corner while most is in sight", () => {
  const graph = { width: 1000, height: 500 };
  assert.ok(fits({ x: -20, y: -20, width: 1040, height: 540 }, graph));
  assert.ok(fits({ x: 100, y: 0, width: 1000, height: 500 }, graph));
  assert.ok(!fits({ x: 600, y: 0, width: 1000, height: 500 }, graph));
  assert.ok(!fits({ x: 2000, y: 0, width: 1000, height: 500 }, graph));
  assert.ok(fits({ x: 0, y: 0, width: 10, height: 10 }, { width: 0, height: 0 }));
});
