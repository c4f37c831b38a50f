import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_SEARCH } from "../state.ts";
import { counts, inFront, marksInWords, UNCHANGING } from "./state.ts";
import type { ChangesView } from "./views.ts";

const changes: ChangesView = {
  since: { id: "run", label: "the last run", timestamp: 1 },
  assets: [
    { key: "a", marks: ["edited", "data"], detail: "v1 → v2" },
    { key: "b", marks: ["new"], detail: "" },
  ],
  removed: ["gone"],
  edges_added: [],
  edges_removed: [],
  groups: { raw: 2 },
};

test("each kind of change is counted, an asset that changed twice in both", () => {
  assert.deepEqual(counts(changes), [["new", 1], ["edited", 1], ["data", 1], ["removed", 1]]);
});

test("a mark is a shape and a word", () => {
  assert.equal(marksInWords(["edited", "data"]), "~ edited  ◆ new data");
});

test("only what changed stays in front, of what was found where something was searched for", () => {
  const only = { ...UNCHANGING, changes, only: true };
  assert.deepEqual([...inFront(NO_SEARCH, only).matches!], ["a", "b"]);
  const search = { ...NO_SEARCH, matches: new Set(["b", "c"]), groups: { raw: 1 } };
  assert.deepEqual([...inFront(search, only).matches!], ["b"]);
  assert.deepEqual(inFront(search, only).groups, { raw: 1 });
  assert.equal(inFront(search, { ...only, only: false }), search);
});
