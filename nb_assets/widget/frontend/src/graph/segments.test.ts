import { test } from "node:test";
import assert from "node:assert/strict";
import { inWords, segments } from "./segments.ts";

test("a bar is divided by how many are in each state, what is fresh first", () => {
  assert.deepEqual(segments({ stale: 1, fresh: 3 }, 100), [
    { status: "fresh", x: 0, width: 75 },
    { status: "stale", x: 75, width: 25 },
  ]);
});

test("one failed partition of ten thousand can be seen, and the bar keeps its width", () => {
  const bar = segments({ fresh: 9999, failed: 1 }, 180);
  assert.ok((bar[1]?.width ?? 0) >= 3);
  assert.equal(Math.round(bar.reduce((sum, each) => sum + each.width, 0)), 180);
});

test("an asset without partitions has no bar and no words for it", () => {
  assert.deepEqual(segments({}, 100), []);
  assert.equal(inWords({}), "");
});

test("the counts are said in words", () => {
  assert.equal(inWords({ missing: 1, fresh: 28, stale: 2 }), "28 of 31 partitions fresh, 2 stale, 1 missing");
});
