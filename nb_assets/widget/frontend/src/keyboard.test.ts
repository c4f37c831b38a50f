import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "./commands/command.ts";
import { keyName, meaningOf, MOVES } from "./keyboard.ts";

const press = (key: string, more = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...more,
});
const command = (id: string, keys: string[], menus: Command["menus"]): Command => ({
  id,
  section: "Run",
  title: id,
  keys,
  menus,
  run: () => {},
});
const COMMANDS = [
  command("run", ["m"], ["asset"]),
  command("open", ["Enter"], ["asset"]),
  command("fold", ["Enter", " "], ["group"]),
  command("help", ["?"], []),
];
const named = (...args: Parameters<typeof press>) => (place: "text" | "asset" | "group" | "other") => {
  const meaning = meaningOf(press(...args), place, COMMANDS);
  return meaning?.do === "command" ? meaning.command.id : (meaning?.do ?? null);
};

test("arrows move on the map only", () => {
  assert.deepEqual(meaningOf(press("ArrowLeft"), "asset", COMMANDS), { do: "move", arrow: "ArrowLeft" });
  assert.equal(named("ArrowLeft")("other"), null);
});

test("letters typed into the search box are letters", () => {
  assert.equal(named("m")("text"), null);
  assert.equal(named("m")("asset"), "run");
  assert.equal(named("m")("other"), "run");
});

test("Escape works everywhere", () => {
  assert.equal(named("Escape")("text"), "escape");
});

test("shortcuts of the browser stay the browser's", () => {
  assert.equal(named("m", { ctrlKey: true })("asset"), null);
});

test("Enter folds a group and opens an asset, and presses the button it is on", () => {
  assert.equal(named("Enter")("group"), "fold");
  assert.equal(named("Enter")("asset"), "open");
  assert.equal(named("Enter")("other"), null);
});

test("space picks an asset", () => {
  assert.equal(named(" ")("asset"), "pick");
  assert.equal(named(" ")("group"), "fold");
});

test("the menu key and its older chord open the menu of a box", () => {
  assert.equal(named("ContextMenu")("asset"), "menu");
  assert.equal(named("F10", { shiftKey: true })("group"), "menu");
  assert.equal(named("F10")("asset"), null);
});

test("a character that takes the shift key is itself", () => {
  assert.equal(named("?", { shiftKey: true })("other"), "help");
});

test("with the shift key the arrows read the map one by one, in and out of groups", () => {
  assert.deepEqual(meaningOf(press("ArrowDown", { shiftKey: true }), "group", COMMANDS), { do: "walk", walk: "next" });
  assert.deepEqual(meaningOf(press("ArrowLeft", { shiftKey: true }), "asset", COMMANDS), { do: "walk", walk: "out" });
  assert.deepEqual(meaningOf(press("End"), "asset", COMMANDS), { do: "walk", walk: "last" });
  assert.equal(named("Home")("text"), null);
});

test("every move that the help tells of means something on an asset, but for what the browser does itself", () => {
  const moves = MOVES.flatMap(({ keys }) => keys).filter((key) => !key.endsWith("Tab"));
  for (const key of moves) {
    const shiftKey = key.startsWith("Shift+");
    assert.notEqual(meaningOf(press(key.replace("Shift+", ""), { shiftKey }), "asset", []), null, key);
  }
});

test("keys are called what is printed on them", () => {
  assert.deepEqual(["m", "M", " ", "?", "+", "ArrowUp", "Shift+ArrowUp", "Escape", "Shift+F10"].map(keyName), [
    "M",
    "Shift+M",
    "Space",
    "?",
    "+",
    "↑",
    "Shift+↑",
    "Esc",
    "Shift+F10",
  ]);
});
