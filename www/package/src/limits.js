/** What the loader accepts at most. A file past its limit is refused before it is read to the end. */
export const LIMITS = Object.freeze({
  manifestBytes: 256 * 1024,
  wasmBytes: 8 * 1024 * 1024,
  packBytes: 16 * 1024 * 1024,
  packs: 1024,
  /** A transfer that brings nothing for this long counts as lost; a slow one that keeps bringing bytes does not. */
  stalledAfterMs: 7000,
});
