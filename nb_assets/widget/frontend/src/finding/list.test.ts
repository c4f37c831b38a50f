import assert from "node:assert/strict";
import { test } from "node:test";
import { BY_ORDER, columnsFor, pressed, sorted, template, windowOf } from "./list.ts";
import type { RowView } from "./views.ts";

const rows: RowView[] = [
  { key: "a10", group: "g", status: "fresh", rows: 5, made: 3, badge: "+1,200 −3" },
  { key: "a9", group: "g", status: "failed", reason: "`KeyError`" },
  { key: "b", group: "f", status: "stale", rows: 50, made: 9, badge: "~7" },
];
const keys = (found: readonly RowView[]): string[] => found.map((row) => row.key);

test("a press on a title sorts up, the next down, the third as the graph has it", () => {
  const up = pressed(BY_ORDER, "key");
  const down = pressed(up, "key");
  assert.deepEqual([up, down, pressed(down, "key")], [{ by: "key", descending: false }, { by: "key", descending: true }, BY_ORDER]);
  assert.deepEqual(pressed(down, "made"), { by: "made", descending: false });
});

test("numbers in names count as numbers, and what is empty stands last whichever way", () => {
  assert.deepEqual(keys(sorted(rows, { by: "key", descending: false })), ["a9", "a10", "b"]);
  assert.deepEqual(keys(sorted(rows, { by: "size", descending: false })), ["a10", "b", "a9"]);
  assert.deepEqual(keys(sorted(rows, { by: "size", descending: true })), ["b", "a10", "a9"]);
  assert.deepEqual(keys(sorted(rows, { by: "badge", descending: true })), ["a10", "b", "a9"]);
  assert.equal(sorted(rows, BY_ORDER), rows);
});

test("what needs a look comes first when sorted by status", () => {
  assert.deepEqual(keys(sorted(rows, { by: "status", descending: false })), ["a9", "b", "a10"]);
});

test("columns go where there is no room for them, and where they have nothing to say", () => {
  const names = (width: number): string[] => columnsFor(width, rows).map(({ name }) => name);
  assert.deepEqual(names(200), ["status", "key"]);
  assert.deepEqual(names(2000), ["status", "key", "group", "reason", "size", "made", "badge"]);
  for (const width of [300, 400, 600, 900]) {
    const shown = columnsFor(width, rows);
    assert.ok(shown.reduce((sum, { least }) => sum + least + 10, 20) <= width);
    assert.equal(template(shown).split("px").length - 1, shown.length);
  }
});

test("of many rows only those in sight are drawn, and a few around them", () => {
  assert.deepEqual(windowOf(0, 280, 28, 10_000), [0, 20]);
  assert.deepEqual(windowOf(28_000, 280, 28, 10_000), [990, 1020]);
  assert.deepEqual(windowOf(0, 280, 28, 3), [0, 3]);
});
