import assert from "node:assert/strict";
import { test } from "node:test";
import { cutEnd, cutMiddle, intoTwo, titleFit } from "./text.ts";

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

test("a title gives up its count and some of its size before a letter", () => {
  const of = (room: number) => titleFit("cleaned", "12", room, 24, (text) => text.length * 6);
  assert.deepEqual(of(200), { size: 24, counted: true });
  assert.equal(of(110).counted, true);
  assert.equal(of(84).counted, false);
  assert.equal(of(84).size, 24);
  assert.ok(of(70).size < 24 && of(1).size > 17);
});

test("what a reader takes for one sign is not cut in two", () => {
  const cut = cutEnd("👩‍👩‍👧 famille entière", 60, (text) => text.length * 6);
  assert.ok(cut.startsWith("👩‍👩‍👧") || cut === "…");
  assert.ok(!/[\ud800-\udbff]…/.test(cutMiddle("😀😀😀😀😀😀", 40, (text) => text.length * 6)));
});

test("a name on two lines breaks between its words", () => {
  const of = (text: string) => intoTwo(text, 84, (each) => each.length * 6);
  assert.deepEqual(of("marketing_returns_rate"), ["marketing_", "returns_rate"]);
  assert.deepEqual(of("sales_forecast_next_quarter"), ["sales_forecast", "_next_quarter"]);
  assert.equal(of("x".repeat(40)).join("").length, 28);
  assert.equal(of("a").join(""), "a");
});
