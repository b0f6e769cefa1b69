//! Words of shops that no designation and no trade term has: `hoodie`, `wetsuit`. The index learns them from the lexicon's terms, thinned to what
//! a page can carry.

use std::collections::{BTreeMap, BTreeSet};

use dutiable::navigator::text_words;

use crate::tables::ShopTerm;

/// The longest term that a word may come with.
const LONGEST: usize = 3;

/// For each word that is not known yet the term that brings it, for what it most likely is.
pub(super) fn thinned<'t>(terms: &'t [ShopTerm], known: &BTreeSet<String>) -> Vec<&'t ShopTerm> {
    let mut bringing: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (place, term) in terms.iter().enumerate() {
        if !term.given.is_empty() {
            continue;
        }
        let words = text_words(&term.term);
        for word in words.iter().filter(|word| !known.contains(*word)) {
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
        .collect()
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
    fn the_shortest_term_of_a_new_word_stays() {
        let terms = [
            term("dog hoodie", "420100", ""),
            term("zip hoodie", "611020", ""),
            term("hoodie", "611020", ""),
            term("hoodie", "611030", "polyester"),
            term("cotton shirt", "620520", ""),
        ];
        let known = ["dog", "zip", "cotton", "shirt"].map(str::to_owned).into();
        let stay: Vec<&str> = thinned(&terms, &known)
            .iter()
            .map(|term| term.term.as_str())
            .collect();
        assert_eq!(stay, ["hoodie"]);
    }
}
