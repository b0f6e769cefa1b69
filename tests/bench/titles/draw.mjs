// What is searched: titles of twenty words, and short queries as they are typed.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readCsv } from "../../support/csv.mjs";

export const WORDS = 20;

/**
 * So many titles of twenty words, evenly from the whole lexicon. Few of its examples are that long, so examples of one subheading that
 * follow each other are joined until there are twenty words, and the rest is cut off. Every word was learned from, so that none is
 * passed over as unknown: a shop's title asks less.
 */
export function drawTitles(root, count) {
  const titles = [];
  let [code, words] = ["", []];
  for (const example of examples(root)) {
    if (example.code !== code) [code, words] = [example.code, []];
    words.push(...example.text.split(/\s+/));
    if (words.length < WORDS) continue;
    titles.push(words.slice(0, WORDS).join(" "));
    words = [];
  }
  return evenly(titles, count);
}

/** Examples of three words at most, evenly from the whole lexicon. */
export function drawShort(root, count) {
  return evenly(examples(root).filter(({ text }) => text.split(/\s+/).length <= 3), count).map(({ text }) => ({ query: text }));
}

function examples(root) {
  const folder = join(root, "tariff-data/lexicon/examples");
  return readdirSync(folder).sort().flatMap((file) => readCsv(join(folder, file)));
}

const evenly = (list, count) => Array.from({ length: count }, (_, at) => list[Math.floor((at * list.length) / count)]);
