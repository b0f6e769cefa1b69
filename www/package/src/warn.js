/** Complaints made already: each is worth saying once. */
const warned = new Set();

/** @param {string} text */
export function warnOnce(text) {
  if (warned.has(text)) return;
  warned.add(text);
  console.warn(text);
}
