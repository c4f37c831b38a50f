import assert from "node:assert/strict";
import { test } from "node:test";
import type { Command } from "../commands/command.ts";
import { INITIAL } from "../state.ts";
import { helpOf } from "./help.tsx";

const command = (id: string, more: Partial<Command>): Command => ({
  id,
  section: "Run",
  title: id,
  menus: [],
  run: () => {},
  ...more,
});

test("what has a key comes first, then what is in a menu, said where; a mere button is not told of", () => {
  const lines = helpOf(
    [command("accept", { menus: ["asset", "map"] }), command("resume", {}), command("run", { keys: ["m"], menus: ["asset"] })],
    INITIAL,
  );
  assert.deepEqual(lines, [
    { keys: ["m"], title: "run", place: "" },
    { keys: [], title: "accept", place: "menu of an asset, menu More" },
  ]);
});
