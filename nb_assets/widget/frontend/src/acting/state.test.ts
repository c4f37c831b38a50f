import assert from "node:assert/strict";
import { test } from "node:test";
import type { VersionView } from "../views.ts";
import { IDLE, failActing, markedPair, pastOf, pinnedIn, reduceActing, toggledMark, type Acting } from "./state.ts";

const mark = (version: number, partition = "") => ({ version, partition });
const asking = (change: Partial<Acting["asked"]>): Acting => ({ ...IDLE, asked: { ...IDLE.asked, ...change } });
const naming = { key: "a", ...mark(0), name: "df", taken: "", error: "", pending: true };
const row: VersionView = {
  ...{ partition: "", version: 3, made: 0, duration: 1, run_id: "r", summary: "", badge: "", code_version: "c" },
  ...{ data_version: "d", restored_from: null, pinned: false, accepted: "", stored: true },
};

test("of three marks the two newest stay, and a mark is taken off again", () => {
  const two = toggledMark(toggledMark([], mark(1)), mark(2));
  assert.deepEqual(toggledMark(two, mark(3)), [mark(2), mark(3)]);
  assert.deepEqual(toggledMark(two, mark(1)), [mark(2)]);
});

test("two versions of one partition are compared, the older first", () => {
  assert.deepEqual(markedPair([mark(3), mark(1)]), { partition: "", old: 1, new: 3 });
  assert.equal(markedPair([mark(3, "x"), mark(1, "y")]), null);
  assert.equal(markedPair([mark(3)]), null);
});

test("what was accepted can be undone; what others accepted says nothing here", () => {
  const message = { kind: "accepted", request: "v:1", keys: ["a"], text: "Accepted a v1" } as const;
  const told = { ...message, keys: ["a"] };
  assert.deepEqual(reduceActing(asking({ act: "v:1" }), told).toast, { text: "Accepted a v1", undo: ["a"] });
  assert.equal(reduceActing(asking({ act: "w:1" }), told).toast, null);
  const back = { ...told, kind: "unaccepted", text: "No longer accepted: a v1" } as const;
  assert.deepEqual(reduceActing(asking({ act: "v:1" }), { ...back, keys: ["a"] }).toast?.undo, []);
});

test("a name that is taken keeps the field open until it is replaced", () => {
  const before = { ...asking({ assign: "v:2" }), naming };
  const taken = reduceActing(before, { kind: "taken", request: "v:2", name: "df", text: "`df` is there already" });
  assert.deepEqual([taken.naming?.taken, taken.naming?.pending], ["`df` is there already", false]);
  const done = reduceActing(before, { kind: "assigned", request: "v:2", name: "df", text: "df = 3 rows" });
  assert.deepEqual([done.naming, done.toast?.text], [null, "df = 3 rows"]);
});

test("an error stands where its question was asked", () => {
  const before = { ...asking({ assign: "v:2", compare: "v:3" }), naming };
  assert.equal(failActing(before, "v:2", "no")?.naming?.error, "no");
  assert.equal(failActing(before, "v:9", "no"), null);
  assert.equal(failActing(IDLE, "", "no"), null);
});

test("what is looked at belongs to one asset", () => {
  const acting = { ...asking({ versions: "v:4" }), past: pastOf(IDLE, "a") };
  const page = { kind: "versions", request: "v:4", partition: "", start: 50, total: 60, versions: [row] } as const;
  const told = { ...page, versions: [row] };
  assert.deepEqual(reduceActing(acting, { ...told, key: "a" }).past?.page, { start: 50, total: 60, versions: [row] });
  assert.equal(reduceActing(acting, { ...told, key: "b" }).past?.page, null);
  assert.equal(pastOf(acting, "b").key, "b");
});

test("a version that is pinned says so in its row alone", () => {
  const rows = pinnedIn([row, { ...row, version: 2 }], { ...mark(2), pinned: true });
  assert.deepEqual(rows.map(({ pinned }) => pinned), [false, true]);
});
