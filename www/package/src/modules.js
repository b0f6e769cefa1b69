/**
 * The two WebAssembly modules. What quotes and what searches share little, and few pages want both, so that each comes when a call
 * first needs it; a page downloads what it uses.
 */

import { DutiableError } from "./errors.js";
import { readBytes } from "./fetch.js";
import { LIMITS } from "./limits.js";
import navigatorGlue from "./navigator-glue.js"; // wasm-bindgen's, put in by the build
import quotesGlue from "./quotes-glue.js"; // likewise
import { RELEASE } from "./release.js";
import { compile } from "./runtime.js";

/** Each address is written once and on one level: this is the form in which bundlers recognise an asset. */
export const MODULES = {
  quotes: { glue: quotesGlue, url: () => new URL("./quotes.wasm", import.meta.url) },
  navigator: { glue: navigatorGlue, url: () => new URL("./navigator.wasm", import.meta.url) },
};

/**
 * A module, compiled.
 * @param {"quotes" | "navigator"} name
 * @param {import("../index.d.ts").WasmSource | undefined} given what the page has in place of ours
 * @param {typeof globalThis.fetch} [fetch]
 */
export async function moduleOf(name, given, fetch) {
  const wasm = await arrived(given);
  if (globalThis.WebAssembly && wasm instanceof WebAssembly.Module) return wasm;
  if (wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm)) return compile(wasm);
  const sha256 = wasm == null ? RELEASE.wasm[name].sha256 : null;
  return compile(await readBytes(wasm ?? MODULES[name].url(), { fetch, limit: LIMITS.wasmBytes, sha256, mismatch: "wasm.hash" }));
}

/** A response becomes its bytes; one that fails, or was read before, is as good as lost. */
async function arrived(given) {
  try {
    const wasm = await given;
    return globalThis.Response && wasm instanceof Response ? await wasm.arrayBuffer() : wasm;
  } catch (cause) {
    throw new DutiableError("network.offline", { cause });
  }
}
