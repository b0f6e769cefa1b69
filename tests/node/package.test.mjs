// The package as an application meets it: imported in Node without a DOM, typed, complete in its words.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { after, before, describe, it } from "node:test";

import { readCsv } from "../support/csv.mjs";
import { buildFake } from "../support/fake/build.mjs";

const run = promisify(execFile);
const TOP = fileURLToPath(new URL("../..", import.meta.url));
const PACKAGE = join(TOP, "www", "package");
const json = async (...path) => JSON.parse(await readFile(join(PACKAGE, ...path), "utf8"));

describe("the package", () => {
  let fake;
  before(async () => (fake = await buildFake()));
  after(() => fake.remove());

  it("can be imported in Node, every entry, without a DOM and without doing anything", async () => {
    const { exports } = await json("package.json");
    const entries = Object.values(exports).map((entry) => entry.default).filter((file) => file?.endsWith(".js"));
    assert.deepEqual(entries, ["./dist/index.js", "./dist/element.js", "./dist/define.js", "./dist/catalogue.js"]);
    for (const entry of entries) {
      const file = join(fake.dist, entry.replace("./dist/", ""));
      // Any reach for these throws, so that nothing can be touched in passing.
      const script = `
        for (const name of ["document", "window", "fetch", "customElements"]) {
          Object.defineProperty(globalThis, name, { configurable: true, get() { throw new Error("touched " + name); } });
        }
        const names = Object.keys(await import(${JSON.stringify(file)}));
        process.stdout.write(names.join());`;
      const guarded = entry.endsWith("define.js") ? script.replace(', "customElements"', "") : script;
      const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", guarded]);
      assert.equal(stderr, "");
      assert.equal(stdout, { "./dist/index.js": "DutiableError,createEngine,sayFindings", "./dist/element.js": "HsNavigator,LandedCost", "./dist/define.js": "", "./dist/catalogue.js": "CatalogueError,classifyCsv,classifyStream,previewCsv" }[entry]);
    }
  });

  it("exports what it documents, and nothing that is not built", async () => {
    const { exports, sideEffects } = await json("package.json");
    const built = await readdir(fake.dist);
    for (const file of ["index.js", "element.js", "define.js", "catalogue.js", "quotes.wasm", "navigator.wasm", "packs.json", "packs"]) assert.ok(built.includes(file), file);
    assert.deepEqual(sideEffects, ["./dist/define.js"]);
    assert.deepEqual(Object.keys(exports), [".", "./element", "./define", "./catalogue", "./quotes.wasm", "./navigator.wasm", "./packs.json", "./packs/*", "./custom-elements.json", "./package.json"]);
  });

  it("names each wasm once, on one level, where bundlers look for it", async () => {
    const scripts = (await readdir(fake.dist)).filter((name) => name.endsWith(".js"));
    const texts = await Promise.all(scripts.map((name) => readFile(join(fake.dist, name), "utf8")));
    const found = texts.flatMap((text) => text.match(/new URL\([^)]*import\.meta\.url\)/g) ?? []);
    assert.deepEqual(found.sort(), ["navigator.wasm", "packs.json", "quotes.wasm"].map((name) => `new URL("./${name}",import.meta.url)`));
    assert.ok(texts.every((text) => !/innerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/.test(text)));
  });

  it("has types that hold what a page does with it, and no more", async () => {
    const folder = join(fake.root, "types");
    const tsc = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
    const check = async (source) => {
      const file = join(PACKAGE, `types-${process.pid}.check.ts`); // beside the package, so that it finds the package by name
      await writeFile(file, source);
      const flags = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom,dom.iterable", "--module", "nodenext", "--types", ""];
      try {
        await run(process.execPath, [tsc, ...flags, file], { cwd: folder.replace(/types$/, "") });
        return "";
      } catch (error) {
        return error.stdout;
      } finally {
        await rm(file);
      }
    };
    const good = `
      import { createEngine, sayFindings, DutiableError, type Quote } from "dutiable";
      import { LandedCost } from "dutiable/element";
      import { classifyCsv, classifyStream, previewCsv, CatalogueError, type CatalogueErrorCode } from "dutiable/catalogue";
      import "dutiable/define";
      const engine = await createEngine({ packs: "https://shop.example/packs/" });
      const quote: Quote = await engine.quote({ date: "2026-11-23", destination: "GB", currency: "USD", items: [
        { id: "1", code: "610910", origin: "CN", quantity: "1", unitPrice: "12.00" }] }, { signal: AbortSignal.timeout(100) });
      const duty: string | null = quote.totals.duties;
      const element = document.querySelector("landed-cost")!;
      element.items = [{ id: "1", code: "610910", quantity: 2, unitPrice: "12.00" }];
      element.addEventListener("lc-quote", (event) => { const amount: string | undefined = event.detail.totals.landedCost?.amount; });
      document.querySelector("hs-navigator")!.addEventListener("hs-select", (event) => event.detail.code.length);
      const checked = await engine.checkCode({ code: "851712", destination: "GB", description: "smartphone" });
      const instead: string[] = checked.findings.flatMap(({ candidates }) => candidates ?? []).map(({ code }) => code);
      const sentences: string[] = await sayFindings(checked, "de");
      const { columns } = await previewCsv("name,price", { rows: 3 });
      const { csv, faults }: { csv: Blob; faults: number } = await classifyCsv(new Blob(["name"]), {
        engine, text: columns[0], destination: "GB", onProgress: ({ rows, bytes, totalBytes }) => rows + bytes / (totalBytes ?? bytes) });
      new ReadableStream<Uint8Array>().pipeThrough(classifyStream({ engine: createEngine(), text: ["name", "price"] })) satisfies ReadableStream<Uint8Array>;
      try { await csv.text(); } catch (error) { if (error instanceof CatalogueError) error.code satisfies CatalogueErrorCode; }
      try { engine.free(); } catch (error) { if (error instanceof DutiableError && error.code === "code.unknown") error.retry satisfies string; }
      export { duty, faults, instead, sentences, LandedCost };`;
    assert.equal(await check(good), "");
    for (const [wrong, why] of [
      ['import { createEngine } from "dutiable"; (await createEngine()).quote({ date: "2026-11-23", destination: "GB", currency: "USD", items: [{ id: "1", code: "610910", quantity: "1", unitPrice: 12 }] });', /number.*not assignable to type 'string'/],
      ['import { DutiableError } from "dutiable"; new DutiableError("no.such.code");', /not assignable/],
      ['import { classifyCsv } from "dutiable/catalogue"; await classifyCsv("name", { text: "name" });', /'engine' is missing/],
    ]) assert.match(await check(wrong), why);
  });

  it("has a sentence for every code that the engine can throw, and types name them all", async () => {
    const { ERRORS } = await import(join(PACKAGE, "src", "errors.js"));
    const source = await readFile(join(TOP, "src", "error.rs"), "utf8");
    const thrown = [...source.matchAll(/^ {4}\w+ = "([a-z.-]+)",$/gm)].map(([, code]) => code);
    assert.ok(thrown.length > 20);
    assert.deepEqual(thrown.filter((code) => !(code in ERRORS)), []);
    const types = await readFile(join(PACKAGE, "index.d.ts"), "utf8");
    const named = [...types.slice(types.indexOf("type ErrorCode")).split(";")[0].matchAll(/"([^"]+)"/g)].map(([, code]) => code);
    assert.deepEqual(named.sort(), Object.keys(ERRORS).sort());
  });
});

