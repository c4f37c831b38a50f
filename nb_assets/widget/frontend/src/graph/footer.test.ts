import assert from "node:assert/strict";
import { test } from "node:test";
import { chips, shortOwner } from "./footer.ts";

const widthOf = (text: string): number => text.length * 6;

test("kinds stand side by side while there is room", () => {
  const placed = chips(["pandas", "s3"], 120, widthOf);
  assert.deepEqual(placed.map(({ text, x }) => [text, x]), [["pandas", 0], ["s3", 50]]);
});

test("what has no room is counted", () => {
  const placed = chips(["python", "snowflake", "dbt", "pandas", "csv"], 150, widthOf);
  assert.deepEqual(placed.map(({ text }) => text), ["python", "snowflake", "+3"]);
  const last = placed.at(-1)!;
  assert.ok(last.x + last.width <= 140);
});

test("a kind that is longer than the card is cut, and none is drawn where there is no room at all", () => {
  const [only] = chips(["averyveryverylongkindofasset"], 80, widthOf);
  assert.ok(only!.text.endsWith("…") && only!.width <= 80);
  assert.deepEqual(chips(["python"], 10, widthOf), []);
  assert.deepEqual(chips([], 100, widthOf), []);
});

test("owners are told by what tells them apart", () => {
  assert.equal(shortOwner("ana@example.org"), "ana");
  assert.equal(shortOwner("team:growth"), "growth");
});
