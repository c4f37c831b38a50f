import assert from "node:assert/strict";
import { test } from "node:test";
import { isAllowed } from "./clean.ts";

test("what a diff needs passes", () => {
  assert.ok(isAllowed("class", "num"));
  assert.ok(isAllowed("style", "width:40%"));
  assert.ok(isAllowed("src", "data:image/png;base64,AAAA"));
});

test("whatever runs or fetches does not", () => {
  assert.ok(!isAllowed("onclick", "alert(1)"));
  assert.ok(!isAllowed("onerror", "alert(1)"));
  assert.ok(!isAllowed("href", "javascript:alert(1)"));
  assert.ok(!isAllowed("src", "https://example.org/x.png"));
  assert.ok(!isAllowed("src", "data:image/svg+xml;base64,AAAA"));
  assert.ok(!isAllowed("style", "background:url(//example.org)"));
});
