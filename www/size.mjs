// `make size`: every file of the built package, raw and brotli, and the parts that have a budget beside it.
// A part over its budget fails.

import { readFile, readdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

const DIST = fileURLToPath(new URL("package/dist", import.meta.url));

/** As a web server would send it: the strongest setting, with the window the size asks for. */
function brotli(bytes) {
  return brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  }).length;
}

/** The files of the built package, each with its sizes; brotli takes its time, so a file is compressed only when asked for. */
async function measure(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = new Map();
  for (const entry of entries.filter((entry) => entry.isFile() && !entry.name.startsWith("."))) {
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const bytes = await readFile(path);
    let packed;
    sizes.set(relative(folder, path), {
      raw: bytes.length,
      get packed() {
        return (packed ??= brotli(bytes));
      },
    });
  }
  return sizes;
}

/** A module and all that it imports at once; languages and the engine come when first asked for. */
async function closure(folder, entry) {
  const found = new Set();
  const follow = async (name) => {
    if (found.has(name)) return;
    found.add(name);
    const text = await readFile(join(folder, name), "utf8");
    for (const [, file] of text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)) await follow(file);
  };
  await follow(entry);
  return found;
}

/** The territories that have a tariff: a pack of their own name. */
const tariffs = (names) => names.flatMap((name) => /^packs\/([a-z]+)\.\w{16}\.pack$/.exec(name)?.[1] ?? []);

/** Of parts of one kind the four largest: if these are within the budget, so is every other. */
const largest = (parts, sizes) => {
  const size = ({ files }) => files.reduce((sum, name) => sum + sizes.get(name).packed, 0);
  return parts.map((part) => [size(part), part]).sort(([a], [b]) => b - a).slice(0, 4).map(([, part]) => part);
};

/** Which files count against which budget, in KB of brotli. */
async function parts(folder, sizes) {
  const names = [...sizes.keys()];
  const packs = (pattern) => names.filter((name) => name.startsWith("packs/") && pattern.test(name));
  const loader = await closure(folder, "index.js");
  const withElement = async (entry) => [...new Set([...loader, ...(await closure(folder, entry))])];
  return [
    { part: "wasm that quotes", files: ["quotes.wasm"], most: 80 },
    { part: "wasm that searches", files: ["navigator.wasm"], most: 80 },
    { part: "loader and glue", files: [...loader] },
    { part: "loader, glue and <landed-cost>", files: await withElement("landed-cost.js"), most: 20 },
    { part: "loader, glue and <hs-navigator>", files: await withElement("hs-navigator.js"), most: 20 },
    { part: "loader, glue and both elements", files: await withElement("define.js") },
    { part: "catalogues, imported apart", files: [...(await closure(folder, "catalogue.js"))] },
    { part: "navigator: tree and index, no texts", files: packs(/^packs\/hs2022(\.index)?\.\w{16}\.pack/), most: 160 },
    { part: "English texts, six digits", files: packs(/^packs\/hs2022\.en\./), most: 95 },
    { part: "classifier, loaded on first use", files: packs(/^packs\/hs2022\.classifier\./), most: 700 },
    ...["de", "fr", "es", "ja", "pt"].flatMap((language) => [
      { part: `navigator in another language: index ${language}`, files: packs(new RegExp(`^packs/hs2022\\.index\\.${language}\\.`)), most: 120 },
      { part: `texts, six digits: ${language}`, files: packs(new RegExp(`^packs/hs2022\\.${language}\\.`)), most: 95 },
    ]),
    { part: "facets, loaded with the first question", files: packs(/^packs\/hs2022\.facets\./), most: 25 },
    { part: "guided questions, likewise", files: names.filter((name) => /^guide-\w+\.js$/.test(name)) },
    ...largest(tariffs(names).map((tariff) => ({
      part: `third-country rates and rules: ${tariff}`,
      files: packs(new RegExp(`^packs/${tariff}(\\.rules)?\\.\\w{16}\\.pack`)),
      most: 200,
    })), sizes),
    ...largest(names.filter((name) => /^packs\/[a-z]+-/.test(name)).map((name) => ({
      part: `preferences and remedies: ${name.split(/[/.]/)[1]}`,
      files: [name],
      most: 60,
    })), sizes),
    { part: "first quote: China to the EU, all it downloads", files: [
      "quotes.wasm", "packs.json", ...names.filter((name) => name.startsWith("en-notices-")), ...(await withElement("landed-cost.js")),
      ...packs(/^packs\/(eu|eu\.rules|eu-CN|fx)\.\w{16}\.pack/),
    ], most: 250 },
  ].filter(({ files }) => files.length > 0);
}

/**
 * Prints the parts of the built package that have a budget, and with `all` every file; answers whether a part is over its budget.
 * @param {{ folder?: string, all?: boolean }} [options]
 */
export async function printSizes({ folder = DIST, all = false } = {}) {
  let anyOver = false;
  const sizes = await measure(folder);
  const row = (name, raw, packed, note = "") => console.log(`${name.padEnd(44)} ${raw.padStart(12)} ${packed.padStart(12)}${note}`);
  if (all) {
    row("file", "bytes", "brotli");
    for (const [name, size] of [...sizes].sort(([a], [b]) => (a < b ? -1 : 1))) {
      row(name, size.raw.toLocaleString("en"), size.packed.toLocaleString("en"));
    }
    console.log();
  }
  for (const { part, files, most } of await parts(folder, sizes)) {
    const packed = files.reduce((sum, name) => sum + sizes.get(name).packed, 0);
    const over = most !== undefined && packed > most * 1000;
    row(part, most === undefined ? "" : `≤ ${most} KB`, packed.toLocaleString("en"), over ? "   OVER" : "");
    anyOver ||= over;
  }
  return anyOver;
}

// A build says that a part is over its budget; only `make size` fails on it.
if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href && (await printSizes({ all: true }))) process.exitCode = 1;
