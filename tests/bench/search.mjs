// Search beside what a page would use instead: same corpus, same queries, one run.
//
//   node tests/bench/search.mjs [dutiable minisearch flexsearch orama fuse]
//
// Development sets beside the checkout are used where they are there, or else tests/navigator/examples.csv.

import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCorpus, readQueries } from "./search/corpus.mjs";
import * as engines from "./search/engines.mjs";
import { brotli, hits, keystrokes, latency, median, timed } from "./search/measure.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const sets = readQueries(join(root, "../shared/dev-eval"), join(root, "tests/navigator/examples.csv"));
const corpus = readCorpus(join(root, "tariff-data/tables"));
const every = (list, step) => list.filter((_, position) => position % step === 0);
const all = sets.flatMap((set) => set.queries);
// A search of Fuse.js takes as long as a thousand of the others'; it gets every fortieth query of the large sets.
const SLOW = 40;

console.log(`search: ${corpus.length} subheadings; ${sets.map((set) => `${set.queries.length} ${set.name}`).join(", ")}; hits@10 / hits@1 in %`);

// Names on the command line choose engines.
const names = process.argv.slice(2);
const wanted = names.length > 0 ? names : ["dutiable", "minisearch", "flexsearch", "orama", "fuse"];
const rows = [];
for (const make of wanted.map((name) => engines[name])) {
  const engine = await make(root, corpus);
  const loads = Array.from({ length: 5 }, () => timed(() => engine.load(engine.index)));
  engine.ready?.();
  const some = (queries, step) => every(queries, engine.isSlow && queries.length > 200 ? step : 1);
  const runs = engine.isSlow ? 1 : undefined;
  const queries = latency(engine, every(all, engine.isSlow ? 4 * SLOW : 4).map(({ query }) => query), runs);
  const typing = latency(engine, keystrokes(every(all, engine.isSlow ? 1000 : 20)), runs);
  const row = {
    engine: engine.name,
    "p50 ms": queries[0],
    "p99 ms": queries[1],
    "key p50": typing[0],
    "key p99": typing[1],
    "load ms": median(loads),
    "index KB br": brotli(engine.index) / 1000,
  };
  for (const set of sets) {
    const [ten, one] = hits(engine, some(set.queries, SLOW));
    row[set.name] = `${ten.toFixed(1)} / ${one.toFixed(1)}${engine.isSlow && set.queries.length > 200 ? " (sample)" : ""}`;
  }
  rows.push(row);
  console.log(`  ${engine.name}: ${engine.options}`);
}
console.log(table(rows));

function table(rows) {
  const text = (value) => (typeof value === "number" ? (value < 10 ? value.toFixed(3) : value.toFixed(0)) : value);
  const columns = Object.keys(rows[0]);
  const widths = columns.map((name) => Math.max(name.length, ...rows.map((row) => text(row[name]).length)));
  const line = (cells) => cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]) : cell.padStart(widths[at]))).join("  ");
  return [line(columns), ...rows.map((row) => line(columns.map((name) => text(row[name]))))].join("\n");
}
