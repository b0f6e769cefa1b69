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
  "input.malformed": never("Not JSON, or past the limits."),
  "input.missing": never("Missing, without a default."),
  "input.type": never("Of another type. Amounts are strings."),
  "input.too-long": never("Longer than its limit."),
  "input.choice": never("None of the choices."),
  "amount.malformed": never("Not a plain decimal such as 1234.56."),
  "amount.negative": never("Below zero."),
  "amount.out-of-range": never("More digits than the engine computes exactly."),
  "date.impossible": never("Not a day of the calendar written as 2026-11-24."),
  "date.outside-coverage": never("No data for the date."),
  "place.malformed": never("Not a two-letter ISO 3166-1 code in capitals."),
  "place.unknown": never("No rules for the place."),
  "currency.malformed": never("Not a three-letter ISO 4217 code in capitals."),
  "exchange-rate.missing": never("No exchange rate for the date."),
  "code.malformed": never("Not 6 to 10 digits."),
  "code.unknown": never("The destination has no such code."),
  "basket.empty": never("No item."),
  "basket.too-large": never("More items than the limit."),
  "item.duplicate": never("Two items have the same id."),
  overflow: never("More digits than the engine computes exactly."),
  "rule.conflict": never("Two rules, and neither replaces the other."),
  "rule.missing": never("No rule for the date."),
  "pack.corrupt": later("Cut off or altered, or not the one the manifest names."),
  "pack.format": never("A format that this version does not read."),
  "pack.missing": never("A pack that is needed is not open."),
  "pack.mismatch": never("Packs of different editions."),

  "network.offline": now("Offline, or the server does not answer."),
  "network.timeout": now("It stopped arriving."),
  "network.status": later("The server refused it."),
  "network.too-large": never("Larger than its limit."),
  "manifest.malformed": later("This is no manifest of packs."),
  "manifest.format": never("A format that this version does not read."),
  "pack.hash": later("Not the file the manifest names: its SHA-256 differs."),
  "wasm.hash": later("Not the file of this release: its SHA-256 differs."),
  "wasm.blocked": never("The page's policy needs script-src 'wasm-unsafe-eval'."),
  "wasm.malformed": later("This is no WebAssembly module."),
  "engine.trap": now("Stopped twice over the same request."),
  "engine.freed": never("The engine was freed."),
  "engine.unknown": now("Failed in a way that has no code yet."),
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
