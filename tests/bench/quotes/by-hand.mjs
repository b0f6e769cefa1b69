// What a page would write instead: the same basket with decimal.js, the rates of its three codes at hand.
//
// It validates less and knows one country, one regime and no origin; it does give the same lines with the same working.

import Decimal from "decimal.js";

const RATES = new Map([["61091000", "12"], ["64039993", "8"], ["95030041", "4"]]);
const VAT = new Decimal("20");
const cents = (value) => value.toDecimalPlaces(2, Decimal.ROUND_HALF_UP);

/** Shares an amount by weights: rounded down, the cents left over to the largest remainders. */
function apportion(amount, weights) {
  const total = weights.reduce((sum, weight) => sum.plus(weight), new Decimal(0));
  const exact = weights.map((weight) => amount.times(weight).div(total));
  const shares = exact.map((share) => share.toDecimalPlaces(2, Decimal.ROUND_DOWN));
  let left = amount.minus(shares.reduce((sum, share) => sum.plus(share), new Decimal(0)));
  const order = exact.map((share, at) => ({ at, rest: share.minus(shares[at]) })).sort((a, b) => b.rest.cmp(a.rest));
  for (const { at } of order) {
    if (left.lt("0.01")) break;
    shares[at] = shares[at].plus("0.01");
    left = left.minus("0.01");
  }
  return shares;
}

/** The quote of a request, in the parts that the engine's has too. */
export function quote(request) {
  const rate = new Decimal(request.exchangeRates["USD/GBP"]);
  const converted = (text) => cents(new Decimal(text).times(rate));
  const gross = request.items.map((item) => cents(new Decimal(item.unitPrice).times(item.quantity).times(rate)));
  const discounts = apportion(converted(request.discount), gross);
  const goods = gross.map((value, at) => value.minus(discounts[at]));
  const freights = apportion(converted(request.freight), goods);
  const insurances = apportion(converted(request.insurance), goods);
  const lines = [];
  let duties = new Decimal(0);
  let taxes = new Decimal(0);
  request.items.forEach((item, at) => {
    const customsValue = goods[at].plus(freights[at]).plus(insurances[at]);
    const dutyRate = new Decimal(RATES.get(item.code));
    const duty = cents(customsValue.times(dutyRate).div(100));
    const base = customsValue.plus(duty);
    const tax = cents(base.times(VAT).div(100));
    duties = duties.plus(duty);
    taxes = taxes.plus(tax);
    lines.push(line("duty", "third-country-duty", item, customsValue, dutyRate, duty));
    lines.push(line("tax", "import-vat", item, base, VAT, tax));
  });
  const sum = (list) => list.reduce((total, value) => total.plus(value), new Decimal(0));
  const [all, freight, insurance] = [sum(goods), sum(freights), sum(insurances)];
  const landed = all.plus(freight).plus(insurance).plus(duties).plus(taxes);
  return {
    status: "complete",
    lines,
    totals: {
      goods: all.toFixed(2), freight: freight.toFixed(2), insurance: insurance.toFixed(2),
      duties: duties.toFixed(2), taxes: taxes.toFixed(2), landedCost: landed.toFixed(2),
    },
  };
}

function line(kind, measure, item, basis, rate, amount) {
  return {
    kind, measure, item: item.id, basis: basis.toFixed(2), rate: `${rate} %`, amount: amount.toFixed(2), low: null, high: null,
    formula: `${basis.toFixed(2)} × ${rate} % = ${amount.toFixed(2)}`, payer: "buyer", payee: "customs",
    collectedBy: "carrier", when: "delivery", refundable: "claim", source: "gb/ukgt", confidence: "derived-exact",
  };
}
