import assert from "node:assert/strict";
import { test } from "node:test";
import { announcement } from "./announce.ts";
import type { RunView } from "./run_views.ts";
import type { LineageView } from "./views.ts";
import { INITIAL, NO_SEARCH } from "./state.ts";

const run: RunView = {
  run_id: "r",
  state: "running",
  total: 3,
  done: 1,
  fresh: 0,
  failed: 0,
  skipped: 0,
  checks: "",
  current: [],
  started: 0,
  duration: null,
  restored: 0,
  step_started: null,
  expected: null,
  ahead: 0,
  unknown: 0,
};

test("the start and the end of a run are told, its steps are not", () => {
  assert.equal(announcement({ ...INITIAL, run }, INITIAL, 0), "Run started: 3 assets");
  assert.equal(announcement({ ...INITIAL, run: { ...run, done: 2 } }, { ...INITIAL, run }, 0), null);
  const ended: RunView = { ...run, state: "success", done: 3, duration: 2 };
  assert.equal(announcement({ ...INITIAL, run: ended }, { ...INITIAL, run }, 0), "3 materialized in 2.0 s");
});

test("a failure is told when it happens", () => {
  assert.equal(announcement({ ...INITIAL, run: { ...run, failed: 1 } }, { ...INITIAL, run }, 0), "1 failed");
});

test("a failure is told by name where its card is in sight", () => {
  const nodes = (status: string) => ({ nodes: [{ key: "a", status }] }) as unknown as LineageView;
  const before = { ...INITIAL, run, view: nodes("running") };
  const after = { ...INITIAL, run: { ...run, failed: 1 }, view: nodes("failed") };
  assert.equal(announcement(after, before, 0), "a failed");
});

test("of a long run each quarter is told, of a short one none", () => {
  const at = (done: number, total: number) => ({ ...INITIAL, run: { ...run, done, total } });
  assert.equal(announcement(at(6, 12), at(5, 12), 0), "Half done: 6 of 12");
  assert.equal(announcement(at(7, 12), at(6, 12), 0), null);
  assert.equal(announcement(at(12, 12), at(11, 12), 0), null);
  assert.equal(announcement(at(2, 4), at(1, 4), 0), null);
});

test("what a search found is told", () => {
  const search = { ...NO_SEARCH, text: "a", matches: new Set(["a"]) };
  assert.equal(announcement({ ...INITIAL, search }, INITIAL, 0), "1 found");
});

test("a kernel that is gone is told once", () => {
  assert.equal(announcement({ ...INITIAL, lost: true }, INITIAL, 0), "The kernel is gone");
  assert.equal(announcement({ ...INITIAL, lost: true }, { ...INITIAL, lost: true }, 0), null);
});
