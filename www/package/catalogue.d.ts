/**
 * Catalogues: a CSV file in, the same with a code for each row out. Nothing of it leaves the page, and the page stays free meanwhile.
 *
 * ```js
 * import { createEngine } from "dutiable";
 * import { classifyCsv } from "dutiable/catalogue";
 *
 * const { csv, rows, faults } = await classifyCsv(input.files[0], {
 *   engine: await createEngine(), text: ["title", "description"], destination: "GB",
 *   onProgress: ({ bytes, totalBytes }) => (bar.value = bytes / totalBytes),
 * });
 * link.href = URL.createObjectURL(csv);
 * ```
 *
 * The first row is the header. Columns, their order, line ends, delimiter (`,` `;` tab or `|`) and a mark of UTF-8 stay as they are; quotes
 * are put where they are needed. Added are `hs_code` `hs_title` `hs_confidence` `hs_alternatives` (codes, with spaces between) and
 * `hs_needs`: what the text lacks where there is no code to give, or what is wrong with the row. A row with a fault keeps its columns and
 * gets no code, and harms no other; fields beyond the header's stay, joined, in the last column. `dutiable classify --csv` does the same.
 *
 * With `code` the codes that the list has are checked as well. Added are then `hs_check` (the status of `checkCode`, and for a doubtful or wrong code
 * its findings: `sound`, `doubtful code.unlikely`), `hs_instead` (the codes to look at instead), `hs_found` (the code that the text leads to, for the
 * list's own are most often `hs_code`), and the others as before. A row without a code has nothing in the first two.
 */

import type { CallOptions, Engine, NavigatorLanguage } from "./index.js";

/** A file, its text, or a stream of it. */
export type CatalogueSource = Blob | string | ReadableStream<Uint8Array | string>;

export interface CatalogueOptions extends CallOptions {
  engine: Engine | Promise<Engine>;
  /**
   * The columns that say what the goods are, read as one text in this order: `description`, or the only column, unless said. As much of the
   * text is read as a search takes: 512 characters.
   */
  text?: string | readonly string[];
  /**
   * A column with codes that are there already: each is checked, down to the destination's own lines, and held against what the row says where that
   * is in English.
   */
  code?: string;
  /** Down to this place's own lines. */
  destination?: string;
  language?: NavigatorLanguage;
  /** At most so many codes of a row, its alternatives among them; 5 unless said. */
  limit?: number;
  /** Whether the classifier ranks too, as in a search. True unless said. */
  classifier?: boolean;
  /** Called after each slice of the work, and at the end. */
  onProgress?: (progress: CatalogueProgress) => void;
  /** How long the file is, where a stream is given; a `Blob` tells. */
  totalBytes?: number | null;
}

export interface CatalogueProgress {
  /** Rows answered, those with a fault among them. */
  rows: number;
  /** Rows with a fault. */
  faults: number;
  /** Rows whose code is doubtful or wrong; none where codes are not checked. */
  doubted: number;
  bytes: number;
  totalBytes: number | null;
}

export interface ClassifiedCatalogue {
  csv: Blob;
  rows: number;
  /** Rows that could not be answered: their `hs_needs` begins with a {@link RowFault}. */
  faults: number;
  /** Rows whose code is doubtful or wrong: their `hs_check` says why. */
  doubted: number;
}

/**
 * What is wrong with a row: more or fewer fields than the header, bytes that are no UTF-8, a quote that nothing closes before the end of the
 * file, no text. Beside these `hs_needs` has the reasons of a search, which are no faults, with what is lacking: `no-match`, `unsure material`.
 */
export type RowFault = "field-count" | "not-utf-8" | "quote-not-closed" | "no-text";

/**
 * Classifies a whole file.
 * @throws {CatalogueError} of a file that cannot be read or lacks what is asked for
 * @throws {DutiableError} of what the engine lacks or refuses, such as a destination without lines
 * @throws the reason of the signal
 */
export function classifyCsv(input: CatalogueSource, options: CatalogueOptions): Promise<ClassifiedCatalogue>;

/**
 * The same for a stream, in little memory however long it is.
 *
 * ```js
 * await file.stream().pipeThrough(classifyStream({ engine, text: "title" })).pipeTo(writable);
 * ```
 */
export function classifyStream(options: CatalogueOptions): TransformStream<Uint8Array | string, Uint8Array>;

export interface CsvPreview {
  columns: string[];
  /** The first rows, as many as were asked for and are there. */
  rows: string[][];
  delimiter: string;
}

/** The columns of a file and its first rows (5 unless said), to choose by. */
export function previewCsv(input: Blob | string, options?: { rows?: number }): Promise<CsvPreview>;

/** Stable codes: none is ever renamed, new ones may be added. */
export type CatalogueErrorCode =
  | "csv.empty" | "csv.not-utf-8" | "csv.quote-not-closed" | "csv.record-too-long" | "csv.column-missing" | "csv.column-exists";

/** Why a whole file is refused. */
export class CatalogueError extends Error {
  readonly name: "CatalogueError";
  readonly code: CatalogueErrorCode;
  /** The column or the line that it is about. */
  readonly field: string;
  readonly retry: "never";
  constructor(code: CatalogueErrorCode, field: string);
}
