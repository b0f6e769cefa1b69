/**
 * One running engine: the compiled module, an instance of it, and the packs it has open.
 *
 * The module and the bytes are kept, because a trap leaves an instance in an unknown state: it is thrown away, a fresh one is
 * started from what was kept, and the call is made once more.
 */

import { DutiableError, asDutiableError } from "./errors.js";

export class Runtime {
  #glue;
  #module;
  /** @type {Map<string, { bytes: Uint8Array, sha256: string }>} in the order they were opened */
  #packs = new Map();
  /** @type {Promise<any> | null} null once freed */
  #engine;

  /**
   * @param {() => { default: Function, Engine: new () => any }} glue makes a set of bindings with memory of its own
   * @param {WebAssembly.Module} module
   */
  constructor(glue, module) {
    this.#glue = glue;
    this.#module = module;
    this.#engine = this.#start();
    this.#engine.catch(() => {}); // whoever calls next is told
  }

  async #start() {
    const bindings = this.#glue();
    try {
      await bindings.default({ module_or_path: this.#module });
    } catch (cause) {
      throw wasmError(cause);
    }
    const engine = new bindings.Engine();
    for (const { bytes, sha256 } of this.#packs.values()) engine.openPack(bytes, sha256);
    return engine;
  }

  /** Resolves once the instance runs. */
  async ready() {
    await this.#running();
  }

  /**
   * Opens a pack; one that is open already is left as it is.
   * @param {string} id what the manifest calls it; a pack that says otherwise of itself is refused
   * @param {Uint8Array} bytes
   * @param {string} sha256 what the manifest says; the engine checks it too, whatever checked it before
   */
  async open(id, bytes, sha256) {
    if (this.#packs.has(id)) return;
    await this.#guarded((engine) => {
      const opened = engine.openPack(bytes, sha256);
      if (opened !== id) throw new DutiableError("pack.corrupt", { about: `${opened} in place of ${id}` });
    });
    this.#packs.set(id, { bytes, sha256 });
  }

  /** @param {"quote" | "search" | "browse" | "guide" | "checkCode"} method @param {unknown} argument */
  call(method, argument) {
    // Text both ways: several times as fast as objects field by field.
    const request = asText(argument);
    return this.#guarded((engine) => JSON.parse(engine[method](request)));
  }

  async #guarded(task) {
    const first = await this.#running();
    try {
      return task(first);
    } catch (thrown) {
      if (!isTrap(thrown)) throw asDutiableError(thrown);
    }
    const second = await this.#restart();
    try {
      return task(second);
    } catch (thrown) {
      if (!isTrap(thrown)) throw asDutiableError(thrown);
      void this.#restart();
      throw new DutiableError("engine.trap", { cause: thrown });
    }
  }

  #running() {
    if (!this.#engine) return Promise.reject(new DutiableError("engine.freed"));
    return this.#engine;
  }

  /** The old instance is dropped, not freed: its memory can no longer be trusted to free anything. */
  #restart() {
    if (this.#engine) {
      this.#engine = this.#start();
      this.#engine.catch(() => {});
    }
    return this.#running();
  }

  /** Gives the memory back. Every later call is refused. */
  free() {
    const engine = this.#engine;
    this.#engine = null;
    this.#packs.clear();
    void engine?.then((running) => running.free()).catch(() => {});
  }
}

/** @param {unknown} request */
function asText(request) {
  try {
    return JSON.stringify(request) ?? "null";
  } catch (cause) {
    throw new DutiableError("input.malformed", { cause }); // a circle, a BigInt, a getter that throws
  }
}

/** A trap, or the JavaScript stack running out inside the module. */
function isTrap(thrown) {
  return thrown instanceof WebAssembly.RuntimeError || thrown instanceof RangeError;
}

/**
 * Compiles the module, naming what a page's policy forbids.
 * @param {BufferSource} bytes
 */
export async function compile(bytes) {
  if (!globalThis.WebAssembly) throw new DutiableError("wasm.blocked");
  try {
    return await WebAssembly.compile(bytes);
  } catch (cause) {
    throw wasmError(cause);
  }
}

/** Browsers report a policy's refusal as a `CompileError` whose text names the policy; there is no other sign. */
function wasmError(cause) {
  const blocked = /content security policy|unsafe-eval|blocked by csp/i.test(String(cause?.message));
  return new DutiableError(blocked ? "wasm.blocked" : "wasm.malformed", { cause });
}
