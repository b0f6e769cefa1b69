/**
 * `dutiable/catalogue`: a CSV file in, the same with codes out, in slices that leave the page free. It sends nothing anywhere, and is a
 * file of its own: a page that does not import it does not fetch it.
 */

import { Columns, Fault, cellsOf, checkCellsOf, namesOf, unanswered } from "./columns.js";
import { CsvReader, CsvWriter, LOOKED_AT, dialectOf } from "./csv.js";
import { Bytes } from "./csv-bytes.js";

export { CatalogueError } from "./csv.js";

/** As long as a slice of the work may take before others on the thread have their turn. A row may be in it yet. */
const SLICE_MS = 10;
/** Codes of a row where the caller does not say. */
const CODES = 5;
/** As much of a file as a preview looks at. */
const PREVIEWED = 256 * 1024;

/**
 * @param {import("../catalogue.d.ts").CatalogueSource} input
 * @param {import("../catalogue.d.ts").CatalogueOptions} options
 * @returns {Promise<import("../catalogue.d.ts").ClassifiedCatalogue>}
 */
export async function classifyCsv(input, options) {
  const { signal, onProgress } = options;
  signal?.throwIfAborted();
  const source = typeof input === "string" ? new Blob([input]) : input;
  let last;
  const stream = classifyStream({
    totalBytes: source instanceof Blob ? source.size : null,
    ...options,
    onProgress: (progress) => {
      last = progress;
      onProgress?.(progress);
    },
  });
  const bytes = source instanceof Blob ? source.stream() : source;
  const parts = [];
  const reader = bytes.pipeThrough(stream, { signal }).getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) parts.push(next.value);
  return { csv: new Blob(parts, { type: "text/csv;charset=utf-8" }), rows: last.rows, faults: last.faults, doubted: last.doubted };
}

/**
 * @param {import("../catalogue.d.ts").CatalogueOptions} options
 * @returns {TransformStream<Uint8Array | string, Uint8Array>}
 */
export function classifyStream(options) {
  const work = new Classifying(options);
  return new TransformStream({
    start: () => work.start(),
    transform: (chunk, out) => work.take(typeof chunk === "string" ? new TextEncoder().encode(chunk) : chunk, out),
    flush: (out) => work.finish(out),
  });
}

/**
 * The columns of a file and its first rows, to choose by.
 * @param {Blob | string} input @param {{ rows?: number }} [options]
 * @returns {Promise<import("../catalogue.d.ts").CsvPreview>}
 */
export async function previewCsv(input, { rows: most = 5 } = {}) {
  const file = typeof input === "string" ? new Blob([input]) : input;
  const head = new Uint8Array(await file.slice(0, PREVIEWED).arrayBuffer());
  const { delimiter, mark } = dialectOf(head.subarray(0, LOOKED_AT));
  const reader = new CsvReader(delimiter);
  const records = [];
  const read = function* () {
    yield* reader.push(mark ? head.subarray(3) : head);
    if (file.size <= PREVIEWED) yield* reader.end();
  };
  for (const record of read()) {
    if (records.push(record) > most) break;
  }
  const [header, ...rows] = records;
  const decode = new TextDecoder();
  return {
    columns: namesOf(header),
    rows: rows.map(({ fields }) => fields.map((field) => decode.decode(field))),
    delimiter: String.fromCharCode(delimiter),
  };
}

/** The work on one file. */
class Classifying {
  #options;
  #head = new Bytes();
  /** @type {CsvReader | null} null until the first line is there */
  #reader = null;
  /** @type {CsvWriter} */
  #writer;
  #delimiter;
  /** @type {Columns | null} null until the header is read */
  #columns = null;
  #engine;
  #rows = 0;
  #faults = 0;
  #doubted = 0;
  #mark = 0;
  #since = 0;

  constructor(options) {
    this.#options = options;
  }

  /** Fetches what it takes, and has the settings refused before a row is read. */
  async start() {
    this.#engine = await this.#options.engine;
    await this.#search("");
    this.#since = performance.now();
  }

  #search(text) {
    const { destination, language, limit = CODES, classifier = true, signal } = this.#options;
    return this.#engine.search({ text, limit, classifier, destination, language }, { signal });
  }

  /** @param {Uint8Array} bytes */
  async take(bytes, out) {
    if (this.#reader) return this.#answer(this.#reader.push(bytes), out);
    this.#head.append(bytes);
    if (this.#head.length >= LOOKED_AT) await this.#begin(out);
  }

  #begin(out) {
    const head = this.#head.take();
    const dialect = dialectOf(head.subarray(0, LOOKED_AT));
    this.#mark = dialect.mark ? 3 : 0;
    this.#delimiter = dialect.delimiter;
    this.#reader = new CsvReader(dialect.delimiter);
    this.#writer = new CsvWriter(dialect);
    return this.#answer(this.#reader.push(head.subarray(this.#mark)), out);
  }

  async finish(out) {
    if (!this.#reader) await this.#begin(out);
    await this.#answer(this.#reader.end(), out);
    if (!this.#columns) namesOf(undefined);
    this.#hand(out);
  }

  async #answer(records, out) {
    for (const record of records) {
      if (!this.#columns) {
        const { text = [], code } = this.#options;
        this.#columns = new Columns(record, { text: [text].flat(), code }, this.#delimiter);
        this.#writer.write(this.#columns.header);
        continue;
      }
      this.#writer.write(this.#columns.fit(record, await this.#cells(record)));
      this.#rows++;
      if (performance.now() - this.#since < SLICE_MS) continue;
      this.#hand(out);
      await turnOfOthers();
      this.#options.signal?.throwIfAborted();
      this.#since = performance.now();
    }
  }

  async #cells(record) {
    const { text, code } = this.#columns.said(record);
    const found = await this.#found(text);
    return this.#columns.haveCodes ? [...(await this.#checked(code, text)), ...found] : found;
  }

  /** How a row's code stands, held against what the row says. Descriptions are understood in English. */
  async #checked(code, text) {
    if (code === "") return ["", ""];
    const { destination, language = "en", classifier = true, signal } = this.#options;
    const isUnderstood = !(text instanceof Fault) && /^en([-_]|$)/i.test(language);
    const description = isUnderstood ? text : undefined;
    try {
      const checked = await this.#engine.checkCode({ code, description, destination, classifier }, { signal });
      if (checked.status !== "sound") this.#doubted++;
      return checkCellsOf(checked);
    } catch (error) {
      if (error?.field !== "code") throw error;
      this.#doubted++;
      return [error.code, ""];
    }
  }

  async #found(text) {
    if (text instanceof Fault) {
      this.#faults++;
      return unanswered(text.name);
    }
    try {
      return cellsOf(await this.#search(text));
    } catch (error) {
      // What is wrong with one text is that row's fault; all else would be every row's.
      if (error?.field !== "text") throw error;
      this.#faults++;
      return unanswered(error.code);
    }
  }

  /** Hands on what has been written, and says how far it is. */
  #hand(out) {
    const written = this.#writer.take();
    if (written.length > 0) out.enqueue(written);
    const { onProgress, totalBytes = null } = this.#options;
    onProgress?.({ rows: this.#rows, faults: this.#faults, doubted: this.#doubted, bytes: this.#reader.position + this.#mark, totalBytes });
  }
}

/** Lets events, painting and timers have their turn. `scheduler.yield` comes back before they do: it left nine frames a second. */
function turnOfOthers() {
  if (globalThis.scheduler?.postTask) return scheduler.postTask(() => {}, { priority: "background" });
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}
