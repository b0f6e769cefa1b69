/**
 * The elements' words: one JSON file per language, English always there, others fetched when asked for.
 *
 * A message is a full sentence with `{names}` in it, or one sentence per plural form of `count`. Sentences are never glued
 * together from fragments, and never hold markup.
 */

import core from "./messages/en.json" with { type: "json" };

/** @typedef {string | Record<string, string>} Message */
/** @typedef {Record<string, Message>} Table */

/** Literal paths, so that bundlers see every file. */
const LANGUAGES = {
  ar: () => import("./messages/ar.json", { with: { type: "json" } }),
  de: () => import("./messages/de.json", { with: { type: "json" } }),
  fr: () => import("./messages/fr.json", { with: { type: "json" } }),
};

/** English: the last of every chain. @type {Table} */
const en = { ...core };

/** Each part of the package brings its own English. @param {Table} table */
export function addEnglish(table) {
  Object.assign(en, table);
}

/** @type {Map<string, Promise<Messages>>} */
const loaded = new Map();

export class Messages {
  #own;
  #plural;

  /** @param {string} locale the locale numbers and dates are written in @param {Table} table what differs from English */
  constructor(locale, table = {}) {
    this.locale = locale;
    this.#own = table;
    this.#plural = new Intl.PluralRules(locale);
  }

  get direction() {
    return this.#own.direction ?? en.direction;
  }

  /** The same with some messages replaced: the page's own words. @param {Table} overrides */
  with(overrides) {
    return new Messages(this.locale, { ...this.#own, ...overrides });
  }

  /** @param {string} key */
  has(key) {
    return this.#find(key) !== undefined;
  }

  /** @param {string} key @param {Record<string, unknown>} [params] */
  text(key, params = {}) {
    return this.parts(key, params).map(String).join("");
  }

  /**
   * The message cut at its names, which stay what they were given as: nodes can so be put in without any markup.
   * @param {string} key @param {Record<string, unknown>} [params]
   */
  parts(key, params = {}) {
    const message = this.#find(key);
    if (message === undefined) return [key];
    const template = typeof message === "string" ? message : (message[this.#plural.select(Number(params.count))] ?? message.other);
    return template
      .split(/\{(\w+)\}/)
      .map((part, at) => (at % 2 === 1 ? (params[part] ?? `{${part}}`) : part))
      .filter((part) => part !== "");
  }

  #find(key) {
    return Object.hasOwn(this.#own, key) ? this.#own[key] : Object.hasOwn(en, key) ? en[key] : undefined;
  }
}

/** English, at once and without a request. */
export const ENGLISH = new Messages("en");

/**
 * Language-script-region, language-region, language, English: the first that we have. Numbers and dates follow the locale asked
 * for only where the words do too; half a language reads worse than none.
 * @param {string} locale a BCP 47 tag
 * @returns {Promise<Messages>}
 */
export function loadMessages(locale) {
  const known = loaded.get(locale);
  if (known) return known;
  const load = find(locale).catch(() => {
    loaded.delete(locale);
    return ENGLISH;
  });
  loaded.set(locale, load);
  return load;
}

async function find(locale) {
  const [tag] = Intl.getCanonicalLocales(locale);
  for (let chain = tag; chain; chain = chain.slice(0, Math.max(chain.lastIndexOf("-"), 0))) {
    if (chain === "en") return new Messages(tag);
    const load = Object.hasOwn(LANGUAGES, chain) ? LANGUAGES[chain] : null;
    if (load) return new Messages(tag, (await load()).default);
  }
  return ENGLISH;
}

/** The languages that have a file, English included. */
export const AVAILABLE = Object.freeze(["en", ...Object.keys(LANGUAGES)]);
