/** The engine's words in the reader's: notices, and what is missing. */

import * as format from "./format.js";
import { addEnglish } from "./messages.js";

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
 * What concerns one item says which. `at` is its place in the basket.
 * @param {import("./messages.js").Messages} words @param {readonly any[] | null} items @param {string | number | undefined} at
 */
export function about(words, items, at, reason) {
  const item = at === undefined ? null : items?.[Number(at)];
  if (!item) return reason;
  return words.text("about.item", { item: format.apart(item.description ?? item.id ?? String(Number(at) + 1)), reason });
}

/**
 * A notice's parameters are dates, places, codes and amounts; each is said as the reader would.
 * @param {import("./messages.js").Messages} words @param {{ code: string, params?: Record<string, any> }} notice
 * @param {readonly any[] | null} [items]
 */
export function noticeText(words, { code, params = {} }, items = null) {
  const keys = [...(params.cost == null ? [] : [`notice.${code}.cost`]), `notice.${code}`];
  const key = keys.find((key) => words.has(key));
  // Rules may be newer than these words: the code is put plainly then, which still says more than nothing.
  if (!key) return about(words, items, params.item, words.text("notice.unknown", { code, text: plainly(code) }));
  const said = Object.entries(params).map(([name, value]) => [name, spoken(words, name, value, params)]);
  return about(words, items, params.item, words.text(key, Object.fromEntries(said)));
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
