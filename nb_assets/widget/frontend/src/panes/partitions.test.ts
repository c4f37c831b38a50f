import { test } from "node:test";
import assert from "node:assert/strict";
import type { PartitionView } from "../views.ts";
import { facts } from "./partitions.tsx";

const partition: PartitionView = { key: "2024-01-03", status: "fresh", reason: "", version: 2, made: 1000, summary: "31 rows" };

test("a fresh partition says what it holds", () => {
  assert.deepEqual(facts(partition, 1000).slice(0, 2), ["31 rows", "version 2"]);
});

test("one that is not fresh says why", () => {
  assert.deepEqual(facts({ ...partition, status: "stale", reason: "code changed", version: 1, made: null }, 1000), ["code changed"]);
  assert.deepEqual(facts({ ...partition, status: "missing", version: 0, made: null }, 1000), ["missing"]);
});
