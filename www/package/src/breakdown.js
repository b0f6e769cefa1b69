/** The fold beneath a quote. What is inside it is drawn by `working.js`, which is fetched when it is wanted. */

import { h } from "./dom.js";

export class Breakdown {
  #element;
  #title = h("summary");
  #body = h("div", { class: "working" });
  #working = null;
  #loading = null;
  #drawn = null;

  element = h("details", { part: "breakdown", class: "breakdown", ontoggle: () => this.#toggled() }, this.#title, this.#body);

  /** @param {import("./landed-cost.js").LandedCost} element */
  constructor(element) {
    this.#element = element;
  }

  get open() {
    return this.element.open;
  }
  set open(open) {
    this.element.open = open;
  }

  focus(options) {
    this.#title.focus(options);
  }

  /** Opens the fold at a line. @param {string} lineId */
  async reveal(lineId) {
    this.open = true;
    await this.load();
    this.#working?.rows.get(lineId)?.scrollIntoView({ block: "nearest" });
  }

  /** Fetches what draws the contents, and draws them. Where that fails the next unfolding tries again. */
  async load() {
    this.#loading ??= import("./working.js");
    try {
      this.#working ??= new (await this.#loading).Working(this.#element);
      this.draw();
    } catch {
      this.#loading = null;
    }
  }

  draw() {
    const { quote, words, state } = this.#element;
    const wanted = !this.#element.hasAttribute("without-breakdown") && !this.#element.hasAttribute("compact");
    this.element.hidden = !wanted;
    this.element.classList.toggle("waiting", !quote);
    this.element.classList.toggle("dimmed", state === "updating");
    this.#title.textContent = words.text("breakdown.summary");
    if (!this.#working) {
      if (quote && wanted && !this.#loading) this.#loadSoon();
      return;
    }
    // Drawn anew only for a new answer or new words, so that focus inside stays where it is.
    const flags = ["without-sources", "with-print"].map((name) => this.#element.hasAttribute(name)).join();
    if (this.#drawn?.quote === quote && this.#drawn.words === words && this.#drawn.flags === flags) return;
    this.#drawn = { quote, words, flags };
    this.#body.replaceChildren(...(quote && wanted ? this.#working.contents(quote) : []));
  }

  /** At once where it is open, else when the page has nothing better to do: printing and going offline shall find it there. */
  #loadSoon() {
    if (this.open || !globalThis.requestIdleCallback) void this.load();
    else requestIdleCallback(() => void this.load(), { timeout: 2000 });
  }

  #toggled() {
    if (this.open) void this.load();
    this.#element.emit("lc-toggle", { open: this.open });
  }
}