describe("the words", () => {
  const load = (name) => json("src", "messages", `${name}.json`);
  const english = async () => Object.assign({}, ...(await Promise.all(["en", "en-quote", "en-working", "en-notices", "en-navigator", "en-guide"].map(load))));
  const names = (message) => [...new Set((typeof message === "string" ? message : Object.values(message).join()).match(/\{\w+\}/g) ?? [])].sort();

  it("are complete in every language, with the same names in them", async () => {
    const en = await english();
    for (const language of ["de", "fr", "ar"]) {
      const table = await load(language);
      assert.deepEqual(Object.keys(table).sort(), Object.keys(en).sort(), language);
      for (const [key, message] of Object.entries(en)) assert.deepEqual(names(table[key]).filter((name) => name !== "{count}"), names(message).filter((name) => name !== "{count}"), `${language} ${key}`);
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      for (const [key, message] of Object.entries(table)) {
        if (typeof message === "object") assert.deepEqual(forms.filter((form) => !(form in message)), [], `${language} ${key}`);
      }
    }
  });

  it("avoid what plain words avoid, and every key is used", async () => {
    const en = await english();
    const said = Object.values({ ...en, ...(await load("check-en")) }).flatMap((message) => (typeof message === "string" ? message : Object.values(message)));
    for (const text of said) {
      assert.doesNotMatch(text, /\b(please|sorry|oops|invalid|forbidden|illegal|prohibited|landed cost|levy|levies)\b|!/i);
      assert.doesNotMatch(text, /[<>]/);
    }
    const sources = (await Promise.all((await readdir(join(PACKAGE, "src"))).filter((name) => name.endsWith(".js")).map((name) => readFile(join(PACKAGE, "src", name), "utf8")))).join("\n");
    // Keys that are put together are known by their stem.
    const stems = ["measure.", "kind.", "collected.", "collector.", "refundable.", "confidence.", "needs.", "unknown.", "unit.", "notice.", "terms.", "announce.", "answer.", "facet.", ...facets().map(({ facet }) => `${facet}.`)];
    const unused = Object.keys(en).filter((key) => !stems.some((stem) => key.startsWith(stem)) && !sources.includes(`"${key}"`) && key !== "direction");
    assert.deepEqual(unused, []);
  });

  it("cover every facet that is asked and every value that can be answered", async () => {
    const en = await english();
    const keys = facets().flatMap(({ facet, values }) => [`facet.${facet}`, ...values.map((value) => `${facet}.${value}`)]);
    assert.ok(keys.length > 100);
    assert.deepEqual(["facet.goods", "facet.size", "answer.other", ...keys].filter((key) => !(key in en)), []);
  });

  it("cover every finding of a check and all that a description can lack, in every language, and types name them", async () => {
    const en = await load("check-en");
    const source = await readFile(join(TOP, "src", "navigator", "check", "finding.rs"), "utf8");
    const codes = [...source.matchAll(/^ {4}\w+ = "([a-z.-]+)", \w+;$/gm)].map(([, code]) => code);
    assert.ok(codes.length >= 16);
    const general = await readFile(join(TOP, "src", "navigator", "check", "general.rs"), "utf8");
    const variants = /pub enum Lack \{([^}]*)\}/.exec(general)[1].match(/^ {4}(\w+),$/gm).map((name) => name.trim().slice(0, -1));
    const lacks = variants.map((name) => name.replaceAll(/(?!^)[A-Z]/g, "-$&").toLowerCase());
    assert.deepEqual(Object.keys(en).sort(), [...codes, "code.unknown.known", "other", ...lacks.map((lack) => `lacks.${lack}`)].sort());
    for (const language of ["de", "fr", "ar"]) {
      const table = await load(`check-${language}`);
      assert.deepEqual(Object.keys(table), Object.keys(en), language);
      for (const [key, message] of Object.entries(en)) assert.deepEqual(names(table[key]), names(message), `${language} ${key}`);
    }
    const types = await readFile(join(PACKAGE, "index.d.ts"), "utf8");
    const named = (type) => [...types.slice(types.indexOf(`type ${type} `)).split(";")[0].matchAll(/"([^"]+)"/g)].map(([, name]) => name);
    assert.deepEqual(named("FindingCode"), codes);
    assert.deepEqual(named("Lack"), lacks);
  });

  it("cover every notice, measure and confidence that the engine and the rules can give", async () => {
    const en = await english();
    const rules = await Promise.all((await readdir(join(TOP, "tariff-data", "rules"))).filter((name) => name.endsWith(".toml")).map((name) => readFile(join(TOP, "tariff-data", "rules", name), "utf8")));
    const notices = new Set(rules.flatMap((text) => [...text.matchAll(/^code = "([a-z][a-z0-9.-]*)"/gm)].map(([, code]) => code)));
    const engine = await readRust(join(TOP, "src"));
    for (const [, code] of engine.matchAll(/Notice::new\(\s*"([a-z.-]+)"/g)) notices.add(code);
    for (const [, code] of engine.matchAll(/^\s+"((?:preference|quota|relief|duty|exchange-rate|tariff|quote)\.[a-z-]+)",$/gm)) notices.add(code);
    for (const code of await programmeNotices()) notices.add(code);
    assert.ok(notices.size > 20);
    assert.deepEqual([...notices].filter((code) => !(`notice.${code}` in en)), []);

    const named = [...engine.matchAll(/\.because\((\w+|"[a-z.-]+")\)/g)].map(([, name]) => name);
    const reasons = named.map((name) => (name.startsWith('"') ? name : new RegExp(`const ${name}: &str = ("[^"]+")`).exec(engine)[1]).slice(1, -1));
    assert.ok(reasons.length >= 5);
    assert.deepEqual(reasons.filter((reason) => !(`unknown.${reason}` in en)), []);

    const types = (await readFile(join(TOP, "tariff-data", "tables", "measure_types.csv"), "utf8")).trim().split("\n").slice(1).map((row) => row.split(",")[0]);
    const charges = rules.flatMap((text) => [...text.matchAll(/^\[\[(?:tax|fee)\]\]\n(?:#.*\n)*id = "([a-z-]+)"/gm)].map(([, id]) => id));
    assert.deepEqual([...types, ...charges].filter((measure) => measure !== "supplementary-unit" && !(`measure.${measure}` in en)), []);

    const confidence = await readFile(join(TOP, "src", "confidence.rs"), "utf8");
    const grades = [...confidence.matchAll(/=> "([a-z-]+)"/g)].map(([, grade]) => grade);
    assert.deepEqual(grades.filter((grade) => !(`confidence.${grade}` in en)), []);
  });
});

/** The facets that are asked, with their values. */
function facets() {
  const rows = readCsv(join(TOP, "tariff-data", "facets", "facets.csv")).filter(({ ease }) => ease !== "0");
  return rows.map(({ facet, values }) => ({ facet, values: values.split(";") }));
}

/** What programmes of additional duties say, where a tariff has any. */
async function programmeNotices() {
  const tables = join(TOP, "tariff-data", "tables");
  const names = (await readdir(tables, { recursive: true })).filter((name) => name.endsWith("programmes.csv"));
  const texts = await Promise.all(names.map((name) => readFile(join(tables, name), "utf8")));
  return texts.flatMap((text) => [...text.matchAll(/,([a-z]{2}\.[a-z0-9-]+),https?:/g)].map(([, code]) => code));
}

async function readRust(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".rs"));
  return (await Promise.all(names.map((name) => readFile(join(folder, name), "utf8")))).join("\n");
}
