/**
 * What a check of a code found, in the reader's words: a table for each language, apart from the elements' words, which neither need
 * these nor shall grow by them.
 */

/** Literal paths, so that bundlers see every file. */
const LANGUAGES = {
  ar: () => import("./messages/check-ar.json", { with: { type: "json" } }),
  de: () => import("./messages/check-de.json", { with: { type: "json" } }),
  en: () => import("./messages/check-en.json", { with: { type: "json" } }),
  fr: () => import("./messages/check-fr.json", { with: { type: "json" } }),
};

/**
 * One sentence for each finding, in the language of the locale or in English.
 * @param {{ findings: readonly import("../index.d.ts").CodeFinding[] }} checked
 * @param {string} locale a BCP 47 tag
 * @returns {Promise<string[]>}
 */
export async function findingTexts({ findings }, locale) {
  const spoken = Object.hasOwn(LANGUAGES, languageOf(locale)) ? locale : "en";
  const { default: table } = await LANGUAGES[languageOf(spoken)]();
  return findings.map((finding) => findingText(table, spoken, finding));
}

/** Not that of `packs.js`: what this file shared with the loader would be cut out of it, at 0.3 KB to everyone. */
function languageOf(locale) {
  return new Intl.Locale(locale).language;
}

/** One finding as a sentence; one that is newer than these words is named by its code. */
function findingText(table, locale, { code, known, words = [], lacks = [], ...figures }) {
  const key = [known && `${code}.known`, code, "other"].find((key) => Object.hasOwn(table, key));
  const list = new Intl.ListFormat(locale, { type: "conjunction" });
  const said = { ...figures, code, known, words: words.join(", "), lacks: list.format(lacks.map((lack) => table[`lacks.${lack}`] ?? lack)) };
  return table[key].replaceAll(/\{(\w+)\}/g, (_, name) => said[name] ?? "");
}
