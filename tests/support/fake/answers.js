// Quotes as the engine would give them, for each state that an element can be in. The amounts are worked out by hand.

const SOURCES = {
  "gb/ukgt": { title: "UK Integrated Online Tariff", publisher: "HM Revenue & Customs", url: "https://www.gov.uk/trade-tariff", asOf: "2026-11-01" },
  "gb/vat": { title: "Value Added Tax Act 1994, section 1", publisher: "UK Parliament", url: "https://www.legislation.gov.uk/ukpga/1994/23", asOf: "2026-11-01" },
};

const EMPTY = { goods: "0.00", freight: "0.00", insurance: "0.00", duties: "0.00", taxes: "0.00", fees: "0.00", landedCost: "0.00", dueAtCheckout: "0.00", dueAtDelivery: "0.00" };

export function line(over) {
  return {
    kind: "duty", measure: "third-country-duty", item: "sku-1", basis: "152.00", rate: "12 %", amount: "18.24", low: null, high: null,
    formula: "152.00 × 12 % = 18.24", payer: "buyer", payee: "customs", collectedBy: "carrier", when: "delivery", refundable: "claim",
    source: "gb/ukgt", confidence: "official", ...over,
  };
}

const DUTY = line({});
const VAT = line({ kind: "tax", measure: "vat", item: null, basis: "176.32", rate: "20 %", amount: "35.26", formula: "152.00 + 18.24 + 6.08 = 176.32; 176.32 × 20 % = 35.26", payee: "tax-authority", source: "gb/vat" });

function quote(over, packs) {
  return {
    status: "complete", currency: "GBP", regime: { id: "gb-full", collection: "border", releaseCategory: 4, declaration: "H1" },
    lines: [DUTY, VAT],
    totals: { ...EMPTY, goods: "152.00", freight: "6.08", duties: "18.24", taxes: "35.26", landedCost: "211.58", dueAtCheckout: "158.08", dueAtDelivery: "53.50" },
    totalsInRequestCurrency: { currency: "USD", ...EMPTY, goods: "200.00", freight: "8.00", duties: "24.00", taxes: "46.39", landedCost: "278.39", dueAtCheckout: "208.00", dueAtDelivery: "70.39" },
    soFar: null, range: null,
    exchangeRates: [{ from: "USD", to: "GBP", rate: "0.76", source: "European Central Bank", date: "2026-11-20" }],
    notices: [], unknown: [], sources: SOURCES, packs: packs.map((id) => ({ id, sha256: "0".repeat(64) })), ...over,
  };
}

const atCheckout = (lines) => lines.map((one) => ({ ...one, when: "checkout", collectedBy: "vendor" }));

/** By destination, so that a page can go through all states by its picker. */
const CASES = {
  GB: ({ incoterm }) =>
    incoterm === "DDP"
      ? {
          lines: atCheckout([DUTY, VAT]),
          totals: { ...EMPTY, goods: "152.00", freight: "6.08", duties: "18.24", taxes: "35.26", landedCost: "211.58", dueAtCheckout: "211.58" },
          totalsInRequestCurrency: { currency: "USD", ...EMPTY, goods: "200.00", freight: "8.00", duties: "24.00", taxes: "46.39", landedCost: "278.39", dueAtCheckout: "278.39" },
        }
      : {},
  JP: () => ({ currency: "JPY", lines: [], totals: zeros("30000", "1200"), totalsInRequestCurrency: { currency: "USD", ...EMPTY, goods: "200.00", freight: "8.00", landedCost: "208.00", dueAtCheckout: "208.00" } }),
  DE: () => ({
    status: "range", currency: "EUR",
    lines: [line({ amount: "20.00", low: "14.00", high: "26.00", formula: "200.00 × 10 % = 20.00", basis: "200.00", rate: "10 %" })],
    totals: { ...EMPTY, goods: "200.00", duties: "20.00", landedCost: "220.00", dueAtCheckout: "200.00", dueAtDelivery: "20.00" },
    range: {
      low: { ...EMPTY, goods: "200.00", duties: "14.00", landedCost: "214.00", dueAtCheckout: "200.00", dueAtDelivery: "14.00" },
      high: { ...EMPTY, goods: "200.00", duties: "26.00", landedCost: "226.00", dueAtCheckout: "200.00", dueAtDelivery: "26.00" },
    },
    unknown: [{ field: "items[0].code", needs: "national-line" }],
    notices: [{ code: "duty.range", severity: "warning", params: { item: "0", lines: "4", lowLine: "64039110", medianLine: "64039191", highLine: "64039199" } }],
  }),
  US: () => ({
    status: "partial", currency: "USD", lines: [line({ basis: "100.00", amount: "16.50", rate: "16.5 %", formula: "100.00 × 16.5 % = 16.50" })],
    totals: { ...EMPTY, goods: "200.00", duties: null, taxes: null, fees: null, landedCost: null, dueAtCheckout: null, dueAtDelivery: null },
    totalsInRequestCurrency: { currency: "USD", ...EMPTY, goods: "200.00", duties: null, taxes: null, fees: null, landedCost: null, dueAtCheckout: null, dueAtDelivery: null },
    soFar: { ...EMPTY, goods: "200.00", duties: "16.50", landedCost: "216.50", dueAtCheckout: "200.00", dueAtDelivery: "16.50" },
    unknown: [{ field: "items[2].origin", needs: "origin" }],
  }),
  FR: () => ({ status: "prohibited", currency: "EUR", lines: [], totals: { ...EMPTY, goods: "200.00" }, notices: [{ code: "prohibited", severity: "warning", params: { item: "sku-1" } }] }),
  IE: () => ({ currency: "EUR", notices: [{ code: "permit", severity: "restriction", params: {} }] }),
  IT: () => ({ currency: "EUR", notices: [{ code: "tariff.stale", severity: "warning", params: { asOf: "2026-07-12", days: "134" } }] }),
};

function zeros(goods, freight) {
  const total = String(Number(goods) + Number(freight));
  return { goods, freight, insurance: "0", duties: "0", taxes: "0", fees: "0", landedCost: total, dueAtCheckout: total, dueAtDelivery: "0" };
}

export function answerTo(request, packs = ["gb"]) {
  const refuse = (code, field) => {
    throw { code, field };
  };
  if (!request.items?.length) refuse("basket.empty", "items");
  if (!Object.hasOwn(CASES, request.destination)) refuse("place.unknown", "destination");
  const bad = request.items.findIndex((item) => !/^\d+(\.\d+)?$/.test(item.unitPrice));
  if (bad >= 0) refuse("amount.malformed", `items[${bad}].unitPrice`);
  return quote(CASES[request.destination](request), packs);
}
