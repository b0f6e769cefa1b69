/**
 * `<hs-navigator>`: from a shopper's words to a commodity code, by searching or by walking down the tree.
 *
 * This file holds the element's face to the page; the field with its list is in `combobox.js`, the tree in `tree.js`, guided questions in
 * `guide.js`, which is fetched when a reader first wants them.
 *
 * @element hs-navigator
 */

import { orAborted } from "./abort.js";
import { CodeField } from "./code-field.js";
import { Combobox } from "./combobox.js";
import { dotted } from "./format.js";
import { HsNavigatorView } from "./hs-navigator-view.js";
import { hsNavigatorStyles } from "./hs-navigator-styles.js";
import { nameInput } from "./label.js";
import { Latest } from "./latest.js";
import { localeOf } from "./locale.js";
import { find, lookUp } from "./look-up.js";
import english from "./messages/en-navigator.json" with { type: "json" };
import { addEnglish } from "./messages.js";
import { languageOf } from "./packs.js";

addEnglish(english);

const AFTER_TYPING_MS = 1000;

export class HsNavigator extends CodeField {
  static module = "navigator";
  static observedAttributes = [
    "value", "name", "required", "disabled", "readonly", "label", "hint", "mode", "level", "destination", "min-chars",
    "max-results", "with-classifier", "without-tree", "without-guide", "locale", "packs", "as-of", "theme",
  ];

