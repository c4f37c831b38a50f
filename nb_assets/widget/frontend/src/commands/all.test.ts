import assert from "node:assert/strict";
import { test } from "node:test";
import { actingCommands } from "./acting.ts";
import { arrangingCommands } from "./arranging.ts";
import { assetCommands } from "./assets.ts";
import { changingCommands } from "./changing.ts";
import { findingCommands } from "./finding.ts";
import { materializingCommands } from "./materializing.ts";
import { runningCommands } from "./running.ts";
import { viewingCommands } from "./viewing.ts";

const every = [
  ...materializingCommands({} as never),
  ...runningCommands({} as never),
  ...assetCommands({} as never, () => {}),
  ...actingCommands({} as never, {} as never),
  ...findingCommands({} as never, {} as never, {} as never),
  ...viewingCommands({} as never, () => true, () => {}),
  ...arrangingCommands({} as never),
  ...changingCommands({} as never),
];

test("each key has one meaning, and each command a name of its own", () => {
  const keys = every.flatMap((command) => command.keys ?? []).filter((key) => key !== "Enter");
  assert.deepEqual(keys.filter((key, at) => keys.indexOf(key) !== at), []);
  const names = every.map((command) => command.id);
  assert.deepEqual(names.filter((name, at) => names.indexOf(name) !== at), []);
});
