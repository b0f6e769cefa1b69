/** From what a page gives `<landed-cost>` to the one JSON contract: known fields only, copied by name. */

const SHIPMENT = [
  "region", "shipFrom", "freight", "insurance", "discount", "transport", "buyer", "seller", "collection", "gift", "sameDayValue",
  "carrierFees", "exchangeRates",
];
const ITEM = [
  "id", "code", "origin", "quantity", "unitPrice", "netWeightKg", "supplementary", "claimPreference", "dutyRate",
  "description", "additionalCode", "certificates",
];

/**
 * @param {import("./landed-cost.js").LandedCost} element
 * @returns {{ request: any, missing: "empty" | "incomplete" | null }} no request where something is missing
 */
export function requestOf(element) {
  const { date, destination, region, origin, currency, chosenTerms, items, shipment } = element;
  if (!destination || !items?.length) return { request: null, missing: "empty" };
  if (!currency || items.some((item) => item?.unitPrice == null || item?.quantity == null)) {
    return { request: null, missing: "incomplete" };
  }
  const request = {
    date,
    destination,
    region,
    currency,
    incoterm: chosenTerms.toUpperCase(),
    ...pick(shipment ?? {}, SHIPMENT),
    // Where they were made unless one says otherwise, and where they are sent from unless the shipment does.
    items: items.map((item) => pick({ ...item, origin: item.origin ?? origin, quantity: text(item.quantity) }, ITEM)),
  };
  request.shipFrom ??= origin;
  return { request: withoutNulls(request), missing: null };
}

function pick(from, names) {
  const picked = Object.create(null);
  for (const name of names) if (Object.hasOwn(from, name) && from[name] != null) picked[name] = from[name];
  return { ...picked };
}

/** A count may be given as a whole number. Amounts may not: a binary fraction is not the price that was meant. */
function text(value) {
  return Number.isSafeInteger(value) ? String(value) : value;
}

function withoutNulls(request) {
  return Object.fromEntries(Object.entries(request).filter(([, value]) => value != null));
}
