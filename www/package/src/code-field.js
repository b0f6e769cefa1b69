/** A form field whose value is a commodity code: taken from attribute, page or reader, looked up, and held against its level. */

import { asked } from "./asked.js";
import { DutiableElement } from "./base.js";
import { localeOf } from "./locale.js";
import { lookUp } from "./look-up.js";

export class CodeField extends DutiableElement {
  #value = "";
  #selected = null;
  #touched = false; // by the page or the reader: the attribute no longer speaks
  #customError = "";

  /** The code chosen: digits, or empty. */
  get value() {
    return this.#value;
  }
  set value(value) {
    this.#touched = true;
    this.#take(String(value ?? ""));
  }

  get selected() {
    return this.#selected;
  }
  /** The way from the section down to what is chosen. */
  get trail() {
    return this.#selected?.path ?? [];
  }

  /** @protected where and in which language an engine is asked @param {any} engine */
  asked(engine) {
    return asked(engine, this.getAttribute("destination"), localeOf(this));
  }

  /** @protected the digits asked for */
  get level() {
    return Number(this.choice("level", ["6", "4", "8", "10"]));
  }

  /** @param {string} message */
  setCustomValidity(message) {
    this.#customError = message;
    this.validate();
  }

  /** @protected where the value has changed: for the element to show it @param {any} _chosen */
  valueChanged(_chosen) {}

  /** @protected @param {unknown} _thrown */
  failed(_thrown) {}

  /** @protected @param {{ code: string, title: string, path: any[], final?: boolean } | null} chosen */
  choose(chosen) {
    this.#touched = true;
    this.#put(chosen);
  }

  #put(chosen) {
    this.#selected = chosen;
    this.#value = chosen?.code ?? "";
    this.toggleState("chosen", chosen !== null);
    this.internals.setFormValue(this.#value || null);
    this.valueChanged(chosen);
    this.invalidate();
  }

  /** A value from outside is taken at once and looked up after; what is not a code is kept, and said to be none. */
  #take(value) {
    const code = value.replace(/[.\s]/g, "");
    this.#put(code === "" ? null : { code, title: "", path: [] });
    if (code === "" || !this.isConnected) return;
    this.useEngine()
      .then((engine) => lookUp(engine, code, this.asked(engine)))
      .then((chosen) => this.#value === code && this.#put(chosen))
      .catch((thrown) => this.#value === code && this.failed(thrown));
  }

  connectedCallback() {
    super.connectedCallback();
    this.#lookUpAgain();
  }

  /** @protected */
  engineChanged() {
    this.#lookUpAgain();
    this.invalidate();
  }

  /** @protected what is chosen has its title in another language now */
  localeChanged() {
    if (this.#selected?.title) this.#take(this.#value);
  }

  #lookUpAgain() {
    if (this.#value && !this.#selected?.title) this.#take(this.#value);
  }

  /** @protected */
  attributeChanged(name, value) {
    if (name === "value" && !this.#touched) this.#take(value ?? "");
  }

  /** @protected what the browser points at when the form cannot be sent @type {HTMLElement} */
  anchor = this.base;

  /** @protected */
  validate() {
    const { words, level } = this;
    const count = this.#value.length;
    const tooShort = count > 0 && count < level && !this.#selected?.final;
    const valueMissing = this.hasAttribute("required") && count === 0;
    const message =
      this.#customError ||
      (valueMissing && words.text("navigator.required")) ||
      (tooShort && words.text("navigator.tooShort", { count, level })) || "";
    const flags = { customError: this.#customError !== "", tooShort, valueMissing };
    this.internals.setValidity(message ? flags : {}, message, this.anchor);
  }

  formResetCallback() {
    this.#touched = false;
    this.#take(this.getAttribute("value") ?? "");
  }

  /** The browser puts back what was chosen, as after leaving the page and coming back. @param {string} state */
  formStateRestoreCallback(state) {
    this.value = state;
  }
}
