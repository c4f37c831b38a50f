import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunView } from "./run_views.ts";
import { describeRun, describeWaiting, elapsed, outcomes, remaining, rough } from "./run_words.ts";

const run: RunView = {
  run_id: "r",
  state: "running",
  total: 5,
  done: 2,
  fresh: 0,
  restored: 0,
  failed: 0,
  skipped: 0,
  checks: "",
  current: ["flights"],
  started: 100,
  duration: null,
  step_started: 101,
  expected: 10,
  ahead: 20,
  unknown: 0,
};
const ended: RunView = { ...run, state: "failure", done: 5, current: [], step_started: null, expected: null, ahead: 0, duration: 1.24 };
const waiting = { run_id: "s", what: "daily", total: 1, origin: "widget" };

test("a run says how far it is, what it does, for how long, and how long it still takes", () => {
  assert.equal(describeRun(run, 103), "2 of 5 · flights · 3.0 s · ~28 s left");
  assert.equal(describeRun(run, 103, [waiting]), "2 of 5 · flights · 3.0 s · ~28 s left · 1 run waiting");
});

test("how long it takes is not made up where it is not known", () => {
  assert.equal(remaining({ ...run, unknown: 1 }, 103), "over 28 s left");
  assert.equal(remaining({ ...run, expected: null, ahead: 0 }, 103), "");
  assert.equal(remaining({ ...run, expected: null, ahead: 0, unknown: 3 }, 103), "");
});

test("a step that takes longer than last time leaves the rest", () => {
  assert.equal(remaining(run, 150), "~20 s left");
  assert.equal(remaining({ ...run, ahead: 0 }, 150), "longer than last time");
});

test("a card says how long its step has taken", () => {
  assert.equal(elapsed(run, "flights", 105), "4 s of ~10 s");
  assert.equal(elapsed({ ...run, expected: null }, "flights", 105), "4 s");
  assert.equal(elapsed(run, "daily", 105), "");
  assert.equal(elapsed(null, "flights", 105), "");
});

test("what ticks is told in whole seconds", () => {
  assert.deepEqual([0.2, 1.4, 9.6, 59.7, 75].map(rough), ["1 s", "1 s", "10 s", "1 min 0 s", "1 min 15 s"]);
});

test("a cancelled run says that the step at hand still ends", () => {
  assert.equal(describeRun({ ...run, state: "cancelling" }, 103), "2 of 5 · Cancelling after flights · 3.0 s");
});

test("a finished run says what came of it, part by part", () => {
  assert.equal(describeRun({ ...ended, failed: 1, skipped: 2 }, 200), "2 materialized · 1 failed · 2 skipped in 1.2 s");
  assert.equal(describeRun({ ...ended, state: "success", fresh: 2, restored: 1 }, 200), "2 materialized · 1 restored · 2 fresh in 1.2 s");
  assert.equal(describeRun({ ...ended, state: "success", fresh: 5 }, 200), "All fresh: nothing to run");
  assert.equal(describeRun({ ...ended, state: "success", done: 0 }, 200), "All fresh: nothing to run");
  assert.equal(describeRun({ ...ended, state: "cancelled", skipped: 3 }, 200), "Cancelled · 2 materialized · 3 not run in 1.2 s");
  assert.deepEqual(outcomes({ ...ended, failed: 5 }), [{ outcome: "failed", text: "5 failed" }]);
});

test("a run says what its checks said, also when it made nothing", () => {
  const checked: RunView = { ...ended, done: 0, checks: "2 checks: 1 failed, 1 passed" };
  assert.equal(describeRun(checked, 200), "2 checks: 1 failed, 1 passed in 1.2 s");
  assert.equal(describeRun({ ...checked, done: 2 }, 200), "2 materialized in 1.2 s · 2 checks: 1 failed, 1 passed");
});

test("a run that waits says what it is for and who asked for it", () => {
  assert.equal(describeWaiting(waiting), "daily · from the lineage");
  assert.equal(describeWaiting({ ...waiting, what: "a, b, c and 4 more", total: 7, origin: "notebook" }), "a, b, c and 4 more · 7 assets · from a cell");
  assert.equal(describeWaiting({ ...waiting, what: "", total: 0, origin: "dask" }), "A run · from dask");
});
