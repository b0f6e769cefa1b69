/** What `<landed-cost>` shows before anything is unfolded: the amount, one or two sentences, and what to do if it fails. */

import { h, isolated } from "./dom.js";
import * as format from "./format.js";
import { noticeTexts, reasonText, standsOut } from "./quote-words.js";
import { collectorOf } from "./summary.js";

const NOTHING_TO_SHOW = new Set(["loading"]);

export class LandedCostView {
  #element;
  #label = h("span", { class: "label" });
  // `output` speaks by itself, and the announcer does already.
  #total = h("output", { part: "total", "aria-live": "off" });
  #sentence = h("p", { part: "status" });
  #note = h("div", { part: "note", class: "muted" });
  #updating = h("span", { class: "updating muted", hidden: true });
  #skeleton = h("div", { part: "skeleton", "aria-hidden": "true" }, h("i"), h("i"), h("i"));
  #retry = h("button", { type: "button", part: "retry", onclick: () => this.#element.refresh().catch(() => {}) });
  #support = h("details", { class: "support muted" }, h("summary"), h("p"));
  #trouble = h("div", { class: "trouble" }, this.#retry, h("slot", { name: "error-actions" }), this.#support);
  #summary = h("div", { part: "summary", class: "summary" },
    h("div", { class: "headline" }, this.#label, this.#total, this.#updating), this.#sentence, this.#note, this.#trouble, this.#skeleton);
  #terms = h("fieldset", { part: "terms", class: "terms", onchange: (event) => this.#choose(event) });
  #prepaid = h("slot", { name: "prepaid-note" });
  #unpaid = h("slot", { name: "unpaid-note" });

  elements = [h("slot", { name: "heading" }), this.#terms, this.#summary, this.#prepaid, this.#unpaid];
  footer = h("slot", { name: "footer" });

  /** @param {import("./landed-cost.js").LandedCost} element */
  constructor(element) {
    this.#element = element;
  }

  get #words() {
    return this.#element.words;
  }

  draw() {
    const { state, words, summary, error } = this.#element;
    const busy = state === "loading" || state === "updating";
    this.#summary.setAttribute("aria-busy", String(busy));
    this.#summary.classList.toggle("dimmed", state === "updating");
    if (!busy) this.#updating.hidden = true;
    this.#label.textContent = words.text("quote.label");
    this.#updating.textContent = words.text("quote.updating");
    this.#skeleton.hidden = state !== "loading";
    this.#trouble.hidden = state !== "error";
    this.#total.replaceChildren(...(NOTHING_TO_SHOW.has(state) || !summary ? [] : this.#amount(summary)));
    this.#sentence.replaceChildren(...this.#sentenceFor(state, summary, error));
    this.#note.replaceChildren(...this.#notes().map((text) => h("p", {}, text)));
    this.#prepaid.hidden = summary?.kind !== "now";
    this.#unpaid.hidden = summary?.kind !== "later" && summary?.kind !== "split";
    if (error) this.#drawError(error);
    this.#drawTerms();
  }

  /** The answer takes long enough to be noticed. */
  slow() {
    if (this.#element.state === "updating") this.#updating.hidden = false;
    this.#element.announcer.say(this.#words.text("announce.updating"));
  }

  /** The sentence as text: what a form says where it cannot be sent. */
  plain() {
    return this.#sentence.textContent || this.#words.text("quote.updating");
  }

  // — the amount —

  #money({ amount, currency }) {
    return isolated(format.money(this.#words.locale, amount, currency));
  }

  #amount(summary) {
    const words = this.#words;
    switch (summary.kind) {
      case "range":
        return [isolated(format.moneyRange(words.locale, summary.low.amount, summary.high.amount, summary.low.currency))];
      case "partial":
        return summary.soFar ? words.parts("quote.soFar", { amount: this.#money(summary.soFar) }) : [];
      case "later":
        return words.parts("quote.equivalent", { amount: this.#money(summary.later) });
      case "prohibited":
        return [];
      default:
        return [this.#money(summary.total)];
    }
  }

  // — the sentence —

  #sentenceFor(state, summary, error) {
    const words = this.#words;
    if (state === "loading") return [];
    if (state === "error") return [error ? this.#errorText(error) : ""];
    if (!summary) return [words.text(state === "incomplete" ? "quote.incomplete" : "quote.empty")];
    switch (summary.kind) {
      case "now":
        return words.parts("quote.now");
      case "later":
        return words.parts("quote.later", { collector: this.#collector(), amount: this.#money(summary.later) });
      case "split":
        return words.parts("quote.split", {
          now: this.#money(summary.now),
          later: this.#money(summary.later),
          collector: this.#collector(),
        });
      case "return":
        return words.parts("quote.return");
      case "zero":
        return [words.text("quote.zero"), " ", words.text("quote.zero.why")];
      case "range":
        return [
          ...words.parts("quote.range", { low: this.#money(summary.low), high: this.#money(summary.high) }),
          " ", words.text("quote.range.why"),
        ];
      case "partial":
        return this.#partial();
      default:
        return this.#prohibited();
    }
  }

  #collector() {
    const key = `collector.${collectorOf(this.#element.quote)}`;
    return this.#words.text(this.#words.has(key) ? key : "collector.carrier");
  }

  #partial() {
    const { quote, items } = this.#element;
    const words = this.#words;
    const missing = quote.unknown;
    const itemOf = ({ field }) => /^items\[(\d+)\]/.exec(field)?.[1];
    const concerned = new Set(missing.map(itemOf).filter((at) => at !== undefined));
    // Of items it is their own reason; what the order lacks besides is in the working.
    const reason = reasonText(words, missing.find(itemOf) ?? missing[0]);
    if (concerned.size === 0) return words.parts("quote.partial.order", { reason });
    return words.parts("quote.partial", { count: concerned.size, total: items.length, reason });
  }

  #prohibited() {
    const words = this.#words;
    const { quote, destination, items } = this.#element;
    const place = isolated(format.place(words.locale, destination));
    const id = quote.notices.find((notice) => notice.params?.item != null)?.params.item;
    const item = items.find((item) => item.id === id);
    const said = item?.description
      ? words.parts("quote.prohibited.item", { item: isolated(item.description), place })
      : words.parts("quote.prohibited", { place });
    return [...said, " ", words.text("quote.prohibited.todo")];
  }

  // — what else must be seen without unfolding —

  #notes() {
    const words = this.#words;
    const { quote, date } = this.#element;
    if (!quote || this.#element.hasAttribute("compact")) return [];
    const notes = [...this.#onReturn(), ...noticeTexts(words, quote.notices.filter(standsOut), this.#element.items)];
    if (this.#element.inState("offline")) {
      const asOf = Object.values(quote.sources).map((source) => source.asOf).filter(Boolean).sort().at(-1) ?? date;
      notes.push(words.text("quote.offline", { date: format.longDate(words.locale, asOf) }));
    }
    return notes;
  }

  /** What a business accounts for itself, beside what is paid or as a part of a range. */
  #onReturn() {
    const { onReturn, kind } = this.#element.summary;
    if (!onReturn) return [];
    const amount = format.money(this.#words.locale, onReturn.amount, onReturn.currency);
    return [this.#words.text(kind === "range" ? "quote.ofReturn" : "quote.alsoReturn", { amount })];
  }

  #errorText({ code, recoverable }) {
    const words = this.#words;
    const { destination, date } = this.#element;
    if (code === "network.offline" && navigator.onLine === false) return words.text("error.offline");
    if (code === "network.timeout") return words.text("error.timeout");
    if (code === "wasm.blocked") return words.text("error.blocked");
    if (code === "place.unknown") return words.text("error.place", { place: format.place(words.locale, destination) });
    if (code === "date.outside-coverage") return words.text("error.date", { date: format.longDate(words.locale, date) });
    return words.text(recoverable ? "error.quote" : "error.cannot");
  }

  #drawError({ code, field, recoverable }) {
    const words = this.#words;
    this.#retry.textContent = words.text("error.retry");
    this.#retry.hidden = !recoverable;
    this.#support.firstElementChild.textContent = words.text("error.support");
    this.#support.lastElementChild.textContent = words.text(field ? "error.field" : "error.code", { code, field });
  }

  // — terms —

  #drawTerms() {
    const element = this.#element;
    const offered = element.choice("terms", ["ddp", "dap", "both"]) === "both";
    this.#terms.hidden = !offered;
    if (!offered) return;
    if (!this.#terms.firstChild) {
      const option = (value) =>
        h("label", { part: "terms-option" }, h("input", { type: "radio", name: "terms", value }), h("span"));
      this.#terms.append(h("legend"), option("ddp"), option("dap"));
    }
    const [legend, ...options] = this.#terms.children;
    legend.textContent = this.#words.text("terms.legend");
    this.#terms.disabled = element.matches(":disabled") || element.hasAttribute("disabled");
    for (const option of options) {
      const [input, text] = option.children;
      input.checked = input.value === element.chosenTerms;
      text.textContent = this.#words.text(`terms.${input.value}`);
    }
  }

  #choose(event) {
    if (!this.#element.chooseTerms(event.target.value)) this.#drawTerms();
  }

  // — what is heard —

  announce(quote, destination) {
    const words = this.#words;
    const place = format.place(words.locale, destination);
    const said = (money) => format.money(words.locale, money.amount, money.currency);
    const { summary } = this.#element;
    const text = {
      now: () => words.text("announce.now", { place, amount: said(summary.total) }),
      later: () => words.text("announce.later", { place, amount: said(summary.later) }),
      split: () => words.text("announce.split", { place, now: said(summary.now), later: said(summary.later) }),
      return: () => words.text("announce.return", { place, amount: said(summary.total) }),
      zero: () => words.text("announce.zero", { place }),
      range: () => words.text("announce.range", { place, low: said(summary.low), high: said(summary.high) }),
    }[summary.kind];
    this.#element.announcer.say(text ? text() : this.plain());
  }

  announceError() {
    this.#element.announcer.say(this.#words.text("announce.error"));
  }
}
