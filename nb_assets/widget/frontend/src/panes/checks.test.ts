import { test } from "node:test";
import assert from "node:assert/strict";
import type { CheckView } from "../views.ts";
import { facts } from "./checks.tsx";

const check: CheckView = {
  name: "enough",
  word: "failed",
  look: "failed",
  blocking: true,
  description: "",
  said: "too few",
  not_tracked: [],
  version: 3,
  ran: 1000,
  metadata: [],
};

test("a check says whether it blocks, of which version it is, and when it ran", () => {
  assert.deepEqual(facts(check, 1000).slice(0, 2), ["blocking", "of version 3"]);
  assert.equal(facts(check, 1000).length, 3);
});

test("a check that was not run says neither", () => {
  assert.deepEqual(facts({ ...check, blocking: false, version: 0, ran: null }, 1000), []);
});
