// Every worked example through the built package, in Chromium under the strict policy.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile, copyFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { after, before, describe, it } from "node:test";

import { serve } from "../../www/serve.mjs";
import { examples } from "../support/examples.mjs";
import { launch, watchedPage } from "./chromium.mjs";

const DIST = fileURLToPath(new URL("../../www/package/dist", import.meta.url));
const COMPARISON = fileURLToPath(new URL("../support/worked.mjs", import.meta.url));

/** Quotes what the page is given and answers the misses. */
const SCRIPT = `
  import { createEngine } from "/dutiable/index.js";
  import { misses } from "./worked.mjs";
  const engine = await createEngine();
  window.run = async (examples) => {
    const missed = [];
    for (const { name, request, expect } of examples) {
      let quote, error;
      try { quote = await engine.quote(request); } catch (thrown) { error = thrown; }
      for (const miss of misses(expect, quote, error)) missed.push(name + ": " + miss);
    }
    return missed;
  };
  document.title = "ready";
`;

describe("worked examples in Chromium", () => {
  let root, server, browser;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "dutiable-"));
    await mkdir(join(root, "demo"));
    await mkdir(join(root, "package"));
    await symlink(DIST, join(root, "package", "dist"));
    await writeFile(join(root, "demo", "index.html"), '<!doctype html><title>-</title><link rel="icon" href="/icon.svg"><script type="module" src="page.js"></script>');
    await writeFile(join(root, "demo", "icon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(root, "demo", "page.js"), SCRIPT);
    await copyFile(COMPARISON, join(root, "demo", "worked.mjs"));
    [server, browser] = await Promise.all([serve({ root }), launch()]);
  });

  after(async () => {
    await Promise.all([browser?.close(), server?.close()]);
    await rm(root, { recursive: true });
  });

  it("all come out, with no breach of the policy and no request but our own files", async () => {
    const all = examples();
    assert.ok(all.length >= 100, `only ${all.length} examples`);
    const { page, seen } = await watchedPage(browser, server.url);
    await page.goto(server.url);
    await page.waitForFunction(() => document.title === "ready");
    assert.deepEqual(await page.evaluate((examples) => window.run(examples), all), []);
    assert.deepEqual(seen, { violations: [], errors: [], foreign: [] });
  });
});
