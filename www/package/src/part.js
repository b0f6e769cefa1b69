/** One module with the packs that its calls read. Nothing is fetched before a call, or `start`, asks for it. */

import { DutiableError } from "./errors.js";
import { readBytes } from "./fetch.js";
import { LIMITS } from "./limits.js";
import { MODULES, moduleOf } from "./modules.js";
import { Runtime } from "./runtime.js";

export class Part {
  #name;
  #given;
  #fetch;
  #freed = false;
  /** @type {Promise<Runtime> | null} one start; a failed one is forgotten, so that the next call tries again */
  #runtime = null;
  /** @type {Map<string, Promise<void>>} one load per pack; a failed one is forgotten likewise */
  #loads = new Map();

  /**
   * @param {"quotes" | "navigator"} name
   * @param {import("../index.d.ts").WasmSource | undefined} given
   * @param {typeof globalThis.fetch} [fetch]
   */
  constructor(name, given, fetch) {
    this.#name = name;
    this.#given = given;
    this.#fetch = fetch;
    Promise.resolve(given).catch(() => {}); // whoever calls is told
  }

  /** Fetches and starts the module. @returns {Promise<Runtime>} */
  start() {
    if (this.#freed) return Promise.reject(new DutiableError("engine.freed"));
    this.#runtime ??= this.#begin().catch((error) => {
      this.#runtime = null;
      throw error;
    });
    return this.#runtime;
  }

  async #begin() {
    const module = await moduleOf(this.#name, this.#given, this.#fetch);
    if (this.#freed) throw new DutiableError("engine.freed");
    const runtime = new Runtime(MODULES[this.#name].glue, module);
    await runtime.ready();
    return runtime;
  }

  /** The module and these packs, side by side. @param {readonly import("./packs.js").PackEntry[]} packs */
  async prepare(packs) {
    await Promise.all([this.start(), ...packs.map((pack) => this.#load(pack))]);
  }

  /** @param {"quote" | "search" | "browse" | "guide" | "checkCode"} method @param {unknown} argument */
  async call(method, argument) {
    return (await this.start()).call(method, argument);
  }

  /** Whether it has the pack, or is about to. @param {string} id */
  has(id) {
    return this.#loads.has(id);
  }

  /** Whether the module is there, or about to be. */
  get started() {
    return this.#runtime !== null;
  }

  free() {
    this.#freed = true;
    this.#loads.clear();
    void this.#runtime?.then((runtime) => runtime.free()).catch(() => {});
    this.#runtime = null;
  }

  #load(pack) {
    const known = this.#loads.get(pack.id);
    if (known) return known;
    const bytes = readBytes(pack.url, { fetch: this.#fetch, limit: LIMITS.packBytes, sha256: pack.sha256 });
    const load = Promise.all([this.start(), bytes])
      .then(([runtime, bytes]) => runtime.open(pack.id, bytes, pack.sha256))
      .catch((error) => {
        this.#loads.delete(pack.id);
        throw error;
      });
    this.#loads.set(pack.id, load);
    return load;
  }
}
