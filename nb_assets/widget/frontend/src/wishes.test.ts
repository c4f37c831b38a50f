import assert from "node:assert/strict";
import { test } from "node:test";
import { MAP, TARGET } from "./commands/command.ts";
import { INITIAL, type State } from "./state.ts";
import type { NodeView } from "./views.ts";
import { inWords, wishFor, wishOf } from "./wishes.ts";

const node = (key: string, status: NodeView["status"]): NodeView => ({ key, status }) as NodeView;
const state: State = {
  ...INITIAL,
  view: { nodes: [node("a", "fresh"), node("b", "stale")], groups: [], edges: [], width: 0, height: 0, direction: "LR" } as never,
};

test("what is pointed at is wished for, and all that is picked where it is among them", () => {
  assert.deepEqual(wishOf({ ...state, picked: ["a", "b"] }, { kind: "asset", key: "b" }, "only", false)?.keys, ["a", "b"]);
  assert.deepEqual(wishOf({ ...state, picked: ["a"] }, { kind: "asset", key: "b" }, "only", false)?.keys, ["b"]);
  assert.deepEqual(wishOf({ ...state, picked: ["a"] }, TARGET, "upstream", false), { ...wishFor("assets", false, ["a"]), reach: "upstream" });
  assert.equal(wishOf(state, MAP, "only", false), null);
});

test("a group is wished for by its name, for the kernel knows what is in it though it is folded", () => {
  assert.deepEqual(wishOf(state, { kind: "group", name: "a/b" }, "downstream", true), {
    what: "assets",
    keys: [],
    groups: ["a/b"],
    reach: "downstream",
    force: true,
  });
});

test("what was picked by hand though fresh runs again, but not all that hangs on it", () => {
  const picked = { ...state, picked: ["a"] };
  assert.equal(wishOf(picked, TARGET, "only", false)?.force, true);
  assert.equal(wishOf(picked, TARGET, "downstream", false)?.force, false);
  assert.equal(wishOf(picked, TARGET, "downstream", true)?.force, true);
  assert.equal(wishOf({ ...state, picked: ["a", "b"] }, TARGET, "only", false)?.force, false);
});

test("a wish is said in words", () => {
  assert.equal(inWords(wishFor("stale")), "what is stale");
  assert.equal(inWords(wishFor("failed", false, ["model"])), "model, from where it failed");
  assert.equal(inWords({ ...wishFor("assets", false, ["a"]), reach: "upstream" }), "a with upstream");
  assert.equal(inWords({ ...wishFor("assets", false, ["a", "b"]), groups: ["raw"] }), "group raw, 2 assets");
});
