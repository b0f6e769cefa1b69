/** The places that the demo delivers to and sends from, and their names in the reader's language. */

import { REGIONS } from "./facts.js";
import { locale, say } from "./language.js";
import regionNames from "./regions.json" with { type: "json" };

export { DESTINATIONS } from "./facts.js";

export const UNION = [
  "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL",
  "PT", "RO", "SK", "SI", "ES", "SE",
];
export const ORIGINS = ["CN", "US", "GB", "JP", "VN", "IN", "BD", "TR", "KR", "DE", "PT", "CA", "MX"];

/** Places that the browser's list does not name. */
const OWN_NAMES = { XI: "Northern Ireland" };
const names = new Intl.DisplayNames(locale, { type: "region" });

/** @param {HTMLSelectElement} select @param {readonly string[]} codes @param {string} chosen */
export function fillPlaces(select, codes, chosen) {
  const sorted = codes.map((code) => [code, OWN_NAMES[code] ?? names.of(code)]).sort(([, a], [, b]) => a.localeCompare(b, locale));
  select.replaceChildren(...sorted.map(([code, name]) => new Option(name, code, code === chosen, code === chosen)));
}

/** The regions of a place, none of them chosen; nothing where its taxes are the same everywhere. @param {HTMLSelectElement} select */
export function fillRegions(select, place) {
  if (select.dataset.place === place) return;
  select.dataset.place = place;
  const regions = (REGIONS[place] ?? []).map((code) => [code, regionNames[place]?.[code] ?? code]);
  const sorted = regions.sort(([, a], [, b]) => a.localeCompare(b, locale));
  select.replaceChildren(new Option(say("Choose"), ""), ...sorted.map(([code, name]) => new Option(name, code)));
  select.closest("label").hidden = regions.length === 0;
}

/** @param {string} amount a decimal string @param {string} currency */
export function money(amount, currency) {
  const places = (amount.split(".")[1] ?? "").length;
  const format = new Intl.NumberFormat(locale, { style: "currency", currency, minimumFractionDigits: places, maximumFractionDigits: places });
  // Set apart from the direction of the line, or Arabic would turn "US$" around.
  const turned = document.documentElement.dir === "rtl";
  return format.formatToParts(amount).map(({ type, value }) => (turned && type === "currency" ? `\u2066${value}\u2069` : value)).join("");
}
