// How often the right code is found, beside what a page would use instead: same texts, same queries, one run.
//
//   node tests/eval/eval.mjs [dutiable index minisearch flexsearch orama]
//
// The trade terms that are held out for ever; the development sets where they are beside the checkout, or else tests/navigator/examples.csv. Our own
// examples that are held out of training are measured by `cargo tariff train --measure`.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readQueries } from "../bench/search/corpus.mjs";
import * as peers from "../bench/search/engines.mjs";
import { heldOut, readCorpus } from "./corpus.mjs";
import { LEVELS, WITHIN, hits } from "./hits.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sets = readQueries(join(root, "../shared/dev-eval"), join(root, "tests/navigator/examples.csv"));
sets.push(heldOut(root));
const corpus = readCorpus(root);
const makers = {
  dutiable: () => peers.dutiable(root, { classifier: true }),
  index: () => peers.dutiable(root),
  minisearch: () => peers.minisearch(root, corpus),
  flexsearch: () => peers.flexsearch(root, corpus),
  orama: () => peers.orama(root, corpus),
};

const names = process.argv.slice(2);
const rows = new Map(sets.map(({ name }) => [name, []]));
for (const name of names.length > 0 ? names : Object.keys(makers)) {
  const engine = await makers[name]();
  engine.load(engine.index);
  engine.ready?.();
  for (const { name, queries } of sets) rows.get(name).push([engine.name, hits(engine, queries)]);
}

const heads = LEVELS.map((digits) => `${digits} digits`.padEnd(20)).join("  ");
for (const { name, queries } of sets) {
  console.log(`\n${name}: ${queries.length} queries, hits among the first ${WITHIN.join(", ")} in %`);
  console.log(`  ${"".padEnd(24)}${heads}`);
  for (const [engine, shares] of rows.get(name)) {
    const cell = (level) => level.map((share) => (Number.isNaN(share) ? "–" : share.toFixed(1)).padStart(5)).join(" ").padEnd(20);
    console.log(`  ${engine.padEnd(24)}${shares.map(cell).join("  ")}`);
  }
}
