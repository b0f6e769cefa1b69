/**
 * What both elements share: a shadow root, properties that survive being set before the upgrade, words in the reader's language,
 * one engine for all that name the same packs, custom states and typed events.
 *
 * Importing this needs no DOM; constructing an element does.
 */

import { Announcer } from "./announcer.js";
import { sharedStyles } from "./base-styles.js";
import { h } from "./dom.js";
import { asDutiableError } from "./errors.js";
import { createEngine } from "./index.js";
import { localeOf, today } from "./locale.js";
import { ENGLISH, loadMessages } from "./messages.js";
import { warnOnce } from "./warn.js";

const Base = /** @type {typeof HTMLElement} */ (globalThis.HTMLElement ?? Object);

/** One engine for each address of packs, started when first needed. @type {Map<string, Promise<any>>} */
const engines = new Map();

export class DutiableElement extends Base {
  static formAssociated = true;

  #engine = null;
  #own = {};
  #messages = ENGLISH;
  #due = false;
  #language;
  #locale;
  #state = "";
  #first;

  /** The last error, or null. @type {{ code: string, field: string | null, recoverable: boolean } | null} */
  #error = null;

  /** @protected */
  internals = this.attachInternals();
  /** @protected */
  announcer = new Announcer();
  /** @protected the one child of the shadow root */
  base = h("div", { part: "base", class: "base" });

  /** @param {() => CSSStyleSheet} styles @param {ShadowRootInit} [init] */
  constructor(styles, init = {}) {
    super();
    const root = this.attachShadow({ mode: "open", ...init });
    root.adoptedStyleSheets = [sharedStyles(), styles()];
    root.append(this.base, this.announcer.element);
  }

  /** Resolves once the words are there and the element has drawn itself for the first time. */
  get ready() {
    return this.messagesLoaded.then(() => this.drawn());
  }

  connectedCallback() {
    this.#adoptEarlyProperties();
    this.#language ??= new MutationObserver(() => this.#readMessages());
    this.#language.observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });
    this.#readMessages();
    this.invalidate();
    this.#first ??= this.ready.then(() => this.firstDrawn());
  }

  /** @protected once, when the element shows itself in the reader's language */
  firstDrawn() {}

  disconnectedCallback() {
    this.#language?.disconnect();
    this.announcer.hush();
  }

  attributeChangedCallback(name, before, after) {
    if (before === after) return;
    if (name === "locale") this.#readMessages();
    this.attributeChanged(name, after);
    this.invalidate();
  }

  formDisabledCallback() {
    this.invalidate();
  }

  /** @protected for the elements to hear of an attribute @param {string} _name @param {string | null} _value */
  attributeChanged(_name, _value) {}

  /** @protected for the elements to draw themselves */
  update() {}

