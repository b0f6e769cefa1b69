// What the fakes of both modules share, shaped like wasm-bindgen's output (target web): for tests of everything around the engine.
// `tests/support/fake/build.mjs` builds the package around them.

let started = false;

export default async function init({ module_or_path: module }) {
  started = (await WebAssembly.instantiate(module)) instanceof WebAssembly.Instance;
}

export class FakeEngine {
  #reads;
  packs = new Set();

  /** @param {string[]} reads the kinds of packs that the module takes; it refuses others, as the real one does */
  constructor(reads) {
    if (!started) throw new TypeError("Cannot read properties of undefined");
    this.#reads = reads;
  }

  openPack(bytes) {
    const { id, kind } = JSON.parse(new TextDecoder().decode(bytes));
    if (!this.#reads.includes(kind)) throw { code: "pack.format", field: null };
    this.packs.add(id);
    return id;
  }

  free() {}
}
