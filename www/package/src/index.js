/**
 * `dutiable`: landed costs and commodity codes, computed where it is called.
 *
 * Importing this file does nothing: no request, no global touched, no DOM needed. `createEngine` fetches the module and the
 * manifest, each call fetches the packs it lacks, and that is all that ever crosses the network.
 */

import { orAborted } from "./abort.js";
import glue from "./engine.js"; // wasm-bindgen's, put in by the build
import { readBytes } from "./fetch.js";
import { LIMITS } from "./limits.js";
import { packsForQuote, packsForSearch, parseManifest } from "./packs.js";
import { RELEASE } from "./release.js";
import { Runtime, compile } from "./runtime.js";

export { DutiableError } from "./errors.js";

const CHOOSE = { quote: packsForQuote, search: packsForSearch, browse: packsForSearch };

/**
 * @param {import("../index.d.ts").EngineOptions} [options]
 * @returns {Promise<import("../index.d.ts").Engine>}
 */
export async function createEngine(options = {}) {
  const { wasm, packs, fetch } = options;
  const [module, manifest] = await Promise.all([moduleFrom(wasm, fetch), manifestFrom(packs, fetch)]);
  const runtime = new Runtime(glue, module);
  await runtime.ready();
  return new LoadedEngine(runtime, manifest, fetch);
}

class LoadedEngine {
  #runtime;
  #manifest;
  #fetch;
  /** @type {Map<string, Promise<void>>} one load per pack; a failed one is forgotten, so that the next call tries again */
  #loads = new Map();

  constructor(runtime, manifest, fetch) {
    this.#runtime = runtime;
    this.#manifest = manifest;
    this.#fetch = fetch;
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

  /** Fetches now what such a call would need, so that the call itself finds it there. */
  async prepare(method, argument = {}) {
    await Promise.all(CHOOSE[method](this.#manifest, argument).map((pack) => this.#load(pack)));
  }

  releaseInfo() {
    return {
      version: RELEASE.version,
      wasm: { ...RELEASE.wasm },
      packs: this.#manifest.map((pack) => ({ ...pack, loaded: this.#loads.has(pack.id) })),
    };
  }

  free() {
    this.#runtime.free();
    this.#loads.clear();
  }

  async #call(method, argument, { signal } = {}) {
    signal?.throwIfAborted();
    await orAborted(this.prepare(method, argument), signal);
    const answer = await this.#runtime.call(method, argument);
    signal?.throwIfAborted();
    return answer;
  }

  #load(pack) {
    const known = this.#loads.get(pack.id);
    if (known) return known;
    const load = readBytes(pack.url, { fetch: this.#fetch, limit: LIMITS.packBytes, sha256: pack.sha256 })
      .then((bytes) => this.#runtime.open(pack.id, bytes, pack.sha256))
      .catch((error) => {
        this.#loads.delete(pack.id);
        throw error;
      });
    this.#loads.set(pack.id, load);
    return load;
  }
}

// `using engine = await createEngine()` where the language has it.
if (Symbol.dispose) {
  LoadedEngine.prototype[Symbol.dispose] = LoadedEngine.prototype.free;
}

async function moduleFrom(given, fetch) {
  const wasm = await given;
  if (globalThis.WebAssembly && wasm instanceof WebAssembly.Module) return wasm;
  if (globalThis.Response && wasm instanceof Response) return compile(await wasm.arrayBuffer());
  if (wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm)) return compile(wasm);
  // Written once and on one level: this is the form in which bundlers recognise an asset.
  const url = wasm ?? new URL("./engine.wasm", import.meta.url);
  const sha256 = wasm == null ? RELEASE.wasm.sha256 : null;
  return compile(await readBytes(url, { fetch, limit: LIMITS.wasmBytes, sha256, mismatch: "wasm.hash" }));
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
