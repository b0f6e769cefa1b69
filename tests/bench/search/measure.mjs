// Time and hits.

import { brotliCompressSync, constants } from "node:zlib";

const RUNS = 3;

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];

/** The value below which a share of the numbers lie. */
export function quantile(numbers, share) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/** Milliseconds that a call takes. */
export function timed(call) {
  const start = process.hrtime.bigint();
  call();
  return Number(process.hrtime.bigint() - start) / 1e6;
}

/** p50 and p99 of one search each, the medians of several runs after one to warm up. */
export function latency(engine, texts, runs = RUNS) {
  texts.forEach((text) => engine.search(text));
  const times = Array.from({ length: runs }, () => texts.map((text) => timed(() => engine.search(text))));
  return [0.5, 0.99].map((share) => median(times.map((run) => quantile(run, share))));
}

/** How many queries in a hundred have a right code among the first ten, and as the first. */
export function hits(engine, queries) {
  let [ten, one] = [0, 0];
  for (const { query, codes } of queries) {
    const right = engine.search(query).map((found) => codes.some((code) => found.startsWith(code)));
    ten += right.includes(true);
    one += right[0] === true;
  }
  return [ten, one].map((count) => (100 * count) / queries.length);
}

export const brotli = (bytes) =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } }).length;

/** Every keystroke of some queries: what a search box asks. */
export const keystrokes = (queries) =>
  queries.flatMap(({ query }) => Array.from(query, (_, at) => query.slice(0, at + 1)));
