import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromKernel } from "./messages.ts";
import { NO_RUNS, reduceRuns, type Runs } from "./runs.ts";
import { wishFor } from "./wishes.ts";

const patch: FromKernel = { kind: "patch", nodes: [], groups: [], stale: 0, failed: 2, run: null, queue: [] };
const view = { run: 1 } as never;
const asking: Runs = { ...NO_RUNS, preview: { wish: wishFor("stale"), pinned: true, request: "v:3", view: null } };

test("a patch says what failed and what waits, and an empty queue closes its list", () => {
  const runs = reduceRuns({ ...NO_RUNS, queueOpen: true }, patch);
  assert.deepEqual([runs.failed, runs.queue, runs.queueOpen], [2, [], false]);
});

test("a preview takes the answer to its last question alone", () => {
  assert.equal(reduceRuns(asking, { kind: "preview", request: "v:2", preview: view }), asking);
  assert.equal(reduceRuns(asking, { kind: "preview", request: "v:3", preview: view }).preview?.view, view);
});

test("what cannot be planned closes the preview, for the notice says why", () => {
  assert.equal(reduceRuns(asking, { kind: "error", request: "v:3", message: "no" }).preview, null);
  assert.equal(reduceRuns(asking, { kind: "error", request: "v:1", message: "no" }), asking);
});
