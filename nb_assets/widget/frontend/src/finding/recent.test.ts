import assert from "node:assert/strict";
import { test } from "node:test";
import { fromKept, recentSearches, remember, withNewest } from "./recent.ts";

test("a search that is made again comes first and stands there once", () => {
  assert.deepEqual(withNewest(["a", "b"], "b"), ["b", "a"]);
  assert.equal(withNewest(Array.from({ length: 20 }, (_, i) => `${i}`), "x").length, 8);
});

test("what somebody else left there is no search", () => {
  assert.deepEqual(fromKept('["a", 1, null]'), ["a"]);
  assert.deepEqual(fromKept('{"a": 1}'), []);
  assert.deepEqual(fromKept("<"), []);
  assert.deepEqual(fromKept(null), []);
});

test("searches are remembered where the browser keeps nothing, too", () => {
  remember(" group:raw ");
  remember("  ");
  assert.deepEqual(recentSearches(), ["group:raw"]);
});
