// MiniSearch's options, by themselves, so that a page can have them too. https://github.com/lucaong/minisearch

import { word } from "./words.mjs";

export const FIELDS = ["title", "ancestors", "terms", "ancestorTerms", "lines"];
export const OPTIONS = { fields: FIELDS, processTerm: word };
export const SEARCH = {
  prefix: (term, position, terms) => position === terms.length - 1,
  fuzzy: (term) => (term.length > 3 ? 0.2 : false),
  boost: { title: 2, terms: 2 },
};
