/** The columns of a catalogue: those that are read, and those that are added. */

import { CatalogueError } from "./csv.js";
import { Bytes } from "./csv-bytes.js";

/** What is added to each row: what is found by its text. */
const FOUND = ["hs_code", "hs_title", "hs_confidence", "hs_alternatives", "hs_needs"];
/**
 * What is added where the rows have codes, which are most often in a column `hs_code`: how each stands, and the codes to look at instead. What
 * is found by the text comes after them, its code as `hs_found`.
 */
const CHECKED = ["hs_check", "hs_instead", "hs_found"];
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
  /** @type {number | null} */
  #code;
  /** As it is written. @type {Uint8Array[]} */
  header;

  /**
   * @param {import("./csv.js").CsvRecord} header @param {{ text: readonly string[], code?: string }} asked @param {number} delimiter
   */
  constructor(header, { text, code }, delimiter) {
    const names = namesOf(header);
    const added = code === undefined ? FOUND : [...CHECKED, ...FOUND.slice(1)];
    const clash = added.find((name) => names.includes(name));
    if (clash) throw new CatalogueError("csv.column-exists", clash);
    this.#text = textColumns(names, text);
    this.#code = code === undefined ? null : columnOf(names, code);
    this.#width = names.length;
    this.#delimiter = delimiter;
    this.header = [...header.fields, ...added.map((name) => encode.encode(name))];
  }

  /** Whether rows have codes that are to be checked. */
  get haveCodes() {
    return this.#code !== null;
  }

  /**
   * What the row says the goods are (of a long text the beginning, as much as a search reads), or why that is not known; and the code that it
   * has, which is empty where nothing is asked of codes. Of a row with a fault no code is known: it may stand in another column.
   * @param {import("./csv.js").CsvRecord} row @returns {{ text: string | Fault, code: string }}
   */
  said({ fields, isOpen }) {
    const faulty = (name) => ({ text: new Fault(name), code: "" });
    if (isOpen) return faulty("quote-not-closed");
    if (fields.length !== this.#width) return faulty("field-count");
    let texts;
    try {
      texts = fields.map((field) => decode.decode(field));
    } catch {
      return faulty("not-utf-8");
    }
    const said = this.#text.map((at) => texts[at].trim()).filter(Boolean).join(" ");
    const beginning = said.length > READ ? Array.from(said).slice(0, READ).join("") : said;
    return { text: said === "" ? new Fault("no-text") : beginning, code: this.#code === null ? "" : texts[this.#code].trim() };
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
  if (asked.length > 0) return asked.map((name) => columnOf(names, name));
  const at = names.findIndex((name) => name.toLowerCase() === DESCRIPTION);
  if (at < 0 && names.length > 1) throw new CatalogueError("csv.column-missing", DESCRIPTION);
  return [Math.max(at, 0)];
}

function columnOf(names, name) {
  const at = names.indexOf(name.trim());
  if (at < 0) throw new CatalogueError("csv.column-missing", name);
  return at;
}

/**
 * What is written of a check: its status, with the findings that it has it for, and the codes to look at instead. What is good to know makes no
 * code doubtful, and is not said.
 * @param {import("../index.d.ts").CodeCheck} checked @returns {string[]}
 */
export function checkCellsOf({ status, findings }) {
  const told = findings.filter(({ severity }) => severity !== "info");
  const instead = told.flatMap(({ candidates = [] }) => candidates.map(({ code }) => code));
  return [[status, ...told.map(({ code }) => code)].join(" "), [...new Set(instead)].join(" ")];
}

/** What is written of what was found by the text. @param {import("../index.d.ts").SearchResult} found @returns {string[]} */
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
