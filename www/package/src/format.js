/** Money, rates, dates, places and codes in the reader's language. Amounts stay strings all the way into `Intl`. */

import { isZero, placesOf } from "./decimal.js";

/** Places the browser's list does not name. */
const PLACE_NAMES = { XI: "Northern Ireland" };

const cache = new Map();

function formatter(Kind, locale, options) {
  const key = `${Kind.name} ${locale} ${JSON.stringify(options)}`;
  if (!cache.has(key)) cache.set(key, new Kind(locale, options));
  return cache.get(key);
}

function moneyFormat(locale, currency, places) {
  // As many decimals as the engine wrote: it rounds, `Intl` never does.
  return formatter(Intl.NumberFormat, locale, {
    style: "currency",
    currency,
    minimumFractionDigits: places,
    maximumFractionDigits: places,
  });
}

/**
 * Arabic and Hebrew begin an amount with a mark that turns all of it around, and "US$" would read "$US": the currency is set apart.
 * @param {Intl.NumberFormatPart[]} parts
 */
function written(parts) {
  const turned = parts[0].value.startsWith("\u200f");
  return parts.map(({ type, value }) => (turned && type === "currency" ? `\u2066${value}\u2069` : value)).join("");
}

/** @param {string} locale @param {string} amount @param {string} currency */
export function money(locale, amount, currency) {
  const positive = isZero(amount) ? amount.replace("-", "") : amount; // no "-£0.00"
  return written(moneyFormat(locale, currency, placesOf(positive)).formatToParts(positive));
}

/** Two ends, or one amount where they meet. @param {string} locale @param {string} low @param {string} high @param {string} currency */
export function moneyRange(locale, low, high, currency) {
  if (low === high) return money(locale, low, currency);
  return written(moneyFormat(locale, currency, Math.max(placesOf(low), placesOf(high))).formatRangeToParts(low, high));
}

/** @param {string} locale @param {string} value a plain decimal number @param {number} [places] */
export function number(locale, value, places = 6) {
  return formatter(Intl.NumberFormat, locale, { maximumFractionDigits: places }).format(value);
}

/** `"12.5"` as 12.5 %. @param {string} locale @param {string} value */
export function percent(locale, value) {
  const digits = { style: "unit", unit: "percent", unitDisplay: "short", maximumFractionDigits: 4 };
  return formatter(Intl.NumberFormat, locale, digits).format(value);
}

/** An ISO date, without the visitor's time zone moving it. @param {string} locale @param {string} date */
export function longDate(locale, date) {
  const at = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(at.getTime())) return date;
  return formatter(Intl.DateTimeFormat, locale, { dateStyle: "long", timeZone: "UTC" }).format(at);
}

/** Names that English gives an article: "to the United Kingdom". */
const WITH_ARTICLE = new Set(["AE", "BS", "CD", "CF", "CG", "DO", "FK", "GB", "GM", "KM", "MH", "MP", "MV", "NL", "PH", "SB", "SC", "TC", "US", "VA", "VG", "VI"]);

/** A place as it stands in a sentence. @param {string} locale @param {string} code ISO 3166-1 alpha-2 */
export function place(locale, code) {
  const name = placeName(locale, code);
  return WITH_ARTICLE.has(code) && /^en\b/.test(locale) && name !== code ? `the ${name}` : name;
}

function placeName(locale, code) {
  if (Object.hasOwn(PLACE_NAMES, code)) return PLACE_NAMES[code];
  try {
    return formatter(Intl.DisplayNames, locale, { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** As it is said of many: "US dollars". @param {string} locale @param {string} code ISO 4217 */
export function currencyName(locale, code) {
  try {
    const parts = formatter(Intl.NumberFormat, locale, { style: "currency", currency: code, currencyDisplay: "name" }).formatToParts(2);
    return parts.find(({ type }) => type === "currency")?.value ?? code;
  } catch {
    return code;
  }
}

/** `85171300` as `8517.13.00`. Codes are text, never numbers. @param {string} code */
export function dotted(code) {
  if (!/^\d{5,}$/.test(code)) return code;
  return [code.slice(0, 4), ...(code.slice(4).match(/\d{1,2}/g) ?? [])].join(".");
}

/** Text kept apart from the direction of the sentence around it, where there is no element to do so. @param {string} text */
export function apart(text) {
  return `\u2068${text}\u2069`;
}
