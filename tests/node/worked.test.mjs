// Every worked example through the built package, in Node.

import test from "node:test";
import assert from "node:assert/strict";
import { createEngine } from "dutiable";
import { examples } from "../support/examples.mjs";
import { misses } from "../support/worked.mjs";

test("every worked example comes out in Node", async () => {
  const engine = await createEngine();
  const all = examples();
  assert.ok(all.length >= 100, `only ${all.length} examples`);
  const missed = [];
  for (const { name, request, expect } of all) {
    let quote, error;
    try {
      quote = await engine.quote(request);
    } catch (thrown) {
      error = thrown;
    }
    for (const miss of misses(expect, quote, error)) missed.push(`${name}: ${miss}`);
  }
  assert.deepEqual(missed, []);
});
