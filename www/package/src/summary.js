/** What a quote comes to for the person who pays: a plain object, with neither words nor DOM. */

import { isZero, subtract, sum } from "./decimal.js";

/** @typedef {{ amount: string, currency: string }} Money */

/**
 * - `now`: all of it is paid at checkout · `later`: all of it before delivery · `split`: some of each
 * - `return`: nothing to pay here, a business accounts for all of it in its tax return
 * - `zero`: there is nothing to pay, which is an answer · `range`: two ends · `partial`: some of it is unknown
 * - `prohibited`: it may not be sent there
 *
 * `onReturn` is what goes on the tax return beside what is paid; of a range it is a part.
 *
 * @param {import("../index.d.ts").Quote} quote
 */
export function summarise(quote) {
  const here = (amount) => amount !== null && { amount, currency: quote.currency };
  if (quote.status === "prohibited") return { kind: "prohibited" };
  if (quote.status === "partial") {
    const soFar = charges(quote.soFar ?? {});
    // Of charges that are not known yet, nothing so far says nothing.
    return { kind: "partial", soFar: soFar === null || isZero(soFar) ? null : here(soFar) };
  }
  if (quote.status === "range" && quote.range) {
    const [low, high] = [charges(quote.range.low), charges(quote.range.high)];
    if (low !== null && high !== null && low !== high) return { kind: "range", low: here(low), high: here(high), ...onReturnOf(quote) };
  }

  const whole = charges(quote.totals);
  if (whole === null) return { kind: "partial", soFar: null };
  if (isZero(whole)) return { kind: "zero", total: here(whole) };
  const all = paid(quote.totals);
  if (isZero(all)) return { kind: "return", total: here(whole) };
  return { ...whenPaid(quote, all, here), ...onReturnOf(quote) };
}

function whenPaid(quote, all, here) {
  const later = quote.totals.dueAtDelivery ?? "0";
  // The shopper pays the shop in the shop's currency, and the carrier in the currency of the place.
  const shop = inShopCurrency(quote);
  if (isZero(later)) return { kind: "now", total: shop(paid) ?? here(all) };
  if (!isZero(subtract(all, later))) {
    const now = shop((totals) => subtract(paid(totals), totals.dueAtDelivery)) ?? here(subtract(all, later));
    return { kind: "split", total: here(all), now, later: here(later) };
  }
  return { kind: "later", total: here(all), later: here(later) };
}

/** Duties, taxes and fees together; null where one of them is unknown. */
export function charges(totals) {
  return sum([totals.duties ?? null, totals.taxes ?? null, totals.fees ?? null]);
}

/** Of the charges what is paid to anyone, now or on delivery; the rest is accounted for in a tax return. */
function paid(totals) {
  return subtract(charges(totals), totals.dueOnReturn ?? "0");
}

function onReturnOf({ totals, currency }) {
  return totals.dueOnReturn == null || isZero(totals.dueOnReturn) ? {} : { onReturn: { amount: totals.dueOnReturn, currency } };
}

function inShopCurrency(quote) {
  const totals = quote.totalsInRequestCurrency;
  return (pick) => {
    if (!totals || totals.duties == null || totals.taxes == null || totals.fees == null) return null;
    return { amount: pick(totals), currency: totals.currency };
  };
}

/** Who asks for what is due on delivery: the first that collects anything then. */
export function collectorOf(quote) {
  const line = quote.lines.find((line) => line.when === "delivery" && !isZero(line.amount ?? "0"));
  return line?.collectedBy ?? "carrier";
}

/** The lines with an id each, made of what they are about, so that it stays the same from one quote to the next. */
export function withIds(lines) {
  const counts = new Map();
  return lines.map((line) => {
    const base = [line.item ?? "order", line.measure ?? line.kind].join("/");
    const count = (counts.get(base) ?? 0) + 1;
    counts.set(base, count);
    return { ...line, id: count === 1 ? base : `${base}/${count}` };
  });
}

/** The same text gives the same id: 64 bits of FNV-1a, enough to tell one quote from another. @param {string} text */
export function idOf(text) {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  return `q-${hash.toString(16).padStart(16, "0")}`;
}
