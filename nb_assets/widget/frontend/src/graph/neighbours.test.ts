import assert from "node:assert/strict";
import { test } from "node:test";
import type { GroupView, LineageView } from "../views.ts";
import { nearestTo, neighbour, spotsOf, type Spot } from "./neighbours.ts";

const at = (id: string, x: number, y: number): Spot => ({ id, x, y, width: 10, height: 10 });
const edge = (source: string, target: string) => ({ source, target, points: [] });

/** a -> b, a -> c, b -> d, c -> d: a square lying on its side. */
function square() {
  return {
    spots: [at("a", 0, 50), at("b", 100, 0), at("c", 100, 100), at("d", 200, 50)],
    edges: [edge("a", "b"), edge("a", "c"), edge("b", "d"), edge("c", "d")],
  };
}

test("right follows an edge downstream and left one upstream", () => {
  const { spots, edges } = square();
  assert.equal(neighbour("b", "ArrowRight", spots, edges), "d");
  assert.equal(neighbour("c", "ArrowLeft", spots, edges), "a");
});

test("up and down go to what stands above and below", () => {
  const { spots, edges } = square();
  assert.equal(neighbour("b", "ArrowDown", spots, edges), "c");
  assert.equal(neighbour("c", "ArrowUp", spots, edges), "b");
});

test("the rim of the graph leads nowhere", () => {
  const { spots, edges } = square();
  assert.equal(neighbour("d", "ArrowRight", spots, edges), null);
  assert.equal(neighbour("a", "ArrowLeft", spots, edges), null);
});

test("an arrow without an edge goes to what lies nearest that way", () => {
  assert.equal(neighbour("a", "ArrowRight", [at("a", 0, 0), at("b", 50, 0), at("c", 90, 0)], []), "b");
});

test("without a place to start from it starts at the first", () => {
  assert.equal(neighbour("gone", "ArrowUp", [at("a", 0, 0)], []), "a");
  assert.equal(neighbour("gone", "ArrowUp", [], []), null);
});

/** A group of two columns, its title above both, and a folded group at its right. */
function grouped() {
  const spots = [
    { id: "group:a", x: 0, y: 0, width: 120, height: 30, isTitle: true },
    at("left", 10, 40),
    at("right", 90, 40),
    { id: "group:b", x: 200, y: 40, width: 40, height: 20, isTitle: false },
  ];
  return { spots, edges: [edge("right", "group:b")] };
}

test("the title of a group is above all that stands in it", () => {
  const { spots, edges } = grouped();
  assert.equal(neighbour("left", "ArrowUp", spots, edges), "group:a");
  assert.equal(neighbour("right", "ArrowUp", spots, edges), "group:a");
  assert.equal(neighbour("group:a", "ArrowUp", spots, edges), null);
});

test("a folded group is a stop like an asset", () => {
  const { spots, edges } = grouped();
  assert.equal(neighbour("right", "ArrowRight", spots, edges), "group:b");
  assert.equal(neighbour("group:b", "ArrowLeft", spots, edges), "right");
});

test("an open group can be reached by its title alone, a folded one by its box", () => {
  const group = (collapsed: boolean) =>
    ({ name: "a", x: 0, y: 0, width: 50, height: 80, collapsed, count: 1 }) as unknown as GroupView;
  const heights = [false, true].map(
    (folded) => spotsOf({ nodes: [], groups: [group(folded)] } as unknown as LineageView)[0]?.height,
  );
  assert.deepEqual(heights, [30, 80]);
});

test("what is nearest to where something was takes its place", () => {
  const { spots } = grouped();
  assert.equal(nearestTo({ x: 85, y: 45, width: 10, height: 10 }, spots), "right");
  assert.equal(nearestTo({ x: 0, y: 0, width: 1, height: 1 }, []), null);
});
