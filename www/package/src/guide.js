/**
 * Guided questions: one after the other, each with its answers as buttons, until one code is left. It is fetched when a reader first
 * wants it, with the words that only it needs.
 *
 * The state is the list of answers; going back takes off the last one.
 */

import { h, isolated } from "./dom.js";
import { dotted } from "./format.js";
import { guideStyles } from "./guide-styles.js";
import english from "./messages/en-guide.json" with { type: "json" };
import { addEnglish } from "./messages.js";

addEnglish(english);

/** The engine asks no more than this. */
const MOST = 5;
const UNKNOWN = "unknown";

export class Guide {
  #element;
  #panel;
  #text = "";
  #answers = [];
  #guided = null;
  #drawnIn = null;
  #calls;
  #legend = h("legend", { tabindex: -1 });

  /**
   * @param {import("./hs-navigator.js").HsNavigator} element
   * @param {HTMLElement} panel where the questions are put
   * @param {import("./latest.js").Latest} calls given, for what this file imports beside the element's own would be a file more of everybody's
   */
  constructor(element, panel, calls) {
    this.#calls = calls;
    this.#element = element;
    this.#panel = panel;
    element.shadowRoot.adoptedStyleSheets.push(guideStyles());
  }

  /** Begins anew. @param {string} text what the goods are called @returns {Promise<boolean>} whether there is something to ask or to choose */
  async start(text) {
    this.#text = text;
    this.#answers = [];
    return this.#ask();
  }

  stop() {
    this.#calls.cancel();
    this.#guided = null;
    this.#panel.replaceChildren();
    this.#panel.hidden = true;
    this.#guiding(false);
  }

  #guiding(guiding) {
    this.#element.toggleState("guiding", guiding);
    this.#element.invalidate();
  }

  /** Draws anew what is asked where the words have changed. */
  draw() {
    if (this.#guided && this.#drawnIn !== this.#words) this.#show();
  }

  get #words() {
    return this.#element.words;
  }

  async #ask() {
    const call = this.#calls.begin();
    try {
      const destination = this.#element.getAttribute("destination");
      const classifier = this.#element.hasAttribute("with-classifier");
      const asked = { text: this.#text, answers: this.#answers, classifier, ...(destination && { destination }) };
      const engine = await this.#element.useEngine();
      const guided = await engine.guide(asked, { signal: call.signal });
      if (!call.isLast()) return false;
      this.#guided = guided;
    } catch (thrown) {
      if (call.isLast()) {
        this.stop();
        this.#element.failed(thrown);
      }
      return false;
    }
    const { question, candidates } = this.#guided;
    if (!question && candidates.length === 1 && this.#answers.length > 0) return this.#choose(candidates[0]);
    this.#guiding(true);
    this.#show();
    this.#legend.focus();
    if (question) this.#element.emit("hs-question", { id: question.facet, remaining: candidates.length });
    this.#element.announcer.say(this.#progress());
    return candidates.length > 0;
  }

  #answer(value, remaining) {
    const { facet } = this.#guided.question;
    this.#answers = [...this.#answers, { facet, value }];
    this.#element.emit("hs-answer", { id: facet, value, remaining });
    void this.#ask();
  }

  #back() {
    this.#answers = this.#answers.slice(0, -1);
    void this.#ask();
  }

  /** A code that is long enough is chosen; below a shorter one the tree is opened. */
  async #choose({ code }) {
    const { level } = this.#element;
    this.stop();
    const whole = code.length >= level || this.#element.hasAttribute("destination");
    if (!whole) return this.#element.reveal(code);
    this.#element.focus();
    return this.#element.select(code, { source: "guide" });
  }

  // — what is shown —

  #show() {
    const words = this.#words;
    const { question, candidates, notes } = this.#guided;
    this.#drawnIn = words;
    this.#legend.textContent = question ? words.text(question.id) : words.text(candidates.length > 0 ? "guide.apart" : "guide.nothing");
    this.#panel.hidden = false;
    this.#panel.replaceChildren(h("fieldset", { part: "question" }, this.#legend, this.#told(),
      question && h("p", { class: "muted" }, this.#progress()),
      question && h("div", { class: "choices" }, question.answers.map((answer) => this.#button(question, answer))),
      this.#actions(question), this.#fitting(candidates, !question), this.#deciding(notes)));
  }

  #progress() {
    const { question, candidates } = this.#guided;
    if (!question) return this.#legend.textContent;
    return this.#words.text("guide.progress", { step: this.#answers.length + 1, most: MOST, count: candidates.length });
  }

  #told() {
    const ids = this.#guided.told.flatMap((told) => told.ids);
    return ids.length > 0 && h("p", { class: "muted" }, this.#words.text("guide.told", { values: this.#list(ids, "conjunction") }));
  }

  #button(question, { value, ids, title, under, leaves }) {
    const named = title ?? (ids.length > 0 ? this.#list(ids, "disjunction") : dotted(value));
    const text = under ? this.#words.text("guide.under", { under, title: named }) : named;
    // A designation is in the language of the nomenclature, a facet's value in the reader's.
    return h("button", { type: "button", part: "choice", onclick: () => this.#answer(value, leaves) }, title ? isolated(text) : text);
  }

  /** Several values as the language lists them: `polyester, nylon or acrylic, or viscose`. */
  #list(ids, type) {
    const named = [...new Set(ids.map((id) => this.#words.text(id)))];
    return new Intl.ListFormat(this.#words.locale, { type }).format(named);
  }

  #actions(question) {
    const action = (key, does) => h("button", { type: "button", class: "quiet", onclick: does }, this.#words.text(key));
    return h("div", { class: "actions" },
      this.#answers.length > 0 && action("guide.back", () => this.#back()),
      question && action("guide.unknown", () => this.#answer(UNKNOWN, this.#guided.candidates.length)),
      action("guide.close", () => {
        this.stop();
        this.#element.focus();
      }));
  }

  #fitting(candidates, open) {
    if (candidates.length === 0) return null;
    const rows = candidates.map((candidate) => h("li", {},
      h("button", { type: "button", onclick: () => void this.#choose(candidate) }, h("span", { class: "code" }, dotted(candidate.code)),
        h("span", { dir: "auto" }, [...candidate.path.slice(-1), candidate.title].filter(Boolean).join(" – ")))));
    return h("details", { class: "fitting", open }, h("summary", {}, this.#words.text("guide.left")), h("ul", {}, rows));
  }

  /** The notes are in English, as the designations are. */
  #deciding(notes) {
    if (notes.length === 0) return null;
    const rows = notes.map(({ note, words }) => h("li", { lang: "en", dir: "auto" }, h("strong", {}, note), ` ${words}`));
    return h("details", { class: "deciding" }, h("summary", {}, this.#words.text("guide.notes")), h("ul", {}, rows));
  }
}
