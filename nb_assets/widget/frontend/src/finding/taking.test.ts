import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces, taken } from "./taking.ts";

const candidate = (text: string) => ({ text, name: text, kind: "asset", count: null, hint: "", hits: [] });

test("what is taken replaces the word that it completes, and the cursor stands behind it", () => {
  assert.deepEqual(taken("+da and raw", 1, 3, candidate("daily")), { text: "+daily and raw", at: 6, goesOn: false });
});

test("after an attribute, a function or an operator there is more to say", () => {
  for (const text of ["group:", "sinks(", "and "]) assert.ok(taken("", 0, 0, candidate(text)).goesOn);
});

test("the letters that match are told from the others", () => {
  assert.deepEqual(pieces("daily", [[1, 3]]), [
    { text: "d", hit: false },
    { text: "ai", hit: true },
    { text: "ly", hit: false },
  ]);
  assert.deepEqual(pieces("ab", []), [{ text: "ab", hit: false }]);
});
