/** The engine's words in the reader's: notices, and what is missing. */

import * as format from "./format.js";
import english from "./messages/en-quote.json" with { type: "json" };
import { addEnglish } from "./messages.js";

addEnglish(english);

let notices;

/**
 * The sentences of notices, which only a quote needs: fetched beside its packs. Without them a notice is named by its code.
 * @returns {Promise<void>}
 */
export function loadNotices() {
  notices ??= import("./messages/en-notices.json", { with: { type: "json" } }).then(
    (module) => addEnglish(module.default),
    () => (notices = undefined),
  );
  return notices;
}

/**
 * The first of these keys that has words, else the last resort.
 * @param {import("./messages.js").Messages} words @param {string[]} keys
 */
export function first(words, keys, params) {
  return words.text(keys.find((key) => words.has(key)) ?? keys.at(-1), params);
}

/**
 * What is missing: by its reason where it has one, else by the field that would settle it; a measure also by its unit.
 * @param {import("./messages.js").Messages} words @param {{ field: string, needs: string, reason?: string } | undefined} unknown
 */
export function reasonText(words, unknown) {
  const field = unknown?.field?.split(".").at(-1) ?? "";
  const unit = words.has(`unit.${unknown?.needs}`) ? words.text(`unit.${unknown?.needs}`) : unknown?.needs;
  return first(words, [`unknown.${unknown?.reason}`, `needs.${field}.${unknown?.needs}`, `needs.${field}`, "needs.other"], { unit });
}

/**
 * What concerns items says which; what concerns every one of several needs no names. `at` is a place in the basket, or several.
 * @param {import("./messages.js").Messages} words @param {readonly any[] | null} items @param {string | number | undefined | (string | number)[]} at
 */
export function about(words, items, at, reason) {
  const named = [at].flat().filter((one) => items?.[one]);
  if (named.length === 0 || (named.length > 1 && named.length === items.length)) return reason;
  const names = named.map((one) => format.apart(items[one].description ?? items[one].id ?? String(Number(one) + 1)));
  return words.text("about.item", { item: new Intl.ListFormat(words.locale).format(names), reason });
}

/**
 * The sentences of notices, each once with the items it is said of.
 * @param {import("./messages.js").Messages} words @param {{ code: string, params?: Record<string, any> }[]} notices
 * @param {readonly any[] | null} [items]
 */
export function noticeTexts(words, notices, items = null) {
  const said = new Map();
  for (const notice of notices) {
    const text = noticeText(words, notice);
    said.set(text, [...(said.get(text) ?? []), notice.params?.item ?? []].flat());
  }
  return [...said].map(([text, at]) => about(words, items, at, text));
}

/**
 * A notice's sentence. Its parameters are dates, places, codes and amounts; each is said as the reader would.
 * @param {import("./messages.js").Messages} words @param {{ code: string, params?: Record<string, any> }} notice
 */
export function noticeText(words, { code, params = {} }) {
  const keys = [...(params.cost == null ? [] : [`notice.${code}.cost`]), `notice.${code}`];
  const key = keys.find((key) => words.has(key));
  // Rules may be newer than these words: the code is put plainly then, which still says more than nothing.
  if (!key) return words.text("notice.unknown", { code, text: plainly(code) });
  const said = Object.entries(params).map(([name, value]) => [name, spoken(words, name, value, params)]);
  return words.text(key, Object.fromEntries(said));
}

/** `us.surtax-not-included` as "surtax not included". */
function plainly(code) {
  return code.slice(code.indexOf(".") + 1).replaceAll(/[.-]/g, " ");
}

/** Whether a notice stands beside the amount; the others are in the working. What the sentence there says already is not said twice. */
export function standsOut({ code, severity }) {
  return severity !== "info" && code !== "duty.range" && code !== "prohibited";
}

function spoken(words, name, value, params) {
  if (Array.isArray(value)) return value.map((one) => spoken(words, name, one, params)).join(", ");
  if (value && typeof value === "object" && "amount" in value) return format.money(words.locale, value.amount, value.currency);
  if (typeof value !== "string") return value;
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return format.longDate(words.locale, value);
  if (/^(origin|place|destination|shipFrom|member)$/.test(name)) return format.place(words.locale, value);
  if (/^(amount|threshold|limit|cost)$/.test(name)) {
    const [, amount, currency = params.currency] = /^(-?[\d.]+)(?: ([A-Z]{3}))?$/.exec(value) ?? [];
    if (amount && currency) return format.money(words.locale, amount, currency);
  }
  if (name === "rate" && /^[\d.]+( %)?$/.test(value)) return format.percent(words.locale, value.replace(" %", ""));
  if (name === "rules") return value.split(", ").map((id) => (words.has(`measure.${id}`) ? words.text(`measure.${id}`) : id)).join(", ");
  return name === "code" || name.endsWith("Line") ? format.dotted(value) : value;
}