  #query = "";
  #candidates = [];
  #inEnglish = false;
  #calls = new Latest();
  #combobox = new Combobox({
    typed: (text) => this.#typed(text),
    accepted: (at) => this.#accept(at),
    entered: () => this.#entered(),
    restore: () => this.#restore(),
    cleared: () => this.#clearedByReader(),
    opened: (open) => this.#opened(open),
  });
  #view = new HsNavigatorView(this, this.#combobox);
  #tree = null;
  #guide = null;

  constructor() {
    super(hsNavigatorStyles, { delegatesFocus: true });
    this.anchor = this.#combobox.input;
    this.base.append(...this.#view.elements);
    this.addEventListener("focusin", () => this.#focused());
    this.addEventListener("focusout", () => this.announcer.hush());
  }

  // — what the page reads and sets —

  get query() {
    return this.#query;
  }
  set query(query) {
    this.#combobox.input.value = String(query ?? "");
    this.#typed(this.#combobox.input.value);
  }

  get candidates() {
    return this.#candidates;
  }
  get type() {
    return "text";
  }

  // — what the page may ask for —

  /**
   * Searches without showing the list. Resolves with the hits; a newer search takes an older one's place.
   * @param {string} query @param {{ signal?: AbortSignal }} [options]
   */
  async search(query, { signal: outer } = {}) {
    const started = performance.now();
    const call = this.#calls.begin(outer);
    this.#query = query;
    this.toggleState("searching", true);
    this.invalidate();
    try {
      const engine = await orAborted(this.useEngine(), call.signal);
      const classifier = this.hasAttribute("with-classifier");
      const asked = { text: query, limit: this.#positive("max-results", 10), classifier, ...this.#where(engine) };
      this.#found(query, await orAborted(find(engine, asked, this.level, call.signal), call.signal), performance.now() - started);
      return this.#candidates;
    } catch (thrown) {
      if (call.isLast()) this.failed(thrown);
      throw thrown;
    }
  }

  /**
   * Chooses a code, if there is one such. A listener of `hs-select` may refuse.
   * @param {string} code @param {{ source?: "search" | "browse" | "guide" | "typed", rank?: number | null, confidence?: string | null }} [how]
   * @returns {Promise<boolean>}
   */
  async select(code, { source = "typed", rank = null, confidence = null } = {}) {
    let chosen;
    try {
      const engine = await this.useEngine();
      chosen = await lookUp(engine, code, this.#where(engine));
    } catch (thrown) {
      this.failed(thrown);
      return false;
    }
    const detail = { code: chosen.code, label: chosen.title, source, rank, confidence };
    if (!this.emit("hs-select", detail, { cancelable: true })) return false;
    this.choose(chosen);
    this.#combobox.close();
    this.announcer.say(this.words.text("navigator.chosen", { code: dotted(chosen.code), title: chosen.title }));
    this.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
    return true;
  }

  /** Asks questions about what is in the field until one code is left. Resolves with whether there is something to ask or to choose. */
  async startGuide() {
    try {
      const { Guide } = await import("./guide.js");
      this.#guide ??= new Guide(this, this.#view.questions, new Latest());
    } catch (thrown) {
      this.failed(thrown);
      return false;
    }
    this.#combobox.close();
    const asked = this.#guide.start(this.#query);
    this.invalidate();
    return asked;
  }

  /** Opens the tree at a code. @param {string} code */
  async reveal(code) {
    this.#view.showTree(true);
    const { path, node } = await this.#browse(code);
    return (await (await this.#fetchTree()).reveal(path.map((step) => step.code), node?.code ?? code)) !== undefined;
  }

  /** From a code to the one above it in the tree. */
  back() {
    const above = this.trail.at(-1);
    return above ? this.reveal(above.code) : Promise.resolve(false);
  }

  clear() {
    this.#query = "";
    this.#calls.cancel();
    this.#candidates = [];
    this.#combobox.show([], { open: false });
    this.choose(null);
  }

  focus(options) {
    this.#combobox.input.focus(options);
  }

  // — how it works —

  /** @protected */
  update() {
    nameInput(this, this.#combobox.input, this.words);
    this.#view.draw();
    this.#guide?.draw();
    this.validate();
  }

  /** @protected */
  attributeChanged(name, value) {
    super.attributeChanged(name, value);
    if (name === "destination" || name === "level" || name === "packs") this.#view.restartTree();
    if (name === "mode") this.#view.showTree(value === "browse");
  }

  /** @protected */
  engineChanged() {
    this.#view.restartTree();
    super.engineChanged();
  }

  /** @protected */
  localeChanged() {
    this.#view.restartTree();
    super.localeChanged();
  }

  /** @protected shows the sections, if nothing is shown yet */
  async startTree() {
    try {
      await (await this.#fetchTree()).start();
    } catch (thrown) {
      this.failed(thrown);
    }
  }

  /** @protected whether words are looked for in English although the reader's language is another */
  get inEnglish() {
    return this.#inEnglish;
  }

  /** @protected whether the tree and the field may be used */
  get usable() {
    return !this.matches(":disabled") && !this.hasAttribute("disabled") && !this.hasAttribute("readonly");
  }

  #reaches(code) {
    return /^\d+$/.test(code ?? "") && code.length >= this.level;
  }

  #positive(name, otherwise) {
    const value = Number(this.getAttribute(name) ?? otherwise);
    return Number.isInteger(value) && value > 0 ? value : otherwise;
  }

  #focused() {
    // The first key shall not have to wait for the packs.
    if (this.usable) this.useEngine().then((engine) => engine.prepare?.("search", this.#where(engine))).catch(() => {});
  }

  #where(engine) {
    const where = this.asked(engine);
    const inEnglish = !where.language && languageOf(localeOf(this)) !== "en";
    if (inEnglish !== this.#inEnglish) {
      this.#inEnglish = inEnglish;
      this.invalidate();
    }
    return where;
  }

  /** The tree, fetched when it is first looked into. */
  async #fetchTree() {
    const { Tree } = await import("./tree.js");
    if (this.#tree) return this.#tree;
    this.#tree = new Tree({
      children: async (code) => (await this.#browse(code)).children,
      isLeaf: (node) => this.#reaches(node.code) || (node.code !== null && !node.hasChildren),
      chosen: (node) => void this.select(node.code, { source: "browse" }),
      failed: (error) => this.failed(error),
    });
    this.#tree.mark(this.value || null);
    this.#view.plant(this.#tree);
    return this.#tree;
  }

  async #browse(code) {
    const engine = await this.useEngine();
    return engine.browse({ code, ...this.#where(engine) });
  }

  #typed(text) {
    const query = text.trim();
    const short = this.#positive("min-chars", 2) - query.length;
    if (short <= 0) {
      this.search(query).catch(() => {}); // shown, and told by `hs-error`
      return;
    }
    this.#calls.cancel();
    this.#query = query;
    this.#candidates = [];
    this.#combobox.show([], { open: false });
    this.#rest(null);
    this.#view.say(query === "" ? "" : this.words.text("navigator.moreCharacters", { count: short }));
    if (query !== "") this.announcer.say(this.#view.said, { after: AFTER_TYPING_MS });
    this.invalidate();
  }

  #found(query, { hits, needs, typed = false }, durationMs) {
    const isCode = (hit) => typed || hit.why.some((one) => one.in === "code");
    this.#candidates = hits.map((hit) => ({ ...hit, source: isCode(hit) ? "typed" : "search" }));
    this.#rest(hits.length === 0 ? "none" : null);
    const focused = this.shadowRoot.activeElement === this.#combobox.input;
    this.#view.found(query, hits, needs, { open: focused && this.usable });
    if (focused) this.announcer.say(this.#view.toHear(hits.length), { after: AFTER_TYPING_MS });
    this.invalidate();
    this.emit("hs-results", { query, count: hits.length, durationMs });
  }

  /** No search is under way: whatever came of it. @param {"none" | "error" | null} outcome */
  #rest(outcome) {
    for (const state of ["searching", "none", "error"]) this.toggleState(state, state === outcome);
    if (outcome !== "error") this.keepError(null);
    this.#guide?.stop(); // it asked about something else
  }

  #accept(at) {
    const { code, confidence, source } = this.#candidates[at];
    const isLine = this.hasAttribute("destination") && code.length > 6; // the destination has none longer, however short
    if (isLine || this.#reaches(code)) void this.select(code, { source, rank: at + 1, confidence });
    else {
      this.#combobox.close();
      void this.reveal(code).catch((thrown) => this.failed(thrown));
    }
  }

  /** Where the page wants questions, Enter asks them of what has been typed; of a code that is chosen there is nothing to ask. */
  #entered() {
    const isTyped = this.#query !== "" && this.#combobox.input.value !== this.#view.textOf(this.selected);
    if (!isTyped || !this.usable || this.getAttribute("mode") !== "guide" || this.hasAttribute("without-guide")) return false;
    void this.startGuide();
    return true;
  }

  /** What was typed and not chosen gives way to what was chosen. */
  #restore() {
    const chosen = this.#view.textOf(this.selected);
    if (this.#combobox.input.value === chosen) return false;
    this.#combobox.input.value = chosen;
    this.#typed("");
    return true;
  }

  #clearedByReader() {
    const had = this.value !== "";
    this.clear();
    this.focus();
    this.announcer.say(this.words.text("navigator.cleared"));
    if (had) this.dispatchEvent(new Event("change", { bubbles: true, composed: true }));
  }

  #opened(open) {
    this.toggleState("open", open);
    this.emit(open ? "hs-open" : "hs-close");
  }

  /** @protected */
  valueChanged(chosen) {
    this.#rest(null);
    this.#combobox.input.value = this.#view.textOf(chosen);
    this.#view.say("");
    this.#tree?.mark(this.value || null);
  }

  /** @protected */
  failed(thrown) {
    this.toggleState("searching", false);
    if (thrown?.name === "AbortError") return;
    const error = this.keepError(thrown);
    this.#candidates = [];
    const noSuchCode = this.#view.failed(error.code, this.#query || this.value);
    for (const state of ["none", "error"]) this.toggleState(state, (state === "none") === noSuchCode);
    if (this.matches(":focus-within")) this.announcer.say(this.#view.said, { after: AFTER_TYPING_MS });
    this.invalidate();
    this.emit("hs-error", { ...error });
  }

  formResetCallback() {
    this.#query = "";
    super.formResetCallback();
  }
}

HsNavigator.reflect(
  HsNavigator,
  ["name", "label", "hint", "mode", "destination", "locale", "packs", "as-of", "theme"],
  ["required", "disabled", "readonly", "with-classifier", "without-tree", "without-guide"],
);
HsNavigator.properties = [...HsNavigator.properties, "value", "query"];
