import assert from "node:assert/strict";
import { test } from "node:test";
import { Moves } from "./moves.ts";
import type { Rect } from "./transform.ts";

interface Place extends Rect {
  name: string;
}

const at = (name: string, x: number): Place => ({ name, x, y: 0, width: 10, height: 10 });

class Box {
  readonly pieces = [];
  constructor(public view: Place) {}

  place(view: Place): { dx: number; dy: number } | null {
    const dx = this.view.x - view.x;
    this.view = view;
    return dx === 0 ? null : { dx, dy: 0 };
  }
}

const boxesAt = (...places: Place[]): Map<string, Box> => new Map(places.map((place) => [place.name, new Box(place)]));
const sync = (moves: Moves, boxes: Map<string, Box>, ...places: Place[]): [Box, Place][] =>
  moves.sync(boxes, places, ({ name }) => name, (place) => new Box(place));

const WINDOW = { x: 0, y: 0, width: 100, height: 100 };

test("boxes come, go, and stay the same", () => {
  const boxes = boxesAt(at("a", 0), at("b", 20));
  const before = boxes.get("b");
  const kept = sync(new Moves(WINDOW), boxes, at("b", 30), at("c", 40));
  assert.deepEqual([...boxes.keys()].sort(), ["b", "c"]);
  assert.equal(boxes.get("b"), before);
  assert.deepEqual(kept.map(([box, { name }]) => [box.view.x, name]), [[30, "b"]]);
});

test("most of what is in sight says how far the picture went, whatever happened out of sight", () => {
  const boxes = boxesAt(at("a", 0), at("b", 20), at("far", 500), at("farther", 600), at("farthest", 700));
  const moves = new Moves(WINDOW);
  sync(moves, boxes, at("a", 5), at("b", 25), at("far", 400), at("farther", 500), at("farthest", 600));
  assert.deepEqual(moves.common, { dx: -5, dy: 0 });
});

test("where nothing was in sight the rest says it", () => {
  const moves = new Moves(WINDOW);
  sync(moves, boxesAt(at("far", 500)), at("far", 400));
  assert.deepEqual(moves.common, { dx: 100, dy: 0 });
});

test("nothing glides where nothing moved", () => {
  const moves = new Moves(WINDOW);
  sync(moves, boxesAt(at("a", 0)), at("a", 0));
  assert.equal(moves.glide({ dx: 0, dy: 0 }), false);
});
