// What the other engines search: what our index and our classifier are made from, the lexicon included.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readCorpus as readTables } from "../bench/search/corpus.mjs";
import { readCsv } from "../support/csv.mjs";

/** The trade terms that neither the index nor the classifier was told, each once with every code that it has. */
export function heldOut(root) {
  const terms = new Map();
  for (const { term, code } of readCsv(join(root, "tariff-data/tables/hs/held_out_terms.csv"))) {
    const query = term.toLowerCase();
    terms.set(query, [...(terms.get(query) ?? []), code.slice(0, 6)]);
  }
  return { name: "trade terms held out", queries: [...terms].map(([query, codes]) => ({ query, codes })) };
}

/** One document a subheading: see the bench's. Terms of headings stand with each subheading. */
export function readCorpus(root) {
  const documents = readTables(join(root, "tariff-data/tables"));
  const under = new Map();
  for (const document of documents) {
    for (const length of [4, 6]) {
      const code = document.id.slice(0, length);
      under.set(code, [...(under.get(code) ?? []), document]);
    }
  }
  const rows = (kind) => {
    const folder = join(root, "tariff-data/lexicon", kind);
    return readdirSync(folder).flatMap((file) => readCsv(join(folder, file)));
  };
  for (const { term, code, given } of rows("terms")) {
    for (const document of under.get(code) ?? []) document.terms += `. ${term} ${given.replaceAll("|", " ")}`;
  }
  for (const { text, code } of rows("examples")) {
    for (const document of under.get(code) ?? []) document.lines += `. ${text}`;
  }
  for (const { name, goods, code } of readCsv(join(root, "tariff-data/lexicon/names.csv"))) {
    for (const document of under.get(code) ?? []) document.lines += `. ${name} ${goods}`;
  }
  return documents;
}
