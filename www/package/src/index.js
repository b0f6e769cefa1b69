/**
 * `dutiable`: landed costs and commodity codes, computed where it is called.
 *
 * Importing this file does nothing: no request, no global touched, no DOM needed. `createEngine` fetches the manifest, each call
 * fetches the module and the packs it lacks, and that is all that ever crosses the network.
 */

import { orAborted } from "./abort.js";
import { readBytes } from "./fetch.js";
import { LIMITS } from "./limits.js";
import { packsForGuide, packsForQuote, packsForSearch, parseManifest } from "./packs.js";
import { Part } from "./part.js";
import { RELEASE } from "./release.js";

export { DutiableError } from "./errors.js";

/** Which module answers a call, and which packs that takes. */
const CALLS = {
  quote: { module: "quotes", packs: packsForQuote },
  search: { module: "navigator", packs: packsForSearch },
  browse: { module: "navigator", packs: packsForSearch },
  guide: { module: "navigator", packs: packsForGuide },
  checkCode: { module: "navigator", packs: packsForSearch },
};

/**
 * @param {import("../index.d.ts").EngineOptions} [options]
 * @returns {Promise<import("../index.d.ts").Engine>}
 */
export async function createEngine({ wasm = {}, packs, fetch, ahead = [] } = {}) {
  const parts = {
    quotes: new Part("quotes", wasm.quotes, fetch),
    navigator: new Part("navigator", wasm.navigator, fetch),
  };
  // Beside the manifest; what fails here is tried again, and told, by the first call.
  for (const name of ahead) parts[name]?.start().catch(() => {});
  return new LoadedEngine(parts, await manifestFrom(packs, fetch));
}

/**
 * What a check found, in sentences: one for each finding. The sentences are fetched when first asked for.
 * @param {import("../index.d.ts").CodeCheck} checked
 * @param {string} [locale]
 * @returns {Promise<string[]>}
 */
export async function sayFindings(checked, locale = "en") {
  return (await import("./check-words.js")).findingTexts(checked, locale);
}

class LoadedEngine {
  #parts;
  #manifest;

  constructor(parts, manifest) {
    this.#parts = parts;
    this.#manifest = manifest;
  }

  quote(request, options) {
    return this.#call("quote", request, options);
  }

  search(query, options) {
    return this.#call("search", query, options);
  }

  browse(query = {}, options = {}) {
    return this.#call("browse", query, options);
  }

  guide(query, options) {
    return this.#call("guide", query, options);
  }

  checkCode(query, options) {
    return this.#call("checkCode", query, options);
  }

  /** Fetches now what such a call would need, so that the call itself finds it there. */
  async prepare(method, argument = {}) {
    const { module, packs } = CALLS[method];
    await this.#parts[module].prepare(packs(this.#manifest, argument));
  }

  releaseInfo() {
    const parts = Object.entries(this.#parts);
    return {
      version: RELEASE.version,
      wasm: Object.fromEntries(parts.map(([name, part]) => [name, { ...RELEASE.wasm[name], loaded: part.started }])),
      packs: this.#manifest.map((pack) => ({ ...pack, loaded: parts.some(([, part]) => part.has(pack.id)) })),
    };
  }

  free() {
    for (const part of Object.values(this.#parts)) part.free();
  }

  async #call(method, argument, { signal } = {}) {
    signal?.throwIfAborted();
    await orAborted(this.prepare(method, argument), signal);
    const answer = await this.#parts[CALLS[method].module].call(method, argument);
    signal?.throwIfAborted();
    return answer;
  }
}

// `using engine = await createEngine()` where the language has it.
if (Symbol.dispose) {
  LoadedEngine.prototype[Symbol.dispose] = LoadedEngine.prototype.free;
}

async function manifestFrom(packs, fetch) {
  let url = new URL("./packs.json", import.meta.url);
  if (packs != null) {
    url = new URL(packs, globalThis.document?.baseURI);
    if (!url.pathname.endsWith(".json")) url = new URL(url.pathname.endsWith("/") ? "packs.json" : `${url.pathname}/packs.json`, url);
  }
  const bytes = await readBytes(url, { fetch, limit: LIMITS.manifestBytes });
  return parseManifest(new TextDecoder().decode(bytes), url);
}
