import { test } from "node:test";
import assert from "node:assert/strict";
import type { OpView } from "../views.ts";
import { outcome, resumesFrom } from "./ops.tsx";

const op: OpView = { name: "clean", outcome: "success", attempts: 1, duration: 1, error: "" };

test("an op says what came of it, and after how many attempts when there were several", () => {
  const told = [op, { ...op, attempts: 3 }, { ...op, outcome: "failure" }, { ...op, outcome: "resumed", attempts: 0 }];
  assert.deepEqual(told.map(outcome), ["done", "done, 3 attempts", "failed", "kept from before"]);
});

test("a failed asset goes on from the op that failed, where something is kept from before it", () => {
  const failed = { ...op, name: "train", outcome: "failure" };
  assert.equal(resumesFrom({ status: "failed", ops: [op, failed] }), "train");
  assert.equal(resumesFrom({ status: "failed", ops: [{ ...op, outcome: "resumed" }, failed] }), "train");
  assert.equal(resumesFrom({ status: "failed", ops: [failed] }), null);
  assert.equal(resumesFrom({ status: "running", ops: [op, failed] }), null);
  assert.equal(resumesFrom({ status: "fresh", ops: [op] }), null);
});
