// The elements as guests on a page: its policy, its colours, its width, its connection, and a second copy of the package.

import assert from "node:assert/strict";
import { cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { before, describe, it } from "node:test";

import { POLICY } from "../../www/serve.mjs";
import { axe, useStage } from "../support/stage.mjs";

const stage = useStage();
const SCREENSHOTS = fileURLToPath(new URL("screenshots/", import.meta.url));
const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
before(() => mkdir(SCREENSHOTS, { recursive: true }));

const QUOTE = (given = {}) => {
  const element = make("landed-cost", { destination: "GB", currency: "USD", terms: "ddp", "as-of": "2026-11-23", ...given, ".items": ITEMS });
  if (given.destination !== "-") stage.append(element, make("p", { id: "below" }, "What stands below."));
};
const state = (page, wanted, timeout = 30_000) =>
  page.waitForFunction((wanted) => document.querySelector("landed-cost").state === wanted, wanted, { timeout });

/** A second build of the package beside the first; another version says so in the release that it carries. */
async function copyOfVersion(version) {
  const copy = join(stage.root(), "demo", "copy");
  await cp(join(stage.root(), "package", "dist"), copy, { recursive: true });
  for (const name of (await readdir(copy)).filter((name) => name.endsWith(".js"))) {
    const text = await readFile(join(copy, name), "utf8");
    await writeFile(join(copy, name), text.replace('version:"0.1.0"', `version:"${version}"`));
  }
}

describe("an unfriendly page", () => {
  for (const version of ["0.1.0", "0.0.9"]) it(`takes a second copy of the package, of version ${version}, without harm: one warning, the first wins, both instances work (9)`, () =>
    stage.open(async (page) => {
      await copyOfVersion(version);
      const warnings = [];
      page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
      await page.evaluate(QUOTE);
      await page.evaluate(() => import("/copy/define.js"));
      await page.evaluate(QUOTE, { destination: "JP" });
      await page.waitForFunction(() => [...document.querySelectorAll("landed-cost")].every(({ state }) => ["quoted", "error"].includes(state)));
      assert.deepEqual(warnings, ["dutiable: the elements are defined already, by another copy of the package. That one is used."]);
      assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll("landed-cost")].map(({ state }) => state)), ["quoted", "quoted"]);
    }));

  it("is told by name when its policy forbids WebAssembly (12)", () =>
    stage.open(
      async (page, seen) => {
        await page.evaluate(QUOTE);
        await state(page, "error");
        const { code, text } = await page.evaluate(() => {
          const element = document.querySelector("landed-cost");
          return { code: element.error.code, text: element.shadowRoot.querySelector("[part=status]").textContent };
        });
        assert.deepEqual([code, text], ["wasm.blocked", "This page does not let the calculation run. Your cart is saved."]);
        seen.violations = seen.errors = []; // these were asked for
      },
      {
        before: (page) =>
          page.route("**/*", async (route) => {
            if (route.request().resourceType() !== "document") return route.continue(); // the page's own policy governs
            const response = await route.fetch();
            const headers = { ...response.headers(), "content-security-policy": POLICY.replace(" 'wasm-unsafe-eval'", "") };
            await route.fulfill({ response, headers });
          }),
      },
    ));

  it("moves nothing below it, from empty to quoted to error, wide and narrow (13)", async () => {
    for (const width of [1280, 390]) {
      await stage.open(
        async (page) => {
          await page.evaluate(() => {
            globalThis.shift = 0;
            new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (shift += value))).observe({ type: "layout-shift", buffered: true });
          });
          await page.evaluate(QUOTE, { destination: "" });
          await state(page, "empty");
          for (const [place, wanted] of [["GB", "quoted"], ["DE", "range"], ["US", "unknown"], ["JP", "quoted"], ["BR", "error"]]) {
            await page.evaluate((place) => document.querySelector("landed-cost").setAttribute("destination", place), place);
            await state(page, wanted);
            await page.waitForTimeout(150);
          }
          assert.equal(await page.evaluate(() => shift), 0, `at ${width} pixels`);
        },
        { options: { viewport: { width, height: 800 } } },
      );
    }
  });

  it("shows an error when the module never comes, and recovers when asked again (13)", () =>
    stage.open(
      async (page, seen) => {
        await page.evaluate(QUOTE);
        await state(page, "loading");
        await state(page, "error", 9000);
        assert.equal(await page.evaluate(() => document.querySelector("landed-cost").error.code), "network.timeout");
        await page.unroute("**/quotes.wasm");
        await page.getByRole("button", { name: "Try again" }).click();
        await state(page, "quoted");
        seen.errors = [];
      },
      { before: (page) => page.route("**/quotes.wasm", () => {}) },
    ));

  it("quotes on without a connection once it has what it needs, and says so (13)", () =>
    stage.open(async (page) => {
      await page.evaluate(QUOTE);
      await state(page, "quoted");
      await page.waitForTimeout(300); // the working comes when the page is idle
      await page.context().setOffline(true);
      await page.evaluate(() => {
        const element = document.querySelector("landed-cost");
        element.items = ITEMS.slice(0, 2);
      });
      await page.waitForFunction(() => document.querySelector("landed-cost").matches(":state(offline)"));
      await page.getByText("You are offline. This uses rates saved on November 1, 2026.").waitFor();
      await page.context().setOffline(false);
    }));

  it("makes no request for a quote once the packs are there", () =>
    stage.open(async (page) => {
      await page.evaluate(QUOTE);
      await state(page, "quoted");
      await page.waitForTimeout(300); // the working comes when the page is idle
      const requests = [];
      page.on("request", (request) => requests.push(request.url()));
      await page.evaluate(async () => {
        const element = document.querySelector("landed-cost");
        for (const quantity of ["1", "2", "3"]) {
          element.items = [{ ...ITEMS[0], quantity }];
          await element.requestQuote();
        }
      });
      assert.deepEqual(requests, []);
    }));
});

