/**
 * The working of a quote: a table that a reader can redo with a pocket calculator, and what to know about it. It is fetched when
 * first unfolded (or when the page has time), with the words that only it needs.
 */

import { add, isZero, subtract, sum } from "./decimal.js";
import { h, isolated, link } from "./dom.js";
import * as format from "./format.js";
import english from "./messages/en-working.json" with { type: "json" };
import { addEnglish } from "./messages.js";
import { about, noticeText, noticeTexts, reasonText, standsOut } from "./quote-words.js";
import { collectedText, confidenceText, measureText, rateInWords, refundableText } from "./line-words.js";
import { charges } from "./summary.js";

addEnglish(english);

const FOOT = [["goods", "breakdown.goods"], ["freight", "breakdown.freight"], ["insurance", "breakdown.insurance"]];
const CHARGES = [["duties", "breakdown.duties"], ["taxes", "breakdown.taxes"], ["fees", "breakdown.fees"]];

/** `s232-metals` as "Section 232 metals": the numbers are those that shippers know. */
const plainName = (programme) => programme.replace(/^s(\d+)-?/, "Section $1 ").replaceAll("-", " ").trim();

export class Working {
  #element;
  #sources = [];
  /** The row of each line, by the line's id. @type {Map<string, HTMLElement>} */
  rows = new Map();

  /** @param {import("./landed-cost.js").LandedCost} element */
  constructor(element) {
    this.#element = element;
  }

