import assert from "node:assert/strict";
import { test } from "node:test";
import { DEPTHS, WAYS, depthOf, focusOn, wayOf } from "./focus.ts";

test("how far and which way a neighbourhood goes can be read back from it", () => {
  for (const { way } of WAYS) {
    for (const depth of DEPTHS) {
      const focus = focusOn("a", depth, way);
      assert.equal(wayOf(focus), way);
      if (way === "both") assert.equal(depthOf(focus), depth);
    }
  }
});
