/** What `<landed-cost>` hands on to its page: the form's entries, and the detail of `lc-quote`. Amounts are strings. */

/**
 * The form's entries: what is shown, in the currency it is shown in. A range has two ends and no total: an amount that is not firm is not handed on as if it were.
 * @param {string} name
 * @param {{ quoteId: string | null, chosenTerms: string, summary: any }} element
 */
export function formDataOf(name, { quoteId, chosenTerms, summary }) {
  const data = new FormData();
  const amounts = summary.kind === "range" ? { low: summary.low, high: summary.high } : { total: summary.total };
  data.set(name, quoteId ?? "");
  for (const [key, money] of Object.entries(amounts)) {
    data.set(`${name}.${key}`, money.amount);
    data.set(`${name}.currency`, money.currency);
  }
  data.set(`${name}.terms`, chosenTerms);
  return data;
}

/**
 * @param {import("./landed-cost.js").LandedCost} element @param {{ date: string }} request @param {number} durationMs
 */
export function quoteDetail(element, request, durationMs) {
  const { quote, quoteId, state, chosenTerms, lines } = element;
  const money = (amount) => (amount == null ? null : { amount, currency: quote.currency });
  const totals = Object.entries(quote.totals ?? {}).map(([name, amount]) => [name, money(amount)]);
  return {
    quoteId,
    state,
    terms: chosenTerms,
    totals: Object.fromEntries(totals),
    lines: lines.map((line) => ({ ...line, amount: money(line.amount), low: money(line.low), high: money(line.high) })),
    packs: quote.packs,
    asOf: request.date,
    durationMs,
  };
}