describe("the look", () => {
  /** The contrast of every text that the element shows, against the nearest painted ground. */
  const lowest = (page, selector) =>
    page.evaluate((selector) => {
      const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
      const paint = (colours) => {
        canvas.clearRect(0, 0, 1, 1);
        for (const colour of colours) {
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
        }
        return canvas.getImageData(0, 0, 1, 1).data;
      };
      const luminance = ([r, g, b]) => {
        const part = (value) => ((value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
        return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b);
      };
      const grounds = (node) => {
        const found = [];
        for (let at = node; at; at = at.assignedSlot ?? at.parentElement ?? at.getRootNode().host) found.unshift(getComputedStyle(at).backgroundColor);
        return [getComputedStyle(document.documentElement).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches ? "#121212" : "#fff", ...found];
      };
      const ratios = [];
      for (const node of document.querySelector(selector).shadowRoot.querySelectorAll("*")) {
        const texts = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
        if (!texts || !node.checkVisibility({ visibilityProperty: true }) || node.closest(".heard")) continue;
        const ground = grounds(node);
        const [a, b] = [luminance(paint([...ground, getComputedStyle(node).color])), luminance(paint(ground))];
        ratios.push((Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05));
      }
      return Math.min(...ratios);
    }, selector);

  it("reads on light, dark and painted pages, whatever the system prefers (14)", async () => {
    for (const colorScheme of ["light", "dark"]) {
      for (const page of ["", "dark-page", "painted-page"]) {
        await stage.open(
          async (tab) => {
            await tab.evaluate((page) => page && document.body.classList.add(page), page);
            await tab.evaluate(QUOTE, { terms: "dap", open: "" });
            await state(tab, "quoted");
            await tab.locator("landed-cost table").waitFor();
            const contrast = await lowest(tab, "landed-cost");
            assert.ok(contrast >= 4.5, `${colorScheme} system, ${page || "plain"} page: ${contrast.toFixed(2)}`);
          },
          { options: { colorScheme } },
        );
      }
    }
  });

  it("reads where `theme` says another scheme than the page, and in the list and the tree of the navigator (14)", async () => {
    for (const theme of ["light", "dark", "auto"]) {
      for (const ground of ["", "dark-page", "painted-page"]) {
        await stage.open(async (page) => {
          await page.evaluate(({ theme, ground }) => {
            if (ground) document.body.classList.add(ground);
            stage.append(make("hs-navigator", { label: "Product", hint: "What you sell", mode: "browse", value: "851713", theme }));
          }, { theme, ground });
          await page.evaluate(QUOTE, { theme, open: "" });
          await state(page, "quoted");
          await page.locator("landed-cost table").waitFor();
          await page.locator("hs-navigator [role=treeitem]").first().waitFor();
          await page.locator("hs-navigator input").fill("smartphones cotton");
          await page.waitForFunction(() => heard.some(({ type }) => type === "hs-open"));
          for (const selector of ["landed-cost", "hs-navigator"]) {
            const contrast = await lowest(page, selector);
            assert.ok(contrast >= 4.5, `${selector}, theme ${theme}, ${ground || "plain"} page: ${contrast.toFixed(2)}`);
          }
        });
      }
    }
  });

  it("fits 320 pixels, and text at twice its size (14)", async () => {
    for (const [width, size] of [[320, "16px"], [640, "32px"]]) {
      await stage.open(
        async (page) => {
          await page.evaluate((size) => (document.documentElement.style.fontSize = document.body.style.fontSize = size), size);
          await page.evaluate(QUOTE, { terms: "both", open: "", "with-print": "" });
          await page.evaluate(() => stage.append(make("hs-navigator", { label: "Product", mode: "browse", value: "851713" })));
          await state(page, "quoted");
          await page.locator("landed-cost table").waitFor();
          await page.locator("hs-navigator [role=treeitem]").first().waitFor();
          const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(over <= 0, `${width} pixels at ${size}: ${over} too wide`);
          await page.screenshot({ path: join(SCREENSHOTS, `narrow-${width}-${size}.png`), fullPage: true });
        },
        { options: { viewport: { width, height: 800 } } },
      );
    }
  });

  const STATES = {
    empty: [{ destination: "" }, "empty"],
    quoted: [{ terms: "both", open: "" }, "quoted"],
    later: [{ terms: "dap" }, "quoted"],
    zero: [{ destination: "JP" }, "quoted"],
    range: [{ destination: "DE", open: "" }, "range"],
    unknown: [{ destination: "US", open: "" }, "unknown"],
    prohibited: [{ destination: "FR" }, "prohibited"],
    restricted: [{ destination: "IE" }, "quoted"],
    stale: [{ destination: "IT" }, "quoted"],
    error: [{ destination: "BR" }, "error"],
  };
  for (const [name, [given, wanted]] of Object.entries(STATES)) {
    it(`passes axe and is photographed: <landed-cost>, ${name}`, () =>
      stage.open(async (page) => {
        await page.evaluate(QUOTE, given);
        await page.evaluate(() => (document.querySelector("landed-cost").engine = readyEngine()));
        await state(page, wanted);
        if ("open" in given) await page.locator("landed-cost table").waitFor();
        for (const [look, media] of [["light", {}], ["dark", { colorScheme: "dark" }], ["forced", { forcedColors: "active" }]]) {
          await page.emulateMedia({ colorScheme: "light", forcedColors: "none", ...media });
          await page.evaluate((look) => document.body.classList.toggle("dark-page", look === "dark"), look);
          await page.screenshot({ path: join(SCREENSHOTS, `landed-cost-${name}-${look}.png`), fullPage: true });
          if (look !== "forced") assert.deepEqual(await axe(page, AXE), { violations: [], incomplete: [] }, look);
        }
      }));
  }

  for (const name of ["closed", "open", "none", "chosen", "tree"]) {
    it(`passes axe and is photographed: <hs-navigator>, ${name}`, () =>
      stage.open(async (page) => {
        await page.evaluate((name) => stage.append(make("hs-navigator", {
          label: "Product", hint: "What you sell", ...(name === "chosen" && { value: "851713" }), ...(name === "tree" && { mode: "browse" }),
        })), name);
        if (name === "open" || name === "none") {
          await page.locator("hs-navigator input").fill(name === "open" ? "smartphones cotton" : "wigdet");
          await page.waitForFunction(() => heard.some(({ type }) => type === "hs-results"));
          if (name === "open") await page.keyboard.press("ArrowDown");
        }
        if (name === "tree") await page.locator("hs-navigator [role=treeitem]").first().click();
        await page.waitForTimeout(150);
        for (const [look, media] of [["light", {}], ["dark", { colorScheme: "dark" }], ["forced", { forcedColors: "active" }]]) {
          await page.emulateMedia({ colorScheme: "light", forcedColors: "none", ...media });
          await page.evaluate((look) => document.body.classList.toggle("dark-page", look === "dark"), look);
          await page.screenshot({ path: join(SCREENSHOTS, `hs-navigator-${name}-${look}.png`), fullPage: true });
          if (look === "forced") continue;
          const { violations, incomplete } = await axe(page, AXE);
          // What lies beneath the open list cannot be seen, and so not be judged.
          const seen = incomplete.filter((said) => name !== "open" || !said.includes("overlapped by another element"));
          assert.deepEqual([violations, seen], [[], []], look);
        }
      }));
  }
});
