// Quotes a second, beside the same calculation written with decimal.js: one basket of three items to Great Britain, standard regime.
//
//   node tests/bench/quotes.mjs

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import init, { Engine } from "../../target/wasm/quotes/dutiable.js";
import { quote as byHand } from "./quotes/by-hand.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const request = {
  date: "2026-10-30", destination: "GB", shipFrom: "CN", currency: "USD",
  items: [
    { id: "shirt", code: "61091000", origin: "CN", quantity: "5", unitPrice: "12.00", netWeightKg: "0.2" },
    { id: "shoes", code: "64039993", origin: "CN", quantity: "2", unitPrice: "79.95", netWeightKg: "0.9" },
    { id: "toy", code: "95030041", origin: "CN", quantity: "3", unitPrice: "24.50", netWeightKg: "0.4" },
  ],
  freight: "18.00", insurance: "2.50", discount: "5.00", incoterm: "DAP", transport: "express",
  exchangeRates: { "USD/GBP": "0.76" },
};

await init({ module_or_path: readFileSync(join(root, "target/wasm/quotes/dutiable_bg.wasm")) });
const engine = new Engine();
const { packs } = JSON.parse(readFileSync(join(root, "packs/packs.json"), "utf8"));
const needed = ({ kind, destinations }) => ["rules", "tariff"].includes(kind) && destinations.includes("GB");
for (const { url, sha256 } of packs.filter(needed)) engine.openPack(readFileSync(join(root, "packs", url)), sha256);

// As the package's loader calls it: text both ways. The two must agree before either is timed.
const quote = (it) => JSON.parse(engine.quote(JSON.stringify(it)));
const ours = quote(request).totals;
const theirs = byHand(request).totals;
for (const key of Object.keys(theirs)) {
  if (ours[key] !== theirs[key]) throw new Error(`${key}: ${ours[key]} beside ${theirs[key]}`);
}

const ROUNDS = 15;
const QUOTES = 400;
const perSecond = (work) => {
  const from = process.hrtime.bigint();
  for (let at = 0; at < QUOTES; at += 1) work(request);
  return QUOTES / (Number(process.hrtime.bigint() - from) / 1e9);
};
const contenders = { "dutiable (wasm)": quote, "decimal.js": (it) => byHand(it) };
for (const work of Object.values(contenders)) for (let at = 0; at < 2000; at += 1) work(request);
// Round by round in turn, so that what else the machine does falls on both.
const rounds = Array.from({ length: ROUNDS }, () => Object.values(contenders).map(perSecond));
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const medians = Object.keys(contenders).map((_, at) => median(rounds.map((round) => round[at])));

console.log(`quotes a second, medians of ${ROUNDS} rounds of ${QUOTES}, three items, both from request object to quote object:`);
Object.keys(contenders).forEach((name, at) => console.log(`  ${name.padEnd(18)} ${Math.round(medians[at]).toLocaleString("en").padStart(10)}`));
console.log(`  ratio ${(medians[0] / medians[1]).toFixed(2)}`);
