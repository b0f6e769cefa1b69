/**
 * The one error of the package: a stable dotted code, the field it is about, and whether trying again can help.
 *
 * The engine throws plain `{ code, field }`; the loader adds codes of its own. The sentences here are for developers; what a
 * shopper reads comes from `messages/`.
 */

/** @typedef {"never" | "now" | "later"} Retry */

/**
 * Every code, with the sentence a developer reads and whether to try again.
 * The first block is the engine's (`src/error.rs`), the second the loader's.
 * @type {Record<string, { retry: Retry, sentence: string }>}
 */
export const ERRORS = {
  "input.malformed": never("Not JSON, or nested or long past the limits."),
  "input.missing": never("Missing, without a default."),
  "input.type": never("Of another type than the contract says. Amounts are strings."),
  "input.too-long": never("Longer than its limit."),
  "input.choice": never("None of the values it can take."),
  "amount.malformed": never("Not a plain decimal number such as 1234.56."),
  "amount.negative": never("Below zero where it cannot be."),
  "amount.out-of-range": never("More digits than the engine computes exactly."),
  "date.impossible": never("Not in the calendar, or not written as 2026-11-24."),
  "date.outside-coverage": never("No data covers the date."),
  "place.malformed": never("Not a two-letter ISO 3166-1 code in capitals."),
  "place.unknown": never("No rules for the place."),
  "currency.malformed": never("Not a three-letter ISO 4217 code in capitals."),
  "exchange-rate.missing": never("No exchange rate between the two currencies."),
  "code.malformed": never("Not 6 to 10 digits."),
  "code.unknown": never("The destination has no such commodity code."),
  "basket.empty": never("The basket has no item."),
  "basket.too-large": never("The basket has more items than the limit."),
  "item.duplicate": never("Two items have the same id."),
  overflow: never("A result would have more digits than the engine computes exactly."),
  "rule.conflict": never("Two rules apply and neither replaces the other."),
  "rule.missing": never("No rule applies on the date."),
  "pack.corrupt": later("A pack is cut off or altered, or is not the one the manifest names."),
  "pack.format": never("A pack has a format that this version does not read."),
  "pack.missing": never("A pack that the call needs is not open."),
  "pack.mismatch": never("Packs of different editions were opened together."),

  "network.offline": now("Offline, or the server does not answer."),
  "network.timeout": now("A file stopped arriving."),
  "network.status": later("The server refused a file."),
  "network.too-large": never("A file is larger than its limit."),
  "manifest.malformed": later("This is no manifest of packs."),
  "manifest.format": never("The manifest has a format that this version does not read."),
  "pack.hash": later("A pack is not the file the manifest names: its SHA-256 differs."),
  "wasm.hash": later("A WebAssembly module is not the file of this release: its SHA-256 differs."),
  "wasm.blocked": never("WebAssembly is blocked. The page's policy needs script-src 'wasm-unsafe-eval'."),
  "wasm.malformed": later("This is no WebAssembly module."),
  "engine.trap": now("The engine stopped twice over the same request. It has been started afresh."),
  "engine.freed": never("The engine was freed."),
  "engine.unknown": now("The engine failed in a way that has no code yet."),
};

function never(sentence) {
  return { retry: "never", sentence };
}
function now(sentence) {
  return { retry: "now", sentence };
}
function later(sentence) {
  return { retry: "later", sentence };
}

/** What every call of this package rejects with, cancelled calls excepted: those reject with the signal's own reason. */
export class DutiableError extends Error {
  /**
   * @param {string} code one of {@link ERRORS}
   * @param {{ field?: string | null, cause?: unknown, about?: string }} [details] `about` names the file or value meant
   */
  constructor(code, { field = null, cause, about } = {}) {
    const { sentence, retry } = ERRORS[code] ?? ERRORS["engine.unknown"];
    const where = [field, about].filter(Boolean).join(", ");
    super(where ? `${sentence} (${where})` : sentence, cause === undefined ? undefined : { cause });
    this.name = "DutiableError";
    this.code = code;
    this.field = field;
    this.retry = retry;
  }
}

/**
 * Turns whatever the engine threw into a {@link DutiableError}.
 * @param {unknown} thrown
 */
export function asDutiableError(thrown) {
  if (thrown instanceof DutiableError) return thrown;
  const { code, field } = /** @type {{ code?: unknown, field?: unknown }} */ (Object(thrown));
  if (typeof code !== "string") return new DutiableError("engine.unknown", { cause: thrown });
  return new DutiableError(code, { field: typeof field === "string" ? field : null, cause: thrown });
}
