// What the elements say of a quote: from the engine's codes to sentences, and from its totals to what is paid when.

import assert from "node:assert/strict";
import { before, describe, it } from "node:test";

import { findingTexts } from "../../www/package/src/check-words.js";
import { ENGLISH, loadMessages } from "../../www/package/src/messages.js";
import { loadNotices, noticeText, noticeTexts, reasonText } from "../../www/package/src/quote-words.js";
import { summarise } from "../../www/package/src/summary.js";

describe("a notice in words", () => {
  before(loadNotices);
  const items = [{ id: "tee", description: "T-shirt" }, { id: "mug" }, { id: "buds", description: "Earbuds" }];
  const plain = (text) => text.replaceAll(/[\u2066-\u2069]/g, "");
  const said = (code, params) => plain(noticeTexts(ENGLISH, [{ code, params }], items)[0]);

  it("says amounts, rates, dates and the names of charges as a reader would", () => {
    assert.equal(said("threshold.same-day", { limit: "150 USD" }), "Parcels of one day count together for the limit of $150.");
    assert.equal(
      said("threshold.same-day", { limit: "150 USD", cost: "12.50", currency: "EUR" }),
      "Parcels of one day count together. Up to €12.50 more for this one if another arrives that day (limit $150).",
    );
    assert.equal(said("tax.lower-rate-possible", { item: "0", tax: "vat", rate: "5 %" }), "T-shirt: A lower tax rate of 5% may apply to these goods. The ordinary rate is used.");
    assert.equal(said("rules.stale", { class: "regime", level: "1", checkedOn: "2026-11-01", days: "40" }), "The rules used were last checked on November 1, 2026. Newer ones may apply.");
    assert.equal(said("duty.line-not-at-hand", { item: "0" }).slice(0, 9), "T-shirt: ");
  });

  it("is said once of several items, and of all without their names", () => {
    const of = (...places) => places.map((item) => ({ code: "duty.line-not-at-hand", params: { item } }));
    const sentence = noticeText(ENGLISH, of("0")[0]);
    assert.deepEqual(noticeTexts(ENGLISH, of("0", "1"), items).map(plain), [`T-shirt and mug: ${sentence}`]);
    assert.deepEqual(noticeTexts(ENGLISH, of("0", "1", "2"), items), [sentence]);
    assert.deepEqual(noticeTexts(ENGLISH, of("0"), items.slice(0, 1)).map(plain), [`T-shirt: ${sentence}`]);
    assert.equal(noticeTexts(ENGLISH, [...of("0"), { code: "quote.not-binding" }], items).length, 2);
  });

  it("that is newer than these words is put plainly, in every language", async () => {
    assert.equal(said("xx.surtax-not-included"), "Note from the rules: surtax not included (xx.surtax-not-included).");
    for (const language of ["de", "fr", "ar"]) {
      const text = noticeText(await loadMessages(language), { code: "xx.surtax-not-included" });
      assert.match(text, /surtax not included/);
      assert.doesNotMatch(text, /[{}]/);
    }
  });

  it("asks for a region and for where a parcel is sent from", () => {
    assert.equal(reasonText(ENGLISH, { field: "region", needs: "region" }), "the region it goes to is missing");
    assert.equal(reasonText(ENGLISH, { field: "shipFrom", needs: "place" }), "the country it is sent from is missing");
  });

  it("tells a place of which we hold no tariff from a line or a rate that a tariff lacks", () => {
    const duty = (reason) => reasonText(ENGLISH, { field: "items[0].dutyRate", needs: "rate", ...(reason && { reason }) });
    assert.equal(duty("duty.tariff-not-at-hand"), "we do not have the duty rates of this country, so the seller has to give one");
    assert.equal(duty("duty.line-not-at-hand"), "its line of the tariff is not in our data, so the seller has to give the rate");
    assert.equal(duty("duty.rate-not-at-hand"), "our data have no rate for it that can be worked out, so the seller has to give one");
    assert.equal(duty("duty.some-newer-reason"), "its duty rate is not known");
    assert.equal(duty(), "its duty rate is not known");
  });
});

describe("a finding in words", () => {
  const said = async (finding, locale = "en") => (await findingTexts({ findings: [finding] }, locale))[0];

  it("names figures, words and what is lacking as a reader would", async () => {
    assert.equal(await said({ code: "code.too-short", count: 14, digits: 10 }), "This code is too short: 10 digits are needed. The number of codes that start like it is 14.");
    assert.equal(
      await said({ code: "description.vague", words: ["sample"], lacks: ["kind", "material", "use"] }),
      "The description does not tell customs what this is. Add what the product is, what it is made of, and what it is used for.",
    );
    assert.equal(await said({ code: "description.set", words: ["set", "kit"] }), "This is a set (\"set, kit\"). Say what is in it, because that decides the code.");
    assert.equal(await said({ code: "description.vague", lacks: ["kind", "use"] }, "de"), "Die Beschreibung sagt dem Zoll nicht, was das ist. Ergänzen Sie: was die Ware ist und wofür sie dient.");
  });

  it("are English where there is no table of a language", async () => {
    assert.equal(await said({ code: "code.unlikely" }, "ja-JP"), "The description sounds like another product code.");
    assert.equal(await said({ code: "description.vague", lacks: ["kind", "use"] }, "ja"), "The description does not tell customs what this is. Add what the product is and what it is used for.");
    await assert.rejects(said({ code: "code.unlikely" }, "not a tag"), RangeError);
  });

  it("says of an unknown code how much of it there is, where there is any", async () => {
    assert.equal(await said({ code: "code.unknown" }), "There is no such product code.");
    assert.equal(await said({ code: "code.unknown", known: "6109" }), "There is no such product code under 6109.");
  });

  it("that is newer than these words is named by its code, in every language", async () => {
    for (const language of ["en", "de-CH", "fr", "ar"]) {
      const text = await said({ code: "code.some-newer-finding" }, language);
      assert.match(text, /code\.some-newer-finding/);
      assert.doesNotMatch(text, /[{}]/);
    }
  });
});

describe("what is paid when", () => {
  const quote = (totals) => ({
    status: "complete", currency: "EUR", lines: [], totals,
    totalsInRequestCurrency: { ...totals, currency: "EUR" },
  });
  const money = (amount) => ({ amount, currency: "EUR" });

  it("leaves out what a business accounts for in its tax return, and tells it", () => {
    const totals = { duties: "12.00", taxes: "20.00", fees: "3.00", dueAtCheckout: "100.00", dueAtDelivery: "15.00", dueOnReturn: "20.00" };
    assert.deepEqual(summarise(quote(totals)), { kind: "later", total: money("15.00"), later: money("15.00"), onReturn: money("20.00") });
    assert.deepEqual(
      summarise(quote({ ...totals, dueAtCheckout: "115.00", dueAtDelivery: "0.00" })),
      { kind: "now", total: money("15.00"), onReturn: money("20.00") },
    );
  });

  it("says where all of it goes on the tax return, and nothing is paid", () => {
    const totals = { duties: "0.00", taxes: "20.00", fees: "0.00", dueAtCheckout: "100.00", dueAtDelivery: "0.00", dueOnReturn: "20.00" };
    assert.deepEqual(summarise(quote(totals)), { kind: "return", total: money("20.00") });
  });

  it("is as before where nothing goes on a return", () => {
    const totals = { duties: "12.00", taxes: "20.00", fees: "0.00", dueAtCheckout: "120.00", dueAtDelivery: "12.00" };
    assert.deepEqual(summarise(quote(totals)), { kind: "split", total: money("32.00"), now: money("20.00"), later: money("12.00") });
  });
});
