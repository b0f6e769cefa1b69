/** The columns of a catalogue: those that are read, and those that are added. */

import { CatalogueError } from "./csv.js";
import { Bytes } from "./csv-bytes.js";

/** What is added to each row. */
const ADDED = ["hs_code", "hs_title", "hs_confidence", "hs_alternatives", "hs_needs"];
/** The column that says what the goods are, where none is named. */
const DESCRIPTION = "description";
/** Designations above the heading's, which say little of the goods: the section's and the chapter's. */
const ABOVE_HEADING = 2;
/** As many characters as a search takes. */
const READ = 512;

const decode = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const encode = new TextEncoder();

/** What is wrong with a row, as it is written in `hs_needs`. */
export class Fault {
  /** @param {import("../catalogue.d.ts").RowFault} name */
  constructor(name) {
    this.name = name;
  }
}

export class Columns {
  #delimiter;
  #width;
  #text;
  /** As it is written. @type {Uint8Array[]} */
  header;

  /** @param {import("./csv.js").CsvRecord} header @param {readonly string[]} asked @param {number} delimiter */
  constructor(header, asked, delimiter) {
    const names = namesOf(header);
    const clash = ADDED.find((name) => names.includes(name));
    if (clash) throw new CatalogueError("csv.column-exists", clash);
    this.#text = textColumns(names, asked);
    this.#width = names.length;
    this.#delimiter = delimiter;
    this.header = [...header.fields, ...ADDED.map((name) => encode.encode(name))];
  }

  /**
   * What the row says the goods are: of a long text the beginning, as much as a search reads.
   * @param {import("./csv.js").CsvRecord} row @returns {string | Fault}
   */
  text({ fields, isOpen }) {
    if (isOpen) return new Fault("quote-not-closed");
    if (fields.length !== this.#width) return new Fault("field-count");
    let texts;
    try {
      texts = fields.map((field) => decode.decode(field));
    } catch {
      return new Fault("not-utf-8");
    }
    const said = this.#text.map((at) => texts[at].trim()).filter(Boolean).join(" ");
    if (said === "") return new Fault("no-text");
    return said.length > READ ? Array.from(said).slice(0, READ).join("") : said;
  }

  /**
   * The row's fields under the header's columns, and behind them the answer. Where there are too few, empty ones follow; where there are too
   * many, the last column takes what is left over, as it stands in the file.
   * @param {import("./csv.js").CsvRecord} row @param {readonly string[]} answer
   */
  fit({ fields }, answer) {
    const kept = fields.slice(0, this.#width);
    while (kept.length < this.#width) kept.push(new Uint8Array());
    if (fields.length > this.#width) {
      const last = new Bytes();
      last.append(kept.pop());
      for (const more of fields.slice(this.#width)) {
        last.push(this.#delimiter);
        last.append(more);
      }
      kept.push(last.take());
    }
    return [...kept, ...answer.map((cell) => encode.encode(cell))];
  }
}

/** The names of the columns. @param {import("./csv.js").CsvRecord | undefined} header */
export function namesOf(header) {
  if (!header) throw new CatalogueError("csv.empty", "header");
  if (header.isOpen) throw new CatalogueError("csv.quote-not-closed", "header");
  try {
    return header.fields.map((field) => decode.decode(field).trim());
  } catch {
    throw new CatalogueError("csv.not-utf-8", "header");
  }
}

function textColumns(names, asked) {
  if (asked.length > 0) {
    return asked.map((name) => {
      const at = names.indexOf(name.trim());
      if (at < 0) throw new CatalogueError("csv.column-missing", name);
      return at;
    });
  }
  const at = names.findIndex((name) => name.toLowerCase() === DESCRIPTION);
  if (at < 0 && names.length > 1) throw new CatalogueError("csv.column-missing", DESCRIPTION);
  return [Math.max(at, 0)];
}

/** What is written in the columns added. @param {import("../index.d.ts").SearchResult} found @returns {string[]} */
export function cellsOf({ hits: [best, ...others], needs }) {
  const said = needs ? [needs.reason, ...(needs.lacks ?? [])].join(" ") : "";
  if (!best) return unanswered(said);
  // "Other" alone names no goods.
  const titles = [...best.path.slice(ABOVE_HEADING), best.title ?? ""].filter(Boolean);
  return [best.code, titles.join(" > "), best.confidence ?? "", others.map(({ code }) => code).join(" "), said];
}

/** @param {string} why @returns {string[]} */
export function unanswered(why) {
  return ["", "", "", "", why];
}
