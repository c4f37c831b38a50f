import assert from "node:assert/strict";
import { test } from "node:test";
import { INITIAL } from "../state.ts";
import { keysOf, menuOf, MAP, type Command } from "./command.ts";

const command = (id: string, section: Command["section"], menus: Command["menus"]): Command => ({
  id,
  section,
  title: id,
  menus,
  run: () => {},
});

test("a menu has its own commands, in the order of the sections", () => {
  const all = [command("fit", "View", ["map"]), command("run", "Run", ["map", "asset"]), command("go", "Asset", ["asset"])];
  const shown = menuOf(all, MAP).map(([section, entries]) => [section, entries.map((each) => each.id)]);
  assert.deepEqual(shown, [["Run", ["run"]], ["View", ["fit"]]]);
});

test("a button that has no room in the toolbar is in its menu", () => {
  const all = [command("run", "Run", ["asset"])];
  assert.deepEqual(menuOf(all, MAP), []);
  assert.equal(menuOf(all, MAP, ["run"]).length, 1);
  assert.deepEqual(menuOf(all, { kind: "group", name: "a" }, ["run"]), []);
});

test("a command is about all that is picked only where one of them was pointed at", () => {
  const state = { ...INITIAL, picked: ["a", "b"] };
  assert.deepEqual(keysOf(state, { kind: "asset", key: "b" }), ["a", "b"]);
  assert.deepEqual(keysOf(state, { kind: "asset", key: "c" }), ["c"]);
  assert.deepEqual(keysOf(state, MAP), ["a", "b"]);
});
