/** Where and when the reader is. */

import { warnOnce } from "./warn.js";

/** `locale`, else the nearest `lang` (through shadow roots), else the browser's. @param {Element} element */
export function localeOf(element) {
  const asked = element.getAttribute("locale") ?? nearestLang(element) ?? navigator.language;
  try {
    return Intl.getCanonicalLocales(asked)[0] ?? "en";
  } catch {
    warnOnce(`<${element.localName}>: "${asked}" is not a language tag; English is used.`);
    return "en";
  }
}

function nearestLang(element) {
  for (let at = element; at; at = at.parentNode ?? at.host) {
    const lang = at.getAttribute?.("lang");
    if (lang) return lang;
  }
  return null;
}

/** The visitor's own today, as an ISO date. */
export function today() {
  const now = new Date();
  const two = (value) => String(value).padStart(2, "0");
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
