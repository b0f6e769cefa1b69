/** What a check of a code found, in the reader's words. */

import * as format from "./format.js";
import { addEnglish, loadMessages } from "./messages.js";
import { first } from "./quote-words.js";

let english;

/**
 * The words of a language for findings. English has a file of its own for them, which only a check needs.
 * @param {string} locale
 */
export async function loadFindings(locale) {
  english ??= import("./messages/en-check.json", { with: { type: "json" } }).then(
    (module) => addEnglish(module.default),
    () => (english = undefined),
  );
  const [words] = await Promise.all([loadMessages(locale), english]);
  return words;
}

/**
 * One finding as a sentence; one that is newer than these words is named by its code.
 * @param {import("./messages.js").Messages} words @param {import("../index.d.ts").CodeFinding} finding
 */
export function findingText(words, { code, known, words: typed = [], lacks = [], ...figures }) {
  const list = (parts, style) => new Intl.ListFormat(words.locale, style).format(parts);
  const keys = [...(known ? [`finding.${code}.known`] : []), `finding.${code}`, "finding.other"];
  return first(words, keys, {
    ...figures,
    code,
    known: known && format.dotted(known),
    words: typed.join(", "),
    lacks: list(lacks.map((lack) => words.text(`lacks.${lack}`)), { type: "conjunction" }),
  });
}
