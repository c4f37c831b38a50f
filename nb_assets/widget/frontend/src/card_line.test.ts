import assert from "node:assert/strict";
import { test } from "node:test";
import { cardLine } from "./card_line.ts";
import type { NodeView } from "./views.ts";

const node = (change: Partial<NodeView>): NodeView =>
  ({ key: "daily", status: "fresh", reason: "", detail: "36 rows", ...change }) as NodeView;

test("a card says what it is and how old", () => {
  assert.equal(cardLine(node({}), 1_000, null, 1_120), "36 rows · 2 min ago");
  assert.equal(cardLine(node({ detail: "" }), undefined, null, 1_120), "");
});

test("a card that is not fresh says why, in one line and without marks of code", () => {
  assert.equal(cardLine(node({ status: "stale", reason: "code of `daily`\n  changed" }), 1_000, null, 1_120), "code of daily changed");
});

test("what is not fresh has no age", () => {
  assert.equal(cardLine(node({ status: "stale" }), 1_000, null, 1_120), "36 rows");
});
