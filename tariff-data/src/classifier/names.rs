//! Names that goods are sold under, as texts that are counted: the words that a name is known by say what its goods are.

use std::collections::BTreeMap;

use dutiable::navigator::{text_pairs, text_words};

use super::texts::{Codes, Row, Source};
use crate::tables::GoodsName;

/// A word of more texts names other things than the brand (`head`, `simple`, `galaxy`), or the texts tell its goods already (`dyson`). No
/// other number was tried.
const MOST_TEXTS: usize = 8;

/// A row for each name that has a word of its own, or two common ones side by side: `old spice`.
pub(super) fn rows(codes: &Codes, names: &[GoodsName], others: &[Row]) -> Vec<Row> {
    let mut texts: BTreeMap<&str, usize> = BTreeMap::new();
    for word in others.iter().flat_map(|row| &row.words) {
        *texts.entry(word).or_default() += 1;
    }
    let is_own = |word: &String| {
        let texts = texts.get(word.as_str());
        texts.is_none_or(|texts| *texts <= MOST_TEXTS)
    };
    let row = |name: &GoodsName| {
        let mut words = text_words(&name.name);
        words.retain(is_own);
        if words.is_empty() {
            let pairs = text_pairs(&name.name).into_iter();
            words = pairs.map(|pair| pair.concat()).filter(is_own).collect();
        }
        Some(Row {
            source: Source::Name,
            words,
            pairs: Vec::new(),
            roles: Vec::new(),
            target: codes.target(&name.code)?,
            weight: 1.0,
        })
    };
    names.iter().filter_map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use learner::Target;

    fn name(name: &str) -> GoodsName {
        GoodsName {
            name: name.to_owned(),
            goods: "deodorant".to_owned(),
            code: "330720".to_owned(),
        }
    }

    #[test]
    fn a_name_is_known_by_its_own_words_or_by_two_common_ones() {
        let codes = Codes {
            leaves: vec!["330720".to_owned()],
            branches: vec!["3307".to_owned()],
        };
        let common = Row {
            source: Source::Example,
            words: vec!["old".to_owned(), "spice".to_owned(), "right".to_owned()],
            pairs: Vec::new(),
            roles: Vec::new(),
            target: Target::Leaf(0),
            weight: 1.0,
        };
        let others: Vec<Row> = (0..=MOST_TEXTS).map(|_| common.clone()).collect();
        let names = ["Rexona", "Old Spice", "Old Rexona", "Right"].map(name);
        let found = rows(&codes, &names, &others).into_iter();
        let words: Vec<_> = found.map(|row| row.words.join(" ")).collect();
        assert_eq!(words, ["rexona", "oldspice", "rexona", ""]);
    }
}
