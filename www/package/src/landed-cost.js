/**
 * `<landed-cost>`: duty and tax on a basket, in the page, with every line's working folded beneath.
 *
 * This file holds the element's face to the page: attributes, properties, methods, events, form. What it says is in
 * `landed-cost-view.js` and `breakdown.js`, what it looks like in `landed-cost-styles.js`.
 *
 * @element landed-cost
 */

import { orAborted } from "./abort.js";
import { DutiableElement } from "./base.js";
import { Breakdown } from "./breakdown.js";
import { DutiableError } from "./errors.js";
import { loadNotices } from "./quote-words.js";
import { LandedCostView } from "./landed-cost-view.js";
import { Latest } from "./latest.js";
import { landedCostStyles } from "./landed-cost-styles.js";
import { formDataOf, quoteDetail } from "./handed-on.js";
import { requestOf } from "./request.js";
import { idOf, summarise, withIds } from "./summary.js";

const STATE_OF_STATUS = { complete: "quoted", range: "range", partial: "unknown", prohibited: "prohibited" };
/** In these states there is no amount that a form could stand by. */
const UNSETTLED = new Set(["empty", "loading", "updating", "incomplete", "unknown", "prohibited", "error"]);
const TOO_LONG_MS = 8000;
const NOTICEABLE_MS = 400;

export class LandedCost extends DutiableElement {
  static module = "quotes";
  static observedAttributes = [
    "destination", "region", "origin", "currency", "terms", "name", "open", "disabled", "compact", "required",
    "without-breakdown", "without-sources", "with-print", "locale", "packs", "as-of", "theme",
  ];

  #items = null;
  #shipment = null;
  #quote = null;
  #quoteId = null;
  #lines = [];
  #terms = null; // what the shopper chose, where they may
  #asked = null; // the last request, as text: the same one is not asked again
  #calls = new Latest();
  #near = false;
  #watch = null;
  #view = new LandedCostView(this);
  #breakdown = new Breakdown(this);

  constructor() {
    super(landedCostStyles);
    this.base.append(...this.#view.elements, this.#breakdown.element, this.#view.footer);
    this.base.setAttribute("role", "group");
    this.enter("empty");
  }

  connectedCallback() {
    super.connectedCallback();
    // Nothing is fetched for an element that nobody is near to seeing.
    this.#watch = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && this.#comeNear(), {
      rootMargin: "400px",
    });
    this.#watch.observe(this);
    this.addEventListener("focusin", this.#comeNear);
  }

  /** @protected */
  firstDrawn() {
    this.emit("lc-ready");
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watch?.disconnect();
    this.#calls.cancel();
    this.#asked = null;
  }

  #comeNear = () => {
    if (this.#near) return;
    this.#near = true;
    this.invalidate();
  };

  // — what the page gives —

  /** @type {readonly object[] | null} */
  get items() {
    return this.#items;
  }
  set items(items) {
    this.#items = items;
    this.invalidate();
  }

  /** Freight, insurance, discount, where it is sent from, buyer, seller. @type {object | null} */
  get shipment() {
    return this.#shipment;
  }
  set shipment(shipment) {
    this.#shipment = shipment;
    this.invalidate();
  }

  /** @protected */
  engineChanged() {
    this.#asked = null;
    this.invalidate();
  }

  /** @protected */
  attributeChanged(name, value) {
    if (name === "packs") this.#asked = null;
    if (name === "terms") this.#terms = null;
    if (name === "open") this.#breakdown.open = value !== null;
  }

  // — what the page reads —

