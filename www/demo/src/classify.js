/**
 * The classification page: a code is chosen in `<hs-navigator>`, and `<landed-cost>` says what it costs the buyer. One that the seller has already is
 * checked.
 */

import "dutiable/define";

import { checkForm } from "./check.js";
import { say } from "./language.js";
import { DESTINATIONS, ORIGINS, fillPlaces } from "./places.js";

const $ = (id) => document.getElementById(id);
const navigator = $("code");
const duty = $("duty");

// The element speaks to a shopper; here a seller reads.
duty.messages = {
  "quote.now": say("Your buyer pays this with the order. Nothing more to pay on delivery."),
  "quote.later": say("Not included in your price. {collector} will ask your buyer for about {amount} before delivery, and may add a handling fee."),
  "quote.split": say("Your buyer pays {now} with the order. {collector} will ask them for about {later} before delivery."),
};

/** Without a code there is nothing to ask, and the element says so by itself. */
function ask() {
  const code = navigator.value;
  duty.destination = $("destination").value;
  duty.origin = $("origin").value;
  duty.items = code && $("price").validity.valid && $("price").value
    ? [{ id: "product", description: navigator.selected?.title, code, quantity: 1, unitPrice: $("price").value }]
    : null;
  duty.hidden = !code;
  $("wait").hidden = Boolean(code);
}

const checked = checkForm($("check"), {
  destination: () => $("destination").value,
  choose: (code) => {
    navigator.focus();
    void navigator.select(code);
  },
});

navigator.addEventListener("change", ask);
$("destination").addEventListener("input", checked.forget);
for (const id of ["destination", "origin", "price"]) $(id).addEventListener("input", ask);
$("examples").addEventListener("click", ({ target }) => {
  if (target.localName !== "button") return;
  navigator.focus();
  navigator.query = target.textContent;
});

fillPlaces($("destination"), DESTINATIONS, "GB");
fillPlaces($("origin"), ORIGINS, "CN");
addEventListener("pageshow", ask); // also on the way back, when the browser has put the fields as they were
