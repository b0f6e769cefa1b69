/** The checkout page: it gives `<landed-cost>` the basket and shows what comes back. All sums are done in cents. */

import "dutiable/define";

import { feesOf, showFees } from "./fees.js";
import { say } from "./language.js";
import { DESTINATIONS, ORIGINS, UNION, fillPlaces, fillRegions, money } from "./places.js";
import { PRODUCTS } from "./products.js";

const $ = (id) => document.getElementById(id);
const duty = $("duty");
/** The same order twice more, for whoever unfolds the comparison: they ask for nothing before they are seen. */
const elements = [duty, $("paid-now"), $("paid-later")];
const rows = [...document.querySelectorAll("[data-product]")];

const cents = (amount) => Math.round(Number(amount) * 100);
const dollars = (count) => money((count / 100).toFixed(2), "USD");
const quantityOf = (row) => Number(row.querySelector("input").value);
const priceOf = (row) => cents(PRODUCTS[row.dataset.product].unitPrice) * quantityOf(row);

function codeFor({ codes }, destination) {
  return codes[destination] ?? (UNION.includes(destination) ? codes.EU : undefined) ?? codes.other;
}

function setQuantity(row, quantity) {
  row.querySelector("input").value = Math.min(99, Math.max(1, Math.trunc(quantity) || 1));
  row.querySelector("button").disabled = quantityOf(row) === 1;
  row.querySelector(".price").textContent = dollars(priceOf(row));
}

/** Hands the order to the elements, which quote it by themselves. */
function ask() {
  const destination = $("destination").value;
  fillRegions($("region"), destination);
  showFees($("fees"), destination);
  const carrierFees = feesOf($("fees"));
  const shipment = {
    shipFrom: $("ship-from").value, freight: $("freight").value, transport: "express",
    ...($("region").value && { region: $("region").value }),
    ...(carrierFees.length > 0 && { carrierFees }),
  };
  const items = rows.map((row) => {
    const { unitPrice, origin, netWeightKg, codes } = PRODUCTS[row.dataset.product];
    return {
      id: row.dataset.product,
      description: row.querySelector("h3").textContent,
      code: codeFor({ codes }, destination),
      origin, unitPrice, netWeightKg,
      quantity: quantityOf(row),
    };
  });
  for (const element of elements) Object.assign(element, { destination, asOf: $("date").value, shipment, items });
  drawSums();
}

/** A delivery charge that is none is not nothing: then there is no sum, and the element says that it cannot work with it. */
function drawSums() {
  const goods = rows.reduce((sum, row) => sum + priceOf(row), 0);
  const delivery = $("freight").validity.valid ? cents($("freight").value) : null;
  $("goods").textContent = dollars(goods);
  $("delivery").textContent = delivery === null ? "–" : dollars(delivery);
  const charges = chargesNow();
  const missing = duty.quote?.unknown.some(({ field }) => field === "region") ?? false;
  $("region").toggleAttribute("aria-invalid", missing);
  $("region-hint").hidden = !missing;
  const settled = ["quoted", "range"].includes(duty.state) && charges !== null && delivery !== null;
  $("place").disabled = !settled;
  if (duty.state === "updating") return; // the old total stays until there is a new one
  $("to-pay").textContent = say(!settled ? "Before duty and tax" : duty.state === "range" ? "To pay now, about" : "To pay now");
  $("total").textContent = delivery === null ? "–" : dollars(goods + delivery + (settled ? charges : 0));
}

/** Duty, tax and fees that are paid with the order, in the shop's currency; null while they are not known. */
function chargesNow() {
  const totals = duty.quote?.totalsInRequestCurrency;
  if (totals?.dueAtCheckout == null) return null;
  return cents(totals.dueAtCheckout) - cents(totals.goods) - cents(totals.freight) - cents(totals.insurance);
}

function changed(row, quantity) {
  setQuantity(row, quantity);
  ask();
}

duty.addEventListener("lc-statechange", drawSums);
duty.addEventListener("lc-quote", drawSums);
for (const row of rows) {
  row.addEventListener("click", ({ target }) => target.localName === "button" && changed(row, quantityOf(row) + Number(target.value)));
  row.querySelector("input").addEventListener("change", ({ target }) => changed(row, Number(target.value)));
}
for (const id of ["destination", "region", "ship-from", "freight", "date", "fees"]) $(id).addEventListener("input", ask);

$("checkout").addEventListener("submit", (event) => {
  event.preventDefault();
  const sent = [...new FormData(event.target)].map(([name, value]) => `${name} = ${value}`);
  $("fields").textContent = sent.join("\n");
  $("placed").showModal();
});

fillPlaces($("destination"), DESTINATIONS, new URLSearchParams(location.search).get("to") ?? "GB");
fillPlaces($("ship-from"), ORIGINS, "CN");
// Also on the way back, when the browser has put the fields as they were.
addEventListener("pageshow", () => {
  for (const row of rows) setQuantity(row, quantityOf(row));
  ask();
});
