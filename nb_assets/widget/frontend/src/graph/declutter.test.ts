import assert from "node:assert/strict";
import { test } from "node:test";
import { unobstructed } from "./declutter.ts";

const at = (x: number, y: number, width = 40, height = 10) => ({ x, y, width, height });

test("of two titles that lie on one another the first is shown", () => {
  assert.deepEqual(unobstructed([at(0, 0), at(20, 5), at(50, 0)]), [true, false, true]);
});

test("what is not shown is in nobody's way", () => {
  assert.deepEqual(unobstructed([at(0, 0), at(20, 5), at(45, 5)]), [true, false, true]);
  assert.deepEqual(unobstructed([null, at(0, 0), null]), [false, true, false]);
  assert.deepEqual(unobstructed([]), []);
});

test("thousands of titles are told apart at once", () => {
  const titles = Array.from({ length: 3000 }, (_, i) => at((i % 60) * 30, Math.floor(i / 60) * 12));
  assert.equal(unobstructed(titles).filter(Boolean).length, 1500);
});
