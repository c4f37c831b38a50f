import assert from "node:assert/strict";
import { test } from "node:test";
import { FIRST, narrowed, PAGE, place, toggled, turned } from "./question.ts";

test("hiding a kind goes back to the first page", () => {
  assert.deepEqual(toggled({ ...FIRST, start: 100 }, "added"), { start: 0, kinds: ["changed", "removed"], column: "" });
});

test("kinds come back in their order", () => {
  const without = toggled(FIRST, "changed");
  assert.deepEqual(toggled(without, "changed").kinds, ["changed", "added", "removed"]);
});

test("the last kind stays", () => {
  const alone = toggled(toggled(FIRST, "added"), "removed");
  assert.equal(toggled(alone, "changed"), alone);
});

test("pages are turned between the ends", () => {
  assert.equal(turned(FIRST, 1, 120).start, PAGE);
  assert.equal(turned(FIRST, 9, 120).start, 100);
  assert.equal(turned(FIRST, -1, 120).start, 0);
  assert.equal(turned(FIRST, 1, 0).start, 0);
  assert.equal(turned({ ...FIRST, start: 50 }, 1, 100).start, 50);
});

test("naming a column goes back to the first page", () => {
  assert.deepEqual(narrowed({ ...FIRST, start: 50 }, "x"), { ...FIRST, column: "x", start: 0 });
});

test("the place is said in words", () => {
  assert.equal(place({ start: 50, shown: 50, total: 1234 }), "51–100 of 1,234");
  assert.equal(place({ start: 0, shown: 0, total: 0 }), "no rows");
});
