// The classifier through the package as built: how sure it is, what it lacks, and what it asks about.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { createEngine } from "dutiable";

describe("the classifier", () => {
  /** @type {import("../../www/package/index.d.ts").Engine} */
  let engine;
  before(async () => {
    engine = await createEngine();
  });
  after(() => engine.free());

  const search = (text, more = {}) => engine.search({ text, classifier: true, ...more });

  it("says how sure it is of each code, in two decimals, and nothing where the index alone ranks", async () => {
    const { hits, needs } = await search("wireless earbuds with charging case");
    assert.equal(hits[0].code, "851830");
    assert.ok(Number(hits[0].confidence) > 0.8, hits[0].confidence);
    for (const { confidence } of hits) assert.match(confidence, /^0\.\d\d$/);
    assert.equal(needs, null);
    const index = await engine.search({ text: "wireless earbuds" });
    assert.ok(index.hits.every(({ confidence }) => confidence === null));
  });

  it("says what is lacking where words say nothing of the goods, and where no code is likely", async () => {
    assert.deepEqual((await search("parts")).needs, { reason: "too-vague", lacks: ["what-of"] });
    assert.deepEqual((await engine.search({ text: "gift" })).needs, { reason: "too-vague", lacks: ["kind"] });
    const unsure = await search("stand");
    assert.deepEqual(unsure.needs, { reason: "unsure", lacks: ["kind", "material"] });
    assert.ok(Number(unsure.hits[0].confidence) < 0.34);
    assert.equal((await search("silver ring for women")).needs, null);
    assert.deepEqual((await search("zzqx")).needs, { reason: "no-match" });
    assert.equal((await search("6109")).needs, null);
  });

  it("takes what is denied for what it is", async () => {
    const first = async (text) => (await search(text)).hits[0].code;
    assert.notEqual(await first("wooden chair, not upholstered"), await first("wooden chair, upholstered"));
  });

  it("gives a line its subheading's confidence", async () => {
    const [line] = (await search("wireless earbuds with charging case", { destination: "US" })).hits;
    assert.equal(line.code.slice(0, 6), "851830");
    assert.match(line.confidence, /^0\.\d\d$/);
  });

  it("has a guide offer the likeliest goods first", async () => {
    for (const [text, heading] of [["lawnmower", "8433"], ["leather case", "4202"]]) {
      const { question } = await engine.guide({ text, classifier: true });
      assert.deepEqual([question.facet, question.answers[0].value], ["goods", heading], text);
    }
  });

  it("is asked about by guided questions where they say so", async () => {
    const found = async (classifier) => (await engine.guide({ text: "cosy grey hoodie", classifier })).candidates.map(({ code }) => code);
    assert.ok((await found(true)).includes("611020"));
    assert.notDeepEqual(await found(true), await found(false));
  });
});
