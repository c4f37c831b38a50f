import assert from "node:assert/strict";
import { test } from "node:test";
import type { FromKernel, NodePatch } from "./messages.ts";
import type { DetailsView, LineageView, NodeView, Status } from "./views.ts";
import { createStore, INITIAL, NO_SEARCH, reduce, target, type State } from "./state.ts";

const node = (key: string, status: Status): NodeView => ({
  key,
  name: key,
  group: null,
  kinds: [],
  status,
  reason: "",
  detail: "",
  badge: "",
  checks: "",
  partitions: {},
  check_look: "" as const,
  duration: null,
  owner: "",
  upstream: 0,
  downstream: 0,
  external: false,
  x: 0,
  y: 0,
  width: 10,
  height: 10,
});

/** a (fresh) -> b (stale) */
function pair(): LineageView {
  return {
    nodes: [node("a", "fresh"), node("b", "stale")],
    groups: [],
    edges: [{ source: "a", target: "b", points: [] }],
    width: 100,
    height: 10,
    direction: "LR",
  };
}

function graph(view: LineageView): FromKernel {
  return { kind: "graph", lineage_id: "l", selection: "*", view, made: { a: 1 }, stale: 1, failed: 0, run: null, queue: [], scope: null };
}

function shown(change: Partial<State> = {}): State {
  return { ...INITIAL, ...reduce(INITIAL, graph(pair())), ...change };
}

test("a patch changes its cards and leaves the others as they are", () => {
  const before = shown();
  const patch = { key: "b", status: "fresh" as const, reason: "", detail: "3 rows", badge: "+3", checks: "1 failed", check_look: "failed" as const, partitions: { fresh: 2, stale: 1 }, duration: 0.5, made: 9 };
  const after = reduce(before, { kind: "patch", nodes: [patch], groups: [], stale: 0, failed: 0, run: null, queue: [] });
  assert.equal(after.view?.nodes[0], before.view?.nodes[0]);
  assert.equal(after.view?.nodes[1]?.status, "fresh");
  assert.equal(after.view?.edges, before.view?.edges);
  assert.deepEqual(after.made, { a: 1, b: 9 });
});

test("the neighbours in an open pane follow when they change", () => {
  const link = (key: string) => ({ key, status: "queued" as const, external: false });
  const details = { key: "a", inputs: [link("c")], outputs: [link("b")] } as unknown as DetailsView;
  const patch = { key: "b", status: "fresh" as const } as unknown as NodePatch;
  const after = reduce(shown({ details, open: "a" }), { kind: "patch", nodes: [patch], groups: [], stale: 0, failed: 0, run: null, queue: [] });
  assert.deepEqual(after.details?.outputs, [{ key: "b", status: "fresh", external: false }]);
  assert.deepEqual(after.details?.inputs, [link("c")]);
});

test("a new graph keeps what the user picked, and drops what is gone", () => {
  const before = shown({ picked: ["a", "b"], open: "b" });
  const view = { ...pair(), nodes: [node("a", "fresh")] };
  const after = { ...before, ...reduce(before, graph(view)) };
  assert.deepEqual(after.picked, ["a"]);
  assert.equal(after.open, null);
});

test("what hides in a folded group stays picked", () => {
  const before = shown({ picked: ["b"], open: "b" });
  const group = { name: "g", title: "g", count: 1, statuses: {}, collapsed: true, parent: null };
  const view = { ...pair(), nodes: [], groups: [{ ...group, x: 0, y: 0, width: 1, height: 1 }] };
  assert.deepEqual(reduce(before, graph(view)).picked, ["b"]);
});

test("a search that failed shows its error and dims nothing", () => {
  const before = shown({ search: { ...NO_SEARCH, text: "x", pending: true } });
  const { search } = reduce(before, { kind: "found", request: "", keys: [], groups: {}, selection: "", at: null, error: "no x" });
  assert.deepEqual(search, { text: "x", matches: null, groups: {}, selection: "", at: null, error: "no x", pending: false });
});

test("a look at the values fills the pane it was taken for, and leaves the rest of it", () => {
  const details = { key: "a", code: "def a", change: null, value: null } as unknown as DetailsView;
  const before = shown({ open: "a", details });
  const change = { summary: "3 rows", badge: "+3", html: "<div></div>" };
  const look = { kind: "look", request: "", look: { change, value: null } } as const;
  assert.deepEqual(reduce(before, { ...look, key: "a" }).details, { ...details, change });
  assert.deepEqual(reduce(before, { ...look, key: "b" }), {});
});

test("Materialize means what is picked, else what was found", () => {
  const found = { ...NO_SEARCH, text: "x", matches: new Set(["a", "b"]) };
  assert.deepEqual(target(shown()), { keys: [], force: false });
  assert.deepEqual(target(shown({ search: found })), { keys: ["a", "b"], force: false });
  assert.deepEqual(target(shown({ search: found, picked: ["b"] })), { keys: ["b"], force: false });
});

test("a fresh asset that is picked by hand is meant to run again", () => {
  assert.deepEqual(target(shown({ picked: ["a"] })), { keys: ["a"], force: true });
  assert.deepEqual(target(shown({ picked: ["a", "b"] })), { keys: ["a", "b"], force: false });
});

test("a store tells its listeners what was and what is", () => {
  const store = createStore();
  const seen: [string, string][] = [];
  const stop = store.subscribe((state, before) => seen.push([before.notice, state.notice]));
  store.set({ notice: "one" });
  stop();
  store.set({ notice: "two" });
  assert.deepEqual(seen, [["", "one"]]);
});

test("lines that a pane opened with are not shown again", () => {
  const line = (at: number, text: string) => ({ stream: "stdout", level: "", text, run_id: "r", at });
  const state = shown({ details: { key: "a", logs: [line(1, "one"), line(2, "two")] } as never });
  const logs = reduce(state, { kind: "logs", key: "a", lines: [line(2, "two"), line(3, "two")] }).details?.logs;
  assert.deepEqual(logs?.map(({ at }) => at), [1, 2, 3]);
});
