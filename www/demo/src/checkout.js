/** The checkout page: it gives `<landed-cost>` the basket and shows what comes back. All sums are done in cents. */

import "dutiable/define";

import { say } from "./language.js";
import { DESTINATIONS, ORIGINS, UNION, fillPlaces, money } from "./places.js";
import { PRODUCTS } from "./products.js";

const $ = (id) => document.getElementById(id);
const duty = $("duty");
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

/** Hands the order to the element, which quotes it by itself. */
function ask() {
  const destination = $("destination").value;
  duty.destination = destination;
  duty.asOf = $("date").value;
  duty.shipment = { shipFrom: $("ship-from").value, freight: $("freight").value, transport: "express" };
  duty.items = rows.map((row) => {
    const { unitPrice, origin, netWeightKg, codes } = PRODUCTS[row.dataset.product];
    return {
      id: row.dataset.product,
      description: row.querySelector("h3").textContent,
      code: codeFor({ codes }, destination),
      origin, unitPrice, netWeightKg,
      quantity: quantityOf(row),
    };
  });
  drawSums();
}

/** A delivery charge that is none is not nothing: then there is no sum, and the element says that it cannot work with it. */
function drawSums() {
  const goods = rows.reduce((sum, row) => sum + priceOf(row), 0);
  const delivery = $("freight").validity.valid ? cents($("freight").value) : null;
  $("goods").textContent = dollars(goods);
  $("delivery").textContent = delivery === null ? "–" : dollars(delivery);
  const charges = chargesNow();
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
for (const id of ["destination", "ship-from", "freight", "date"]) $(id).addEventListener("input", ask);

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
