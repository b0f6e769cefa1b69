// Every example of tests/navigator/checks.csv through the built package, in Node: the findings are those of the engine itself.

import test from "node:test";
import assert from "node:assert/strict";
import { createEngine, sayFindings } from "dutiable";
import { readCsv } from "../support/csv.mjs";

test("every example of a check comes out in Node, with a sentence for each finding", async () => {
  const engine = await createEngine();
  const all = readCsv(new URL("../navigator/checks.csv", import.meta.url));
  assert.ok(all.length >= 60, `only ${all.length} examples`);
  for (const { code, destination, description, classifier, findings, why } of all) {
    const asked = { code, ...(destination && { destination }), ...(description && { description }), classifier: classifier === "y" };
    const checked = await engine.checkCode(asked);
    assert.equal(checked.findings.map((finding) => finding.code).join(";"), findings, `${code} ${destination} ${description}: ${why}`);
    const said = await sayFindings(checked);
    assert.equal(said.length, checked.findings.length);
    for (const text of said) assert.doesNotMatch(text, /[{}]|undefined|finding\./);
  }
  engine.free();
});
