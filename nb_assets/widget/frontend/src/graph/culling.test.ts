import assert from "node:assert/strict";
import { test } from "node:test";
import { boundsOf, Culling } from "./culling.ts";

const at = (x: number, y: number, width = 100, height = 100) => ({ x, y, width, height });

test("what is on screen and around it is drawn, what is far is not", () => {
  const drawn = new Culling().around(at(0, 0));
  assert.deepEqual([at(50, 50), at(-55, 0, 10, 10), at(300, 0)].map(drawn), [true, true, false]);
});

test("a short way draws nothing anew; a long one, zooming out and zooming far in do", () => {
  const culling = new Culling();
  assert.ok(culling.isDue(at(0, 0)));
  culling.around(at(0, 0));
  assert.ok(!culling.isDue(at(40, -40)));
  assert.ok(culling.isDue(at(80, 0)));
  assert.ok(culling.isDue(at(-100, -100, 300, 300)));
  assert.ok(culling.isDue(at(0, 0, 20, 20)));
  culling.forget();
  assert.ok(culling.isDue(at(0, 0)));
});

test("a curve is within what controls it, a straight one too", () => {
  assert.deepEqual(boundsOf([[0, 5], [10, 5]]), { x: -1, y: 4, width: 12, height: 2 });
});
