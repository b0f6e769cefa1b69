// Catalogues through the package: byte for byte what the command line makes of the same file, whose CSV is read by another hand.

import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";

import { DutiableError, createEngine } from "dutiable";
import { CatalogueError, classifyCsv, classifyStream, previewCsv } from "dutiable/catalogue";

import { CATALOGUES, fileOf, onTheCommandLine } from "../support/catalogue.mjs";

describe("a catalogue", () => {
  let engine;
  before(async () => (engine = await createEngine()));
  after(() => engine.free());

  const bytes = async (blob) => Buffer.from(await blob.arrayBuffer());
  /** The file, or the error it is refused with. */
  const classified = (input, options) =>
    classifyCsv(input, { engine, ...options }).then(async ({ csv }) => ({ csv: await bytes(csv), error: null }), ({ code, field }) => ({ csv: null, error: { code, field } }));
  /** In pieces of so many bytes. */
  const pieces = (file, size) => new ReadableStream({
    start(out) {
      for (let at = 0; at < file.length; at += size) out.enqueue(new Uint8Array(file.subarray(at, at + size)));
      out.close();
    },
  });

  for (const { name, faults, doubted = 0, ...settings } of CATALOGUES) {
    it(`comes out as on the command line, whole and in pieces: ${name}`, async () => {
      const file = fileOf(name);
      const expected = onTheCommandLine(file, settings);
      assert.equal(expected.error, null);
      const seen = [];
      const done = await classifyCsv(new Blob([file]), { engine, ...settings, onProgress: (progress) => seen.push(progress) });
      assert.deepEqual(await bytes(done.csv), expected.csv);
      assert.deepEqual([done.faults, done.doubted], [faults, doubted]);
      assert.equal(done.csv.type, "text/csv;charset=utf-8");
      assert.deepEqual(seen.at(-1), { rows: done.rows, faults, doubted, bytes: file.length, totalBytes: file.length });
      for (const size of [1, 7]) assert.deepEqual((await classified(pieces(file, size), settings)).csv, expected.csv);
      if (name !== "spreadsheet") assert.deepEqual((await classified(file.toString(), settings)).csv, expected.csv); // that one is not UTF-8
    });
  }

  it("checks the codes that it has as a check does, and says what is grave of it", async () => {
    const rows = "id,description,hs_code\n1,cast iron frying pan,3924.10\n2,,851712\n3,leather wallet,420231\n4,glass vase,\n5,mug,1,2\n";
    const { csv, faults } = await classifyCsv(rows, { engine, code: "hs_code", destination: "GB" });
    const [header, pan, phone, wallet, vase, mug] = (await csv.text()).split("\n");
    assert.equal(header, "id,description,hs_code,hs_check,hs_instead,hs_found,hs_title,hs_confidence,hs_alternatives,hs_needs");
    const checked = await engine.checkCode({ code: "3924.10", description: "cast iron frying pan", destination: "GB", classifier: true });
    const grave = checked.findings.filter(({ severity }) => severity !== "info");
    assert.ok(grave.some(({ code }) => code === "code.unlikely"));
    const instead = new Set(grave.flatMap(({ candidates = [] }) => candidates).map(({ code }) => code));
    assert.ok(pan.startsWith(`1,cast iron frying pan,3924.10,doubtful ${grave.map(({ code }) => code).join(" ")},${[...instead].join(" ")},73239`), pan);
    assert.match(phone, /^2,,851712,wrong code\.of-earlier-edition,851713 [\d ]+,,,,,no-text$/);
    assert.match(wallet, /^3,leather wallet,420231,sound,,420231/);
    assert.match(vase, /^4,glass vase,,,,7013/);
    assert.equal(mug, '5,mug,"1,2",,,,,,,field-count');
    assert.equal(faults, 2);
    // In another language the code is checked, and not held against words that a check does not understand.
    const german = await classifyCsv("description,code\nBratpfanne aus Gusseisen,392410\n", { engine, code: "code", language: "de" });
    assert.match(await german.csv.text(), /\n[^,]+,392410,sound,,\d{6},/);
    for (const language of ["en-GB", "en_GB"]) {
      const english = await classifyCsv("description,code\ncast iron frying pan,392410\n", { engine, code: "code", language });
      assert.match(await english.csv.text(), /,392410,doubtful code\.unlikely,/, language);
    }
    const tooLong = await classifyCsv(`description,code\nmug,${"1".repeat(600)}\n`, { engine, code: "code" });
    assert.match(await tooLong.csv.text(), /,input\.too-long,,691\d{3},/);
  });

  it("gets the codes, confidences and needs that a search gives", async () => {
    const text = "wireless earbuds";
    const { hits } = await engine.search({ text, classifier: true, limit: 5 });
    const { csv } = await classifyCsv(`description\n${text}\n`, { engine });
    const [, row] = (await csv.text()).split("\n");
    assert.ok(row.startsWith(`${text},${hits[0].code},`));
    assert.ok(row.endsWith(`,${hits[0].confidence ?? ""},${hits.slice(1).map(({ code }) => code).join(" ")},`));
    // What an engine of another day says is passed through as well.
    const later = { search: async () => ({ hits: [{ code: "1", title: null, confidence: "0.82", path: [] }], needs: { reason: "unsure", lacks: ["material", "use"] } }) };
    const passed = await classifyCsv("a,description\n,b\n", { engine: later });
    assert.equal(await passed.csv.text(), "a,description,hs_code,hs_title,hs_confidence,hs_alternatives,hs_needs\n,b,1,,0.82,,unsure material use\n");
    const { length } = (await engine.search({ text: "leather wallet", limit: 5 })).hits;
    const plain = await classifyCsv("description\nleather wallet", { engine, classifier: false, limit: 2 });
    assert.equal(length, 5);
    assert.match(await plain.csv.text(), /,\d{6},\n$/);
  });

  it("of any bytes is read as the command line reads them", async () => {
    // Always the same draws: what is drawn has each of the characters that matter to CSV beside each other.
    let seed = 20261127;
    const draw = (below) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % 65521 % below;
    const signs = [",", ",", ";", "\t", "\"", "\"", "\"\"", "\n", "\r\n", "\r", " ", "mug", "é", "", "=1", "6109", "851712"];
    let refused = 0;
    for (let turn = 0; turn < 60; turn++) {
      const head = turn % 4 === 0 ? "" : ["description,b\n", "\ufeff\r\ndescription;\"b\"\r\n", "description\n"][turn % 3];
      const file = Buffer.from(head + Array.from({ length: 24 }, () => signs[draw(signs.length)]).join(""));
      if (turn % 5 === 0) file[file.length - 2] = 0xff;
      // Where there is a second column, its cells are codes every other time.
      const settings = turn % 4 !== 0 && turn % 2 === 1 && turn % 3 < 2 ? { code: "b" } : {};
      const expected = onTheCommandLine(file, settings);
      const got = await classified(pieces(file, 1 + draw(9)), settings);
      if (expected.error) refused++;
      assert.deepEqual(got, { csv: expected.error ? null : expected.csv, error: expected.error }, JSON.stringify(file.toString()));
    }
    assert.ok(refused > 5 && refused < 40, `${refused} of 60 refused`);
  });

  it("is refused with the code and the field of the command line", async () => {
    const tooLong = `description\n"${"x".repeat(2 ** 21)}`;
    for (const [file, settings] of [
      ["description,hs_code\nmug,\n", {}],
      ["description,hs_check\nmug,\n", { code: "hs_check" }],
      ["description,price\nmug,1\n", { code: "hs_code" }],
      ["name,price\nmug,1\n", {}],
      ["name,price\nmug,1\n", { text: ["name", "Price"] }],
      ["", {}],
      ["a,\"b\nmug,1\n", {}],
      [tooLong, {}],
      ["description\nmug\n", { limit: 500 }],
      ["description\nmug\n", { destination: "gb" }],
      ["description\nmug\n", { destination: "KR" }],
    ]) {
      const { error } = onTheCommandLine(file, settings);
      assert.notEqual(error, null);
      assert.deepEqual((await classified(file, settings)).error, error);
    }
    await assert.rejects(classifyCsv("a,b\n", { engine }), CatalogueError);
    await assert.rejects(classifyCsv("description\n", { engine, limit: 0 }), DutiableError);
    await assert.rejects(classifyCsv("a,b\n", { engine }), /no such column\. \(description\)/);
  });

  it("streams: rows come out before the last are in, and no more is taken than is wanted", async () => {
    let given = 0;
    const endless = new ReadableStream({
      pull: (out) => out.enqueue(new TextEncoder().encode(given++ === 0 ? "description\n" : "leather wallet\n".repeat(2000))),
    }, { highWaterMark: 0 });
    const reader = endless.pipeThrough(classifyStream({ engine })).getReader();
    const { value } = await reader.read();
    assert.match(new TextDecoder().decode(value), /^description,hs_code/);
    await new Promise((done) => setTimeout(done, 100));
    assert.ok(given < 8, `${given} pieces taken`);
    await reader.cancel();
  });

  it("stops when its signal says so, with the signal's reason", async () => {
    const file = new Blob(["description\n", "leather wallet with a zip\n".repeat(50_000)]);
    const stop = new AbortController();
    const reason = new Error("enough");
    let rows = 0;
    const begun = performance.now();
    const work = classifyCsv(file, {
      engine, signal: stop.signal,
      onProgress: (progress) => {
        rows = progress.rows;
        if (rows > 20) stop.abort(reason);
      },
    });
    await assert.rejects(work, (error) => error === reason);
    assert.ok(performance.now() - begun < 2000);
    const at = rows;
    await new Promise((done) => setTimeout(done, 100));
    assert.equal(rows, at);
    await assert.rejects(classifyCsv(file, { engine, signal: AbortSignal.abort(reason) }), (error) => error === reason);
    // A stream that brings nothing is left, too.
    const later = new AbortController();
    setTimeout(() => later.abort(reason), 50);
    await assert.rejects(classifyCsv(new ReadableStream(), { engine, signal: later.signal }), (error) => error === reason);
  });

  it("shows its columns and first rows", async () => {
    const { columns, rows, delimiter } = await previewCsv(new Blob([fileOf("spreadsheet")]), { rows: 2 });
    assert.deepEqual(columns, ["sku", "Article; long", "description", "note"]);
    assert.equal(delimiter, ";");
    assert.equal(rows.length, 2);
    assert.deepEqual(rows[1], ["0102", "B", "Hoodie; cotton, knitted", "=1+1"]);
    assert.deepEqual((await previewCsv("a\tb")).rows, []);
    const cut = await previewCsv(`a,b\n1,2\n3,${"x".repeat(2 ** 18)}\n`);
    assert.deepEqual(cut.rows, [["1", "2"]]); // the second is longer than what is looked at
    await assert.rejects(previewCsv(""), { code: "csv.empty" });
  });
});
