import { test } from "node:test";
import assert from "node:assert/strict";
import { course, placed } from "./sparkline.tsx";

test("the course runs from left to right, the largest number on top", () => {
  const places = placed([[1, 10], [2, 30], [3, 20]]);
  assert.deepEqual(places.map(([x]) => Math.round(x)), [3, 60, 117]);
  assert.deepEqual(places.map(([, y]) => Math.round(y)), [19, 3, 11]);
});

test("a number that never changes stays in the middle", () => {
  assert.deepEqual(placed([[1, 5], [2, 5]]).map(([, y]) => y), [11, 11]);
});

test("the widest numbers have a course", () => {
  const heights = placed([[1, -Number.MAX_VALUE], [2, Number.MAX_VALUE]]).map(([, y]) => y);
  assert.deepEqual(heights, [19, 3]);
});

test("the course is told in words", () => {
  assert.equal(course([[1, 1200], [4, 0.5]]), "v1 to v4: 1,200 to 0.5, between 0.5 and 1,200");
});