  get quote() {
    return this.#quote;
  }
  get quoteId() {
    return this.#quoteId;
  }
  get lines() {
    return this.#lines;
  }
  /** The terms in force: the attribute's, or the shopper's choice between `both`. @type {"ddp" | "dap"} */
  get chosenTerms() {
    const offered = this.choice("terms", ["ddp", "dap", "both"]);
    return offered === "both" ? (this.#terms ?? "ddp") : offered;
  }

  toJSON() {
    return { state: this.state, terms: this.chosenTerms, quoteId: this.#quoteId, quote: this.#quote, error: this.error };
  }

  // — what the page may ask for —

  /**
   * Asks now, near or not. Resolves with the quote; rejects with a {@link DutiableError}, or with the signal's reason.
   * @param {{ signal?: AbortSignal }} [options]
   */
  async requestQuote({ signal } = {}) {
    this.#near = true;
    const { request, missing } = requestOf(this);
    if (!request) {
      this.#settle(missing);
      throw new DutiableError(missing === "empty" ? "basket.empty" : "input.missing");
    }
    return this.#ask(request, signal);
  }

  /** Asks again for the same, as after an error. */
  refresh() {
    return this.requestQuote();
  }

  /** Opens the working at a line and returns it. @param {string} lineId */
  explain(lineId) {
    const line = this.#lines.find(({ id }) => id === lineId) ?? null;
    if (line) void this.#breakdown.reveal(lineId);
    return line;
  }

  async print() {
    this.#breakdown.open = true;
    await this.#breakdown.load();
    window.print();
  }

  focus(options) {
    this.#breakdown.focus(options);
  }

  // — how it works —

  /** @protected */
  update() {
    const { request, missing } = requestOf(this);
    if (this.matches(":disabled") || this.hasAttribute("disabled")) {
      this.#calls.cancel();
      this.#asked = null;
    } else if (!request) {
      this.#settle(missing);
    } else if (this.#near && JSON.stringify(request) !== this.#asked) {
      this.#ask(request).catch(() => {}); // shown, and told by `lc-error`
    }
    this.#draw();
  }

  /** Nothing to ask: back to the beginning, whatever is still under way. */
  #settle(missing) {
    this.#calls.cancel();
    this.#asked = null;
    this.#keep(null);
    this.#enter(missing);
  }

  async #ask(request, outer) {
    const started = performance.now();
    const call = this.#calls.begin(outer);
    this.#asked = JSON.stringify(request);
    const late = setTimeout(() => call.abort(new DutiableError("network.timeout")), TOO_LONG_MS);
    const noticeable = setTimeout(() => this.#view.slow(), NOTICEABLE_MS);
    this.#enter(this.#quote ? "updating" : "loading");
    try {
      const [engine] = await orAborted(Promise.all([this.useEngine(), loadNotices()]), call.signal);
      const quote = await orAborted(engine.quote(request, { signal: call.signal }), call.signal);
      this.#answer(request, quote, performance.now() - started);
      return quote;
    } catch (thrown) {
      if (call.isLast()) this.#fail(thrown);
      throw thrown;
    } finally {
      clearTimeout(late);
      clearTimeout(noticeable);
    }
  }

  #answer(request, quote, durationMs) {
    this.#keep(quote, idOf(JSON.stringify([request, quote.packs])));
    this.keepError(null);
    this.toggleState("restricted", quote.notices.some(({ severity }) => severity === "restriction"));
    this.toggleState("stale", quote.notices.some(({ code }) => code.endsWith(".stale")));
    this.toggleState("offline", navigator.onLine === false);
    this.#enter(STATE_OF_STATUS[quote.status]);
    this.#view.announce(quote, request.destination);
    this.emit("lc-quote", quoteDetail(this, request, durationMs));
  }

  #fail(thrown) {
    if (thrown?.name === "AbortError") {
      // Whoever asked called it off: what was there before still stands, and may be asked for again.
      this.#asked = null;
      this.#enter(this.#quote ? STATE_OF_STATUS[this.#quote.status] : "empty");
      return;
    }
    this.#keep(null);
    const error = this.keepError(thrown);
    this.#enter("error");
    this.#view.announceError();
    this.emit("lc-error", { ...error });
  }

  #keep(quote, id = null) {
    this.#quote = quote;
    this.#quoteId = id;
    this.#lines = quote ? withIds(quote.lines) : [];
    for (const state of quote ? [] : ["restricted", "stale", "offline"]) this.toggleState(state, false);
  }

  #enter(state) {
    if (state !== "error") this.keepError(null);
    const from = this.enter(state);
    this.#draw();
    if (from !== null) this.emit("lc-statechange", { from, to: state });
  }

  #draw() {
    this.#view.draw();
    this.#breakdown.draw();
    this.#fillForm();
  }

  #fillForm() {
    const name = this.getAttribute("name");
    const settled = this.#quote && !UNSETTLED.has(this.state) && !this.matches(":disabled");
    this.internals.setFormValue(name && settled ? formDataOf(name, this) : null);
    const wanting = this.hasAttribute("required") && UNSETTLED.has(this.state);
    this.internals.setValidity(wanting ? { customError: true } : {}, wanting ? this.#view.plain() : "", this.base);
  }

  formResetCallback() {
    this.#terms = null;
    this.invalidate();
  }

  /** @protected the shopper chose between the terms offered @returns {boolean} false where the page refused */
  chooseTerms(terms) {
    if (terms === this.chosenTerms) return true;
    if (!this.emit("lc-terms-change", { terms }, { cancelable: true })) return false;
    this.#terms = terms;
    this.#near = true;
    this.invalidate();
    return true;
  }

  /** @protected */
  get summary() {
    return this.#quote && summarise(this.#quote);
  }
}

LandedCost.reflect(
  LandedCost,
  ["destination", "region", "origin", "currency", "terms", "name", "locale", "packs", "as-of", "theme"],
  ["open", "disabled", "compact", "required", "without-breakdown", "without-sources", "with-print"],
);
LandedCost.properties = [...LandedCost.properties, "items", "shipment"];
