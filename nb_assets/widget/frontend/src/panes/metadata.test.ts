import { test } from "node:test";
import assert from "node:assert/strict";
import type { DetailsView } from "../views.ts";
import { entries } from "./metadata.tsx";

test("tags and owners follow the metadata as texts", () => {
  const details = {
    metadata: [{ name: "rows", text: "3", kind: "int", href: "", asset: "", table: null, points: [] }],
    tags: [{ name: "tier", text: "gold" }],
    owners: ["ada@example.com", "team:metrics"],
  } as unknown as DetailsView;
  assert.deepEqual(
    entries(details).map(({ name, text, kind }) => [name, text, kind]),
    [
      ["rows", "3", "int"],
      ["tier", "gold", "text"],
      ["owners", "ada@example.com, team:metrics", "text"],
    ],
  );
});
