import assert from "node:assert/strict";
import { test } from "node:test";
import { commandOf } from "./keyboard.ts";

const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });

test("arrows move between assets only", () => {
  assert.deepEqual(commandOf(press("ArrowLeft"), "asset"), { do: "move", arrow: "ArrowLeft" });
  assert.equal(commandOf(press("ArrowLeft"), "other"), null);
});

test("letters typed into the search box are letters", () => {
  assert.equal(commandOf(press("m"), "text"), null);
  assert.deepEqual(commandOf(press("m"), "asset"), { do: "materialize" });
});

test("Escape works everywhere", () => {
  assert.deepEqual(commandOf(press("Escape"), "text"), { do: "escape" });
});

test("shortcuts of the browser stay the browser's", () => {
  assert.equal(commandOf(press("f", { ctrlKey: true }), "asset"), null);
});

test("Enter folds a group and opens an asset", () => {
  assert.deepEqual(commandOf(press("Enter"), "group"), { do: "open" });
  assert.deepEqual(commandOf(press("Enter"), "asset"), { do: "open" });
  assert.equal(commandOf(press("Enter"), "other"), null);
});
