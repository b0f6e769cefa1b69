// `make demo`: one basket priced and one product classified through the built package, then the demo pages.
// DEMO_SERVE=0 stops after printing.

import { createEngine } from "dutiable";

import { serve } from "./serve.mjs";

const BASKET = {
  date: "2026-11-23",
  destination: "DE",
  shipFrom: "CN",
  currency: "USD",
  items: [
    { id: "tee", description: "Cotton T-shirt", code: "610910", origin: "BD", quantity: "5", unitPrice: "24.00" },
    { id: "earbuds", description: "Wireless earbuds", code: "851830", origin: "CN", quantity: "1", unitPrice: "79.00" },
    { id: "mug", description: "Stoneware mug", code: "69120023", origin: "CN", quantity: "4", unitPrice: "18.50", netWeightKg: "0.35" },
  ],
  freight: "18.00",
  incoterm: "DAP",
  transport: "express",
};
const PRODUCT = "wireless earbuds";

const WIDTH = 110;
const print = (line) => console.log(line.trimEnd());
const rule = () => print("─".repeat(WIDTH));
const cut = (text, width) => (text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width));

/** Folds a text into lines of at most so many characters. */
function folded(text, width) {
  const lines = [""];
  for (const word of text.split(" ")) {
    if (lines.at(-1).length + word.length >= width) lines.push("");
    lines.push(`${lines.pop()}${word} `);
  }
  return lines.map((line) => line.trimEnd());
}

function printBasket({ items, destination, shipFrom, currency, freight, date, transport, incoterm }) {
  rule();
  print(`A basket from ${shipFrom} to ${destination} by ${transport}, ${incoterm}, quoted for ${date}`);
  rule();
  for (const { description, code, origin, quantity, unitPrice } of items) {
    print(`  ${quantity} × ${cut(description, 22)} ${unitPrice.padStart(8)} ${currency}   code ${cut(code, 10)} made in ${origin}`);
  }
  print(`      ${cut("Freight", 22)} ${freight.padStart(8)} ${currency}`);
}

function printQuote(quote) {
  const { currency, lines, totals, range, exchangeRates, notices, unknown, sources, packs } = quote;
  print(`\nThe quote: ${quote.status}${quote.regime ? `, ${quote.regime.id} (${quote.regime.declaration})` : ""}`);
  print("");
  const numbers = Object.keys(sources);
  for (const line of lines) {
    const amount = line.low === null ? (line.amount ?? "unknown") : `${line.low}–${line.high}`;
    print(`  ${cut(line.item ?? "order", 9)}${cut(line.measure, 30)}${amount.padStart(14)} ${currency}   ${line.formula}`);
    const who = `collected by ${line.collectedBy} at ${line.when}`;
    print(`  ${" ".repeat(9)}${who}; back on return: ${line.refundable}; ${line.confidence}; source [${numbers.indexOf(line.source) + 1}]`);
  }
  print("");
  for (const [name, amount] of Object.entries(totals)) {
    const ends = range && range.low[name] !== range.high[name] ? `   from ${range.low[name]} to ${range.high[name]}` : "";
    print(`  ${cut(name, 39)}${(amount ?? "unknown").padStart(14)} ${currency}${ends}`);
  }
  const { currency: other, landedCost } = quote.totalsInRequestCurrency;
  if (landedCost !== null && other !== currency) print(`  ${cut("landedCost", 39)}${landedCost.padStart(14)} ${other}`);
  print("");
  for (const { from, to, rate, source, date } of exchangeRates) print(`  1 ${from} = ${rate} ${to} (${source}, ${date})`);
  for (const { field, needs } of unknown) print(`  missing: ${field}, needs ${needs}`);
  for (const { severity, code, params } of notices) {
    const said = Object.entries(params).map(([name, value]) => `${name} ${value}`).join(", ");
    print(`  ${severity}: ${code}${said && ` (${said})`}`);
  }
  numbers.forEach((id, at) => {
    const { title, publisher, asOf, url } = sources[id];
    const [first, ...rest] = folded([title, publisher, asOf].filter(Boolean).join(", "), WIDTH - 8);
    print(`  [${at + 1}] ${first}`);
    for (const line of rest) print(`      ${line}`);
    print(`      ${url}`);
  });
  print(`  packs: ${packs.map(({ id, sha256 }) => `${id} ${sha256.slice(0, 8)}`).join(", ")}\n`);
}

function printHits(text, { hits, needs }) {
  rule();
  print(`"${text}": the ${hits.length} best codes`);
  rule();
  for (const [at, { code, title, path, why }] of hits.entries()) {
    const because = why.map(({ asked, word, in: place, how }) => `${asked}${word === asked ? "" : ` → ${word}`} in ${place}${how === "exact" ? "" : `, ${how}`}`);
    print(`${String(at + 1).padStart(3)}  ${code.slice(0, 4)}.${code.slice(4)}  ${cut(title ?? "", WIDTH - 14)}`);
    print(`${" ".repeat(14)}${cut(path.at(-1) ?? "", WIDTH - 14)}`);
    print(`${" ".repeat(14)}${cut(because.join("; "), WIDTH - 14)}`);
  }
  if (needs) print(`  needs: ${needs.reason}`);
  print("");
}

const engine = await createEngine();
printBasket(BASKET);
printQuote(await engine.quote(BASKET));
printHits(PRODUCT, await engine.search({ text: PRODUCT, limit: 10 }));
engine.free();

if (process.env.DEMO_SERVE !== "0") {
  const { url } = await serve({ port: Number(process.env.PORT ?? 8080) });
  print(`The demo pages: ${url} (checkout), ${url}classify.html and ${url}catalogue.html. Stop with Ctrl-C.`);
}
