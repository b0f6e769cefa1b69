/** One suggestion: code, title with what matched marked, where it belongs, and why it is here if the title does not show it. */

import { h } from "./dom.js";
import { dotted } from "./format.js";

/**
 * @param {import("./messages.js").Messages} words
 * @param {import("../index.d.ts").SearchHit} hit
 */
export function optionRow(words, hit) {
  const parents = nearest(hit.path);
  const why = reason(words, hit);
  return h("li", { part: "option" },
    h("span", { part: "option-code", class: "code" }, dotted(hit.code)),
    h("span", { part: "option-text", dir: "auto" }, marked(hit.title ?? "", hit.matched)),
    (parents || why) && h("span", { class: "context muted" }, parents && h("span", { class: "parents", dir: "auto" }, parents), why && h("span", { class: "why" }, why)));
}

/** The designation above, and the one above that where both are short: "Other" says nothing without them. */
function nearest(path) {
  const [above, last] = [path.at(-2), path.at(-1) ?? ""];
  return above && above.length + last.length < 60 ? `${above} › ${last}` : last;
}

/** The title cut at the words that matched: nodes, never markup. @param {string} title @param {readonly string[]} matched */
export function marked(title, matched) {
  const words = matched.filter(Boolean).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  if (words.length === 0) return [title];
  const at = new RegExp(`(?<![\\p{L}\\p{N}])(${words.join("|")})`, "giu");
  return title.split(at).map((part, index) => (index % 2 === 1 ? h("mark", { part: "option-match" }, part) : part));
}

/** A trade word or a corrected spelling; a plain match in the title explains itself. */
function reason(words, { why = [] }) {
  const term = why.find((one) => one.in === "term");
  if (term) return words.text("navigator.matchTerm", { word: term.word });
  const typo = why.find((one) => one.how === "typo");
  return typo ? words.text("navigator.matchTypo", { word: typo.word }) : null;
}
