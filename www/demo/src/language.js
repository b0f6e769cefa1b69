/**
 * The demo pages in the reader's language: `?lang=ar`. English stands in the pages; here what is written there is put into other
 * words before anything is asked of the elements, which speak by the same `lang`.
 */

import words from "./words.json" with { type: "json" };

const SAID_BY_ATTRIBUTE = ["aria-label", "hint"];

const asked = new URLSearchParams(location.search).get("lang") ?? "";
const table = Object.hasOwn(words, asked.slice(0, 2)) ? words[asked.slice(0, 2)] : {};

export const locale = /^[a-z]{2}(-[A-Z]{2})?$/.test(asked) ? asked : "en";

/** The page's words in its language; "Quantity: Cotton T-shirt" is two of them. @param {string} text */
export function say(text) {
  if (Object.hasOwn(table, text)) return table[text];
  return text.includes(": ") ? text.split(": ").map((part) => table[part] ?? part).join(": ") : text;
}

function translate() {
  document.title = say(document.title);
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const text = texts.currentNode.data;
    const said = text.trim();
    if (say(said) !== said) texts.currentNode.data = text.replace(said, () => say(said));
  }
  for (const name of SAID_BY_ATTRIBUTE) {
    for (const element of document.querySelectorAll(`[${name}]`)) element.setAttribute(name, say(element.getAttribute(name)));
  }
}

if (locale !== "en") {
  document.documentElement.lang = locale;
  document.documentElement.dir = locale.startsWith("ar") ? "rtl" : "ltr";
  translate();
}
