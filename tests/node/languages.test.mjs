// In which language the navigator is asked, and which packs that takes.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { asked } from "../../www/package/src/asked.js";
import { languageOf, packsForSearch } from "../../www/package/src/packs.js";

const pack = (id, kind, language = null, destinations = null) => ({ id, kind, language, destinations });
const PACKS = [
  pack("hs2022", "nomenclature"),
  pack("hs2022.index", "index"),
  pack("hs2022.index.de", "index", "de"),
  pack("hs2022.en", "text", "en"),
  pack("hs2022.de", "text", "de"),
  pack("jp.ja", "text", "ja", ["JP"]),
  pack("gb", "tariff", null, ["GB"]),
];
const needed = (query) => packsForSearch(PACKS, query).map(({ id }) => id);

describe("the packs of a search", () => {
  it("are the English ones where no language is named", () => {
    assert.deepEqual(needed({ text: "tea" }), ["hs2022", "hs2022.index", "hs2022.en"]);
    assert.deepEqual(needed(undefined), needed({ text: "tea", language: "en-GB" }));
  });

  it("are those of the language that is named, and of no other", () => {
    assert.deepEqual(needed({ text: "Tee", language: "de-AT" }), ["hs2022", "hs2022.index.de", "hs2022.de"]);
  });

  it("are the tree alone where there is no such index: the engine then says what is missing", () => {
    assert.deepEqual(needed({ text: "tè", language: "it" }), ["hs2022"]);
  });

  it("have a destination's lines in whatever language those are", () => {
    assert.deepEqual(needed({ text: "Tee", language: "de", destination: "JP" }), ["hs2022", "hs2022.index.de", "hs2022.de", "jp.ja"]);
  });
});

describe("the language of an element's search", () => {
  const engine = { releaseInfo: () => ({ packs: PACKS }) };

  it("is the reader's where there is an index of it", () => {
    assert.deepEqual(asked(engine, null, "de-CH"), { language: "de" });
    assert.deepEqual(asked(engine, "JP", "de"), { destination: "JP", language: "de" });
  });

  it("is English, and none is named, where there is not", () => {
    assert.deepEqual(asked(engine, null, "it"), {});
    assert.deepEqual(asked(engine, "JP", "en-GB"), { destination: "JP" });
    assert.deepEqual(asked({}, null, "de"), {});
  });

  it("is that of a tag without its country", () => {
    assert.deepEqual(["de-AT", "DE", "es_MX", null, 7].map(languageOf), ["de", "de", "es", "en", "en"]);
  });
});
