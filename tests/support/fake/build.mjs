// Builds the package around the fake engine into a folder of its own, with pages beside it as `www/serve.mjs` expects them.

import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { buildPackage } from "../../../www/build.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const EMPTY_WASM = new Uint8Array([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);

/** One pack of each kind, each a few bytes of JSON. */
const PACKS = [
  { id: "gb", kind: "tariff", destinations: ["GB"], asOf: "2026-11-01" },
  { id: "gb-rules", kind: "rules", destinations: ["GB"] },
  { id: "gb-asia", kind: "measures", destinations: ["GB"], origins: ["CN", "JP"] },
  { id: "gb-africa", kind: "measures", destinations: ["GB"], origins: ["ZA"] },
  { id: "gb-all", kind: "measures", destinations: ["GB"], origins: null },
  { id: "us", kind: "tariff", destinations: ["US"] },
  { id: "us-rules", kind: "rules", destinations: ["US"] },
  { id: "rates", kind: "rates" },
  { id: "hs", kind: "nomenclature" },
  { id: "hs-index", kind: "index" },
  { id: "hs-text-en", kind: "text", language: "en" },
  { id: "hs-facets", kind: "guide" },
  { id: "hs-text-fr", kind: "text", language: "fr" },
  { id: "gb-text-en", kind: "text", language: "en", destinations: ["GB"] },
];

/** @returns {Promise<{ root: string, dist: string, remove: () => Promise<void> }>} */
export async function buildFake() {
  const root = await mkdtemp(join(tmpdir(), "dutiable-"));
  const [engine, packs, dist] = [join(root, "engine"), join(root, "packs"), join(root, "package", "dist")];
  await Promise.all([engine, packs, join(root, "demo")].map((folder) => mkdir(folder, { recursive: true })));
  for (const module of ["quotes", "navigator"]) {
    await mkdir(join(engine, module));
    await cp(join(HERE, `${module}.js`), join(engine, module, "dutiable.js"));
    for (const file of ["engine.js", "answers.js"]) await cp(join(HERE, file), join(engine, module, file));
    await writeFile(join(engine, module, "dutiable_bg.wasm"), EMPTY_WASM);
  }
  const entries = [];
  for (const pack of PACKS) {
    const bytes = JSON.stringify({ id: pack.id, kind: pack.kind });
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    const url = `${pack.id}.${sha256.slice(0, 8)}.pack`;
    await writeFile(join(packs, url), bytes);
    entries.push({ destinations: null, origins: null, language: null, asOf: null, coversFrom: null, coversTo: null, sources: [], ...pack, url, bytes: bytes.length, sha256 });
  }
  await writeFile(join(packs, "packs.json"), JSON.stringify({ format: 1, packs: entries }));
  await buildPackage({ engine, packs, out: dist });
  return { root, dist, remove: () => rm(root, { recursive: true }) };
}
