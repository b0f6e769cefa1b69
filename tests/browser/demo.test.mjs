// The demo pages as they ship: the real engine and the real packs, under the strict policy, with no request but for our own files.

import assert from "node:assert/strict";
import { readFile, mkdir } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, describe, it } from "node:test";

import { createEngine } from "dutiable";

import { serve } from "../../www/serve.mjs";
import { axe } from "../support/stage.mjs";
import { launch, watchedPage } from "./chromium.mjs";

const SCREENSHOTS = fileURLToPath(new URL("screenshots/", import.meta.url));
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const QUIET = { violations: [], errors: [], foreign: [] };
const WIDE = { viewport: { width: 1280, height: 900 } };
const NARROW = { viewport: { width: 390, height: 844 } };

describe("the demo pages", () => {
  let server, browser;
  before(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    [server, browser] = await Promise.all([serve(), launch()]);
  });
  after(() => Promise.all([browser?.close(), server?.close()]));

  async function open(path, options, test) {
    const { page, seen } = await watchedPage(browser, server.url, options);
    await page.goto(server.url + path);
    await test(page);
    assert.deepEqual(seen, QUIET);
    await page.context().close();
  }

  /** A quote comes when the reader does: on a phone the element lies below what is seen first. */
  const settled = async (page) => {
    await page.evaluate(() => document.querySelector("landed-cost").scrollIntoView({ block: "nearest" }));
    await page.waitForFunction(() => ["quoted", "range"].includes(document.querySelector("landed-cost")?.state));
  };
  const photograph = (page, name) => page.screenshot({ path: join(SCREENSHOTS, `demo-${name}.png`), fullPage: true });

  it("quotes the basket to every place of the picker, as the engine does in Node", () =>
    open("", WIDE, async (page) => {
      await settled(page);
      const engine = await createEngine();
      const places = await page.evaluate(() => [...document.getElementById("destination").options].map(({ value }) => value));
      const known = engine.releaseInfo().packs.filter(({ kind }) => kind === "rules").flatMap(({ destinations }) => destinations);
      assert.deepEqual(places.toSorted(), [...new Set(known)].sort());
      assert.ok(places.length >= 30);
      for (const place of places) {
        const next = page.evaluate(() => new Promise((done) => {
          document.addEventListener("lc-quote", ({ detail }) => done(detail), { once: true });
          document.addEventListener("lc-error", () => done(null), { once: true });
        }));
        await page.evaluate((place) => {
          const picker = document.getElementById("destination");
          picker.value = place;
          picker.dispatchEvent(new Event("input", { bubbles: true }));
        }, place);
        const detail = place === "GB" && places.indexOf(place) === 0 ? null : await Promise.race([next, new Promise((done) => setTimeout(done, 3000, null))]);
        const { quote, items, shipment, date, error } = await page.evaluate(() => {
          const { quote, items, shipment, asOf, error } = document.querySelector("landed-cost");
          return { quote, items, shipment, date: asOf, error };
        });
        if (detail) assert.equal(detail.totals.landedCost?.amount ?? null, quote.totals.landedCost);
        const request = {
          date, destination: place, currency: "USD", incoterm: "DDP", ...shipment,
          items: items.map((item) => ({ ...item, quantity: String(item.quantity) })),
        };
        const own = await engine.quote(request).catch(({ code }) => ({ code }));
        // Of some places there is no exchange rate; the page then says so as the engine does.
        if (own.code) assert.deepEqual([place, error.code], [place, own.code]);
        else assert.deepEqual([place, quote?.status, quote?.totals], [place, own.status, own.totals]);
      }
      engine.free();
    }));

  it("sends the order with the quote's id, and not before there is one", () =>
    open("", WIDE, async (page) => {
      await settled(page);
      await page.getByRole("button", { name: "One more: Cotton T-shirt" }).click();
      await settled(page);
      await page.getByRole("button", { name: "Place order" }).click();
      const fields = await page.locator("#fields").innerText();
      assert.match(fields, /^destination = GB$/m);
      assert.match(fields, /^duty = q-[0-9a-f]{16}$/m);
      assert.match(fields, /^duty\.total = \d+\.\d\d$/m);
    }));

  it("adds nothing up that it does not know, and sends no order then", () =>
    open("", WIDE, async (page) => {
      await settled(page);
      const shown = () => page.evaluate(() => ["to-pay", "total", "delivery"].map((id) => document.getElementById(id).textContent));
      assert.deepEqual(await shown(), ["To pay now", "$206.39", "$8.00"]);
      await page.locator("#freight").fill("abc");
      await page.waitForFunction(() => document.querySelector("landed-cost").state === "error");
      assert.deepEqual(await shown(), ["Before duty and tax", "–", "–"]);
      assert.equal(await page.getByRole("button", { name: "Place order" }).isDisabled(), true);
      await page.locator("#freight").fill("8.00");
      await page.locator("#date").fill("2020-06-01");
      await page.waitForFunction(() => document.querySelector("landed-cost").error?.code === "date.outside-coverage");
      assert.deepEqual(await shown(), ["Before duty and tax", "$172.00", "$8.00"]);
      await page.locator("#date").fill("2026-11-23");
      await settled(page);
      await page.locator("#destination").selectOption("JP");
      await page.waitForFunction(() => document.querySelector("landed-cost").state === "range");
      assert.equal((await shown())[0], "To pay now, about");
    }));

  /** Past the limit below which the seller collects. */
  const orderMore = async (page) => {
    await page.getByLabel("Quantity: Cotton T-shirt").fill("9");
    await page.getByLabel("Quantity: Cotton T-shirt").blur();
    await page.waitForFunction(() => document.getElementById("duty").quote?.lines.some(({ kind }) => kind === "duty"));
  };

  it("compares paying now and on delivery, once unfolded, and asks for nothing before", () =>
    open("", WIDE, async (page) => {
      await settled(page);
      const states = () => page.evaluate(() => [...document.querySelectorAll("landed-cost")].map(({ state }) => state));
      await orderMore(page);
      assert.deepEqual(await states(), ["quoted", "empty", "empty"]);
      await page.getByText("Compare both ways to pay").click();
      await page.waitForFunction(() => [...document.querySelectorAll("landed-cost")].every(({ state }) => state === "quoted"));
      const due = await page.evaluate(() => ["paid-now", "paid-later"].map((id) => {
        const { dueAtDelivery, landedCost } = document.getElementById(id).quote.totals;
        return [Number(dueAtDelivery) > 0, landedCost];
      }));
      const landedCost = await page.evaluate(() => document.getElementById("duty").quote.totals.landedCost);
      assert.deepEqual(due, [[false, landedCost], [true, due[1][1]]]);
    }));

  it("adds the fee of whoever delivers as the reader states it", () =>
    open("", WIDE, async (page) => {
      await settled(page);
      await orderMore(page);
      await page.getByText("Fees of whoever delivers").click();
      const row = page.locator("#fees fieldset").first();
      await row.locator("[name=fixed]").fill("9.00");
      assert.equal(await page.evaluate(() => document.getElementById("duty").shipment.carrierFees), undefined);
      await page.getByText("Pay duty and tax on delivery").first().click();
      await row.locator("[type=checkbox]").check();
      await page.waitForFunction(() => document.getElementById("duty").quote?.lines.some(({ kind }) => kind === "fee"));
      const { id } = await page.evaluate(() => document.getElementById("duty").shipment.carrierFees[0]);
      const fee = await page.evaluate(() => document.getElementById("duty").quote.lines.find(({ kind }) => kind === "fee"));
      assert.deepEqual([fee.measure, fee.when], [id, "delivery"]);
    }));

  it("finds a code by words and shows the way to it and the duty on it", () =>
    open("classify.html", WIDE, async (page) => {
      await page.getByRole("button", { name: "wireless earbuds" }).click();
      const first = page.locator("hs-navigator [role=option]").first();
      await first.waitFor();
      assert.match(await first.innerText(), /8518\.30/);
      await photograph(page, "classify-search-1280");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await settled(page);
      const trail = await page.locator("hs-navigator [part=trail] li .code").allInnerTexts();
      assert.deepEqual(trail, ["XVI", "85", "8518"]);
      await photograph(page, "classify-chosen-1280");
    }));

  it("checks a code that the seller has, and looks at another instead", () =>
    open("classify.html", WIDE, async (page) => {
      const verdict = page.locator("#check .verdict");
      const finding = page.locator("#check .findings > li");
      await page.getByLabel("Product code (HS code)").fill("3304.99");
      await page.getByLabel("What it is").fill("lipstick");
      await page.keyboard.press("Enter");
      await finding.first().waitFor();
      assert.equal(await verdict.innerText(), "Look at this code again.");
      const unlikely = finding.filter({ hasText: "sounds like another product code" });
      await photograph(page, "classify-check-1280");
      assert.deepEqual(await axe(page, AXE), { violations: [], incomplete: [] });
      await unlikely.getByRole("button", { name: "3304.10 Lip make-up" }).click();
      await page.waitForFunction(() => document.querySelector("hs-navigator").value === "330410");
      // What was found is of what was asked.
      await page.getByLabel("Product code (HS code)").fill("3304.10");
      assert.deepEqual([await verdict.innerText(), await finding.count()], ["", 0]);
      await page.getByRole("button", { name: "Check the code" }).click();
      await page.waitForFunction(() => document.querySelectorAll("#check .findings button").length === 1);
      assert.equal(await unlikely.count(), 0);
    }));

  it("is as it was left when the reader comes back to it (10)", () =>
    open("classify.html", WIDE, async (page) => {
      await page.locator("hs-navigator input").fill("8518.30");
      await page.locator("hs-navigator [role=option]").click();
      await page.selectOption("#destination", "DE");
      await settled(page);
      await page.getByRole("link", { name: "Checkout" }).click();
      await settled(page);
      await page.goBack();
      await page.waitForFunction(() => document.querySelector("landed-cost").quote?.currency === "EUR");
      const { value, place, code } = await page.evaluate(() => ({
        value: document.querySelector("hs-navigator").value,
        place: document.getElementById("destination").value,
        code: document.querySelector("landed-cost").items[0].code,
      }));
      assert.deepEqual({ value, place, code }, { value: "851830", place: "DE", code: "851830" });
    }));

  it("walks from a section down to a code", () =>
    open("classify.html", NARROW, async (page) => {
      await page.getByRole("button", { name: "Browse all sections" }).click();
      const row = (text) => page.locator("hs-navigator [role=treeitem]", { hasText: text }).first();
      assert.equal((await row("Live animals").waitFor(), await page.locator("hs-navigator [role=treeitem]").count()), 21);
      for (const text of ["Textiles and textile articles", "clothing accessories, knitted or crocheted", "T-shirts", "Of cotton"]) {
        await row(text).waitFor();
        await row(text).click();
      }
      await page.waitForFunction(() => document.querySelector("hs-navigator").value.length === 6);
      await page.locator("landed-cost").scrollIntoViewIfNeeded();
      await settled(page);
      await photograph(page, "classify-tree-390");
    }));

  it("speaks one language throughout, in each of those that the elements speak", async () => {
    for (const lang of ["ar", "de", "fr"]) {
      for (const path of ["", "classify.html"]) {
        await open(`${path}?lang=${lang}`, WIDE, async (page) => {
          await page.evaluate(() => document.querySelector("landed-cost").ready);
          const english = await (await page.context().newPage()).goto(server.url + path).then((answer) => answer.text());
          const said = await page.evaluate(() => {
            const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            const said = [...document.querySelectorAll("[aria-label]")].map((element) => element.getAttribute("aria-label"));
            while (texts.nextNode()) if (!texts.currentNode.parentElement.closest("option, .examples button, [hidden]")) said.push(texts.currentNode.data.trim());
            return said.filter((text) => /\p{L}{3}/u.test(text) && text !== "Dutiable");
          });
          const left = said.filter((text) => english.includes(`>${text}<`) || english.includes(`"${text}"`));
          assert.deepEqual(left, [], `${lang} ${path}`);
        });
      }
    }
  });

  for (const [name, path, options] of [
    ["checkout-1280", "", WIDE],
    ["checkout-390", "", NARROW],
    ["checkout-dark-1280", "", { ...WIDE, colorScheme: "dark" }],
    ["checkout-dark-390", "", { ...NARROW, colorScheme: "dark" }],
    ["checkout-rtl-1280", "?lang=ar", WIDE],
    ["checkout-rtl-390", "?lang=ar", NARROW],
  ]) {
    it(`passes axe, folded and open, without a shift or a sideways scroll: ${name}`, () =>
      open(path, options, async (page) => {
        await page.evaluate(() => {
          globalThis.shift = 0;
          new PerformanceObserver((list) => list.getEntries().forEach(({ value, hadRecentInput }) => (shift += hadRecentInput ? 0 : value))).observe({ type: "layout-shift", buffered: true });
        });
        await settled(page);
        await photograph(page, name);
        if (!path) assert.equal(await page.evaluate(() => shift), 0); // `?lang` turns the page around by script
        await page.locator("#duty details.breakdown > summary").click();
        await page.locator("#duty table").waitFor();
        for (const fold of await page.locator("details.more > summary").all()) await fold.click();
        await page.waitForFunction(() => document.getElementById("paid-later").state === "quoted");
        await photograph(page, `${name}-open`);
        assert.deepEqual(await axe(page, AXE), { violations: [], incomplete: [] });
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
      }));
  }
});
