// The heaviest quote, twenty items with the whole stack of the United States, and how its cost grows from one item to ten thousand.
//
//   node tests/bench/stack.mjs

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import init, { Engine } from "../../target/wasm/quotes/dutiable.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
await init({ module_or_path: readFileSync(join(root, "target/wasm/quotes/dutiable_bg.wasm")) });
const engine = new Engine();
const { packs } = JSON.parse(readFileSync(join(root, "packs/packs.json"), "utf8"));
const needed = ({ kind, destinations, origins }) =>
  ["rules", "tariff", "measures"].includes(kind) && destinations.includes("US") && (!origins || origins.includes("CN"));
for (const { url, sha256 } of packs.filter(needed)) engine.openPack(readFileSync(join(root, "packs", url)), sha256);

/** Goods of China under section 232, section 301 old and new, and none of them. */
const CODES = ["6109100012", "73239300", "76151071", "94036080", "87082915", "64039910", "85176200", "95030000", "42022130", "85444210"];
const basket = (count) => ({
  date: "2026-11-10", destination: "US", shipFrom: "CN", currency: "USD", freight: "400", transport: "sea", incoterm: "DAP",
  items: Array.from({ length: count }, (_, at) => ({
    id: `line-${at}`, code: CODES[at % CODES.length], origin: "CN", quantity: String(1 + (at % 7)), unitPrice: `${12 + (at % 90)}.50`, netWeightKg: "0.4",
  })),
});
const quote = (request) => JSON.parse(engine.quote(JSON.stringify(request)));
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];

/** Milliseconds for one quote, the median of so many. */
function timed(request, times) {
  for (let at = 0; at < Math.min(times, 50); at += 1) quote(request);
  return median(Array.from({ length: times }, () => {
    const from = process.hrtime.bigint();
    quote(request);
    return Number(process.hrtime.bigint() - from) / 1e6;
  }));
}

const heaviest = basket(20);
const { status, lines } = quote(heaviest);
const each = timed(heaviest, 400);
console.log(`the heaviest quote: United States, 20 items of China, ${lines.length} lines, ${status}: ${Math.round(1000 / each).toLocaleString("en")} a second`);
console.log("  items    ms a quote    µs an item");
for (const count of [1, 10, 100, 1000, 10000]) {
  const took = timed(basket(count), count > 1000 ? 7 : 41);
  console.log(`  ${String(count).padStart(5)}  ${took.toFixed(3).padStart(12)}  ${((took * 1000) / count).toFixed(1).padStart(12)}`);
}
