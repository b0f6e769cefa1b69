// Every example of tests/navigator/checks.csv through the built package, in Node: the findings are those of the engine itself.

import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createEngine, sayFindings } from "dutiable";

/** The rows of a CSV in which a cell in quotes holds commas but no quotes and no line ends. */
function rows(text) {
  const lines = text.trim().split("\n").slice(1);
  return lines.map((line) => [...line.matchAll(/(?<=^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain));
}

test("every example of a check comes out in Node, with a sentence for each finding", async () => {
  const engine = await createEngine();
  const all = rows(readFileSync(new URL("../navigator/checks.csv", import.meta.url), "utf8"));
  assert.ok(all.length >= 60, `only ${all.length} examples`);
  for (const [code, destination, description, findings, why] of all) {
    const checked = await engine.checkCode({ code, ...(destination && { destination }), ...(description && { description }) });
    assert.equal(checked.findings.map((finding) => finding.code).join(";"), findings, `${code} ${destination} ${description}: ${why}`);
    const said = await sayFindings(checked);
    assert.equal(said.length, checked.findings.length);
    for (const text of said) assert.doesNotMatch(text, /[{}]|undefined|finding\./);
  }
  engine.free();
});
