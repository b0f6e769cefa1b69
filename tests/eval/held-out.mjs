// The trade terms that neither the index nor the classifier is made from: a tenth, by a hash of the text, so that the split is the same for
// ever. As `tariff-data/src/split.rs` has it.

import { join } from "node:path";
import { readCsv } from "../bench/search/corpus.mjs";

const MASK = (1n << 64n) - 1n;

/** Whether a text is held out: FNV-1a over it in lower case, its halves laid over each other, is a multiple of ten. */
export function isHeldOut(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text.toLowerCase())) hash = ((hash ^ BigInt(byte)) * 0x100000001b3n) & MASK;
  return (hash ^ (hash >> 32n)) % 10n === 0n;
}

/** Each held-out term with all its codes. */
export function heldOut(tables) {
  const terms = new Map();
  for (const { term, code } of readCsv(join(tables, "hs/terms.csv"))) {
    if (isHeldOut(term)) terms.set(term, [...(terms.get(term) ?? []), code.slice(0, 6)]);
  }
  return [...terms].map(([query, codes]) => ({ query, codes }));
}
