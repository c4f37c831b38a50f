import { test } from "node:test";
import assert from "node:assert/strict";
import { isLink } from "./links.ts";

test("only addresses of the web may be followed", () => {
  const told = ["https://example.com/a", "HTTP://example.com", "javascript:alert(1)", "file:///etc/passwd", "", "https://"];
  assert.deepEqual(told.map(isLink), [true, true, false, false, false, false]);
});
