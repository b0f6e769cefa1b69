// The worked examples of tests/worked, compared the same way in Node and in Chromium (natively: tests/support/example.rs).

/** What a quote says otherwise than an example expects; empty where it comes out. `error` is what was thrown instead of a quote. */
export function misses(expect, quote, error) {
  const found = [];
  const differs = (what, got, expected) => {
    if (got !== expected) found.push(`${what} ${got} instead of ${expected}`);
  };
  if (error || expect.error) {
    differs("error", error?.code, expect.error?.code);
    differs("field", error?.field ?? undefined, expect.error?.field);
    return found;
  }
  if (expect.status) differs("status", quote.status, expect.status);
  if (expect.regime) differs("regime", quote.regime?.id, expect.regime);
  for (const [key, amount] of Object.entries(expect.totals ?? {})) differs(`totals.${key}`, quote.totals[key], amount);
  for (const line of expect.lines ?? []) {
    const matching = quote.lines.filter((other) => isPartOf(line, other)).length;
    if (matching !== 1) found.push(`${matching} lines are ${JSON.stringify(line)}`);
  }
  for (const code of expect.notices ?? []) {
    if (!quote.notices.some((notice) => notice.code === code)) found.push(`no notice ${code}`);
  }
  for (const unknown of expect.unknown ?? []) {
    if (!quote.unknown.some((other) => isPartOf(unknown, other))) found.push(`no unknown ${JSON.stringify(unknown)}`);
  }
  return found;
}

const isPartOf = (part, whole) => Object.entries(part).every(([key, value]) => whole[key] === value);