  /** Draws once for all that changes in one turn. @protected */
  invalidate() {
    if (this.#due) return;
    this.#due = true;
    queueMicrotask(() => {
      this.#due = false;
      if (this.isConnected) this.update();
    });
  }

  /** @protected */
  async drawn() {
    while (this.#due) await null;
    return this;
  }

  // — words —

  /** Messages of the page's own, over those of the language. */
  get messages() {
    return this.#own;
  }
  set messages(table) {
    this.#own = Object.assign(Object.create(null), table);
    this.#readMessages();
  }

  /** @protected the words as they are now */
  get words() {
    return this.#messages;
  }

  /** @protected @type {Promise<void>} */
  messagesLoaded = Promise.resolve();

  /** @protected for the elements to hear that the reader's language is another */
  localeChanged() {}

  #readMessages() {
    const locale = localeOf(this);
    const before = this.#locale;
    this.#locale = locale;
    if (before !== undefined && before !== locale) this.localeChanged();
    this.messagesLoaded = loadMessages(locale).then((messages) => {
      if (localeOf(this) !== locale) return; // it changed on the way
      this.#messages = messages.with(this.#own);
      this.base.dir = this.#messages.direction;
      this.base.lang = this.#messages.locale;
      this.invalidate();
    });
  }

  // — engine —

  /** An engine to share between elements, or a promise of one. Without it the element starts one for its `packs`. */
  get engine() {
    return this.#engine;
  }
  set engine(engine) {
    this.#engine = engine;
    this.engineChanged();
  }

  /** @protected */
  engineChanged() {}

  /** @protected @returns {Promise<any>} */
  async useEngine() {
    if (this.#engine) return this.#engine;
    const packs = this.getAttribute("packs") ?? "";
    if (!engines.has(packs)) {
      const starting = createEngine({ ...(packs && { packs }), ahead: [this.constructor.module] });
      engines.set(packs, starting);
      starting.catch(() => engines.delete(packs));
    }
    return engines.get(packs);
  }

  /** @protected the date that answers are for: `as-of`, or the visitor's own today */
  get date() {
    return this.getAttribute("as-of") ?? today();
  }

  // — states and events —

  get state() {
    return this.#state;
  }

  /** @protected @param {string} state @returns {string | null} what it was, or null where nothing changed */
  enter(state) {
    if (state === this.#state) return null;
    const from = this.#state;
    this.toggleState(from, false);
    this.toggleState(state, true);
    this.#state = state;
    return from;
  }

  /** @protected @param {string} name @param {boolean} on */
  toggleState(name, on) {
    if (name) this.internals.states[on ? "add" : "delete"](name);
  }

  /** @protected @param {string} name */
  inState(name) {
    return this.internals.states.has(name);
  }

  get error() {
    return this.#error;
  }

  /** @protected @param {unknown} thrown, or null @returns {typeof this.error} */
  keepError(thrown) {
    if (thrown === null) return (this.#error = null);
    const { code, field, retry } = asDutiableError(thrown);
    return (this.#error = { code, field, recoverable: retry !== "never" });
  }

  /** @protected @returns {boolean} false where a listener refused */
  emit(type, detail = {}, { cancelable = false } = {}) {
    return this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, cancelable, detail }));
  }

  /** @protected an attribute with a fixed set of values; an unknown one falls back, and is complained of once */
  choice(name, values) {
    const value = this.getAttribute(name);
    if (value === null || values.includes(value)) return value ?? values[0];
    warnOnce(`<${this.localName}>: ${name}="${value}" is none of ${values.join(", ")}; ${values[0]} is used.`);
    return values[0];
  }

  // — form —

  get form() {
    return this.internals.form;
  }
  get labels() {
    return this.internals.labels;
  }
  get validity() {
    return this.internals.validity;
  }
  get validationMessage() {
    return this.internals.validationMessage;
  }
  get willValidate() {
    return this.internals.willValidate;
  }
  checkValidity() {
    return this.internals.checkValidity();
  }
  reportValidity() {
    return this.internals.reportValidity();
  }

  /** Properties that the page set before the class was known hide the accessors: take them off and set them again. */
  #adoptEarlyProperties() {
    for (const name of this.constructor.properties) {
      if (!Object.hasOwn(this, name)) continue;
      const value = this[name];
      delete this[name];
      this[name] = value;
    }
  }

  /** Every name a page may set. @type {string[]} */
  static properties = ["messages", "engine"];
  /** The module that this element's calls need, fetched beside the manifest. @protected @type {"quotes" | "navigator"} */
  static module;

  /**
   * Gives a class a property for each attribute: text, or true and false.
   * @param {typeof DutiableElement} element @param {string[]} texts @param {string[]} flags
   */
  static reflect(element, texts, flags) {
    const property = (attribute) => attribute.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
    for (const name of texts) {
      Object.defineProperty(element.prototype, property(name), {
        configurable: true,
        get() {
          return this.getAttribute(name);
        },
        set(value) {
          if (value == null) this.removeAttribute(name);
          else this.setAttribute(name, String(value));
        },
      });
    }
    for (const name of flags) {
      Object.defineProperty(element.prototype, property(name), {
        configurable: true,
        get() {
          return this.hasAttribute(name);
        },
        set(value) {
          this.toggleAttribute(name, Boolean(value));
        },
      });
    }
    element.properties = [...element.properties, ...texts.map(property), ...flags.map(property)];
  }
}
