import assert from "node:assert/strict";
import { test } from "node:test";
import { placeGhosts } from "./ghosts.ts";

test("a ghost stands above what it was connected to, and two never on one another", () => {
  const rects: Record<string, { x: number; y: number; width: number; height: number }> = { a: { x: 400, y: 0, width: 200, height: 64 } };
  const placed = placeGhosts(["b", "c", "far"], [["b", "a"], ["c", "a"]], (key) => rects[key] ?? null);
  const [b, c, far] = ["b", "c", "far"].map((key) => placed.get(key)!);
  assert.equal(b!.x, c!.x);
  assert.notEqual(b!.y, c!.y);
  assert.equal(far!.x, 0);
  assert.ok([b, c, far].every((rect) => rect!.y + rect!.height < 0));
});
