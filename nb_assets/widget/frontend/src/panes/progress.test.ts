import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunView } from "../messages.ts";
import { describeRun } from "./progress.tsx";

const run: RunView = {
  run_id: "r",
  state: "running",
  total: 5,
  done: 2,
  fresh: 0,
  failed: 0,
  skipped: 0,
  checks: "",
  current: ["flights"],
  started: 100,
  duration: null,
  waiting: 0,
};

test("a run says how far it is, what it does and for how long", () => {
  assert.equal(describeRun(run, 103), "2 of 5 · flights · 3.0 s");
});

test("a cancelled run says that the step at hand still ends", () => {
  assert.equal(describeRun({ ...run, state: "cancelling" }, 103), "2 of 5 · Cancelling after flights · 3.0 s");
});

test("a finished run says what came of it", () => {
  const ended: RunView = { ...run, state: "failure", done: 5, failed: 1, skipped: 2, duration: 1.24 };
  assert.equal(describeRun(ended, 200), "2 assets materialized in 1.2 s · 1 failed, 2 skipped");
  assert.equal(describeRun({ ...ended, skipped: 4 }, 200), "1 failed, 4 skipped in 1.2 s");
  assert.equal(describeRun({ ...ended, state: "success", done: 0, failed: 0, skipped: 0 }, 200), "All fresh: nothing to run");
  assert.equal(describeRun({ ...ended, state: "success", failed: 0, skipped: 0, fresh: 3 }, 200), "2 assets materialized in 1.2 s");
  assert.equal(
    describeRun({ ...run, state: "cancelled", duration: 2 }, 200),
    "Cancelled after 2 of 5 in 2.0 s",
  );
});

test("a run says what its checks said, also when it made nothing", () => {
  const ended: RunView = { ...run, state: "failure", done: 0, duration: 1.24, checks: "2 checks: 1 failed, 1 passed" };
  assert.equal(describeRun(ended, 200), "2 checks: 1 failed, 1 passed in 1.2 s");
  assert.equal(describeRun({ ...ended, done: 2 }, 200), "2 assets materialized in 1.2 s · 2 checks: 1 failed, 1 passed");
});

test("a run that waits for another says so", () => {
  assert.equal(describeRun({ ...run, state: "queued", waiting: 1 }, 103), "Waiting to run · 1 run waiting");
});
