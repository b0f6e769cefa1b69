// The stage of the browser tests: the package built around the fake engine, served under the strict policy, in Chromium.

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before } from "node:test";

import { serve } from "../../www/serve.mjs";
import { launch, watchedPage } from "../browser/chromium.mjs";
import { buildFake } from "./fake/build.mjs";

const HERE = fileURLToPath(new URL(".", import.meta.url));

/**
 * Sets the stage up for a file of tests.
 * @returns {{ open: Function, url: () => string, root: () => string }}
 */
export function useStage() {
  let fake, server, browser;
  before(async () => {
    [fake, browser] = await Promise.all([buildFake(), launch()]);
    await cp(join(HERE, "stage"), join(fake.root, "demo"), { recursive: true });
    await cp(join(HERE, "fake", "answers.js"), join(fake.root, "demo", "answers.js"));
    server = await serve({ root: fake.root });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await fake?.remove();
  });

  /**
   * Opens a page, hands it to the test, and checks that it kept to the policy, threw nothing and asked nobody else.
   * @param {(page: import("playwright-core").Page, seen: any) => Promise<void>} test
   * @param {{ path?: string, options?: object, before?: Function, expect?: object }} [how]
   */
  async function open(test, { path = "", options = {}, before: prepare, expect = {} } = {}) {
    const { page, seen } = await watchedPage(browser, server.url, options);
    try {
      await prepare?.(page);
      await page.goto(server.url + path);
      await page.waitForSelector("html[data-ready]");
      await test(page, seen);
      assert.deepEqual(seen, { violations: [], errors: [], foreign: [], ...expect });
    } finally {
      await page.context().close();
    }
  }
  return { open, url: () => server.url, root: () => fake.root };
}

/** Runs axe with the tags we hold ourselves to. What it cannot decide counts as work, not as passed. */
export async function axe(page, source) {
  await page.evaluate(source);
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const { violations, incomplete } = await page.evaluate((tags) => globalThis.axe.run(document, { runOnly: tags }), tags);
  const said = (results) => results.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")} ${node.any[0]?.message ?? ""}`));
  return { violations: said(violations), incomplete: said(incomplete) };
}
