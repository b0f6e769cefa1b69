//! Words of shops that no designation and no trade term has (`hoodie`, `wetsuit`), or none where the goods lie that the word alone names: `lawnmower`
//! stands in a trade term of blades only. The index learns them from the lexicon's terms, thinned to what a page can carry.

use std::collections::{BTreeMap, BTreeSet};

use dutiable::navigator::text_words;

use crate::tables::ShopTerm;

/// The longest term that a word may come from.
const LONGEST: usize = 3;
/// The longest term that a word comes with: of a longer one only the words that are new, or the index would be 0.2 KB over its budget.
const LONGEST_WHOLE: usize = 2;

/// Words that are brought, and the code that they are brought to.
#[derive(Debug)]
pub(super) struct Brought<'t> {
    pub(super) code: &'t str,
    pub(super) words: String,
}

/// The words that the index has, each with the headings and chapters whose texts have it.
#[derive(Debug, Default)]
pub(super) struct Known(BTreeMap<String, BTreeSet<String>>);

impl Known {
    /// Takes in the words of a code's text; of a row without a code it is not known where they stand.
    pub(super) fn add(&mut self, code: &str, text: &str) {
        for word in text_words(text) {
            let places = self.0.entry(word).or_default();
            places.insert(heading_of(code).to_owned());
        }
    }

    fn has(&self, word: &str) -> bool {
        self.0.contains_key(word)
    }

    /// Whether the word stands in the heading of a code, above it or below.
    fn has_at(&self, word: &str, code: &str) -> bool {
        let heading = heading_of(code);
        let mut places = self.0.get(word).into_iter().flatten();
        places.any(|place| !place.is_empty() && heading.starts_with(place.as_str()))
    }
}

/// The heading of a code, or a chapter as it is.
fn heading_of(code: &str) -> &str {
    code.get(..4).unwrap_or(code)
}

/// For each word that is not known yet the term that brings it, for what it most likely is; and each term of one word that is known of other goods only.
pub(super) fn thinned<'t>(terms: &'t [ShopTerm], known: &Known) -> Vec<Brought<'t>> {
    let mut bringing: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (place, term) in terms.iter().enumerate() {
        if !term.given.is_empty() {
            continue;
        }
        let words = text_words(&term.term);
        let lacks = |word: &str| match words.as_slice() {
            [_] => !known.has_at(word, &term.code),
            _ => !known.has(word),
        };
        for word in words.iter().filter(|word| lacks(word)) {
            let is_name = word.bytes().any(|byte| byte.is_ascii_digit());
            if !is_name && words.len() <= LONGEST {
                bringing
                    .entry(word.clone())
                    .or_default()
                    .push((words.len(), place));
            }
        }
    }
    // The shortest, and of equal ones that which the lexicon has first.
    let shortest = bringing
        .into_values()
        .filter_map(|terms| terms.into_iter().min());
    let chosen: BTreeSet<usize> = shortest.map(|(_, place)| place).collect();
    chosen
        .into_iter()
        .filter_map(|place| terms.get(place))
        .map(|term| brought(term, known))
        .collect()
}

fn brought<'t>(term: &'t ShopTerm, known: &Known) -> Brought<'t> {
    let mut words = text_words(&term.term);
    if words.len() > LONGEST_WHOLE {
        words.retain(|word| !known.has(word));
    }
    Brought {
        code: &term.code,
        words: words.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(term: &str, code: &str, given: &str) -> ShopTerm {
        ShopTerm {
            term: term.to_owned(),
            code: code.to_owned(),
            given: given.to_owned(),
        }
    }

    #[test]
    fn the_shortest_term_of_a_new_word_stays_and_of_a_long_one_the_word_alone() {
        let terms = [
            term("dog hoodie", "420100", ""),
            term("zip hoodie", "611020", ""),
            term("hoodie", "611020", ""),
            term("hoodie", "611030", "polyester"),
            term("cotton shirt", "620520", ""),
            term("dog scrub shirt", "420100", ""),
        ];
        let mut known = Known::default();
        known.add("620520", "dog, zip, cotton shirt");
        let stay: Vec<String> = thinned(&terms, &known)
            .into_iter()
            .map(|brought| brought.words)
            .collect();
        assert_eq!(stay, ["hoodie", "scrub"]);
    }

    #[test]
    fn a_word_that_names_goods_is_brought_where_others_have_it() {
        let terms = [
            term("lawnmower", "843311", ""),
            term("petrol lawnmower", "843319", ""),
        ];
        let stay = |code: &str| {
            let mut known = Known::default();
            known.add(code, "blades of petrol lawnmowers");
            thinned(&terms, &known).len()
        };
        // In its heading, in its chapter, in another, of a row without a code.
        assert_eq!(["843390", "84", "820840", ""].map(stay), [0, 0, 1, 1]);
    }
}
