/** Sums of decimal strings, exactly. The engine computes; this only adds up what it gave, for display. */

/** @param {string} text a plain decimal number */
function parse(text) {
  const [whole, fraction = ""] = text.split(".");
  return { units: BigInt(whole + fraction), places: fraction.length };
}

function print(units, places) {
  const sign = units < 0n ? "-" : "";
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, "0");
  return sign + (places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`);
}

/** @param {string} first @param {string} second */
export function add(first, second) {
  const [a, b] = [parse(first), parse(second)];
  const places = Math.max(a.places, b.places);
  const scaled = ({ units, places: own }) => units * 10n ** BigInt(places - own);
  return print(scaled(a) + scaled(b), places);
}

/** @param {string} first @param {string} second */
export function subtract(first, second) {
  return add(first, second.startsWith("-") ? second.slice(1) : `-${second}`);
}

/** @param {string} text */
export function isZero(text) {
  return parse(text).units === 0n;
}

/** The sum, or null where any part is unknown: what is unknown is never counted as nothing. @param {(string | null)[]} parts */
export function sum(parts) {
  return parts.some((part) => part == null) ? null : parts.reduce(add, "0");
}

/** Decimal places as written: how many the engine's currency has. @param {string} text */
export function placesOf(text) {
  return parse(text).places;
}
