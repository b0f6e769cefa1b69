/**
 * The polite voice of an element: what a screen reader hears.
 *
 * The region is in the page before its first use, has two halves that take turns (so that a change is always a change), waits a
 * moment before it speaks, falls silent again, and does not repeat itself.
 */

import { h } from "./dom.js";

const BEFORE_MS = 100;
const CLEARED_AFTER_MS = 5000;

export class Announcer {
  #halves = [h("div", { role: "status", "aria-live": "polite" }), h("div", { role: "status", "aria-live": "polite" })];
  #turn = 0;
  #last = "";
  #speak;
  #clear;

  /** The region, to be put into the element's own root. */
  element = h("div", { class: "heard" }, ...this.#halves);

  /** @param {string} text @param {{ after?: number }} [options] longer waits are for those still typing */
  say(text, { after = BEFORE_MS } = {}) {
    clearTimeout(this.#speak);
    if (text === "" || text === this.#last) return;
    this.#speak = setTimeout(() => {
      this.#last = text;
      this.#turn = 1 - this.#turn;
      this.#halves[this.#turn].textContent = text;
      this.#halves[1 - this.#turn].textContent = "";
      clearTimeout(this.#clear);
      this.#clear = setTimeout(() => this.#empty(), CLEARED_AFTER_MS);
    }, after);
  }

  /** Takes back what was not said yet, and what was. */
  hush() {
    clearTimeout(this.#speak);
    clearTimeout(this.#clear);
    this.#empty();
    this.#last = "";
  }

  #empty() {
    for (const half of this.#halves) half.textContent = "";
  }
}
