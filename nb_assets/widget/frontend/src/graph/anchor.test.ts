import assert from "node:assert/strict";
import { test } from "node:test";
import { commonest, STILL } from "./anchor.ts";

test("the map follows what most boxes do", () => {
  const grown = [STILL, { dx: -60, dy: 20 }, { dx: -60, dy: 20.2 }, { dx: 5, dy: 0 }];
  assert.deepEqual(commonest(grown), { dx: -60, dy: 20 });
});

test("with nothing to go by it stays", () => {
  assert.deepEqual(commonest([]), STILL);
  assert.deepEqual(commonest([{ dx: 9, dy: 9 }, STILL, STILL]), STILL);
});
