import assert from "node:assert/strict";
import { test } from "node:test";
import type { RunPreview } from "../run_views.ts";
import { estimate, summary } from "./preview.tsx";

const view: RunPreview = {
  planned: [],
  more: 0,
  run: 3,
  maybe: 2,
  restore: 1,
  fresh: 40,
  fresh_keys: [],
  checks: 0,
  seconds: 12,
  at_most: 40,
  unknown: 0,
};

test("a preview comes to one line", () => {
  assert.equal(summary(view), "3 to run, 2 may be spared, 1 restored, 40 fresh · ~12 s to ~40 s");
  assert.equal(summary({ ...view, run: 0, maybe: 0, restore: 0 }), "All fresh: nothing to run");
  assert.equal(summary({ ...view, run: 0, maybe: 0, restore: 0, fresh: 0 }), "Nothing to run");
  assert.equal(summary({ ...view, run: 0, maybe: 0, restore: 0, fresh: 0, checks: 2 }), "2 checks");
});

test("how long it takes is no more than what is known", () => {
  assert.equal(estimate({ ...view, at_most: 12 }), "~12 s");
  assert.equal(estimate({ ...view, seconds: 0.01, at_most: 0.02 }), "<1 s");
  assert.equal(estimate({ ...view, unknown: 1 }), "over 12 s");
  assert.equal(estimate({ ...view, unknown: 5, seconds: 0, at_most: 0 }), "time not known");
});
