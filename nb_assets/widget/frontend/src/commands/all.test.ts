import assert from "node:assert/strict";
import { test } from "node:test";
import { allCommands } from "./all.ts";

const none = {} as never;
const every = allCommands(none, {
  root: none,
  actor: none,
  finder: none,
  changes: none,
  calm: () => true,
  fold: () => {},
  help: () => {},
});

test("each key has one meaning, and each command a name of its own", () => {
  const keys = every.flatMap((command) => command.keys ?? []).filter((key) => key !== "Enter");
  assert.deepEqual(keys.filter((key, at) => keys.indexOf(key) !== at), []);
  const names = every.map((command) => command.id);
  assert.deepEqual(names.filter((name, at) => names.indexOf(name) !== at), []);
});
