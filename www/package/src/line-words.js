/**
 * A line in words. A rate becomes a sentence: `12 %` of £45.60, `17.6 EUR/100 kg`, `4.3 % MIN 700 JPY/pair`. The grammar is that of
 * `tariff-data/TABLES.md`; what does not fit it is shown as it stands.
 */

import { isZero } from "./decimal.js";
import { money, number, percent } from "./format.js";
import { first } from "./quote-words.js";

const TERM = /^(?:(?<share>\d+\/\d+)|(?<percent>[\d.]+) %(?: of (?<part>[\w-]+))?|(?<amount>[\d.]+) (?<currency>[A-Z]{3})(?:\/(?:(?<count>[\d.]+) )?(?<unit>.+))?)$/;

/**
 * @param {import("./messages.js").Messages} words
 * @param {string} rate
 * @param {{ amount: string, currency: string } | null} basis
 */
export function rateInWords(words, rate, basis) {
  if (/^0(\.0+)? %$|^free$/i.test(rate)) return words.text("rate.free");
  const plain = rate.trim().replaceAll(", at least ", " MIN ").replaceAll(", at most ", " MAX "); // as fees write them
  return limited(words, plain, basis) ?? rate;
}

function limited(words, rate, basis) {
  const cap = rate.lastIndexOf(" MAX ");
  if (cap > 0) return joined(words, "rate.max", "cap", rate, cap, basis);
  const floor = rate.lastIndexOf(" MIN ");
  if (floor > 0) return joined(words, "rate.min", "floor", rate, floor, basis);
  return summed(words, rate, basis);
}

function joined(words, key, name, rate, at, basis) {
  const [first, second] = [limited(words, rate.slice(0, at), basis), summed(words, rate.slice(at + 5), basis)];
  return first && second ? words.text(key, { rate: first, [name]: second }) : null;
}

function summed(words, rate, basis) {
  const parts = rate.split(/ ([+-]) /);
  let said = term(words, parts[0], basis);
  for (let at = 1; said && at < parts.length; at += 2) {
    const second = term(words, parts[at + 1], basis);
    said = second && words.text(parts[at] === "+" ? "rate.plus" : "rate.minus", { first: said, second });
  }
  return said;
}

function term(words, text, basis) {
  const found = TERM.exec(text)?.groups;
  if (!found) return null;
  if (found.percent || found.share) return share(words, found, basis);
  const amount = money(words.locale, padded(found.amount), found.currency);
  if (!found.unit) return words.text("rate.flat", { amount });
  const unit = words.has(`unit.${found.unit}`) ? words.text(`unit.${found.unit}`) : found.unit;
  if (!found.count) return words.text("rate.per", { amount, unit });
  return words.text("rate.perMany", { amount, quantity: number(words.locale, found.count), unit });
}

function share(words, { share: fraction, percent: value, part }, basis) {
  const rate = fraction ?? percent(words.locale, value);
  if (part) return words.text("rate.of", { rate, part });
  if (!basis || isZero(basis.amount)) return words.text("rate.percentOnly", { rate });
  return words.text("rate.percent", { rate, basis: money(words.locale, basis.amount, basis.currency) });
}

/** Rates are written without trailing zeros; money reads better with two decimals, and keeps more where it has them. */
function padded(amount) {
  const [whole, fraction] = amount.split(".");
  return fraction === undefined ? whole : `${whole}.${fraction.padEnd(2, "0")}`;
}

/** @param {import("./messages.js").Messages} words */
export function measureText(words, { measure, kind }) {
  return first(words, [`measure.${measure}`, `kind.${kind}`]);
}

/** @param {import("./messages.js").Messages} words */
export function collectedText(words, { collectedBy, when }) {
  const keys = [`collected.${collectedBy}.${when}`, `collected.${collectedBy}`];
  return keys.some((key) => words.has(key)) ? first(words, keys) : "";
}

/** @param {import("./messages.js").Messages} words */
export function refundableText(words, { refundable }) {
  const key = `refundable.${refundable === true ? "yes" : refundable === false ? "no" : refundable}`;
  return words.has(key) ? words.text(key) : "";
}

/** @param {import("./messages.js").Messages} words */
export function confidenceText(words, { confidence }) {
  const key = `confidence.${confidence}`;
  return words.has(key) ? words.text(key) : "";
}
