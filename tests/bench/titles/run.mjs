// What is measured, the same in Node and in a page: nothing here may be of either alone.

import { OPTIONS, SEARCH } from "../search/minisearch.mjs";

const RUNS = 3;
const HITS = 10;

/**
 * The package as built, opened by one search that needs every pack, and the memory that its WebAssembly module then has. What the
 * package instantiates is seen by standing in for `WebAssembly.instantiate` meanwhile. The packs open as they arrive, and memory once
 * had is never given back, so that it differs by some hundred KiB from load to load.
 */
export async function openOurs({ createEngine }) {
  const { instantiate } = WebAssembly;
  const memories = [];
  WebAssembly.instantiate = async (...given) => {
    const made = await instantiate.apply(WebAssembly, given);
    const { exports } = made.instance ?? made;
    if (exports.engine_search) memories.push(exports.memory); // Node's own fetch instantiates another
    return made;
  };
  const engine = await createEngine();
  await engine.search({ text: "shirt", limit: HITS, classifier: true });
  WebAssembly.instantiate = instantiate;
  if (memories.length !== 1) throw new Error(`${memories.length} modules in place of the navigator's`);
  return {
    bytes: () => memories[0].buffer.byteLength,
    packs: engine.releaseInfo().packs.filter(({ loaded }) => loaded).map(({ id }) => id),
    classifier: (text) => engine.search({ text, limit: HITS, classifier: true }),
    index: (text) => engine.search({ text, limit: HITS }),
  };
}

/** MiniSearch from the index that was built for it. */
export function openMiniSearch(MiniSearch, json) {
  const engine = MiniSearch.loadJSON(json, OPTIONS);
  return (text) => engine.search(text, SEARCH).slice(0, HITS);
}

/** Milliseconds of every search, a run at a time, after one run to warm up. Ours answers by promise; both are awaited. */
export async function times(search, texts) {
  const runs = [];
  for (let run = 0; run <= RUNS; run += 1) {
    const took = [];
    for (const text of texts) {
      const from = performance.now();
      await search(text);
      took.push(performance.now() - from);
    }
    runs.push(took);
  }
  return runs.slice(1);
}
