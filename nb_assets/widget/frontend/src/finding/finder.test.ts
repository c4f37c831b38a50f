import assert from "node:assert/strict";
import { test } from "node:test";
import { createStore, INITIAL, reduce, type Store } from "../state.ts";
import type { FromKernel } from "../messages.ts";
import type { Ask } from "../model.ts";
import { Finder } from "./finder.ts";
import { focusOn } from "./focus.ts";
import type { ScopeView } from "./views.ts";

globalThis.requestAnimationFrame ??= (callback) => (callback(0), 0);

interface Desk {
  store: Store;
  finder: Finder;
  asked: Ask[];
  centred: string[];
  hear(message: FromKernel): void;
}

function desk(shown: readonly string[] = ["a", "b"]): Desk {
  const store = createStore(INITIAL);
  const asked: Ask[] = [];
  const centred: string[] = [];
  const known = [...shown];
  const stage = {
    camera: { transform: { x: 0, y: 0, k: 1 }, go: () => undefined },
    has: (key: string) => known.includes(key),
    centre: (key: string) => void centred.push(key),
    fitNext: () => undefined,
  };
  const ask = (message: Ask): string => `v:${asked.push(message)}`;
  const finder = new Finder(store, stage, ask, () => undefined);
  const hear = (message: FromKernel): void => {
    if (!finder.takes(message)) return;
    if (message.kind === "graph") known.push("folded");
    store.set(reduce(store.get(), message));
    finder.after(message, false);
  };
  return { store, finder, asked, centred, hear };
}

const found = (request: string, keys: string[]): FromKernel => {
  return { kind: "found", request, keys, groups: {}, selection: "s", error: "", at: null };
};
const view = { nodes: [], groups: [], edges: [], width: 1, height: 1, direction: "LR" as const };
const graph = (scope: Partial<ScopeView> | null): FromKernel => {
  const whole = scope && { focus: null, text: "", filters: {}, shown: 1, hidden: 1, indirect: [], ...scope };
  return { kind: "graph", lineage_id: "", selection: "*", view, made: {}, stale: 0, run: null, scope: whole } as unknown as FromKernel;
};
const kinds = (asked: readonly Ask[]): string[] => asked.map(({ kind }) => kind);

test("only the answer to the last search counts", () => {
  const { store, finder, hear } = desk();
  finder.search("a");
  finder.search("b");
  hear(found("v:1", ["a"]));
  assert.equal(store.get().search.matches, null);
  hear(found("v:2", ["b"]));
  assert.deepEqual([...(store.get().search.matches ?? [])], ["b"]);
});

test("steps go round the matches, and one that is asked for too early is taken later", () => {
  const { store, finder, centred, hear } = desk();
  finder.search("x");
  finder.step(1);
  hear(found("v:1", ["a", "b"]));
  finder.step(1);
  finder.step(1);
  finder.step(-1);
  assert.deepEqual(centred, ["a", "b", "a", "b"]);
  assert.equal(store.get().finding.current, "b");
});

test("a match in a folded group is unfolded, then brought on screen", () => {
  const { finder, asked, centred, hear } = desk();
  finder.search("x");
  hear(found("v:1", ["folded"]));
  finder.step(1);
  assert.deepEqual(asked.at(-1), { kind: "reveal", key: "folded" });
  hear(graph(null));
  assert.deepEqual(centred, ["folded"]);
});

test("what is typed on while the rest is hidden narrows the picture anew, once", () => {
  const { finder, asked, hear } = desk();
  finder.search("x");
  hear(found("v:1", ["a"]));
  finder.hide(true);
  hear(graph({ text: "x" }));
  hear(found("v:3", ["a"]));
  assert.deepEqual(kinds(asked), ["find", "narrow", "find"]);
  finder.search("xy");
  hear(found("v:4", ["a"]));
  assert.deepEqual(asked.at(-1), { kind: "narrow", key: "", up: null, down: null, text: "xy", filters: {} });
});

test("a search that is cleared brings back what it hid, and leaves the neighbourhood", () => {
  const { store, finder, asked, hear } = desk();
  finder.search("x");
  hear(found("v:1", ["a"]));
  const focus = focusOn("a", 2);
  finder.focus(focus);
  hear(graph({ focus, text: "x" }));
  finder.search("");
  assert.deepEqual(asked.at(-1), { kind: "narrow", key: "a", up: 2, down: 2, text: "", filters: {} });
  assert.equal(store.get().search.matches, null);
});

test("filters go with the search, and counts are asked for while they are open", () => {
  const { finder, asked } = desk();
  finder.choose(true);
  finder.toggle("group", "raw");
  assert.deepEqual(asked.slice(-2), [
    { kind: "find", text: "", filters: { group: ["raw"] } },
    { kind: "facets", text: "", filters: { group: ["raw"] } },
  ]);
});

test("a list that is shown is asked for, and again when assets come and go", () => {
  const { finder, asked, hear } = desk();
  finder.show("list");
  hear(graph(null));
  assert.deepEqual(kinds(asked), ["list", "list"]);
});
