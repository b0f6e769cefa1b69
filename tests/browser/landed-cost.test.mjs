// <landed-cost>: the mistakes that embedded quotes make elsewhere, each with the test that would catch it here.

import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { useStage } from "../support/stage.mjs";

const stage = useStage();

/** An element with a basket, to Great Britain unless said. */
const PUT = (given = {}) => {
  const element = make("landed-cost", { destination: "GB", currency: "USD", terms: "ddp", "as-of": "2026-11-23", ...given, ".items": ITEMS });
  element.engine ??= readyEngine();
  stage.append(element);
};

const state = (page, wanted) => page.waitForFunction((wanted) => document.querySelector("landed-cost").state === wanted, wanted);
const shown = (page) => page.evaluate(() => document.querySelector("landed-cost").shadowRoot.querySelector("[part=summary]").textContent);
const formOf = (page) => page.evaluate(() => Object.fromEntries(new FormData(document.querySelector("form"))));

describe("<landed-cost>", () => {
  it("shows the answer to the last question only, however late the others come (1)", () =>
    stage.open(async (page) => {
      const result = await page.evaluate(async () => {
        const engine = manualEngine();
        const element = make("landed-cost", { destination: "GB", currency: "USD", terms: "ddp", name: "duty", ".items": ITEMS, ".engine": engine });
        stage.append(make("form", {}, element));
        const turn = () => new Promise((done) => setTimeout(done, 20));
        element.scrollIntoView();
        while (engine.calls.length === 0) await turn();
        for (const place of ["JP", "GB"]) {
          element.destination = place;
          await turn();
        }
        const [first, second, third] = engine.calls;
        third.resolve(answerTo(third.argument));
        await turn();
        second.resolve(answerTo(second.argument));
        first.resolve({ ...answerTo(first.argument), status: "prohibited" });
        await turn();
        return {
          asked: engine.calls.map((call) => call.argument.destination), aborted: engine.calls.map((call) => call.signal.aborted),
          state: element.state, currency: element.quote.currency, quotes: heard.filter(({ type }) => type === "lc-quote").length,
          total: element.shadowRoot.querySelector("[part=total]").textContent, form: Object.fromEntries(new FormData(element.form)),
        };
      });
      assert.deepEqual(result.asked, ["GB", "JP", "GB"]);
      assert.deepEqual(result.aborted.slice(0, 2), [true, true]);
      assert.deepEqual([result.state, result.currency, result.quotes, result.total], ["quoted", "GBP", 1, "$70.39"]);
      assert.deepEqual([result.form["duty.total"], result.form["duty.currency"]], ["70.39", "USD"]);
    }));

  it("never shows or adds up an unknown as nothing (2)", () =>
    stage.open(async (page) => {
      await page.evaluate(() => {
        const element = make("landed-cost", { destination: "US", currency: "USD", name: "duty", required: "", ".items": ITEMS, ".engine": readyEngine() });
        stage.append(make("form", {}, element));
      });
      await state(page, "unknown");
      assert.match(await shown(page), /So far: \$16\.50/);
      assert.match(await shown(page), /1 of 3 items yet: the country it was made in is missing/);
      await page.locator("landed-cost details.breakdown > summary").click();
      await page.locator("landed-cost tfoot tr.total").waitFor();
      const foot = await page.locator("landed-cost tfoot tr").allTextContents();
      const plain = foot.map((text) => text.replaceAll(/[\u2066-\u2069]/g, ""));
      assert.deepEqual(plain, ["Goods$200.00", "Import dutySo far: $16.50", "TaxNot known yet", "FeesNot known yet", "Total so far$216.50"]);
      assert.deepEqual(await formOf(page), {});
      assert.equal(await page.evaluate(() => document.querySelector("form").checkValidity()), false);
    }));

  it("says nothing is due only where nothing is (2)", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT, { destination: "JP" });
      await state(page, "quoted");
      assert.match(await shown(page), /No duty or tax on this order\./);
    }));

  it("has words for paying now, later, a range, a stop, a permit and an old rate", () =>
    stage.open(async (page) => {
      const cases = [
        [{ terms: "ddp" }, "quoted", /\$70\.39.*You pay this now\. Nothing more to pay on delivery\./],
        [{ terms: "dap" }, "quoted", /about £53\.50.*Not included.*The carrier will ask you for about £53\.50 before delivery/],
        [{ destination: "DE" }, "range", /€14\.00 – €26\.00.*Between €14\.00 and €26\.00\. It depends on the exact goods/],
        [{ destination: "FR" }, "prohibited", /Cotton T-shirt cannot be delivered to France\./],
        [{ destination: "IT" }, "quoted", /Rates from July 12, 2026\. Newer rates may apply\./],
        [{ destination: "IE" }, "quoted", /permit/],
      ];
      for (const [given, wanted, words] of cases) {
        await page.evaluate(() => document.querySelector("landed-cost")?.remove());
        await page.evaluate(PUT, given);
        await state(page, wanted);
        assert.match(await shown(page), words);
      }
      assert.equal(await page.evaluate(() => document.querySelector("landed-cost").matches(":state(restricted)")), true);
    }));

  it("keeps properties set before the upgrade, and survives reset, disabling and leaving the page (10)", () =>
    stage.open(
      async (page) => {
        await page.evaluate(async () => {
          const element = make("landed-cost", { destination: "GB", currency: "USD", terms: "both", name: "duty", ".items": ITEMS, ".engine": readyEngine() });
          stage.append(make("form", {}, make("fieldset", {}, element)));
          await import("/dutiable/define.js");
        });
        await state(page, "quoted");
        await page.getByLabel("Pay duty and tax on delivery").check();
        await page.waitForFunction(() => document.querySelector("landed-cost").quote?.totals.dueAtDelivery === "53.50");
        assert.equal((await formOf(page))["duty.terms"], "dap");
        await page.evaluate(() => document.querySelector("form").reset());
        await page.waitForFunction(() => document.querySelector("landed-cost").quote?.totals.dueAtDelivery === "0.00");
        assert.equal((await formOf(page))["duty.terms"], "ddp");
        await page.evaluate(() => (document.querySelector("fieldset").disabled = true));
        await page.waitForFunction(() => [...new FormData(document.querySelector("form"))].length === 0);
        await page.evaluate(() => {
          const element = document.querySelector("landed-cost");
          document.querySelector("fieldset").disabled = false;
          element.remove();
          document.querySelector("form").append(element);
        });
        await state(page, "quoted");
      },
      { path: "?undefined" },
    ));

  it("sends events that any host can use: composed, typed, in strings, without markup (11)", () =>
    stage.open(async (page) => {
      await page.evaluate(() => {
        const host = make("div");
        host.attachShadow({ mode: "open" });
        stage.append(host);
        const items = [{ ...ITEMS[0], description: "<b>shirt</b>" }, ITEMS[1], ITEMS[2]];
        host.shadowRoot.append(make("landed-cost", { destination: "GB", currency: "USD", ".items": items, ".engine": readyEngine() }));
      });
      await page.waitForFunction(() => heard.some(({ type }) => type === "lc-quote"));
      const events = await page.evaluate(() => heard);
      const { detail } = events.find(({ type }) => type === "lc-quote");
      assert.deepEqual(Object.keys(detail), ["quoteId", "state", "terms", "totals", "lines", "packs", "asOf", "durationMs"]);
      const amounts = [...Object.values(detail.totals), ...detail.lines.map(({ amount }) => amount)];
      assert.ok(amounts.length > 8);
      for (const { amount, currency } of amounts) assert.match(`${amount} ${currency}`, /^-?\d+(\.\d+)? [A-Z]{3}$/);
      assert.doesNotMatch(JSON.stringify(events), /</);
      assert.deepEqual(events.filter(({ type }) => type === "lc-statechange").map(({ detail }) => detail.to), ["loading", "quoted"]);
      assert.equal(events.filter(({ type }) => type === "lc-ready").length, 1);
    }));

  it("lets nobody send an old total while a new one is under way (1)", () =>
    stage.open(async (page) => {
      const seen = await page.evaluate(async () => {
        const engine = manualEngine();
        const element = make("landed-cost", { destination: "GB", currency: "USD", terms: "ddp", name: "duty", required: "", ".items": ITEMS, ".engine": engine });
        const form = make("form", {}, element);
        stage.append(form);
        const turn = () => new Promise((done) => setTimeout(done, 20));
        const note = () => [element.state, form.checkValidity(), [...new FormData(form)].length, element.shadowRoot.querySelector("[part=summary]").getAttribute("aria-busy")];
        while (engine.calls.length === 0) await turn();
        const seen = [note()];
        engine.calls[0].resolve(answerTo(engine.calls[0].argument));
        await turn();
        seen.push(note());
        element.destination = "JP";
        await turn();
        seen.push(note());
        engine.calls[1].resolve(answerTo(engine.calls[1].argument));
        await turn();
        seen.push(note());
        return seen;
      });
      assert.deepEqual(seen, [["loading", false, 0, "true"], ["quoted", true, 4, "false"], ["updating", false, 0, "true"], ["quoted", true, 4, "false"]]);
    }));

  it("shows the page's own words where they apply: prepaid, unpaid, beside an error", () =>
    stage.open(async (page) => {
      await page.evaluate(() => {
        const notes = ["heading", "prepaid-note", "unpaid-note", "footer", "error-actions"].map((slot) => make("p", { slot }, slot));
        stage.append(make("landed-cost", { destination: "GB", currency: "USD", terms: "ddp", ".items": ITEMS, ".engine": readyEngine() }, ...notes));
      });
      const visible = () => page.evaluate(() => [...document.querySelectorAll("landed-cost > p")].filter((note) => note.checkVisibility()).map(({ slot }) => slot));
      await state(page, "quoted");
      assert.deepEqual(await visible(), ["heading", "prepaid-note", "footer"]);
      await page.evaluate(() => (document.querySelector("landed-cost").terms = "dap"));
      await page.waitForFunction(() => document.querySelector("landed-cost").quote?.totals.dueAtDelivery === "53.50");
      assert.deepEqual(await visible(), ["heading", "unpaid-note", "footer"]);
      await page.evaluate(() => (document.querySelector("landed-cost").destination = "BR"));
      await state(page, "error");
      assert.deepEqual(await visible(), ["heading", "footer", "error-actions"]);
    }));

  it("falls back from an attribute it does not know, complains once, and leaves the page's attributes alone", () =>
    stage.open(async (page) => {
      const warnings = [];
      page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
      await page.evaluate(PUT, { terms: "fob" });
      await state(page, "quoted");
      await page.evaluate(PUT, { terms: "fob" });
      await page.waitForFunction(() => [...document.querySelectorAll("landed-cost")].every(({ state }) => state === "quoted"));
      assert.deepEqual(warnings, ['<landed-cost>: terms="fob" is none of ddp, dap, both; ddp is used.']);
      await page.getByText("How this is worked out").first().click();
      const attributes = await page.evaluate(() => document.querySelector("landed-cost").getAttributeNames());
      assert.deepEqual(attributes, ["destination", "currency", "terms", "as-of"]);
    }));

  it("lets the page refuse a change of terms", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT, { terms: "both" });
      await state(page, "quoted");
      await page.evaluate(() => document.addEventListener("lc-terms-change", (event) => event.preventDefault()));
      await page.getByLabel("Pay duty and tax on delivery").click();
      assert.equal(await page.getByLabel("Pay duty and tax now").isChecked(), true);
      assert.equal(await page.evaluate(() => document.querySelector("landed-cost").chosenTerms), "ddp");
    }));

  it("speaks once for each settled answer, wherever the focus is (6)", () =>
    stage.open(async (page) => {
      const said = await page.evaluate(async () => {
        const element = make("landed-cost", { destination: "GB", currency: "USD", terms: "ddp", ".items": ITEMS, ".engine": readyEngine() });
        stage.append(element);
        const said = listen(element);
        const rest = () => new Promise((done) => setTimeout(done, 400));
        await rest();
        element.shipment = { freight: "8.00" }; // the same answer: nothing new to say
        await rest();
        element.destination = "JP";
        element.destination = "DE";
        await rest();
        return said;
      });
      assert.deepEqual(said, [
        "Duty and tax to the United Kingdom: $70.39. Paid now.",
        "Duty and tax to Germany: between €14.00 and €26.00.",
      ]);
    }));

  it("asks for nothing until somebody is near, and never twice for the same", () =>
    stage.open(async (page) => {
      await page.evaluate(() => {
        const engine = manualEngine();
        globalThis.calls = engine.calls;
        const spacer = make("div");
        spacer.style.blockSize = "3000px";
        stage.append(spacer, make("landed-cost", { destination: "GB", currency: "USD", ".items": ITEMS, ".engine": engine }));
      });
      await page.waitForTimeout(200);
      assert.equal(await page.evaluate(() => calls.length), 0);
      await page.evaluate(() => document.querySelector("landed-cost").scrollIntoView());
      await page.waitForFunction(() => calls.length === 1);
      await page.evaluate(() => {
        const element = document.querySelector("landed-cost");
        element.items = ITEMS.map((item) => ({ ...item }));
        element.currency = "USD";
      });
      await page.waitForTimeout(100);
      assert.equal(await page.evaluate(() => calls.length), 1);
    }));

  it("shows the working as a table that adds up, with sources that open", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT, { terms: "dap", "with-print": "" });
      await state(page, "quoted");
      await page.getByText("How this is worked out").click();
      const table = page.getByRole("table", { name: "Duty and tax to the United Kingdom, line by line" });
      await table.waitFor();
      const rows = await table.getByRole("row").allInnerTexts();
      assert.match(rows.join("\n"), /Import duty\s+12% of £152\.00\s+152\.00 × 12\u00a0% = 18\.24/);
      assert.match(rows.join("\n"), /Total at the door\s+£211\.58/);
      assert.equal(await table.getByText("Rounding").count(), 0);
      const source = table.getByRole("link", { name: /Source 1: UK Integrated Online Tariff/ });
      assert.equal(await source.getAttribute("href"), "https://www.gov.uk/trade-tariff");
      await page.evaluate(() => document.addEventListener("lc-source-open", (event) => event.preventDefault()));
      await source.click();
      const opened = await page.evaluate(() => heard.find(({ type }) => type === "lc-source-open").detail);
      assert.deepEqual(opened, { lineId: "sku-1/third-country-duty", url: "https://www.gov.uk/trade-tariff" });
      assert.equal(await page.getByRole("button", { name: "Print" }).count(), 1);
      const line = await page.evaluate(() => document.querySelector("landed-cost").explain("order/vat").formula);
      assert.match(line, /176\.32 × 20 % = 35\.26/);
    }));

  it("names what is wrong without blaming, and tells the page the code", () =>
    stage.open(async (page) => {
      await page.evaluate(PUT, { destination: "BR" });
      await state(page, "error");
      assert.match(await shown(page), /We have no rates for Brazil yet\. Your cart is saved\./);
      const detail = await page.evaluate(() => heard.find(({ type }) => type === "lc-error").detail);
      assert.deepEqual(detail, { code: "place.unknown", field: "destination", recoverable: false });
      await page.evaluate(() => document.querySelector("landed-cost").setAttribute("destination", "GB"));
      await state(page, "quoted");
    }));
});
