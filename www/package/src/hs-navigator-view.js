/** What `<hs-navigator>` shows: label, field, list, what is chosen and where it belongs, and the tree when asked for. */

import { h } from "./dom.js";
import { dotted } from "./format.js";
import { optionRow } from "./option.js";

/** What is said of a query that lacks something, where it is not that it is too general. */
const SAID = { "no-match": "navigator.none", unsure: "navigator.unsure" };

export class HsNavigatorView {
  #element;
  #combobox;
  #tree = null;
  #treeWanted = false;
  #label = h("label", { part: "label", for: "input" });
  #hint = h("p", { part: "hint", id: "hint", class: "muted" });
  #status = h("p", { part: "status", class: "muted" });
  #retry = h("button", { type: "button", part: "retry", onclick: () => this.#again() });
  #selected = h("div", { part: "selected" });
  #trail = h("ol", { part: "trail" });
  #toggle = h("button", { type: "button", class: "quiet", "aria-expanded": "false", onclick: () => this.showTree(!this.#treeWanted) });
  #panel = h("div", { class: "panel", hidden: true });
  #ask = h("button", { type: "button", class: "quiet", onclick: () => void this.#element.startGuide() });
  /** Where guided questions are put. */
  questions = h("div", { hidden: true });

  /** @param {import("./hs-navigator.js").HsNavigator} element */
  constructor(element, combobox) {
    this.#element = element;
    this.#combobox = combobox;
    this.elements = [
      this.#label,
      h("div", { class: "field" }, combobox.input, combobox.clear, combobox.list),
      this.#hint,
      h("div", { class: "told" }, this.#status, this.#retry),
      this.#ask,
      this.questions,
      h("div", { class: "chosen" }, this.#selected, this.#trail),
      this.#toggle,
      this.#panel,
    ];
  }

  get said() {
    return this.#status.textContent;
  }

  /** @param {string} text */
  say(text) {
    this.#status.textContent = text;
  }

  /** What the field holds for a chosen code. */
  textOf(chosen) {
    return chosen ? [dotted(chosen.code), chosen.title].filter(Boolean).join(" ") : "";
  }

  found(query, hits, needs, { open }) {
    const { words } = this.#element;
    this.#combobox.show(hits.map((hit) => optionRow(words, hit)), { open });
    const key = needs ? SAID[needs.reason] ?? "navigator.needs" : hits.length === 0 && "navigator.none";
    this.say(key ? words.text(key, { query }) : "");
  }

  /** What a screen reader says of an answer. @param {number} count */
  toHear(count) {
    return count > 0 ? this.#element.words.text("navigator.suggestions", { count }) : this.said;
  }

  /** @param {string} code of the error @param {string} about what was typed @returns {boolean} whether there is only no such code */
  failed(code, about) {
    const noSuchCode = code === "code.unknown" || code === "code.malformed";
    const key = noSuchCode ? "navigator.unknownCode" : code === "wasm.blocked" ? "navigator.error.blocked" : "navigator.error";
    this.#combobox.show([], { open: false });
    this.say(this.#element.words.text(key, { code: dotted(about.replace(/[.\s]/g, "")) }));
    return noSuchCode;
  }

  draw() {
    const { words, usable, selected } = this.#element;
    const { input, clear, list } = this.#combobox;
    const attribute = (name) => this.#element.getAttribute(name) ?? "";
    const disabled = this.#element.matches(":disabled") || this.#element.hasAttribute("disabled");
    this.#label.textContent = attribute("label");
    this.#label.hidden = attribute("label") === "";
    const inEnglish = this.#element.inEnglish ? words.text("navigator.inEnglish") : "";
    this.#hint.textContent = [attribute("hint"), inEnglish].filter(Boolean).join(" ");
    this.#hint.hidden = this.#hint.textContent === "";
    input.dir = input.value && "auto"; // the titles' language may run the other way; the placeholder is in the reader's
    input.placeholder = words.text("navigator.placeholder");
    input.disabled = disabled;
    input.readOnly = this.#element.hasAttribute("readonly");
    input.required = this.#element.hasAttribute("required");
    list.setAttribute("aria-label", words.text("navigator.list"));
    clear.setAttribute("aria-label", words.text("navigator.clear"));
    clear.hidden = !usable || (input.value === "" && !selected);
    this.#retry.textContent = words.text("error.retry");
    this.#retry.hidden = !(this.#element.inState("error") && this.#element.error?.recoverable);
    this.#retry.parentElement.hidden = this.said === "" && this.#retry.hidden;
    this.#ask.textContent = words.text("navigator.guide");
    this.#ask.hidden = !usable || this.#element.hasAttribute("without-guide") || this.#element.candidates.length < 2 || this.#element.inState("guiding");
    this.#drawChosen();
    this.#drawTree();
  }

  #drawChosen() {
    const { selected, words } = this.#element;
    const shown = selected?.title ? selected : null;
    this.#selected.replaceChildren(...(shown ? [h("span", { class: "code" }, dotted(shown.code)), h("span", { dir: "auto" }, shown.title)] : []));
    this.#trail.setAttribute("aria-label", words.text("navigator.path"));
    this.#trail.replaceChildren(...(shown?.path ?? []).map(({ code, title }) =>
      h("li", {}, code && h("span", { class: "code" }, dotted(code)), h("span", { dir: "auto" }, title))));
    this.#selected.parentElement.hidden = !shown;
  }

  // — the tree —

  plant(tree) {
    this.#tree = tree;
    this.#panel.append(tree.element);
    this.#element.invalidate();
  }

  showTree(wanted) {
    this.#treeWanted = wanted;
    this.#element.invalidate();
  }

  /** Other lines than before: what is drawn no longer holds. */
  restartTree() {
    this.#tree?.clear();
    this.#element.invalidate();
  }

  #drawTree() {
    const { words, usable } = this.#element;
    const offered = !this.#element.hasAttribute("without-tree") && usable;
    const open = offered && this.#treeWanted;
    this.#toggle.hidden = !offered;
    this.#toggle.textContent = words.text(open ? "navigator.browseClose" : "navigator.browse");
    this.#toggle.setAttribute("aria-expanded", String(open));
    this.#panel.hidden = !open;
    this.#tree?.element.setAttribute("aria-label", words.text("navigator.tree"));
    if (open && (this.#tree?.isEmpty ?? true)) void this.#element.startTree();
  }

  #again() {
    this.#element.focus();
    if (this.#element.query) this.#element.query = this.#element.query;
    else if (this.#element.value) this.#element.value = this.#element.value;
    if (this.#treeWanted) this.#element.invalidate();
  }
}
