import assert from "node:assert/strict";
import { test } from "node:test";
import { neighbour, type Spot } from "./neighbours.ts";

const at = (key: string, x: number, y: number): Spot => ({ key, x, y, width: 10, height: 10 });
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
