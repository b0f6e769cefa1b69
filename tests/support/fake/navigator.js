// A module that searches a handful of codes.

import { FakeEngine } from "./engine.js";

export { default } from "./engine.js";

const CHILDREN = {
  null: [["I", "Live animals; animal products", "section"], ["XI", "Textiles and textile articles", "section"], ["XVI", "Machinery and mechanical appliances; electrical equipment", "section"]],
  I: [["01", "Live animals", "chapter"], ["02", "Meat and edible meat offal", "chapter"]],
  XI: [["61", "Articles of apparel and clothing accessories, knitted or crocheted", "chapter"], ["62", "Articles of apparel and clothing accessories, not knitted or crocheted", "chapter"]],
  XVI: [["84", "Nuclear reactors, boilers, machinery and mechanical appliances", "chapter"], ["85", "Electrical machinery and equipment and parts thereof", "chapter"]],
  61: [["6105", "Men's or boys' shirts, knitted or crocheted", "heading"], ["6109", "T-shirts, singlets and other vests, knitted or crocheted", "heading"]],
  6109: [["610910", "Of cotton", "subheading"], ["610990", "Of other textile materials", "subheading"]],
  85: [["8517", "Telephone sets, including smartphones", "heading"], ["8518", "Microphones and stands therefor; loudspeakers; headphones and earphones", "heading"]],
  8517: [["851713", "Smartphones", "subheading"], ["851714", "Other telephones for cellular networks", "subheading"]],
  8518: [["851830", "Headphones and earphones, whether or not combined with a microphone", "subheading"]],
};
const NODES = new Map(Object.entries(CHILDREN).flatMap(([parent, rows]) => rows.map((row) => [row[0], { row, parent }])));

function nodeOf([code, title, level]) {
  return { code, title, level, declarable: level === "subheading", hasChildren: code in CHILDREN };
}

function pathTo(code) {
  const parent = NODES.get(code)?.parent;
  if (!parent || parent === "null") return [];
  return [...pathTo(parent), { code: parent, title: NODES.get(parent).row[1] }];
}

export class Engine extends FakeEngine {
  constructor() {
    super(["nomenclature", "index", "text", "guide"]);
  }

  search(request) {
    const { text, limit = 10 } = JSON.parse(request);
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.includes("gift")) return JSON.stringify({ hits: [], needs: { reason: "vague" } });
    const hits = [...NODES].filter(([code, { row }]) => code.length === 6 && words.some((word) => row[1].toLowerCase().includes(word)));
    return JSON.stringify({
      hits: hits.slice(0, limit).map(([code, { row }]) => ({
        code, title: row[1], confidence: null, path: pathTo(code).map(({ title }) => title), matched: words,
        why: words.map((word) => ({ asked: word, word, in: "title", how: "exact" })),
      })),
      needs: null,
    });
  }

  /** Two questions: which goods, then of what; after "I don't know" nothing more. */
  guide(request) {
    const { text = "", answers = [] } = JSON.parse(request);
    if (!this.packs.has("hs-facets")) throw { code: "pack.missing", field: null };
    const value = (facet) => answers.find((answer) => answer.facet === facet)?.value;
    let left = ["610910", "610990", "851713"].filter((code) => !text.includes("t-shirt") || code.startsWith("61"));
    const [goods, material] = [value("goods"), value("material")];
    if (goods && goods !== "unknown") left = left.filter((code) => code.startsWith(goods));
    if (material === "cotton") left = ["610910"];
    if (material === "other") left = ["610990"];
    const heading = (code, leaves) => ({ value: code, ids: [], title: NODES.get(code).row[1], under: null, leaves });
    const named = (ids, leaves) => ({ value: ids[0].split(".")[1], ids, title: null, under: null, leaves });
    const ofGoods = { facet: "goods", id: "facet.goods", information: 200, answers: [heading("6109", 2), heading("8517", 1)] };
    const ofMaterial = { facet: "material", id: "facet.material", information: 256, answers: [named(["material.cotton"], 1), named(["answer.other"], 1)] };
    const question = left.length < 2 || material ? null : new Set(left.map((code) => code.slice(0, 2))).size > 1 && !goods ? ofGoods : ofMaterial;
    return JSON.stringify({
      question, step: answers.length, told: text.includes("t-shirt") ? [{ facet: "construction", ids: ["construction.knitted"] }] : [],
      candidates: left.map((code) => ({ code, title: NODES.get(code).row[1], path: pathTo(code).map(({ title }) => title), share: "0.50" })),
      notes: [{ note: "GRI 6", words: "Within a heading, the subheadings are compared level by level.", keepsOutOf: [], belongsTo: [] }], needs: null,
    });
  }

  checkCode(request) {
    const { code } = JSON.parse(request);
    if (typeof code !== "string") throw { code: code === undefined ? "input.missing" : "input.type", field: "code" };
    const isThere = NODES.has(code);
    const unknown = { code: "code.unknown", severity: "error", known: code.slice(0, 4) };
    return JSON.stringify({ code, status: isThere ? "sound" : "wrong", findings: isThere ? [] : [unknown] });
  }

  browse(request) {
    const { code = null } = JSON.parse(request) ?? {};
    if (code !== null && !NODES.has(code)) throw { code: "code.unknown", field: "code" };
    const { code: own, title, level } = code === null ? {} : nodeOf(NODES.get(code).row);
    return JSON.stringify({
      node: code === null ? null : { code: own, title, level },
      path: code === null ? [] : pathTo(code),
      children: (CHILDREN[code] ?? []).map(nodeOf),
    });
  }
}
