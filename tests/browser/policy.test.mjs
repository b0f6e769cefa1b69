// The strict policy in a real browser: what we rely on works under it, and a breach would be seen.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";

import { serve } from "../../www/serve.mjs";
import { launch, watchedPage } from "./chromium.mjs";

/** The smallest module that answers: `(func (export "answer") (result i32) i32.const 42)`. */
const ANSWER = [
  [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00], // magic, version
  [0x01, 0x05, 0x01, 0x60, 0x00, 0x01, 0x7f], // type: () -> i32
  [0x03, 0x02, 0x01, 0x00], // function 0 has type 0
  [0x07, 0x0a, 0x01, 0x06, 0x61, 0x6e, 0x73, 0x77, 0x65, 0x72, 0x00, 0x00], // export "answer"
  [0x0a, 0x06, 0x01, 0x04, 0x00, 0x41, 0x2a, 0x0b], // code: i32.const 42
].flat();

const SCRIPT = `
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("body { color: rgb(0, 0, 1) }");
  document.adoptedStyleSheets = [sheet];
  const { instance } = await WebAssembly.instantiateStreaming(fetch("/dutiable/answer.wasm"));
  document.title = String(instance.exports.answer());
`;

describe("the strict policy", () => {
  let root, server, browser;

  before(async () => {
    root = await mkdtemp(join(tmpdir(), "dutiable-"));
    await mkdir(join(root, "demo"));
    await mkdir(join(root, "package", "dist"), { recursive: true });
    const page = (rest) => `<!doctype html><title>-</title><link rel="icon" href="/icon.svg">${rest}`;
    await writeFile(join(root, "demo", "index.html"), page('<script type="module" src="page.js"></script>'));
    await writeFile(join(root, "demo", "icon.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    await writeFile(join(root, "demo", "page.js"), SCRIPT);
    await writeFile(join(root, "demo", "breach.html"), page('<p style="color: red">inline</p>'));
    await writeFile(join(root, "package", "dist", "answer.wasm"), new Uint8Array(ANSWER));
    [server, browser] = await Promise.all([serve({ root }), launch()]);
  });

  after(async () => {
    await Promise.all([browser?.close(), server?.close()]);
    await rm(root, { recursive: true });
  });

  it("lets wasm, module scripts and constructed styles through without a breach", async () => {
    const { page, seen } = await watchedPage(browser, server.url);
    await page.goto(server.url);
    await page.waitForFunction(() => document.title === "42");
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(0, 0, 1)");
    assert.deepEqual(seen, { violations: [], errors: [], foreign: [] });
    await page.context().close();
  });

  it("stops an inline style, and we see it", async () => {
    const { page, seen } = await watchedPage(browser, server.url);
    await page.goto(`${server.url}breach.html`);
    assert.equal(await page.evaluate(() => getComputedStyle(document.querySelector("p")).color), "rgb(0, 0, 0)");
    while (seen.violations.length === 0) await page.waitForTimeout(10); // the report comes a moment later
    assert.deepEqual(seen.violations, ["style-src-attr inline"]);
    await page.context().close();
  });
});
