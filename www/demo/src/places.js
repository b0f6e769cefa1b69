/** The places that the demo delivers to and sends from, and their names in the reader's language. */

export const UNION = [
  "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL",
  "PT", "RO", "SK", "SI", "ES", "SE",
];
export const DESTINATIONS = ["US", "GB", "JP", ...UNION];
export const ORIGINS = ["CN", "US", "GB", "JP", "VN", "IN", "BD", "TR", "KR", "DE", "PT", "CA", "MX"];

const locale = document.documentElement.lang || "en";
const names = new Intl.DisplayNames(locale, { type: "region" });

/** @param {HTMLSelectElement} select @param {readonly string[]} codes @param {string} chosen */
export function fillPlaces(select, codes, chosen) {
  const sorted = codes.map((code) => [code, names.of(code)]).sort(([, a], [, b]) => a.localeCompare(b, locale));
  select.replaceChildren(...sorted.map(([code, name]) => new Option(name, code, code === chosen, code === chosen)));
}

/** @param {string} amount a decimal string @param {string} currency */
export function money(amount, currency) {
  const places = (amount.split(".")[1] ?? "").length;
  return new Intl.NumberFormat(locale, { style: "currency", currency, minimumFractionDigits: places, maximumFractionDigits: places }).format(amount);
}

/** `?lang=ar` shows the elements in another language, and from right to left where it is written so. */
export function followLanguage() {
  const lang = new URLSearchParams(location.search).get("lang");
  if (!lang || !/^[a-z]{2}(-[A-Z]{2})?$/.test(lang)) return;
  document.documentElement.lang = lang;
  document.documentElement.dir = lang.startsWith("ar") ? "rtl" : "ltr";
}
