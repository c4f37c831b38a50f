import assert from "node:assert/strict";
import { test } from "node:test";
import { CLOSE_UP, detailAt } from "./lod.ts";

test("at its own size everything is drawn", () => {
  assert.equal(detailAt(1), CLOSE_UP);
  assert.equal(detailAt(1).level, "full");
});

test("farther away names remain, large enough to read", () => {
  for (let scale = 0.25; scale < 1; scale += 0.01) {
    const detail = detailAt(scale);
    assert.notEqual(detail.level, "shapes");
    assert.ok(detail.name * scale > 8, `a name of ${detail.name * scale} px at ${scale}`);
  }
});

test("far away only the groups have names", () => {
  assert.equal(detailAt(0.1).level, "shapes");
  assert.ok(detailAt(0.1).title * 0.1 > 8);
});

test("no zoom is without a step", () => {
  assert.equal(detailAt(0).level, "shapes");
  assert.equal(detailAt(Number.NaN), CLOSE_UP);
});
