//! How a language's words are read: its endings, its compounds, the words that say nothing of goods.
//!
//! English is built in. Every other language is data that its index brings with it, so that the module that searches holds one language
//! and a page downloads no other that it does not ask for. Letters are folded before any of it is looked up: `ä` is `a`, `ß` is `ss`.

use super::stem::singular;
use super::words::is_function_word;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// A language other than English. `tariff-data/lexicon/de.toml` and its like say it; all words and endings in them are folded.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Language {
    /// Words that join others and say nothing of the goods. Sorted.
    pub function_words: Vec<String>,
    /// What an apostrophe parts from the word that follows: `l` of `l'eau`.
    pub elisions: Vec<String>,
    /// Words that no ending gets right, with their stem. Sorted.
    pub irregular: Vec<(String, String)>,
    /// Endings and what stands in their place. The first that leaves enough of the word is taken.
    pub endings: Vec<(String, String)>,
    /// The fewest letters that an ending leaves.
    pub shortest_stem: u8,
    /// Letters that are typed for a folded one: `ae` for the `a` that `ä` became. Tried where a word is not known.
    pub spellings: Vec<(String, String)>,
    /// Stems of shops' words with those that the nomenclature has in their place: polyester is a synthetic fibre (`synthetisch`). Sorted.
    pub also: Vec<(String, String)>,
    /// What may stand between two words that are written as one, nothing included, in the order they are tried; empty where the language writes none so.
    pub links: Vec<String>,
    /// Stems of words that look like two and are not: a glove (`Handschuh`) is no shoe. Sorted. The index does not part them.
    pub undivided: Vec<String>,
    /// The language parts no words: two letters after each other count as one.
    pub by_letters: bool,
}

stored!(struct Language { function_words, elisions, irregular, endings, shortest_stem, spellings, also, links, undivided, by_letters });

impl Language {
    fn stem(&self, word: &mut String) {
        let irregular = self
            .irregular
            .binary_search_by(|(known, _)| known.as_str().cmp(word));
        if let Some((_, stem)) = irregular.ok().and_then(|found| self.irregular.get(found)) {
            word.clone_from(stem);
            return;
        }
        for (ending, instead) in &self.endings {
            let left = word.strip_suffix(ending.as_str()).map(str::len);
            if let Some(left) = left.filter(|left| *left >= usize::from(self.shortest_stem)) {
                word.truncate(left);
                word.push_str(instead);
                return;
            }
        }
    }

    /// The stems that the nomenclature has in place of one.
    pub(crate) fn also<'l>(&'l self, text: &'l str) -> impl Iterator<Item = &'l str> {
        let first = self
            .also
            .partition_point(|(known, _)| known.as_str() < text);
        let from = self.also.iter().skip(first);
        let same = from.take_while(move |(known, _)| known == text);
        same.map(|(_, other)| other.as_str())
    }

    /// Whether the language writes compounds as one word.
    pub(crate) const fn has_compounds(&self) -> bool {
        !self.links.is_empty()
    }
}

/// A language's words; without one, English.
pub(crate) type Reading<'l> = Option<&'l Language>;

/// Makes a folded word the one that the index has for all its forms.
pub(crate) fn stem(word: &mut String, language: Reading<'_>) {
    match language {
        None => singular(word),
        Some(language) => language.stem(word),
    }
}

/// Whether a folded word says nothing of the goods.
pub(crate) fn is_function(word: &str, language: Reading<'_>) -> bool {
    match language {
        None => is_function_word(word),
        Some(language) => {
            let known = &language.function_words;
            known
                .binary_search_by(|known| known.as_str().cmp(word))
                .is_ok()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn french() -> Language {
        let pairs = |pairs: &[(&str, &str)]| {
            let owned = pairs
                .iter()
                .map(|(one, other)| ((*one).into(), (*other).into()));
            owned.collect()
        };
        Language {
            function_words: vec!["de".into(), "et".into()],
            irregular: pairs(&[("bras", "bras"), ("yeux", "oeil")]),
            endings: pairs(&[("eaux", "eau"), ("aux", "al"), ("s", ""), ("x", "")]),
            shortest_stem: 3,
            ..Language::default()
        }
    }

    #[test]
    fn the_first_ending_that_leaves_enough_is_taken() {
        let language = french();
        for (word, expected) in [
            ("chapeaux", "chapeau"),
            ("chevaux", "cheval"),
            ("eaux", "eau"),
            ("robes", "robe"),
            ("gaz", "gaz"),
            ("bas", "bas"),
            ("bras", "bras"),
            ("yeux", "oeil"),
        ] {
            let mut text = String::from(word);
            stem(&mut text, Some(&language));
            assert_eq!(text, expected);
        }
    }

    #[test]
    fn a_word_may_stand_for_several() {
        let pair = |one: &str, other: &str| (one.to_owned(), other.to_owned());
        let language = Language {
            also: vec![
                pair("inox", "acier"),
                pair("inox", "inoxydable"),
                pair("lin", "fibre"),
            ],
            ..Language::default()
        };
        let also = |text| language.also(text).collect::<Vec<_>>();
        assert_eq!(also("inox"), ["acier", "inoxydable"]);
        assert_eq!(also("lin"), ["fibre"]);
        assert_eq!((also("ino"), also("zinc")), (vec![], vec![]));
    }

    #[test]
    fn without_a_language_words_are_english() {
        let mut text = String::from("boxes");
        stem(&mut text, None);
        assert_eq!(text, "box");
        assert!(is_function("the", None) && !is_function("the", Some(&french())));
        assert!(is_function("et", Some(&french())) && !is_function("et", None));
    }
}
