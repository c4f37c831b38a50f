import assert from "node:assert/strict";
import { test } from "node:test";
import { between, CLOSEST, fitted, inSight, revealing, zoomedAt } from "./transform.ts";

const room = { width: 448, height: 248 };

test("a small graph is shown as it is, in the middle", () => {
  assert.deepEqual(fitted({ x: 0, y: 0, width: 200, height: 100 }, room), { x: 124, y: 74, k: 1 });
});

test("a large graph is made to fit", () => {
  assert.deepEqual(fitted({ x: 0, y: 0, width: 800, height: 100 }, room), { x: 24, y: 99, k: 0.5 });
});

test("zooming keeps what is under the pointer", () => {
  const zoomed = zoomedAt({ x: 10, y: 20, k: 1 }, 2, 110, 120);
  assert.deepEqual(zoomed, { x: -90, y: -80, k: 2 });
  assert.equal(zoomedAt(zoomed, 100, 0, 0).k, CLOSEST);
});

test("what is on screen is not moved to be shown", () => {
  const here = { x: 0, y: 0, k: 1 };
  assert.deepEqual(revealing(here, { x: 50, y: 50, width: 20, height: 20 }, room), here);
});

test("what is off screen is moved no further than its rim", () => {
  const rect = { x: 500, y: -50, width: 100, height: 20 };
  assert.deepEqual(revealing({ x: 0, y: 0, k: 1 }, rect, room), { x: -176, y: 74, k: 1 });
});

test("a way begins and ends where it should", () => {
  const [from, to] = [{ x: 0, y: 0, k: 1 }, { x: 100, y: 50, k: 0.25 }];
  assert.deepEqual(between(from, to, 0), from);
  assert.deepEqual(between(from, to, 1), to);
  assert.equal(between(from, to, 0.5).k, 0.5);
});

test("what is in sight follows from where the map is", () => {
  assert.deepEqual(inSight({ x: -100, y: -50, k: 0.5 }, { width: 400, height: 200 }), { x: 200, y: 100, width: 800, height: 400 });
});
