import assert from "node:assert/strict";
import { test } from "node:test";
import { cutEnd, cutMiddle } from "./text.ts";

const letters = (text: string): number => text.length;

test("text that fits is left alone", () => {
  assert.equal(cutMiddle("flights", 7, letters), "flights");
  assert.equal(cutEnd("flights", 7, letters), "flights");
});

test("a name is cut in the middle and keeps its end", () => {
  assert.equal(cutMiddle("flights_by_carrier_monthly", 11, letters), "fligh…nthly");
});

test("a sentence is cut at its end", () => {
  assert.equal(cutEnd("clean() changed, line 3", 8, letters), "clean()…");
});

test("no width at all still says that there is something", () => {
  assert.equal(cutMiddle("flights", 0, letters), "…");
  assert.equal(cutEnd("flights", 0, letters), "…");
});
