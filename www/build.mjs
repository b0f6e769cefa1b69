// Puts the npm package together: our modules, minified, in www/package/dist with the engine, its glue and the packs beside them;
// and the demo's script in www/demo/dist. What is in package/ and demo/ ships; what is in dist/ is thrown away and made anew.
//
//   node www/build.mjs

import { createHash } from "node:crypto";
import { appendFile, cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build as bundle, transform } from "esbuild";

import { crateLicences } from "./crates.mjs";
import { printSizes } from "./size.mjs";

const TOP = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = join(TOP, "www", "package", "src");
/** Each element is a file of its own, so that a page that imports one of them from `dutiable/element` is spared the other. */
const ENTRIES = ["index", "element", "define", "landed-cost", "hs-navigator", "catalogue"];
/** The WebAssembly modules, each with glue of its own. */
const MODULES = ["quotes", "navigator"];
/** What runs in every browser that has constructable sheets, custom states and `light-dark()`. */
const TARGET = "es2022";

/**
 * Builds the package.
 * @param {object} [options]
 * @param {string} [options.engine] the folder with what wasm-pack wrote for each module
 * @param {string} [options.packs] the folder of packs with its `packs.json`
 * @param {string} [options.out]
 */
export async function buildPackage({ engine = join(TOP, "target/wasm"), packs = join(TOP, "packs"), out = join(TOP, "www/package/dist") } = {}) {
  await rm(out, { recursive: true, force: true });
  await mkdir(join(out, "packs"), { recursive: true });
  const { version } = JSON.parse(await readFile(join(TOP, "www/package/package.json"), "utf8"));
  const release = { version, wasm: {} };
  const made = {};
  for (const name of MODULES) {
    const wasm = await readFile(join(engine, name, "dutiable_bg.wasm"));
    release.wasm[name] = { sha256: createHash("sha256").update(wasm).digest("hex"), bytes: wasm.length };
    await writeFile(join(out, `${name}.wasm`), wasm);
    made[`./${name}-glue.js`] = await glue(join(engine, name, "dutiable.js"));
  }
  made["./release.js"] = `export const RELEASE = ${JSON.stringify(release)}`;
  await Promise.all([writeModules(out, made), copyPacks(packs, out)]);
}

function writeModules(out, made) {
  return bundle({
    entryPoints: ENTRIES.map((name) => join(SOURCES, `${name}.js`)),
    outdir: out,
    // Chunks lie beside the entries: `new URL("./quotes.wasm", import.meta.url)` must mean the same from each of them.
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    charset: "utf8",
    target: TARGET,
    plugins: [tightStyles, inPlaceOf(made)],
    legalComments: "none",
    lineLimit: 500, // an error in Node shows the line it came from
    logLevel: "warning",
  });
}

/** The styles are template strings, which a JavaScript minifier leaves alone. */
const tightStyles = {
  name: "tight-styles",
  setup(build) {
    build.onLoad({ filter: /-styles\.js$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const [before, css, after] = source.split("`");
      const { code } = await transform(css, { loader: "css", minify: true, target: TARGET });
      return { contents: [before, code.trim().replaceAll("\\", "\\\\"), after].join("`"), loader: "js" };
    });
  },
};

