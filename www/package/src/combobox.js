/**
 * The text field of `<hs-navigator>` and the list beneath it, to the pattern of the WAI-ARIA Authoring Practices: focus stays in
 * the field, the active row is named by `aria-activedescendant`, nothing is accepted that was not asked for.
 */

import { h } from "./dom.js";

/** Safari tells of a composing Enter by the key code alone. */
const COMPOSING_KEY = 229;

/**
 * @typedef {object} ComboboxOwner
 * @property {(text: string) => void} typed
 * @property {(index: number) => void} accepted
 * @property {() => boolean} entered Enter without a marked row; false where it means nothing here
 * @property {() => boolean} restore puts the chosen value back; false where it was there already
 * @property {() => void} cleared
 * @property {(open: boolean) => void} opened
 */

export class Combobox {
  #owner;
  #active = -1;
  #rows = [];
  #composing = false;

  input = h("input", {
    part: "input", id: "input", type: "text", role: "combobox", autocomplete: "off", autocapitalize: "off", spellcheck: "false",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "list", "aria-describedby": "hint",
  });
  list = h("ul", { part: "listbox", id: "list", role: "listbox", hidden: true });
  clear = h("button", { part: "clear", type: "button", tabindex: "-1" });

  /** @param {ComboboxOwner} owner */
  constructor(owner) {
    this.#owner = owner;
    const { input, list, clear } = this;
    input.addEventListener("input", () => owner.typed(input.value));
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("compositionstart", () => (this.#composing = true));
    input.addEventListener("compositionend", () => (this.#composing = false));
    input.addEventListener("blur", () => this.close());
    input.addEventListener("pointerdown", () => this.#rows.length > 0 && document.activeElement && this.open());
    // The press would take the focus out of the field before the click is known.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => this.#clicked(event));
    clear.addEventListener("click", () => owner.cleared());
  }

  get isOpen() {
    return !this.list.hidden;
  }

  /** New rows, none of them active. @param {HTMLElement[]} rows @param {{ open: boolean }} options */
  show(rows, { open }) {
    this.#rows = rows;
    rows.forEach((row, at) => {
      row.id = `option-${at}`;
      row.setAttribute("role", "option");
      row.setAttribute("aria-selected", "false");
    });
    this.list.replaceChildren(...rows);
    this.#activate(-1);
    if (open && rows.length > 0) this.open();
    else this.close();
  }

  open() {
    if (this.isOpen || this.#rows.length === 0) return;
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.#owner.opened(true);
  }

  close() {
    if (!this.isOpen) return;
    this.#activate(-1);
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.#owner.opened(false);
  }

  #activate(index) {
    this.#rows[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = index;
    const row = this.#rows[index];
    if (!row) return this.input.removeAttribute("aria-activedescendant");
    row.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", row.id);
    row.scrollIntoView({ block: "nearest" });
  }

  /** Down from the field is the first row, up the last; past either end comes the field's own text again. */
  #move(step) {
    const places = this.#rows.length + 1;
    this.#activate(((this.#active + 1 + step + places) % places) - 1);
  }

  #clicked(event) {
    const at = this.#rows.indexOf(event.target.closest("[role=option]"));
    if (at >= 0) this.#owner.accepted(at);
  }

  #key(event) {
    if (this.#composing || event.isComposing || event.keyCode === COMPOSING_KEY) return;
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const handled = { ArrowDown: () => this.#down(event), ArrowUp: () => this.#up(event), Enter: () => this.#enter(), Escape: () => this.#escape() }[event.key]?.();
    if (!handled) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #down(event) {
    if (this.#rows.length === 0 || this.input.readOnly) return false;
    const wasOpen = this.isOpen;
    this.open();
    if (!event.altKey) this.#move(wasOpen || this.#active < 0 ? 1 : 0);
    return true;
  }

  #up(event) {
    if (this.#rows.length === 0 || this.input.readOnly) return false;
    if (event.altKey) {
      this.close();
      return true;
    }
    this.open();
    this.#move(-1);
    return true;
  }

  /** Without an active row Enter belongs to the form, unless the owner has a use for it. */
  #enter() {
    if (!this.isOpen || this.#active < 0) return this.#owner.entered();
    this.#owner.accepted(this.#active);
    return true;
  }

  /** Once for the list, once for the text; then it belongs to whatever is around, such as a dialog. */
  #escape() {
    if (!this.isOpen) return this.#owner.restore();
    this.close();
    return true;
  }
}
