import assert from "node:assert/strict";
import { test } from "node:test";
import { age, bytes, count, duration } from "./format.ts";

test("durations read as people say them", () => {
  assert.deepEqual([0.0001, 0.042, 0.42, 9.94, 12.4, 75, 3700].map(duration), [
    "1 ms",
    "42 ms",
    "0.42 s",
    "9.9 s",
    "12 s",
    "1 min 15 s",
    "1 h 1 min",
  ]);
});

test("ages are coarse", () => {
  assert.deepEqual([0, 100, 7200, 200_000].map((past) => age(1_000_000 - past, 1_000_000)), [
    "just now",
    "2 min ago",
    "2 h ago",
    "2 days ago",
  ]);
  assert.equal(age(10, 5), "just now");
});

test("sizes change their unit before they have four digits", () => {
  assert.deepEqual([0, 999, 1200, 999_700, 48_000_000].map(bytes), ["0 B", "999 B", "1.2 kB", "1.0 MB", "48.0 MB"]);
});

test("one of a thing has no s", () => {
  assert.deepEqual([count(1, "asset"), count(1234, "asset")], ["1 asset", "1,234 assets"]);
});
