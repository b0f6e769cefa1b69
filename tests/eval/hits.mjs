// Shares of queries with a right code among the first so many.

/** Digits at which a code is compared. */
export const LEVELS = [6, 4, 2];
/** Among how many of the first hits. */
export const WITHIN = [1, 5, 10];

/**
 * For each level the shares in per cent. A query whose right codes are shorter than a level says nothing of it; `NaN` where none says
 * anything.
 */
export function hits(engine, queries) {
  const found = queries.map(({ query, codes }) => ({ codes, hits: engine.search(query) }));
  return LEVELS.map((digits) => {
    const asked = found.filter(({ codes }) => codes.every((code) => code.length >= digits));
    const at = asked.map(({ codes, hits }) => {
      const right = new Set(codes.map((code) => code.slice(0, digits)));
      return hits.findIndex((hit) => right.has(hit.slice(0, digits)));
    });
    return WITHIN.map((within) => (100 * at.filter((place) => place >= 0 && place < within).length) / asked.length);
  });
}
