// The other engines get our reading of words, so that none loses hits by plurals, accents or function words.

const FUNCTION_WORDS = new Set(
  ("a an and are as at be by etc excl excluding for from in incl including is like nes nor not of on or other others similar such than " +
    "the their therefor therein thereof to whether with").split(" "),
);

/** A word without accents, in the singular; `null` for one that says nothing. */
export function word(text) {
  const folded = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  if (FUNCTION_WORDS.has(folded)) return null;
  if (folded.length < 4 || !folded.endsWith("s") || /(ss|us|is)$/.test(folded)) return folded;
  if (folded.length > 4 && folded.endsWith("ies")) return folded.slice(0, -3) + "y";
  if (/(sses|shes|ches|xes|zzes)$/.test(folded)) return folded.slice(0, -2);
  return folded.slice(0, -1);
}

/** The words of a text. */
export function words(text) {
  return text.split(/[^\p{L}\p{N}]+/u).filter(Boolean).map(word).filter(Boolean);
}
