// The page for lists as it ships: a file in, the same file as the command line's out, and the page free meanwhile.

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, describe, it } from "node:test";

import { serve } from "../../www/serve.mjs";
import { CATALOGUES, fileOf, onTheCommandLine } from "../support/catalogue.mjs";
import { axe } from "../support/stage.mjs";
import { launch, watchedPage } from "./chromium.mjs";

const SCREENSHOTS = fileURLToPath(new URL("screenshots/", import.meta.url));
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const QUIET = { violations: [], errors: [], foreign: [] };
const WIDE = { viewport: { width: 1280, height: 900 } };
const NARROW = { viewport: { width: 390, height: 844 } };

/** A long list: what is said in it is not what the other tests say. */
const manyRows = (count) => {
  const goods = ["cotton T-shirt", "wireless earbuds", "stoneware mug with a handle", "leather wallet with eight slots", "LED desk lamp with clamp"];
  return `sku,description\r\n${Array.from({ length: count }, (_, at) => `S${at},"${goods[at % goods.length]}, no. ${at}"\r\n`).join("")}`;
};

describe("the page for lists", () => {
  let server, browser;
  before(async () => {
    await mkdir(SCREENSHOTS, { recursive: true });
    [server, browser] = await Promise.all([serve(), launch()]);
  });
  after(() => Promise.all([browser?.close(), server?.close()]));

  async function open(test, { options = WIDE, query = "" } = {}) {
    const { page, seen } = await watchedPage(browser, server.url, options);
    const sent = [];
    page.on("request", (request) => sent.push([request.method(), request.postData()]));
    await page.goto(`${server.url}catalogue.html${query}`);
    await test(page);
    assert.deepEqual(seen, QUIET);
    assert.ok(sent.every(([method, body]) => method === "GET" && body === null), "something was uploaded");
    await page.context().close();
  }

  const choose = async (page, name, buffer) => {
    await page.locator("#file").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(buffer) });
    await page.locator("#settings").waitFor();
    await page.waitForFunction(() => document.getElementById("destination").options.length > 1);
  };
  const check = async (page, columns) => {
    for (const box of await page.locator("[name=column]").all()) await box.setChecked(columns.includes(await box.getAttribute("value")));
  };
  const downloaded = async (page) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };

  for (const { name, text = "description", code = "", destination = "", faults, doubted = 0 } of CATALOGUES) {
    it(`gives the file back as the command line does: ${name}`, () =>
      open(async (page) => {
        await choose(page, `${name}.csv`, fileOf(name));
        await check(page, [text].flat());
        assert.equal(await page.locator("#code-column").inputValue(), code); // a column of codes is taken for one
        await page.locator("#destination").selectOption(destination);
        await page.getByRole("button", { name: "Find the codes" }).click();
        await page.locator("#result").waitFor();
        assert.equal(await page.evaluate(() => document.activeElement.id), "result-title");
        const { name: file, bytes } = await downloaded(page);
        assert.equal(file, `${name}-hs.csv`);
        assert.deepEqual(bytes, onTheCommandLine(fileOf(name), { text, code, destination }).csv);
        assert.match(await page.locator("#outcome").innerText(), new RegExp(`could not be read: ${faults}\\.`));
        assert.equal(await page.locator("#outcome").innerText().then((said) => Number(/again: (\d+)\./.exec(said)?.[1] ?? 0)), doubted);
        assert.equal(await page.locator("#work").isVisible(), false);
      }));
  }

  it("says how the codes stand that the list has, or leaves them alone", () =>
    open(async (page) => {
      const list = "description,Commodity code\ncast iron frying pan,392410\n\"smartphone, 128 GB\",851712\nleather wallet,420231\nglass vase,\n";
      await choose(page, "list.csv", list);
      const find = async () => {
        await page.getByRole("button", { name: "Find the codes" }).click();
        await page.locator("#result").waitFor();
        return page.locator("#found-rows tr").evaluateAll((rows) => rows.map((row) => row.cells[1].innerText));
      };
      const [pan, phone, wallet, vase] = await find();
      assert.match(pan, /^392410\nLook at it again: the description speaks for other codes \(.*7323\.91/);
      assert.match(phone, /^851712\nCannot stay: the code is out of date \(8517\.13, /);
      assert.deepEqual([wallet, vase], ["420231\nNothing speaks against it", "–"]);
      assert.match(await page.locator("#result").innerText(), /Columns added: hs_check /);
      await page.locator("#code-column").selectOption({ index: 0 });
      assert.match((await find())[0], /^7323\.91$/);
      assert.match(await page.locator("#result").innerText(), /Columns added: hs_code,/);
    }));

  it("leaves the page free: it paints, and no turn of work is long", () =>
    open(async (page) => {
      await choose(page, "long.csv", manyRows(3000));
      await page.evaluate(() => {
        globalThis.turns = [];
        new PerformanceObserver((list) => turns.push(...list.getEntries().map(({ startTime, duration }) => [startTime, duration]))).observe({ entryTypes: ["longtask"] });
        globalThis.painted = [];
        const paint = () => painted.push(performance.now()) && requestAnimationFrame(paint);
        const speed = new MutationObserver(() => (globalThis.begun ??= performance.now()));
        speed.observe(document.getElementById("speed"), { childList: true });
        paint();
      });
      await page.getByRole("button", { name: "Find the codes" }).click();
      await page.locator("#result").waitFor();
      const { longest, rate } = await page.evaluate(() => {
        // Half a second into it, once its packs are open.
        const frames = painted.filter((at) => at > begun);
        const inIt = turns.filter(([at]) => at > begun).map(([, duration]) => duration);
        return { longest: Math.max(0, ...inIt), rate: (frames.length * 1000) / (frames.at(-1) - begun) };
      });
      // 50 ms and 60 a second are meant, and measured where nothing else runs; a busy machine is allowed twice and a third.
      assert.ok(longest < 100, `a turn of ${longest} ms`);
      assert.ok(rate > 20, `${rate} frames a second`);
    }));

  it("says how far it is, and stops when told to", () =>
    open(async (page) => {
      await choose(page, "long.csv", manyRows(20_000));
      await page.getByRole("button", { name: "Find the codes" }).click();
      await page.waitForFunction(() => / a second/.test(document.getElementById("speed").textContent));
      await page.screenshot({ path: join(SCREENSHOTS, "demo-catalogue-working-1280.png"), fullPage: true });
      assert.match(await page.locator("#done").innerText(), /^Rows: [\d,]+$/);
      const value = await page.evaluate(() => document.getElementById("bar").value);
      assert.ok(value > 0 && value < 1, `${value}`);
      await page.getByRole("button", { name: "Stop" }).click();
      await page.locator("#work").waitFor({ state: "hidden" });
      assert.equal(await page.locator("#result").isVisible(), false);
      assert.equal(await page.locator("#status").innerText(), "Stopped. Nothing has been kept.");
      assert.equal(await page.evaluate(() => document.activeElement.id), "go");
      // Another file is none the worse for it.
      await choose(page, "short.csv", "name\nleather wallet\n");
      await page.getByRole("button", { name: "Find the codes" }).click();
      await page.locator("#result").waitFor();
      assert.match((await downloaded(page)).bytes.toString(), /^name,hs_code,[^\n]+\nleather wallet,4202\d\d,/);
    }));

  it("says in plain words why a file is refused", () =>
    open(async (page) => {
      const problem = page.locator("#file-problem");
      const upload = (text) => page.locator("#file").setInputFiles({ name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(text, "latin1") });
      await upload("");
      await problem.filter({ hasText: "The file is empty." }).waitFor();
      await upload("name;caf\xe9\n");
      await problem.filter({ hasText: "cannot be read" }).waitFor();
      await choose(page, "list.csv", "name,hs_title\nmug,1\n");
      assert.equal(await problem.isVisible(), false);
      await page.getByRole("button", { name: "Find the codes" }).click();
      await problem.filter({ hasText: "already has a column hs_title" }).waitFor();
      await check(page, []);
      await page.getByRole("button", { name: "Find the codes" }).click();
      await problem.filter({ hasText: "Choose a column" }).waitFor();
    }));

  it("takes a file that is dropped on it", () =>
    open(async (page) => {
      await page.evaluate(() => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(["title\tprice\nleather wallet\t3\n"], "dropped.tsv"));
        document.querySelector("footer").dispatchEvent(new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer }));
      });
      await page.locator("#settings").waitFor();
      assert.equal(await page.evaluate(() => document.getElementById("file").files[0].name), "dropped.tsv");
      assert.deepEqual(await page.locator("#columns label").allInnerTexts(), ["title", "price"]);
      assert.deepEqual(await page.locator("[name=column]").evaluateAll((boxes) => boxes.map(({ checked }) => checked)), [true, false]);
    }));

  it("is worked from the keyboard alone", () =>
    open(async (page) => {
      await page.locator("#example").focus();
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.getElementById("destination").options.length > 1);
      const focused = () => page.evaluate(() => document.activeElement.value ?? document.activeElement.id ?? document.activeElement.className);
      const walked = [];
      for (let at = 0; at < 9; at++) {
        await page.keyboard.press("Tab");
        walked.push(await focused());
      }
      // The sample scrolls, so it takes the focus as well.
      assert.deepEqual(walked.slice(0, 4), ["sku", "title", "description", "price"]);
      assert.equal(walked[4], "hs_code");
      assert.equal(await page.evaluate(() => document.activeElement.id), "go");
      await page.keyboard.press("Enter");
      await page.locator("#result").waitFor();
      assert.match(await page.locator("#found-rows tr").first().innerText(), /6109\.10/);
    }));

  it("speaks one language throughout", async () => {
    const english = await readFile(new URL("../../www/demo/catalogue.html", import.meta.url), "utf8");
    for (const lang of ["ar", "de", "fr"]) {
      await open(async (page) => {
        await page.locator("#example").click();
        await page.waitForFunction(() => document.getElementById("destination").options.length > 1);
        await page.locator("#go").click();
        await page.locator("#result").waitFor();
        const said = await page.evaluate(() => {
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const said = [document.title];
          while (texts.nextNode()) if (!texts.currentNode.parentElement.closest("tbody, #sample-head, #columns")) said.push(texts.currentNode.data.trim());
          return said.filter((text) => /\p{L}{3}/u.test(text) && text !== "Dutiable");
        });
        assert.ok(said.length > 20);
        assert.doesNotMatch(await page.locator("#found-rows").innerText(), /\b(code|description)\.[a-z]|speaks|again/);
        assert.deepEqual(said.filter((text) => english.includes(`>${text}<`) || /^(Rows|Getting|Stopped)\b/.test(text)), [], lang);
      }, { query: `?lang=${lang}` });
    }
  });

  for (const [name, options, query] of [
    ["1280", WIDE, ""],
    ["390", NARROW, ""],
    ["dark-1280", { ...WIDE, colorScheme: "dark" }, ""],
    ["dark-390", { ...NARROW, colorScheme: "dark" }, ""],
    ["rtl-1280", WIDE, "?lang=ar"],
    ["rtl-390", NARROW, "?lang=ar"],
  ]) {
    it(`passes axe at each step, without a sideways scroll: ${name}`, () =>
      open(async (page) => {
        const holds = async (step) => {
          await page.screenshot({ path: join(SCREENSHOTS, `demo-catalogue-${step}-${name}.png`), fullPage: true });
          assert.deepEqual(await axe(page, AXE), { violations: [], incomplete: [] }, step);
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, step);
        };
        await holds("empty");
        await page.locator("#example").click();
        await page.waitForFunction(() => document.getElementById("destination").options.length > 1);
        await holds("chosen");
        await page.locator("#go").click();
        await page.locator("#result").waitFor();
        await holds("done");
      }, { options, query }));
  }
});
