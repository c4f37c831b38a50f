import assert from "node:assert/strict";
import { test } from "node:test";
import { toneOf } from "./logs.tsx";

const line = { stream: "stdout", level: "", text: "", run_id: "r", at: 0 };

test("what went to stderr and what was logged as wrong is told apart from the rest", () => {
  assert.equal(toneOf(line), "stdout");
  assert.equal(toneOf({ ...line, stream: "stderr" }), "warning");
  assert.equal(toneOf({ ...line, stream: "log", level: "INFO" }), "log");
  assert.equal(toneOf({ ...line, stream: "log", level: "WARNING" }), "warning");
  assert.equal(toneOf({ ...line, stream: "log", level: "CRITICAL" }), "error");
});
