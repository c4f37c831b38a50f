import { test } from "node:test";
import assert from "node:assert/strict";
import { blocks, spans } from "./markdown.tsx";

test("a note is taken apart into blocks", () => {
  const note = "# Daily\n\nof the\ncity\n- one\n- two\n\n```\n<b>code</b>\n```";
  assert.deepEqual(blocks(note), [
    { kind: "heading", text: "Daily" },
    { kind: "paragraph", text: "of the city" },
    { kind: "list", items: ["one", "two"] },
    { kind: "code", text: "<b>code</b>" },
  ]);
});

test("code that is not closed runs to the end", () => {
  assert.deepEqual(blocks("```\na"), [{ kind: "code", text: "a" }]);
});

test("a line is taken apart into spans", () => {
  assert.deepEqual(spans("**all** of `x` is *here*: [site](https://example.com)."), [
    { kind: "strong", text: "all" },
    { kind: "text", text: " of " },
    { kind: "code", text: "x" },
    { kind: "text", text: " is " },
    { kind: "em", text: "here" },
    { kind: "text", text: ": " },
    { kind: "link", text: "site", href: "https://example.com" },
    { kind: "text", text: "." },
  ]);
});

test("markup and links to elsewhere stay text", () => {
  const told = "<img src=x onerror=alert(1)> [go](javascript:alert(1)) [it](data:text/html,x)";
  assert.deepEqual(spans(told).filter((span) => span.kind !== "text"), []);
  assert.equal(spans(told).map((span) => span.text).join(""), told);
});