  /** @param {import("../index.d.ts").Quote} quote @returns {Node[]} */
  contents(quote) {
    this.rows.clear();
    this.#sources = [];
    return [
      h("div", { class: "scroll" }, this.#table(quote)),
      this.#list("breakdown.unknown", quote.unknown.map((unknown) => this.#missing(unknown))),
      this.#list("breakdown.notices", noticeTexts(this.#words, this.#notices(quote), this.#element.items)),
      this.#list("breakdown.exchangeTitle", quote.exchangeRates.map((rate) => this.#exchange(rate))),
      this.#sourceList(),
      this.#smallPrint(quote),
      this.#element.hasAttribute("with-print") &&
        h("button", { type: "button", part: "print-button", onclick: () => this.#element.print() }, this.#words.text("breakdown.print")),
    ].filter(Boolean);
  }

  get #words() {
    return this.#element.words;
  }

  #money(amount, currency = this.#element.quote.currency) {
    return isolated(format.money(this.#words.locale, amount, currency));
  }

  // — the table —

  #table(quote) {
    const words = this.#words;
    const place = format.place(words.locale, this.#element.destination);
    const column = (key, params) => h("th", { scope: "col", role: "columnheader" }, words.text(key, params));
    const head = h("thead", { role: "rowgroup" }, h("tr", { role: "row" },
      column("breakdown.charge"), column("breakdown.working"), column("breakdown.amount", { currency: quote.currency })));
    // The roles are a table's own; they are written out because narrow screens lay the rows out as blocks.
    return h("table", { role: "table" }, h("caption", {}, words.text("breakdown.caption", { place })), head,
      this.#groups().map(({ item, lines }) => h("tbody", { role: "rowgroup" }, this.#heading(item), lines.map((line) => this.#row(line)))),
      this.#foot(quote));
  }

  /** Lines by item, in the order of the basket; those of the whole order last. */
  #groups() {
    const { lines, items } = this.#element;
    const ids = (items ?? []).map((item, at) => item.id ?? String(at));
    const groups = ids.map((id, at) => ({ item: items[at], lines: lines.filter((line) => line.item === id) }));
    groups.push({ item: null, lines: lines.filter((line) => line.item == null || !ids.includes(line.item)) });
    return groups.filter((group) => group.lines.length > 0);
  }

  #heading(item) {
    const words = this.#words;
    const cell = h("th", { scope: "rowgroup", role: "rowheader", colspan: 2 });
    if (!item) cell.append(words.text("breakdown.order"));
    else {
      cell.append(...words.parts("breakdown.item", { name: isolated(item.description ?? item.id), quantity: String(item.quantity) }));
      const origin = item.origin ?? this.#element.origin;
      if (item.code) {
        const key = origin ? "breakdown.itemCodeOrigin" : "breakdown.itemCode";
        const params = { code: isolated(format.dotted(item.code)), origin: isolated(origin ? format.place(words.locale, origin) : "") };
        cell.append(h("span", { class: "muted" }, words.parts(key, params)));
      }
    }
    return h("tr", { role: "row", class: "group" }, cell, h("td", { role: "cell" }));
  }

  #row(line) {
    const words = this.#words;
    const { quote } = this.#element;
    const basis = line.basis == null ? null : { amount: line.basis, currency: quote.currency };
    const row = h("tr", { part: "line", role: "row" },
      h("th", { part: "line-label", scope: "row", role: "rowheader" }, measureText(words, line)),
      h("td", { part: "line-rate", role: "cell" },
        line.rate && h("span", { class: "rate" }, rateInWords(words, line.rate, basis)),
        line.formula && h("span", { class: "formula muted" }, h("bdi", { dir: "ltr" }, this.#formula(line.formula))),
        this.#lineNotes(line)),
      h("td", { part: "line-amount", role: "cell" }, this.#amount(line)));
    this.rows.set(line.id, row);
    return row;
  }

  /** As the engine writes it, but for its one word. */
  #formula(text) {
    return text.replaceAll(" %", "\u00a0%").replace("; together ", () => `; ${this.#words.text("breakdown.together")} `);
  }

  #amount(line) {
    const words = this.#words;
    if (line.low != null && line.high != null && line.low !== line.high) {
      return words.parts("breakdown.range", { low: this.#money(line.low), high: this.#money(line.high) });
    }
    return line.amount == null ? h("span", { class: "unknown" }, words.text("breakdown.unknownAmount")) : this.#money(line.amount);
  }

  #lineNotes(line) {
    const words = this.#words;
    // Of nothing, nothing is collected and nothing comes back.
    const paid = line.amount === null || !isZero(line.amount) || line.high !== null;
    const programme = line.programme && line.heading && words.text("breakdown.programme", { programme: plainName(line.programme), heading: format.dotted(line.heading) });
    const said = [programme, paid && collectedText(words, line), paid && refundableText(words, line), confidenceText(words, line)].filter(Boolean);
    return [said.length > 0 && h("span", { part: "note", class: "muted" }, said.join(" ")), this.#sourceOf(line)];
  }

  /** Sources are numbered in the order the lines name them; the list of them stands beneath the table. */
  #sourceOf(line) {
    const source = this.#element.quote.sources[line.source];
    if (!source || this.#element.hasAttribute("without-sources")) return null;
    if (!this.#sources.includes(source)) this.#sources.push(source);
    const number = this.#sources.indexOf(source) + 1;
    const words = this.#words;
    const attributes = { "aria-label": words.text("breakdown.sourceNamed", { number, title: source.title }), onclick: this.#opens(source, line.id) };
    return h("span", { part: "source", class: "muted" }, link(source.url, words.text("breakdown.source", { number }), attributes));
  }

  #sourceList() {
    const named = this.#sources.map((source) => {
      const date = source.asOf && format.longDate(this.#words.locale, source.asOf);
      return [isolated(link(source.url, source.title, { onclick: this.#opens(source, null) })), ...[source.publisher, date].filter(Boolean).map((text) => `, ${format.apart(text)}`)];
    });
    return this.#list("breakdown.sources", named, "ol");
  }

  /** The page may open a source in its own way. */
  #opens({ url }, lineId) {
    return (event) => {
      if (!this.#element.emit("lc-source-open", { lineId, url }, { cancelable: true })) event.preventDefault();
    };
  }

  // — the foot: what it all adds up to —

  #foot(quote) {
    const words = this.#words;
    const partial = quote.status === "partial";
    const totals = partial ? (quote.soFar ?? quote.totals) : quote.totals;
    const rows = [...FOOT, ...CHARGES]
      .filter(([key]) => this.#isSaid(quote, key))
      .map(([key, label]) => this.#footRow(words.text(label), this.#total(quote, key)));
    const rounding = this.#rounding(quote, totals);
    if (rounding) rows.push(this.#footRow(words.text("breakdown.rounding"), this.#money(rounding)));
    if (totals.landedCost != null) {
      const label = partial ? "breakdown.totalSoFar" : quote.status === "range" ? "breakdown.totalMedian" : "breakdown.total";
      rows.push(this.#footRow(words.text(label), this.#money(totals.landedCost), "total"));
    }
    if (totals.dueOnReturn != null && !isZero(totals.dueOnReturn)) {
      rows.push(this.#footRow(words.text("breakdown.onReturn"), this.#money(totals.dueOnReturn)));
    }
    const other = quote.totalsInRequestCurrency;
    if (other?.landedCost != null && other.currency !== quote.currency && !partial) {
      const label = words.text("breakdown.inCurrency", { currency: format.currencyName(words.locale, other.currency) });
      // The shop's own prices and the charges converted; the rate may not be the one that customs will use.
      rows.push(this.#footRow(label, words.parts("quote.equivalent", { amount: this.#money(other.landedCost, other.currency) }), "other"));
    }
    return h("tfoot", { role: "rowgroup" }, rows);
  }

  /** Goods, duty and tax are said also where they are nothing; what is not known, only where that is the answer. */
  #isSaid({ status, totals }, key) {
    if (totals[key] == null) return status === "partial";
    return ["goods", "duties", "taxes"].includes(key) || !isZero(totals[key]);
  }

  /** A sum that something unknown belongs to: what of it is known so far, if anything. */
  #total(quote, key) {
    const { totals, soFar } = quote;
    if (totals[key] == null) {
      const known = soFar?.[key];
      if (known == null || isZero(known)) return h("span", { class: "unknown" }, this.#words.text("breakdown.unknownAmount"));
      return this.#words.parts("quote.soFar", { amount: this.#money(known) });
    }
    const [low, high] = [quote.range?.low[key], quote.range?.high[key]];
    if (low == null || high == null || low === high) return this.#money(totals[key]);
    return this.#words.parts("breakdown.range", { low: this.#money(low), high: this.#money(high) });
  }

  #footRow(label, value, kind = null) {
    return h("tr", { role: "row", class: kind }, h("th", { scope: "row", role: "rowheader", colspan: 2 }, label), h("td", { role: "cell" }, value));
  }

  /** The lines as shown must add up to the totals as shown; where rounding of the whole leaves a difference, it is said. */
  #rounding(quote, totals) {
    const [all, lines] = [charges(totals), sum(quote.lines.map((line) => line.amount))];
    if (quote.status !== "complete" || all === null || lines === null) return null;
    const difference = subtract(all, lines);
    return isZero(difference) ? null : add(difference, "0.00");
  }

  // — what to know —

  #list(title, entries, kind = "ul") {
    if (entries.length === 0) return null;
    return h("section", {}, h("p", { class: "title" }, this.#words.text(title)), h(kind, {}, entries.map((entry) => h("li", {}, entry))));
  }

  /** What stands beside the amount is not said again, and the small print comes last. */
  #notices(quote) {
    return quote.notices.filter((notice) => notice.code !== "quote.not-binding" && !standsOut(notice));
  }

  #missing(unknown) {
    const words = this.#words;
    const at = /^items\[(\d+)\]/.exec(unknown.field)?.[1];
    const reason = reasonText(words, unknown);
    return at === undefined ? words.text("about.order", { reason }) : about(words, this.#element.items, at, reason);
  }

  #exchange({ from, to, rate, source, date }) {
    const words = this.#words;
    const known = this.#element.quote.sources[source]?.publisher ?? source ?? "";
    const params = { from, to, rate: format.number(words.locale, rate, 10), source: format.apart(known), date: date ? format.longDate(words.locale, date) : "" };
    // The shop's own rate has no day, and neither has one that is fixed.
    const key = date ? "breakdown.exchange" : source === "caller" ? "breakdown.exchangeOwn" : "breakdown.exchangeFixed";
    return words.text(key, params);
  }

  #smallPrint(quote) {
    const words = this.#words;
    const dates = Object.values(quote.sources).map((source) => source.asOf).filter(Boolean).sort();
    const asOf = dates.length > 0 && words.text("breakdown.asOf", {
      date: format.longDate(words.locale, this.#element.date),
      asOf: format.longDate(words.locale, dates[0]),
    });
    const list = quote.packs.map(({ id, sha256 }) => `${id} ${sha256.slice(0, 8)}`).join(", ");
    return h("p", { class: "muted small" }, [asOf, noticeText(words, { code: "quote.not-binding" }), list && words.text("breakdown.data", { list })]
      .filter(Boolean).map((text) => h("span", {}, text, " ")));
  }
}
