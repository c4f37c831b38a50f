import assert from "node:assert/strict";
import { test } from "node:test";
import { isHiding, NO_FINDING, reduceFinding } from "./state.ts";
import type { RowView, ScopeView } from "./views.ts";

const row = (key: string): RowView => ({ key, group: "g", status: "stale", made: 1 });
const scope = (change: Partial<ScopeView>): ScopeView => {
  return { focus: null, text: "", filters: {}, shown: 1, hidden: 1, indirect: [], ...change };
};

test("a patch changes its rows, and the others stay as they are", () => {
  const before = { ...NO_FINDING, rows: [row("a"), row("b")] };
  const node = { key: "b", status: "failed", reason: "x", detail: "", badge: "", checks: "", check_look: "", partitions: {}, made: null };
  const after = reduceFinding(before, { kind: "patch", nodes: [node], groups: [], stale: 0, run: null } as never);
  assert.equal(after.rows?.[0], before.rows[0]);
  assert.deepEqual([after.rows?.[1]?.status, after.rows?.[1]?.made], ["failed", undefined]);
});

test("some rows that were asked for take their places among all", () => {
  const before = { ...NO_FINDING, rows: [row("a"), row("b")] };
  const after = reduceFinding(before, { kind: "rows", request: "", rows: [{ ...row("b"), rows: 3 }], every: false });
  assert.deepEqual(after.rows?.map(({ rows }) => rows), [undefined, 3]);
});

test("the rest is hidden where a search narrows the picture, and not where a neighbourhood alone does", () => {
  assert.ok(isHiding({ ...NO_FINDING, scope: scope({ text: "a" }) }));
  assert.ok(isHiding({ ...NO_FINDING, scope: scope({ filters: { kind: ["x"] } }) }));
  assert.ok(!isHiding({ ...NO_FINDING, scope: scope({ focus: { key: "a", up: 1, down: 1 } }) }));
  assert.ok(!isHiding(NO_FINDING));
});

test("the match that was stepped to stays one while it is found", () => {
  const found = { kind: "found", request: "", keys: ["b"], groups: {}, selection: "", error: "", at: null } as const;
  assert.equal(reduceFinding({ ...NO_FINDING, current: "b" }, { ...found, keys: ["b"] }).current, "b");
  assert.equal(reduceFinding({ ...NO_FINDING, current: "a" }, { ...found, keys: ["b"] }).current, null);
});
