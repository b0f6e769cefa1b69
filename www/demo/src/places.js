/** The places that the demo delivers to and sends from, and their names in the reader's language. */

import { locale } from "./language.js";

export const UNION = [
  "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL",
  "PT", "RO", "SK", "SI", "ES", "SE",
];
export const DESTINATIONS = ["US", "GB", "JP", ...UNION];
export const ORIGINS = ["CN", "US", "GB", "JP", "VN", "IN", "BD", "TR", "KR", "DE", "PT", "CA", "MX"];

const names = new Intl.DisplayNames(locale, { type: "region" });

/** @param {HTMLSelectElement} select @param {readonly string[]} codes @param {string} chosen */
export function fillPlaces(select, codes, chosen) {
  const sorted = codes.map((code) => [code, names.of(code)]).sort(([, a], [, b]) => a.localeCompare(b, locale));
  select.replaceChildren(...sorted.map(([code, name]) => new Option(name, code, code === chosen, code === chosen)));
}

/** @param {string} amount a decimal string @param {string} currency */
export function money(amount, currency) {
  const places = (amount.split(".")[1] ?? "").length;
  const format = new Intl.NumberFormat(locale, { style: "currency", currency, minimumFractionDigits: places, maximumFractionDigits: places });
  // Set apart from the direction of the line, or Arabic would turn "US$" around.
  const turned = document.documentElement.dir === "rtl";
  return format.formatToParts(amount).map(({ type, value }) => (turned && type === "currency" ? `\u2066${value}\u2069` : value)).join("");
}
