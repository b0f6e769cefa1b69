/** From words or digits to codes, and from a code to its title and its place in the tree. */

import { DutiableError } from "./errors.js";

/**
 * @param {import("../index.d.ts").Engine} engine @param {string} code digits @param {{ destination?: string, language?: string }} where
 * @returns {Promise<{ code: string, title: string, path: readonly { code: string, title: string }[], final: boolean }>}
 *   `final`: the destination has nothing longer
 */
export async function lookUp(engine, code, where) {
  const { node, path, children } = await engine.browse({ code, ...where });
  if (!node) throw new DutiableError("code.unknown", { field: "code" });
  return { code: node.code, title: node.title ?? "", path, final: Boolean(where.destination) && children.length === 0 };
}

/**
 * Searches. A whole code is looked up instead: there is nothing to guess about it. One that is shorter than the level asked for
 * is answered with what lies beneath.
 * @param {import("../index.d.ts").Engine} engine @param {import("../index.d.ts").SearchQuery} asked @param {number} level
 * @param {AbortSignal} signal
 */
export async function find(engine, { text, limit, classifier, ...where }, level, signal) {
  const code = text.replace(/[.\s]/g, "");
  if (!/^\d{6,10}$/.test(code)) return engine.search({ text, limit, classifier, ...where }, { signal });
  const { node, path, children } = await engine.browse({ code, ...where }, { signal });
  const titles = path.map(({ title }) => title ?? "");
  const reached = node.code.length >= level || children.length === 0;
  const rows = reached ? [node] : children.filter((child) => child.code !== null);
  const above = reached ? titles : [...titles, node.title ?? ""];
  const hits = rows.slice(0, limit).map((row) => ({ code: row.code, title: row.title, path: above, matched: [], why: [], confidence: null }));
  return { hits, needs: null, typed: true };
}
