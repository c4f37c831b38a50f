import assert from "node:assert/strict";
import { test } from "node:test";
import { chipsOf, countOf, isEmpty, LACKING, NO_FILTERS, same, toggled } from "./filters.ts";

test("a value is chosen by one press and let go by the next", () => {
  const one = toggled(NO_FILTERS, "group", "raw");
  assert.deepEqual(one, { group: ["raw"] });
  assert.deepEqual(toggled(one, "group", "metrics"), { group: ["raw", "metrics"] });
  assert.deepEqual(toggled(one, "group", "raw"), {});
});

test("chips name facet and value, and those that have none in words", () => {
  const filters = { group: ["raw"], owner: [LACKING] };
  assert.deepEqual(chipsOf(filters).map(({ text }) => text), ["group: raw", "owner: no owner"]);
  assert.equal(countOf(filters), 2);
});

test("filters are the same whatever the order in which they were chosen", () => {
  assert.ok(same({ group: ["a", "b"], kind: [] }, { group: ["b", "a"] }));
  assert.ok(!same({ group: ["a"] }, { kind: ["a"] }));
  assert.ok(isEmpty({ group: [] }));
});
