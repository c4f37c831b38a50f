import assert from "node:assert/strict";
import { test } from "node:test";
import { Requests } from "./requests.ts";

const message = { kind: "cancel", request: "v:1" };

test("what was heard is not asked again", () => {
  const requests = new Requests<{ request: string }>();
  requests.sent(message, 0);
  requests.heard("v:1");
  assert.deepEqual(requests.due(100), []);
  assert.equal(requests.late(100), 0);
  assert.equal(requests.size, 0);
});

test("what was not heard is asked again, less and less often, and as it was", () => {
  const requests = new Requests<{ request: string }>();
  requests.sent(message, 0);
  const asked = Array.from({ length: 120 }, (_, second) => second).filter((second) => requests.due(second).length > 0);
  assert.deepEqual(asked, [5, 15, 35]);
  requests.sent(message, 200);
  assert.equal(requests.due(205)[0], message);
});

test("it is late after five seconds, until it is heard", () => {
  const requests = new Requests<{ request: string }>();
  requests.sent(message, 0);
  requests.sent({ ...message, request: "v:2" }, 4);
  assert.deepEqual([requests.late(4.9), requests.late(5), requests.late(9)], [0, 1, 2]);
  requests.heard("v:1");
  assert.equal(requests.late(9), 1);
});
