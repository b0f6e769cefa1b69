// The engines, each with the options its own guide gives for search as you type over several fields: prefixes, and misspellings
// where it has them. Boosts are the best of a few that were tried for each.
//
// An engine is { name, options, index, load(index), search(text) }: `index` is what would be served, `load` makes it ready,
// `search` gives codes of six digits, the best first.

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { FIELDS, OPTIONS, SEARCH } from "./minisearch.mjs";
import { words } from "./words.mjs";

export const HITS = 10;

/** Ours, through the wasm: the index alone, or with the classifier. */
export async function dutiable(root, { classifier = false } = {}) {
  const glue = await import(pathToFileURL(join(root, "target/wasm/navigator/dutiable.js")));
  glue.initSync({ module: readFileSync(join(root, "target/wasm/navigator/dutiable_bg.wasm")) });
  const packs = readdirSync(join(root, "packs"));
  const read = (id) => readFileSync(join(root, "packs", packs.find((name) => name.startsWith(`${id}.`) && name.split(".").length === id.split(".").length + 2)));
  const [tree, index, titles, learned] = ["hs2022", "hs2022.index", "hs2022.en", "hs2022.classifier"].map(read);
  let engine;
  return {
    name: classifier ? "dutiable" : "dutiable, the index",
    options: "last word as prefix, 1 slip from 4 letters, 2 from 8; hits with titles, path and reasons",
    index: Buffer.concat(classifier ? [tree, index, learned] : [tree, index]),
    load() {
      engine = new glue.Engine();
      engine.openPack(new Uint8Array(tree), undefined);
      engine.openPack(new Uint8Array(index), undefined);
      if (classifier) engine.openPack(new Uint8Array(learned), undefined);
    },
    ready: () => engine.openPack(new Uint8Array(titles), undefined),
    search: (text) => JSON.parse(engine.search(JSON.stringify({ text, limit: HITS, classifier }))).hits.map((hit) => hit.code),
  };
}

async function peer(root, name) {
  const require = createRequire(join(root, "www/package.json"));
  return import(pathToFileURL(require.resolve(name)));
}

/** https://github.com/lucaong/minisearch */
export async function minisearch(root, corpus) {
  const { default: MiniSearch } = await peer(root, "minisearch");
  const built = new MiniSearch(OPTIONS);
  built.addAll(corpus);
  let engine;
  return {
    name: "MiniSearch",
    options: "prefix on the last word, fuzzy 0.2 from 4 letters, boost title 2 terms 2",
    index: Buffer.from(JSON.stringify(built)),
    load: (index) => (engine = MiniSearch.loadJSON(index.toString(), OPTIONS)),
    search: (text) => engine.search(text, SEARCH).slice(0, HITS).map((hit) => hit.id),
  };
}

/** https://github.com/nextapps-de/flexsearch */
export async function flexsearch(root, corpus) {
  const { default: { Document } } = await peer(root, "flexsearch");
  const make = () => new Document({
    document: { id: "id", index: FIELDS.map((field) => ({ field, tokenize: "forward", encode: words })) },
  });
  const built = make();
  corpus.forEach((document) => built.add(document));
  const parts = {};
  await built.export((key, data) => { parts[key] = data; });
  let engine;
  return {
    name: "FlexSearch",
    options: "Document, tokenize forward (every word as prefix), suggest, merged fields; no misspellings",
    index: Buffer.from(JSON.stringify(parts)),
    load(index) {
      engine = make();
      for (const [key, data] of Object.entries(JSON.parse(index.toString()))) engine.import(key, data);
    },
    search: (text) => engine.search({ query: text, suggest: true, limit: HITS, merge: true }).slice(0, HITS).map((hit) => hit.id),
  };
}

/** https://github.com/oramasearch/orama */
export async function orama(root, corpus) {
  const { create, insertMultiple, save, load, search } = await peer(root, "@orama/orama");
  const tokenizer = { language: "english", normalizationCache: new Map(), tokenize: (text) => words(String(text)) };
  const make = () => create({
    schema: Object.fromEntries(FIELDS.map((field) => [field, "string"])),
    components: { tokenizer },
  });
  const built = make();
  await insertMultiple(built, corpus, 5000);
  const saved = save(built);
  // The texts are not part of an index that is only searched.
  for (const document of Object.values(saved.docs.docs)) FIELDS.forEach((field) => delete document[field]);
  let engine;
  return {
    name: "Orama",
    options: "tolerance 1, threshold 1 (any word), boost title 2 terms 2",
    index: Buffer.from(JSON.stringify(saved)),
    load(index) {
      engine = make();
      load(engine, JSON.parse(index.toString()));
    },
    search: (term) =>
      search(engine, { term, limit: HITS, tolerance: 1, threshold: 1, boost: { title: 2, terms: 2 } }).hits.map((hit) => hit.id),
  };
}

/** https://www.fusejs.io */
export async function fuse(root, corpus) {
  const { default: Fuse } = await peer(root, "fuse.js");
  const keys = [{ name: "title", weight: 2 }, "ancestors", { name: "terms", weight: 2 }, "ancestorTerms", "lines"];
  const options = { keys, ignoreLocation: true, threshold: 0.3, useExtendedSearch: true };
  const index = { documents: corpus, index: Fuse.createIndex(keys, corpus).toJSON() };
  // In its extended search a bar is "or".
  const any = (text) => words(text).join(" | ");
  let engine;
  return {
    name: "Fuse.js",
    options: "extended search, any word, threshold 0.3, ignoreLocation, weight title 2 terms 2; it needs the texts",
    isSlow: true,
    index: Buffer.from(JSON.stringify(index)),
    load(bytes) {
      const { documents, index } = JSON.parse(bytes.toString());
      engine = new Fuse(documents, options, Fuse.parseIndex(index));
    },
    search: (text) => engine.search(any(text), { limit: HITS }).map((hit) => hit.item.id),
  };
}
