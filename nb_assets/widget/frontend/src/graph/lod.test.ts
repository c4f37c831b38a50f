import assert from "node:assert/strict";
import { test } from "node:test";
import { detailAt } from "./lod.ts";

test("what cannot be read is not drawn", () => {
  assert.equal(detailAt(1), "full");
  assert.equal(detailAt(0.5), "names");
  assert.equal(detailAt(0.1), "shapes");
});
