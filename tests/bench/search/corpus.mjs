// What is searched, and what is asked: the same for every engine.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readCsv } from "../../support/csv.mjs";

/**
 * One document a subheading: its designation, those above it, its trade terms and those above it, and the designations of the
 * national lines whose words our index holds. What we inherit along the tree, the others get written out.
 */
export function readCorpus(tables) {
  const nodes = new Map();
  const files = ["hs/nodes.csv", "hs/groups.csv"];
  for (const { code, title } of files.flatMap((file) => readCsv(join(tables, file)))) {
    nodes.set(code, { code, title, terms: [], lines: [] });
  }
  for (const { term, code } of readCsv(join(tables, "hs/terms.csv"))) {
    home(nodes, code)?.terms.push(term);
  }
  addLines(nodes, readCsv(join(tables, "us/lines.csv")), 10);
  addLines(nodes, readCsv(join(tables, "eu/lines.csv")), 8);
  return [...nodes.values()].filter(({ code }) => code.length === 6).map((node) => document(nodes, node));
}

function home(nodes, code) {
  return [6, 5, 4, 2].map((length) => nodes.get(code.slice(0, length))).find(Boolean);
}

// As `tariff-data/src/pack/navigator.rs` reads them.
function addLines(nodes, lines, digits) {
  let above = "";
  lines.forEach((line, position) => {
    let code = line.code;
    if (code === "") {
      code = lines.slice(position, position + 40).find((below) => below.code !== "")?.code ?? "";
      if (code.slice(0, 6) !== above) return;
    } else {
      above = code.slice(0, 6);
      if (code.length > digits) return;
    }
    if (code.length >= 6 && !/^2[89]/.test(code)) nodes.get(code.slice(0, 6))?.lines.push(line.title);
  });
}

function document(nodes, { code, title, terms, lines }) {
  const above = [2, 4, 5].map((length) => nodes.get(code.slice(0, length))).filter(Boolean);
  return {
    id: code,
    title,
    ancestors: above.map((node) => node.title).join(". "),
    terms: terms.join(". "),
    ancestorTerms: above.flatMap((node) => node.terms).join(". "),
    lines: [...new Set(lines)].join(". "),
  };
}

const SETS = [
  ["parcels", "uk_parcel_descriptions.jsonl", 6],
  ["headings", "uk_search_terms_headings.jsonl", 4],
  ["rulings 2015–24", "us_cross_2015_2024.jsonl", 6],
  ["rulings 2025–26", "us_cross_2025_2026.jsonl", 6],
];

/** The query sets: those beside the checkout, or else the examples in it. */
export function readQueries(evaluation, examples) {
  if (!existsSync(evaluation)) {
    const queries = readCsv(examples).map(({ query, code }) => ({ query, codes: [code] }));
    return [{ name: "examples", queries }];
  }
  return SETS.map(([name, file, digits]) => {
    const rows = readFileSync(join(evaluation, file), "utf8").trim().split("\n").map((line) => JSON.parse(line));
    const valid = rows.filter((row) => row.valid_hs6_2022 !== false);
    const cut = (row) => (row.codes ?? [row.code]).map((code) => code.slice(0, digits));
    return { name, queries: valid.map((row) => ({ query: row.query, codes: cut(row) })) };
  });
}
