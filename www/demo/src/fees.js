/** The fees of whoever delivers: a row for each example of the place, off until ticked, and the reader's to change. */

import { FEES } from "./facts.js";
import { say } from "./language.js";

const OWN = { id: "carrier", carrier: "", what: "", currency: "USD" };
const AMOUNTS = [["fixed", "Fixed"], ["rate", "Rate, %"], ["min", "At least"]];

function field(fee, [name, label]) {
  const input = Object.assign(document.createElement("input"), { name, value: fee[name] ?? "", inputMode: "decimal", pattern: "\\d{1,6}(\\.\\d{1,2})?" });
  return labelled(say(label), input);
}

function labelled(text, input) {
  const label = document.createElement("label");
  label.append(text, input);
  return label;
}

function row(fee) {
  const fieldset = document.createElement("fieldset");
  const legend = document.createElement("legend");
  const tick = Object.assign(document.createElement("input"), { type: "checkbox", name: "on" });
  const name = document.createElement("span");
  name.textContent = fee.carrier ? `${fee.carrier}: ${fee.what} (${fee.currency})` : `${say("Your carrier")} (${fee.currency})`;
  if (fee.carrier) Object.assign(name, { lang: "en", dir: "ltr" });
  const label = document.createElement("label");
  label.append(tick, name);
  legend.append(label);
  fieldset.append(legend, ...AMOUNTS.map((amount) => field(fee, amount)));
  fieldset.fee = fee;
  return fieldset;
}

/** @param {HTMLElement} list @param {string} destination */
export function showFees(list, destination) {
  if (list.dataset.place === destination) return;
  list.dataset.place = destination;
  list.replaceChildren(...(FEES[destination] ?? [OWN]).map(row));
}

/** What is ticked, as a request says it; an amount that is none is left to the engine to refuse. @param {HTMLElement} list */
export function feesOf(list) {
  const ticked = [...list.children].filter((row) => row.querySelector("[name=on]").checked);
  return ticked.map((row) => {
    const given = AMOUNTS.map(([name]) => [name, row.querySelector(`[name=${name}]`).value.trim()]).filter(([, value]) => value !== "");
    const { id, currency, of, max } = row.fee;
    return { id, currency, ...(of && { of }), ...(max && { max }), ...Object.fromEntries(given) };
  });
}
