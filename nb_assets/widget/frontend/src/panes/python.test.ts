import assert from "node:assert/strict";
import { test } from "node:test";
import { pieces } from "./python.ts";

const tones = (source: string) =>
  pieces(source)
    .filter((piece) => piece.tone !== "plain")
    .map((piece) => [piece.tone, piece.text]);

test("keywords, names, numbers, strings and comments are told apart", () => {
  assert.deepEqual(tones("def daily(x):  # why\n    return x + 1.5 if 'a' else None"), [
    ["keyword", "def"],
    ["name", "daily"],
    ["comment", "# why"],
    ["keyword", "return"],
    ["number", "1.5"],
    ["keyword", "if"],
    ["string", "'a'"],
    ["keyword", "else"],
    ["keyword", "None"],
  ]);
});

test("a decorator is one at the start of a line only", () => {
  assert.deepEqual(tones("@asset\na @ b"), [["decorator", "@asset"]]);
});

test("a string that never ends does not stop the rest from being shown", () => {
  const source = 'x = """never\nended';
  assert.equal(pieces(source).map((piece) => piece.text).join(""), source);
});

test("nothing is lost", () => {
  const source = "@a.b\ndef f(s: str = f\"{1}\") -> None:\n    '''doc # no comment'''\n";
  assert.equal(pieces(source).map((piece) => piece.text).join(""), source);
});
