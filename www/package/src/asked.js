/** Where and in which language the navigator is asked: the element's destination, and the reader's language where there is an index of it. */

import { languageOf } from "./packs.js";

/** The languages that an engine's packs have an index of. @type {WeakMap<object, ReadonlySet<string>>} */
const indexed = new WeakMap();

/**
 * @param {import("../index.d.ts").Engine} engine @param {string | null} destination @param {string} locale
 * @returns {{ destination?: string, language?: string }} without a language English is asked
 */
export function asked(engine, destination, locale) {
  const language = languageOf(locale);
  return {
    ...(destination && { destination }),
    ...(language !== "en" && languagesOf(engine).has(language) && { language }),
  };
}

/** An engine of the page's own may not say what it is made of. */
function languagesOf(engine) {
  if (!indexed.has(engine)) {
    const indices = engine.releaseInfo?.().packs.filter((pack) => pack.kind === "index") ?? [];
    indexed.set(engine, new Set(indices.map((pack) => languageOf(pack.language))));
  }
  return indexed.get(engine);
}
