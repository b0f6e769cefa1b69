/** The manifest of packs: read with suspicion, and asked which packs a call needs. */

import { DutiableError } from "./errors.js";
import { LIMITS } from "./limits.js";

const FORMAT = 1;
const KINDS = new Set(["tariff", "measures", "rules", "rates", "nomenclature", "index", "text", "guide", "classifier"]);

/**
 * @typedef {object} PackEntry
 * @property {string} id
 * @property {string} kind
 * @property {readonly string[] | null} destinations null: all
 * @property {readonly string[] | null} origins null: all
 * @property {string | null} language
 * @property {string | null} asOf
 * @property {string | null} coversFrom
 * @property {string | null} coversTo
 * @property {string} url absolute
 * @property {number} bytes
 * @property {string} sha256
 * @property {readonly object[]} sources
 */

/**
 * Reads a manifest. Every field is copied by name from a known list and checked; nothing else in the file has any effect.
 * @param {string} text
 * @param {string | URL} base what the packs' addresses are relative to: the manifest's own
 * @returns {readonly PackEntry[]}
 */
export function parseManifest(text, base) {
  let manifest;
  try {
    manifest = JSON.parse(text);
  } catch (cause) {
    throw new DutiableError("manifest.malformed", { cause });
  }
  if (typeof manifest?.format !== "number") throw malformed("format");
  if (manifest.format !== FORMAT) throw new DutiableError("manifest.format", { about: String(manifest.format) });
  if (!Array.isArray(manifest.packs) || manifest.packs.length > LIMITS.packs) throw malformed("packs");
  const seen = new Set();
  return Object.freeze(
    manifest.packs.map((pack, at) => {
      const entry = readEntry(Object(pack), `packs[${at}]`, base, Object(manifest.sources));
      if (seen.has(entry.id)) throw malformed(`packs[${at}].id`);
      seen.add(entry.id);
      return entry;
    }),
  );
}

function readEntry(pack, where, base, known) {
  const need = (name, fits) => {
    if (!fits(pack[name])) throw malformed(`${where}.${name}`);
    return pack[name];
  };
  const isText = (value) => typeof value === "string" && value !== "";
  const isTextOrNull = (value) => value == null || isText(value);
  const isListOrNull = (value) => value == null || (Array.isArray(value) && value.every(isText));
  return Object.freeze({
    id: need("id", isText),
    // A kind that a later release adds is kept out of every choice rather than refused.
    kind: KINDS.has(need("kind", isText)) ? pack.kind : "unknown",
    destinations: need("destinations", isListOrNull) ?? null,
    origins: need("origins", isListOrNull) ?? null,
    language: need("language", isTextOrNull) ?? null,
    asOf: need("asOf", isTextOrNull) ?? null,
    coversFrom: need("coversFrom", isTextOrNull) ?? null,
    coversTo: need("coversTo", isTextOrNull) ?? null,
    url: addressOf(need("url", isText), base, `${where}.url`),
    bytes: need("bytes", (value) => Number.isInteger(value) && value >= 0 && value <= LIMITS.packBytes),
    sha256: need("sha256", (value) => /^[0-9a-f]{64}$/.test(value)),
    sources: Object.freeze(Array.isArray(pack.sources) ? pack.sources.map((source) => readSource(source, known)) : []),
  });
}

/** A source is written out, or named by its id in the manifest's own list. */
function readSource(given, known) {
  const id = typeof given === "string" ? given : (given?.id ?? null);
  const source = typeof given === "string" && Object.hasOwn(known, given) ? known[given] : given;
  const text = (name) => (typeof source?.[name] === "string" ? source[name] : null);
  return Object.freeze({
    id,
    title: text("title"),
    publisher: text("publisher"),
    licence: text("licence"),
    url: text("url"),
    asOf: text("asOf"),
  });
}

function addressOf(url, base, where) {
  try {
    const address = new URL(url, base);
    if (["https:", "http:", "file:"].includes(address.protocol)) return address.href;
  } catch {
    // falls through to the refusal below
  }
  throw malformed(where);
}

function malformed(about) {
  return new DutiableError("manifest.malformed", { about });
}

/**
 * What a quote needs: rules and tariff of the destination, its measures for the origins at hand, exchange rates.
 * A request that is not an object needs nothing: the engine will say what is wrong with it.
 * @param {readonly PackEntry[]} packs
 * @param {unknown} request
 */
export function packsForQuote(packs, request) {
  const { destination, shipFrom, date, items } = Object(request);
  const itemOrigins = Array.isArray(items) ? items.map((item) => item?.origin ?? shipFrom) : [];
  const origins = new Set([...itemOrigins, shipFrom].filter((origin) => typeof origin === "string"));
  const wanted = packs.filter((pack) => {
    if (!serves(pack, destination)) return false;
    if (pack.kind === "measures") return pack.origins === null || pack.origins.some((origin) => origins.has(origin));
    return pack.kind === "rules" || pack.kind === "tariff" || pack.kind === "rates";
  });
  return covering(wanted, date);
}

/**
 * What searching and browsing need: the tree, one language's index of words and texts; below six digits the destination's lines with theirs;
 * the classifier, which reads English, where the query asks for it.
 * @param {readonly PackEntry[]} packs @param {unknown} query
 */
export function packsForSearch(packs, query) {
  const { destination, language, classifier } = Object(query);
  const asked = languageOf(language);
  return packs.filter((pack) => {
    if (pack.kind === "nomenclature") return true;
    if (pack.kind === "classifier") return classifier === true && asked === "en";
    const isIndex = pack.kind === "index" || (pack.kind === "text" && pack.destinations === null);
    return isIndex ? languageOf(pack.language) === asked : pack.kind === "text" && serves(pack, destination);
  });
}

/**
 * What guided classification needs: what a search does, and the facets.
 * @param {readonly PackEntry[]} packs @param {unknown} query
 */
export function packsForGuide(packs, query) {
  return [...packsForSearch(packs, { ...Object(query), language: "en" }), ...packs.filter((pack) => pack.kind === "guide")];
}

/** The language of a tag, without its country; what names none is English. @param {unknown} tag */
export function languageOf(tag) {
  return typeof tag === "string" ? tag.split(/[-_]/)[0].toLowerCase() : "en";
}

function serves(pack, destination) {
  return pack.destinations === null || pack.destinations.includes(destination);
}

/** Of several editions the one for the date. Where none covers it all stay, so that the engine can say so. */
function covering(packs, date) {
  if (typeof date !== "string") return packs;
  const covers = (pack) => (pack.coversFrom ?? "") <= date && date <= (pack.coversTo ?? "9999");
  return packs.filter((pack) => covers(pack) || !packs.some((other) => isSibling(pack, other) && covers(other)));
}

function isSibling(pack, other) {
  return pack.kind === other.kind && String(pack.destinations) === String(other.destinations) &&
    String(pack.origins) === String(other.origins);
}
