// A title of twenty words with the classifier, a keystroke with the index alone, and the memory it takes, in Node and in Chromium, through
// the package as built; beside MiniSearch over the same texts, the lexicon included, in the same run.
//
//   node tests/bench/titles.mjs
//
// Titles and queries are drawn as `titles/draw.mjs` says. A call is timed by itself, from text to hits as objects. Figures are medians of
// several runs after one to warm up. The two are timed one after the other, not in turn: MiniSearch leaves much for the collector of
// garbage, which would fall on ours.

import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readCorpus } from "../eval/corpus.mjs";
import { minisearch } from "./search/engines.mjs";
import { keystrokes, median, quantile } from "./search/measure.mjs";
import { WORDS, drawShort, drawTitles } from "./titles/draw.mjs";
import { withPage } from "./titles/page.mjs";
import { openMiniSearch, openOurs, times } from "./titles/run.mjs";

const TITLES = 1000;
const SHORT = 100;
const MIB = 2 ** 20;
const root = fileURLToPath(new URL("../..", import.meta.url));
const library = join(createRequire(join(root, "www/package.json")).resolve("minisearch"), "../../es/index.js");
const json = (await minisearch(root, readCorpus(root))).index.toString();
const texts = { classifier: drawTitles(root, TITLES), index: keystrokes(drawShort(root, SHORT)) };
const ROWS = [
  ["classifier", `title of ${WORDS} words, classifier`, { p50: 1, p99: 5 }],
  ["index", "keystroke, the index alone", { p99: 2 }],
];

console.log(`titles: ${TITLES} titles, ${texts.index.length} keystrokes of ${SHORT} short queries; milliseconds a call`);
console.log("  least: the same of each text's shortest time, which the machine's other work hardly touches; share: of MiniSearch's time");
console.log(line("", ["ours", "target", "least", "MiniSearch", "least", "share", "target"]));
report(`Node ${process.versions.node}`, await inNode());
report(...(await inChromium()));

/** Memory is read before MiniSearch is there, and after the titles, for they can make it grow. */
async function inNode() {
  const ours = await openOurs(await import("../../www/package/dist/index.js"));
  const loaded = ours.bytes();
  const took = { classifier: [await times(ours.classifier, texts.classifier)] };
  const memory = { loaded, searched: ours.bytes(), packs: ours.packs };
  took.index = [await times(ours.index, texts.index)];
  const theirs = openMiniSearch((await import(library)).default, json);
  for (const name of Object.keys(took)) took[name].push(await times(theirs, texts[name]));
  return { took, memory };
}

function inChromium() {
  return withPage(root, library, json, async (page, version) => {
    const memory = await page.evaluate(async () => {
      globalThis.bench = await import("/titles/run.mjs");
      globalThis.ours = await bench.openOurs(await import("/dutiable/index.js"));
      return { loaded: ours.bytes(), packs: ours.packs };
    });
    const timed = (engine, texts) =>
      page.evaluate(([engine, texts]) => bench.times(engine === "theirs" ? theirs : ours[engine], texts), [engine, texts]);
    const took = { classifier: [await timed("classifier", texts.classifier)] };
    memory.searched = await page.evaluate(() => ours.bytes());
    memory.heap = await heap(page);
    took.index = [await timed("index", texts.index)];
    await page.evaluate(async () => {
      const [library, index] = await Promise.all([import("/minisearch.js"), fetch("/minisearch.json")]);
      globalThis.theirs = bench.openMiniSearch(library.default, await index.text());
    });
    for (const name of Object.keys(took)) took[name].push(await timed("theirs", texts[name]));
    return [`Chromium ${version}`, { took, memory }];
  });
}

/**
 * What the page holds beside the module's memory, the browser's own parts included. `performance.measureUserAgentSpecificMemory` leaves the
 * module's memory out likewise, and answers after some twenty seconds.
 */
async function heap(page) {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize, backingStorageSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return { objects: usedSize, buffers: backingStorageSize };
}

function report(where, { took, memory }) {
  for (const [name, what, targets] of ROWS) {
    for (const [label, share] of [["p50", 0.5], ["p99", 0.99]]) {
      const [ours, theirs] = took[name].map((runs) => median(runs.map((run) => quantile(run, share))));
      const [least, theirLeast] = took[name].map((runs) => quantile(runs[0].map((_, at) => Math.min(...runs.map((run) => run[at]))), share));
      const target = targets[label] ? `≤ ${targets[label]}` : "";
      const cells = [ours, target, least, theirs, theirLeast, ours / theirs, "≤ 0.1"];
      console.log(line(`${where.split(".")[0]}, ${what}, ${label}`, cells));
    }
  }
  const mib = (bytes) => `${(bytes / MIB).toFixed(2)} MiB`;
  const { loaded, searched, packs, heap } = memory;
  console.log(`  ${where}, ${packs.join(", ")}:`);
  console.log(`  memory of the module ${mib(loaded)} after load, ${mib(searched)} after the titles (target ≤ 12 MiB)`);
  if (heap) console.log(`  beside it ${mib(heap.objects)} of objects and ${mib(heap.buffers)} of buffers, the packs kept for a restart among them`);
}

function line(head, cells) {
  const text = (cell) => (typeof cell === "number" ? cell.toFixed(3) : cell).padStart(10);
  return [head.padEnd(50), ...cells.map(text)].join(" ");
}
