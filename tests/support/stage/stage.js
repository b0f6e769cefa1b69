// What the tests play with, in a page under the strict policy: elements are made node by node, and an engine that answers only
// when told to.

import { answerTo } from "./answers.js";

const stage = document.getElementById("stage");

/** @param {string} tag @param {Record<string, unknown>} [given] attributes; those that start with a dot are properties */
function make(tag, given = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (name.startsWith(".")) element[name.slice(1)] = value;
    else element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
}

/** Keeps every call until the test answers it. */
function manualEngine() {
  const calls = [];
  const keep = (method) => (argument, { signal } = {}) =>
    new Promise((resolve, reject) => calls.push({ method, argument, signal, resolve, reject }));
  return { calls, quote: keep("quote"), search: keep("search"), browse: keep("browse") };
}

/** Answers at once, from the same fixtures as the fake module. */
function readyEngine() {
  return { quote: async (request) => answerTo(request) };
}

const ITEMS = [
  { id: "sku-1", description: "Cotton T-shirt", code: "610910", origin: "CN", quantity: "5", unitPrice: "12.00" },
  { id: "sku-2", description: "Mug", code: "691200", origin: "PT", quantity: "2", unitPrice: "20.00" },
  { id: "sku-3", description: "Belt", code: "420330", quantity: "1", unitPrice: "100.00" },
];

/** Every event of the elements, as a listener on the document gets it. */
const heard = [];
const NAMES = [
  "lc-ready", "lc-statechange", "lc-quote", "lc-terms-change", "lc-toggle", "lc-source-open", "lc-error",
  "hs-results", "hs-select", "hs-question", "hs-answer", "hs-open", "hs-close", "hs-error", "change",
];
for (const name of NAMES) document.addEventListener(name, (event) => heard.push({ type: name, detail: event.detail ?? null }));

/** What the polite regions of an element said, in order. */
function listen(element) {
  const said = [];
  const region = element.shadowRoot.querySelector(".heard");
  new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.textContent) said.push(node.textContent);
  }).observe(region, { childList: true, subtree: true });
  return said;
}

Object.assign(globalThis, { stage, make, manualEngine, readyEngine, answerTo, ITEMS, heard, listen });
if (!new URLSearchParams(location.search).has("undefined")) await import("/dutiable/define.js");
document.documentElement.dataset.ready = "";
