// The loader: what it fetches, what it refuses, how it recovers.

import assert from "node:assert/strict";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, beforeEach, describe, it } from "node:test";

import { buildFake } from "../support/fake/build.mjs";

const REQUEST = {
  date: "2026-11-23", destination: "GB", shipFrom: "CN", currency: "USD", incoterm: "DAP",
  items: [{ id: "sku-1", code: "610910", origin: "CN", quantity: "5", unitPrice: "12.00" }],
};
const HOST = "https://shop.example/dutiable/";

describe("the loader", () => {
  let fake, createEngine, sayFindings, DutiableError, asked, tamper;

  before(async () => {
    fake = await buildFake();
    ({ createEngine, sayFindings, DutiableError } = await import(pathToFileURL(join(fake.dist, "index.js")).href));
  });
  after(() => fake.remove());
  beforeEach(() => {
    asked = [];
    tamper = {};
  });

  /** A server that has the built package, and does to a file what the test says. */
  const fetch = async (url, { signal } = {}) => {
    const name = url.slice(HOST.length);
    asked.push(name);
    const [, change] = Object.entries(tamper).find(([part]) => name.includes(part)) ?? [];
    if (change === "offline") throw new TypeError("Failed to fetch");
    if (change === "silent") return new Promise((_, failed) => signal.addEventListener("abort", () => failed(signal.reason)));
    if (typeof change === "number") return new Response("no", { status: change });
    const bytes = await readFile(join(fake.dist, name));
    return new Response(change ? change(bytes) : bytes);
  };
  const WASM = { quotes: `${HOST}quotes.wasm`, navigator: `${HOST}navigator.wasm` };
  const start = (options = {}) => createEngine({ packs: HOST, wasm: WASM, fetch, ...options });
  const refuses = (work, code, more = {}) =>
    assert.rejects(work, (error) => {
      assert.ok(error instanceof DutiableError, String(error));
      assert.deepEqual([error.code, error.name], [code, "DutiableError"]);
      for (const [name, value] of Object.entries(more)) assert.deepEqual(error[name], value);
      assert.doesNotMatch(error.message, /undefined|\/tmp|https?:/);
      return true;
    });

  it("reads the package's own files in Node, without a network", async () => {
    const engine = await createEngine({ fetch: () => assert.fail("fetched") });
    const quote = await engine.quote(REQUEST);
    assert.equal(quote.totals.landedCost, "211.58");
    engine.free();
  });

  it("fetches the module of a call, and what destination and origins need, each file once, whoever asks", async () => {
    const took = () => asked.splice(0).map((name) => name.replace(/^packs\/([\w-]+)\..*/, "$1")).sort();
    const engine = await start();
    assert.deepEqual(took(), ["packs.json"]);
    await Promise.all([engine.quote(REQUEST), engine.quote(REQUEST), engine.prepare("quote", REQUEST)]);
    await engine.quote({ ...REQUEST, items: [{ ...REQUEST.items[0], quantity: "6" }] });
    assert.deepEqual(took(), ["gb", "gb-all", "gb-asia", "gb-rules", "quotes.wasm", "rates"]);
    await engine.search({ text: "cotton" });
    assert.deepEqual(took(), ["hs", "hs-index", "hs-text-en", "navigator.wasm"]);
    await engine.browse({ code: "85", destination: "GB" });
    assert.deepEqual(took(), ["gb-text-en"]);
    const loaded = engine.releaseInfo().packs.filter((pack) => pack.loaded).length;
    assert.equal(loaded, 9);
    engine.free();
  });

  it("guides with the facets beside what a search needs, and keeps nothing between two calls", async () => {
    const engine = await start();
    const first = await engine.guide({ text: "cotton t-shirt" });
    assert.deepEqual(asked.filter((name) => /hs-facets/.test(name)).length, 1);
    assert.equal(first.question.facet, "material");
    const answers = [{ facet: "material", value: "cotton" }];
    const left = async (answers) => (await engine.guide({ text: "cotton t-shirt", answers })).candidates.map(({ code }) => code);
    assert.deepEqual(await left(answers), ["610910"]);
    assert.deepEqual(await left([]), ["610910", "610990"]);
    engine.free();
  });

  it("searches a destination's lines without its tariff", async () => {
    const engine = await start();
    await engine.search({ text: "cotton", destination: "GB" });
    assert.deepEqual(asked.filter((name) => /^packs\/gb/.test(name)).length, 1);
    assert.ok(!asked.includes("quotes.wasm"));
    engine.free();
  });

  it("checks a code with what a search reads, and says in sentences what it found", async () => {
    const engine = await start();
    const checked = await engine.checkCode({ code: "610999", destination: "GB", description: "T-shirt" });
    assert.deepEqual(asked.filter((name) => /^packs\//.test(name)).length, 4);
    assert.ok(!asked.includes("quotes.wasm"));
    assert.equal(checked.status, "wrong");
    assert.deepEqual(await sayFindings(checked), ["There is no such product code under 6109."]);
    assert.deepEqual(await sayFindings(checked, "de"), ["Unter 6109 gibt es diesen Warencode nicht."]);
    assert.deepEqual(await sayFindings(await engine.checkCode({ code: "610910" })), []);
    await refuses(engine.checkCode({}), "input.missing", { field: "code" });
    engine.free();
  });

  it("fetches a module ahead, beside the manifest, and tells of its failure by the first call", async () => {
    const ahead = await start({ ahead: ["quotes"] });
    assert.deepEqual(asked.sort(), ["packs.json", "quotes.wasm"]);
    ahead.free();
    tamper["quotes.wasm"] = 503;
    const engine = await start({ ahead: ["quotes"] });
    await refuses(engine.quote(REQUEST), "network.status", { retry: "later" });
    tamper = {};
    assert.equal((await engine.quote(REQUEST)).status, "complete");
    engine.free();
  });

  it("lists both modules of the release, and which of them it has", async () => {
    const engine = await start();
    const { wasm } = engine.releaseInfo();
    assert.deepEqual(Object.keys(wasm), ["quotes", "navigator"]);
    for (const { sha256, bytes } of Object.values(wasm)) assert.match(`${sha256} ${bytes}`, /^[0-9a-f]{64} \d+$/);
    const loaded = () => Object.values(engine.releaseInfo().wasm).map((module) => module.loaded);
    assert.deepEqual(loaded(), [false, false]);
    await engine.prepare("search");
    assert.deepEqual(loaded(), [false, true]);
    engine.free();
  });

  it("refuses a pack that is not the one the manifest names, and takes it once it is", async () => {
    const engine = await start();
    tamper["packs/gb."] = (bytes) => bytes.with?.(0, 32) ?? Buffer.concat([Buffer.from(" "), bytes.subarray(1)]);
    await refuses(engine.quote(REQUEST), "pack.hash", { retry: "later" });
    tamper = {};
    assert.equal((await engine.quote(REQUEST)).status, "complete");
    engine.free();
  });

  it("refuses the right bytes under another pack's name", async () => {
    const manifest = JSON.parse(await readFile(join(fake.dist, "packs.json"), "utf8"));
    const [gb, us] = ["gb", "us"].map((id) => manifest.packs.find((pack) => pack.id === id));
    Object.assign(gb, { url: us.url, sha256: us.sha256 });
    tamper["packs.json"] = () => JSON.stringify(manifest);
    const engine = await start();
    await refuses(engine.quote(REQUEST), "pack.corrupt");
    engine.free();
  });

  it("refuses a wasm that is not of this release", async () => {
    const engine = await createEngine();
    for (const [name, call] of [["quotes", () => engine.quote(REQUEST)], ["navigator", () => engine.search({ text: "cotton" })]]) {
      const file = join(fake.dist, `${name}.wasm`);
      const bytes = await readFile(file);
      await writeFile(file, Buffer.concat([bytes, Buffer.from([0])]));
      await refuses(call(), "wasm.hash");
      await writeFile(file, bytes);
      await call();
    }
    engine.free();
  });

  it("names what is wrong with a manifest", async () => {
    const pack = { id: "gb", kind: "tariff", url: "gb.pack", bytes: 1, sha256: "0".repeat(64) };
    const cases = [
      ["<!doctype html>", "manifest.malformed"],
      ["[]", "manifest.malformed"],
      [{ format: 2, packs: [] }, "manifest.format"],
      [{ format: 1 }, "manifest.malformed"],
      [{ format: 1, packs: [null] }, "manifest.malformed"],
      [{ format: 1, packs: [pack, pack] }, "manifest.malformed"],
      [{ format: 1, packs: [{ ...pack, sha256: "abc" }] }, "manifest.malformed"],
      [{ format: 1, packs: [{ ...pack, bytes: 1e9 }] }, "manifest.malformed"],
      [{ format: 1, packs: [{ ...pack, url: "javascript:alert(1)" }] }, "manifest.malformed"],
      [{ format: 1, packs: [{ ...pack, destinations: "GB" }] }, "manifest.malformed"],
      [{ format: 1, packs: Array.from({ length: 1025 }, (_, at) => ({ ...pack, id: `p${at}` })) }, "manifest.malformed"],
      [" ".repeat(300 * 1024), "network.too-large"],
    ];
    for (const [manifest, code] of cases) {
      tamper["packs.json"] = () => (typeof manifest === "string" ? manifest : JSON.stringify(manifest));
      await refuses(start(), code);
    }
    tamper["packs.json"] = () => '{"format":1,"packs":[],"__proto__":{"polluted":true}}';
    const engine = await start();
    assert.equal({}.polluted, undefined);
    assert.deepEqual(engine.releaseInfo().packs, []);
    engine.free();
  });

  it("tells being offline from being refused, and tries again when asked again", async () => {
    tamper["packs.json"] = "offline";
    await refuses(start(), "network.offline", { retry: "now" });
    tamper = { "packs.json": 503 };
    await refuses(start(), "network.status", { retry: "later" });
    tamper = {};
    const engine = await start();
    for (const file of ["quotes.wasm", "packs/rates"]) {
      tamper = { [file]: "offline" };
      await refuses(engine.quote(REQUEST), "network.offline", { retry: "now" });
    }
    tamper = {};
    assert.equal((await engine.quote(REQUEST)).status, "complete");
    engine.free();
  });

  it("gives up on a file that stops arriving", { timeout: 20_000 }, async (test) => {
    test.mock.timers.enable({ apis: ["setTimeout"] });
    tamper["packs.json"] = "silent";
    const starting = refuses(start(), "network.timeout", { retry: "now" });
    for (let turn = 0; turn < 20; turn++) await new Promise(setImmediate);
    test.mock.timers.tick(7001);
    await starting;
  });

  it("starts afresh after a trap, once for a call, and is there for the next", async () => {
    const engine = await start();
    globalThis.dutiableTraps = 1;
    assert.equal((await engine.quote(REQUEST)).status, "complete");
    globalThis.dutiableTraps = 2;
    await refuses(engine.quote(REQUEST), "engine.trap", { retry: "now" });
    assert.equal((await engine.quote(REQUEST)).status, "complete");
    globalThis.dutiableTraps = 0;
    engine.free();
  });

  it("carries the engine's own refusals: code, field, sentence", async () => {
    const engine = await start();
    await refuses(engine.quote({ ...REQUEST, items: [] }), "basket.empty", { field: "items", message: "No item. (items)" });
    await refuses(engine.quote({ ...REQUEST, items: [{ ...REQUEST.items[0], unitPrice: "1e3" }] }), "amount.malformed", { field: "items[0].unitPrice" });
    await refuses(engine.quote({ ...REQUEST, destination: "BR" }), "place.unknown");
    await refuses(engine.browse({ code: "9999" }), "code.unknown");
    engine.free();
  });

  it("heeds signals with the signal's own reason, and is of no use once freed", async () => {
    const engine = await start();
    await assert.rejects(engine.quote(REQUEST, { signal: AbortSignal.abort("early") }), (reason) => reason === "early");
    tamper["packs/gb."] = "silent";
    const controller = new AbortController();
    const quote = engine.quote(REQUEST, { signal: controller.signal });
    controller.abort("changed my mind");
    await assert.rejects(quote, (reason) => reason === "changed my mind");
    engine.free();
    await refuses(engine.quote({ ...REQUEST, destination: "US" }), "engine.freed", { retry: "never" });
    await refuses(engine.search({ text: "cotton" }), "engine.freed");
  });

  it("does not start a module that arrives after it was freed", async () => {
    const engine = await start();
    const call = refuses(engine.quote(REQUEST), "engine.freed");
    engine.free();
    await call;
  });

  it("takes compiled modules and bytes, and says what is no module", async () => {
    const bytes = await readFile(join(fake.dist, "quotes.wasm"));
    const forms = [bytes, await WebAssembly.compile(bytes), new URL(WASM.quotes), new Response(bytes), Promise.resolve(new Response(bytes))];
    for (const quotes of forms) {
      const engine = await start({ wasm: { quotes } });
      assert.equal((await engine.quote(REQUEST)).status, "complete");
      engine.free();
    }
    const quoting = async (quotes) => (await start({ wasm: { quotes } })).quote(REQUEST);
    await refuses(quoting(new Uint8Array([1, 2, 3])), "wasm.malformed");
    await refuses(quoting(Promise.reject(new TypeError("Failed to fetch"))), "network.offline");
  });

  it("keeps the manifest free of what every page would download for nothing", async () => {
    const manifest = JSON.parse(await readFile(join(fake.dist, "packs.json"), "utf8"));
    assert.ok(manifest.packs.every((pack) => Object.values(pack).every((value) => value !== null)));
    assert.equal((await readdir(join(fake.dist, "packs"))).length, manifest.packs.length);
  });
});