/** Modules that only the build can write. @param {Record<string, string>} made their contents, by the name they are imported by */
function inPlaceOf(made) {
  return {
    name: "in-place-of",
    setup(build) {
      build.onResolve({ filter: /^\.\// }, ({ path }) => (Object.hasOwn(made, path) ? { path, namespace: "made" } : undefined));
      build.onLoad({ filter: /.*/, namespace: "made" }, ({ path }) => ({ contents: made[path], loader: "js" }));
    },
  };
}

/**
 * wasm-bindgen's glue keeps its instance in module variables, so one copy of it can never start a second instance. Wrapped in a
 * function, each call makes a copy of its own: that is how a trapped engine is replaced.
 */
async function glue(from) {
  const { outputFiles } = await bundle({
    entryPoints: [from],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "bindings",
    target: TARGET,
    // The default address of the wasm is not ours and is never used: the loader passes a compiled module.
    define: { "import.meta.url": '"about:blank"' },
    logLevel: "warning",
  });
  return `export default () => { ${outputFiles[0].text}\nreturn bindings; };`;
}

/**
 * The manifest goes to the top of the package, the packs beneath it; the addresses inside are relative to the manifest. Every page
 * fetches it first, so what is null is left out and each source is written once.
 */
async function copyPacks(from, out) {
  const manifest = JSON.parse(await readFile(join(from, "packs.json"), "utf8"));
  const sources = {};
  const packs = [];
  for (const pack of manifest.packs) {
    await cp(join(from, pack.url), join(out, "packs", basename(pack.url)));
    for (const source of pack.sources ?? []) sources[source.id ?? source.title] = source;
    const entry = { ...pack, url: `packs/${basename(pack.url)}`, sources: (pack.sources ?? []).map((source) => source.id ?? source.title) };
    packs.push(Object.fromEntries(Object.entries(entry).filter(([, value]) => value !== null)));
  }
  await writeFile(join(out, "packs.json"), JSON.stringify({ format: manifest.format, sources, packs }));
  await writeFile(join(out, "..", "NOTICE"), notice(Object.values(sources)));
}

/** Whose facts the packs carry: every publisher once, with licence and edition. */
function notice(sources) {
  const lines = sources.map(({ title, publisher, licence, url, asOf }) =>
    [`${publisher}: ${title}${asOf ? `, as of ${asOf}` : ""}`, licence && `  Licence: ${licence}`, url && `  ${url}`].filter(Boolean).join("\n"));
  return ["The packs of this package carry facts and figures published by:", ...lines.sort()].join("\n\n") + "\n";
}

/**
 * Builds the demo's scripts. They import the package by name; the names are resolved here, through the package's own `exports`,
 * to where the server serves it. (An import map would do the same in the page, but only as an inline script, which a strict
 * policy forbids.)
 * @param {{ from?: string, packs?: string, out?: string, served?: string }} [options]
 */
export async function buildDemo({ from = join(TOP, "www/demo"), packs = join(TOP, "packs"), out = join(from, "dist"), served = "/dutiable/" } = {}) {
  await rm(out, { recursive: true, force: true });
  const scripts = (await readdir(join(from, "src"))).filter((name) => /^(catalogue|checkout|classify)\.js$/.test(name));
  await bundle({
    entryPoints: scripts.map((name) => join(from, "src", name)),
    outdir: out,
    bundle: true,
    format: "esm",
    minify: true,
    target: TARGET,
    plugins: [await byName(served), inPlaceOf({ "./facts.js": await demoFacts(packs) })],
    logLevel: "warning",
  });
}

/** What the demo offers: every place of the manifest, the regions in their rules, and the carriers' prices beside the tables. */
async function demoFacts(packs) {
  const manifest = JSON.parse(await readFile(join(packs, "packs.json"), "utf8"));
  const rules = manifest.packs.filter(({ kind }) => kind === "rules");
  const destinations = [...new Set(rules.flatMap((pack) => pack.destinations ?? []))].sort();
  const facts = { DESTINATIONS: destinations, REGIONS: await regions(), FEES: await carrierFees() };
  return Object.entries(facts).map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`).join("\n");
}

async function regions() {
  const folder = join(TOP, "tariff-data/rules");
  const found = {};
  for (const name of (await readdir(folder)).filter((name) => name.endsWith(".toml"))) {
    const [, ...places] = (await readFile(join(folder, name), "utf8")).split(/^\[\[place\]\]$/m);
    for (const place of places.map((text) => text.split(/^\[/m)[0])) {
      const code = /^code = "(\w+)"/m.exec(place)?.[1];
      const list = /^regions = \[([^\]]*)\]/m.exec(place)?.[1];
      if (code && list) found[code] = list.match(/\w+/g) ?? [];
    }
  }
  return found;
}

/** By place; empty where there is no such table. */
async function carrierFees() {
  const text = await readFile(join(TOP, "tariff-data/tables/carrier_fees.csv"), "utf8").catch(() => "");
  const [head, ...rows] = text.trim().split("\n").map((row) => row.split(","));
  const byPlace = {};
  for (const row of rows) {
    const { place, ...fee } = Object.fromEntries(head.map((name, at) => [name, row[at]]));
    const kept = ["id", "carrier", "what", "fixed", "rate", "of", "min", "max", "currency"].filter((name) => fee[name]);
    (byPlace[place] ??= []).push(Object.fromEntries(kept.map((name) => [name, fee[name]])));
  }
  return byPlace;
}

async function byName(served) {
  const { name, exports } = JSON.parse(await readFile(join(TOP, "www/package/package.json"), "utf8"));
  return {
    name: "by-name",
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${name}(/|$)`) }, ({ path }) => {
        const entry = exports[`.${path.slice(name.length)}`];
        const file = entry?.default ?? entry;
        if (typeof file !== "string") return { errors: [{ text: `The package does not export ${path}` }] };
        return { path: file.replace("./dist/", served), external: true };
      });
    },
  };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  await buildPackage();
  await appendFile(join(TOP, "www/package/NOTICE"), `\n----\n\n${await crateLicences(TOP)}`);
  for (const name of ["LICENSE-APACHE", "LICENSE-MIT"]) await cp(join(TOP, name), join(TOP, "www/package", name));
  await buildDemo();
  await printSizes();
}
