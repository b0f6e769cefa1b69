/**
 * CSV by bytes: read in pieces as they come, and written again so that every field that is kept is kept to the byte.
 *
 * The rules are RFC 4180's, and beyond them those of Rust's `csv` crate, which the command line reads with: line ends may be LF, CRLF or CR,
 * also mixed; blank lines are no rows; a quote within a field that does not begin with one is a character.
 */

import { Bytes } from "./csv-bytes.js";

const [LF, CR, QUOTE] = [10, 13, 34];
/** What parts the fields, the likeliest first: comma, semicolon, tab, bar. */
const DELIMITERS = [44, 59, 9, 124];
/** As far as the first line is looked for. */
export const LOOKED_AT = 64 * 1024;
/** More bytes than this are no row: somewhere before them a quote was opened and not closed. */
const LONGEST = 1024 * 1024;

const [BEFORE_RECORD, AFTER_CR, BEFORE_FIELD, PLAIN, QUOTED, AFTER_QUOTE] = [0, 1, 2, 3, 4, 5];

/** Why a whole file is refused: a stable `code`, and the column or line it is about. */
export class CatalogueError extends Error {
  /** @param {import("../catalogue.d.ts").CatalogueErrorCode} code @param {string} field */
  constructor(code, field) {
    super(`${SENTENCES[code]} (${field})`);
    this.name = "CatalogueError";
    this.code = code;
    this.field = field;
    this.retry = "never";
  }
}

const SENTENCES = {
  "csv.empty": "The file has no header.",
  "csv.not-utf-8": "The header is not UTF-8.",
  "csv.quote-not-closed": "A quote in the header is not closed.",
  "csv.record-too-long": "A row is longer than 1 MiB; a quote may not be closed.",
  "csv.column-missing": "The file has no such column.",
  "csv.column-exists": "The file has a column that would be added.",
};

/**
 * @typedef {{ fields: Uint8Array[], isOpen: boolean }} CsvRecord `isOpen`: the file ends within the last field
 * @typedef {{ delimiter: number, end: string, mark: boolean }} Dialect
 */

/**
 * How a file is written, by its first line: the delimiter is what stands most often outside quotes there.
 * @param {Uint8Array} head as it begins, the mark of UTF-8 included
 * @returns {Dialect}
 */
export function dialectOf(head) {
  const mark = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  const counts = DELIMITERS.map(() => 0);
  let at = mark ? 3 : 0;
  while (head[at] === CR || head[at] === LF) at++;
  for (let quoted = false; at < head.length; at++) {
    if (head[at] === QUOTE) quoted = !quoted;
    if (quoted) continue;
    if (head[at] === CR || head[at] === LF) break;
    const which = DELIMITERS.indexOf(head[at]);
    if (which >= 0) counts[which]++;
  }
  return {
    delimiter: DELIMITERS[counts.indexOf(Math.max(...counts))],
    end: head[at] === CR && head[at + 1] === LF ? "\r\n" : "\n",
    mark,
  };
}

/** Reads records out of pieces that need not end where a record does. */
export class CsvReader {
  #delimiter;
  #state = BEFORE_RECORD;
  #field = new Bytes();
  /** @type {Uint8Array[]} */
  #fields = [];
  #line = 1;
  #begun = { at: 0, line: 1 };
  /** Bytes read so far. */
  position = 0;

  /** @param {number} delimiter */
  constructor(delimiter) {
    this.#delimiter = delimiter;
  }

  /** @param {Uint8Array} bytes @returns {Generator<CsvRecord>} */
  *push(bytes) {
    for (const byte of bytes) {
      this.position++;
      if (byte === LF) this.#line++;
      if (this.#step(byte)) yield this.#record(false);
      else if (this.position - this.#begun.at > LONGEST) throw new CatalogueError("csv.record-too-long", `line ${this.#begun.line}`);
    }
  }

  /** What is left at the end of the file. @returns {Generator<CsvRecord>} */
  *end() {
    if (this.#state === BEFORE_RECORD || this.#state === AFTER_CR) return;
    const isOpen = this.#state === QUOTED;
    this.#fields.push(this.#field.take());
    yield this.#record(isOpen);
  }

  /** Whether the byte ends a record. */
  #step(byte) {
    if (this.#state === AFTER_CR) {
      this.#state = BEFORE_RECORD;
      if (byte === LF) return false;
    }
    const endsLine = byte === CR || byte === LF;
    switch (this.#state) {
      case BEFORE_RECORD:
        if (endsLine) return false;
        this.#begun = { at: this.position - 1, line: this.#line };
        this.#state = BEFORE_FIELD;
        break;
      case QUOTED:
        if (byte === QUOTE) this.#state = AFTER_QUOTE;
        else this.#field.push(byte);
        return false;
      case AFTER_QUOTE:
        if (byte !== QUOTE) break;
        this.#field.push(byte);
        this.#state = QUOTED;
        return false;
    }
    if (this.#state === BEFORE_FIELD && byte === QUOTE) {
      this.#state = QUOTED;
    } else if (byte === this.#delimiter) {
      this.#fields.push(this.#field.take());
      this.#state = BEFORE_FIELD;
    } else if (endsLine) {
      this.#fields.push(this.#field.take());
      this.#state = byte === CR ? AFTER_CR : BEFORE_RECORD;
      return true;
    } else {
      this.#field.push(byte);
      this.#state = PLAIN;
    }
    return false;
  }

  #record(isOpen) {
    const fields = this.#fields;
    this.#fields = [];
    return { fields, isOpen };
  }
}

/** Writes records, quoted where they must be. */
export class CsvWriter {
  #delimiter;
  #end;
  #out = new Bytes();

  /** @param {Dialect} dialect */
  constructor({ delimiter, end, mark }) {
    this.#delimiter = delimiter;
    this.#end = new TextEncoder().encode(end);
    if (mark) this.#out.append(Uint8Array.of(0xef, 0xbb, 0xbf));
  }

  /** @param {readonly Uint8Array[]} fields */
  write(fields) {
    fields.forEach((field, at) => {
      if (at > 0) this.#out.push(this.#delimiter);
      this.#write(field);
    });
    this.#out.append(this.#end);
  }

  #write(field) {
    const isPlain = field.every((byte) => byte !== this.#delimiter && byte !== QUOTE && byte !== CR && byte !== LF);
    if (isPlain) return this.#out.append(field);
    this.#out.push(QUOTE);
    for (const byte of field) {
      if (byte === QUOTE) this.#out.push(QUOTE);
      this.#out.push(byte);
    }
    this.#out.push(QUOTE);
  }

  /** What has been written since. */
  take() {
    return this.#out.take();
  }
}
