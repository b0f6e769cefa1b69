// Amounts as a reader sees them: strings all the way into `Intl`, which rounds nothing and drops nothing.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { currencyName, dotted, longDate, money, moneyRange, percent, place } from "../../www/package/src/format.js";

/** `Intl` separates by several kinds of space. */
const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");

describe("amounts", () => {
  it("keep every digit the engine wrote, and no other", () => {
    assert.equal(money("en", "9007199254740993.12", "USD"), "$9,007,199,254,740,993.12");
    assert.deepEqual(["1235", "1235.50"].map((amount) => plain(money("hu", amount, "HUF"))), ["1235 Ft", "1235,50 Ft"]);
    assert.equal(plain(money("en", "1.250", "KWD")), "KWD 1.250");
    assert.equal(money("en", "3200", "JPY"), "¥3,200");
  });

  it("are told apart by currency, and nothing is ever less than nothing", () => {
    assert.equal(money("en-CA", "12.50", "USD"), "US$12.50");
    assert.equal(money("en", "-0.00", "GBP"), "£0.00");
    assert.equal(money("en", "-3.00", "GBP"), "-£3.00");
  });

  it("are one where a range has one end", () => {
    assert.equal(moneyRange("en", "10.00", "10.00", "USD"), "$10.00");
    assert.equal(plain(moneyRange("en", "14.00", "26.00", "EUR")), "€14.00 – €26.00");
  });

  it("keep the currency's letters in their order where the line runs from right to left", () => {
    assert.equal(plain(money("ar", "34.39", "USD")), "\u200f34.39 \u2066US$\u2069");
    assert.match(moneyRange("ar", "1.00", "2.00", "GBP"), /\u2066UK£\u2069$/);
    assert.equal(money("en", "34.39", "USD"), "$34.39");
  });
});

describe("what else is named", () => {
  it("has the reader's words for places, currencies, rates and days", () => {
    assert.deepEqual([place("en", "GB"), place("en", "DE"), place("fr", "GB"), place("ar", "XK")], ["the United Kingdom", "Germany", "Royaume-Uni", "كوسوفو"]);
    assert.equal(currencyName("en", "USD"), "US dollars");
    assert.deepEqual([percent("en", "12.5"), plain(percent("de", "12.5"))], ["12.5%", "12,5 %"]);
    assert.equal(longDate("en", "2026-11-01"), "November 1, 2026");
  });

  it("dots codes, which are text and keep their zeros", () => {
    assert.deepEqual(["0101", "010121", "0101210000", "XVI"].map(dotted), ["0101", "0101.21", "0101.21.00.00", "XVI"]);
  });
});
