//! Words that do not say what goods are: `gift`, `parts`, `assorted`, `cotton`.
//!
//! Customs refuses a description that has no others. The list is ours (`tariff-data/lexicon/vague.csv`), word by word with what it
//! leaves open and why, and travels in the index, whose spelling of words it shares.

use super::super::words::{Form, words};
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// What a word speaks of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Says {
    /// Nothing that tells goods from other goods by itself.
    #[default]
    General,
    /// Something that belongs to other goods.
    Part,
    /// Several things sold as one.
    Set,
    /// What is given away.
    Gift,
}

stored!(
    enum Says {
        General,
        Part,
        Set,
        Gift,
    }
);

/// What a description can lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// What the goods are.
    Kind,
    /// What they are made of.
    Material,
    /// What they are for.
    Use,
    /// What they are a part of, or go with.
    WhatOf,
    /// What is in the set.
    Contents,
}

stored!(
    enum Lack {
        Kind,
        Material,
        Use,
        WhatOf,
        Contents,
    }
);

/// A word of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeneralWord {
    /// As the index writes words: singular, without accents.
    pub word: String,
    /// What it speaks of.
    pub says: Says,
    /// What it leaves open.
    pub lacks: Vec<Lack>,
    /// What it tells all the same: `cotton` says the material.
    pub gives: Vec<Lack>,
    /// Beside one of these it is part of a name, which tells: the `set` of a television, the `gift` of gift wrap.
    pub unless: Vec<String>,
}

stored!(struct GeneralWord { word, says, lacks, gives, unless });

/// The list, by word.
#[derive(Clone, Debug, Default)]
pub struct GeneralWords {
    list: Vec<GeneralWord>,
}

/// A description, read with the list.
#[derive(Debug)]
pub(super) struct Told<'a> {
    /// How many words may say what the goods are: all the others but numbers and single letters.
    pub(super) telling: usize,
    /// The words that are on the list, as typed, but for those that are part of a name here.
    pub(super) general: Vec<(&'a str, &'a GeneralWord)>,
}

impl Told<'_> {
    /// What the words leave open, less what others of them give; of a text without a word, what the goods are.
    pub(super) fn lacks(&self) -> Vec<Lack> {
        let mut lacks = Vec::new();
        for lack in self.general.iter().flat_map(|(_, word)| &word.lacks) {
            let is_given = self
                .general
                .iter()
                .any(|(_, word)| word.gives.contains(lack));
            if !is_given && !lacks.contains(lack) {
                lacks.push(*lack);
            }
        }
        if self.general.is_empty() {
            lacks.push(Lack::Kind);
        }
        lacks.sort_unstable();
        lacks
    }

    /// Whether the words do not say what the goods are: none of them tells it, and together they leave something open. `Leather bag` has no
    /// telling word either, but one gives what the other lacks.
    pub(super) fn is_vague(&self) -> bool {
        self.telling == 0 && !self.lacks().is_empty()
    }
}

impl GeneralWords {
    /// Takes the words of a pack; `None` where they are not in their order, each once.
    #[must_use]
    pub fn of(list: Vec<GeneralWord>) -> Option<Self> {
        let ascending = list.windows(2).all(|pair| match pair {
            [first, second] => first.word < second.word,
            _ => true,
        });
        ascending.then_some(Self { list })
    }

    /// A word as the list writes it; `None` for what is not one word.
    ///
    /// ```
    /// use dutiable::navigator::GeneralWords;
    /// assert_eq!(GeneralWords::spelt("Accessories").as_deref(), Some("accessory"));
    /// assert_eq!(GeneralWords::spelt("spare parts"), None);
    /// ```
    #[cfg(feature = "write")]
    #[must_use]
    pub fn spelt(word: &str) -> Option<String> {
        match words(word, None).as_slice() {
            [only] if only.form == Form::Whole => Some(only.text.clone()),
            _ => None,
        }
    }

    /// What a text leaves open that does not say what the goods are; `None` for one that does.
    pub(crate) fn lacks(&self, text: &str) -> Option<Vec<Lack>> {
        let told = self.read(text);
        told.is_vague().then(|| told.lacks())
    }

    /// The words of a text that tell a fact without telling the goods, as the list writes them: `cotton` gives the material.
    pub(crate) fn giving(&self, text: &str, fact: Lack) -> Vec<&str> {
        let words = words(text, None);
        let known = words.iter().filter_map(|word| self.find(&word.text));
        let giving = known.filter(|general| general.gives.contains(&fact));
        giving.map(|general| general.word.as_str()).collect()
    }

    fn find(&self, word: &str) -> Option<&GeneralWord> {
        let found = self
            .list
            .binary_search_by(|general| general.word.as_str().cmp(word));
        self.list.get(found.ok()?)
    }

    /// Reads a description.
    pub(super) fn read<'a>(&'a self, text: &'a str) -> Told<'a> {
        let mut said = words(text, None);
        // What hyphens join is read in its pieces: `gift-set` is no word of its own.
        said.retain(|word| word.form != Form::Joined);
        let mut told = Told {
            telling: 0,
            general: Vec::new(),
        };
        for word in &said {
            let general = self.find(&word.text);
            let says_little = |general: &&GeneralWord| {
                !said
                    .iter()
                    .any(|other| general.unless.contains(&other.text))
            };
            match general.filter(says_little) {
                Some(general) => {
                    let typed = text.get(word.at.clone()).unwrap_or_default();
                    told.general.push((typed, general));
                }
                None if tells_nothing(&word.text) => {}
                None => told.telling = told.telling.saturating_add(1),
            }
        }
        told
    }
}

/// Words with a digit are sizes, models and numbers, and single letters are sizes and signs.
fn tells_nothing(word: &str) -> bool {
    word.len() == 1 || word.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(word: &str, lacks: &[Lack], gives: &[Lack], unless: &[&str]) -> GeneralWord {
        GeneralWord {
            word: word.to_owned(),
            says: Says::General,
            lacks: lacks.to_vec(),
            gives: gives.to_vec(),
            unless: unless.iter().map(|word| (*word).to_owned()).collect(),
        }
    }

    fn list() -> Option<GeneralWords> {
        GeneralWords::of(vec![
            word("bag", &[Lack::Material], &[Lack::Kind], &["tea"]),
            word("gift", &[Lack::Kind], &[], &[]),
            word("good", &[Lack::Use, Lack::Kind], &[], &[]),
            word("leather", &[Lack::Kind], &[Lack::Material], &[]),
        ])
    }

    #[test]
    fn what_no_word_gives_is_lacking() {
        let list = list().unwrap_or_default();
        for (text, lacks) in [
            ("gift", &[Lack::Kind][..]),
            ("GIFTS, 3 x M", &[Lack::Kind]),
            ("leather goods", &[Lack::Kind, Lack::Use]),
            ("gift bag", &[Lack::Material]),
            ("2 x 500", &[Lack::Kind]),
            ("", &[Lack::Kind]),
        ] {
            let told = list.read(text);
            assert_eq!(
                (told.lacks(), told.is_vague()),
                (lacks.to_vec(), true),
                "{text}"
            );
        }
        for text in [
            "leather bag",
            "tea bag",
            "leather saddle",
            "gift-wrapped mug",
        ] {
            assert!(!list.read(text).is_vague(), "{text}");
        }
    }

    #[test]
    fn hyphens_hide_no_word() {
        let list = list().unwrap_or_default();
        assert!(list.read("gift-bag").is_vague());
        let typed: Vec<&str> = list
            .read("Gift-Bags")
            .general
            .iter()
            .map(|(typed, _)| *typed)
            .collect();
        assert_eq!(typed, ["Gift", "Bags"]);
    }

    #[test]
    fn a_list_out_of_order_is_refused() {
        let words = ["good", "gift"].map(|text| word(text, &[Lack::Kind], &[], &[]));
        assert!(GeneralWords::of(words.to_vec()).is_none());
        let twice = ["gift", "gift"].map(|text| word(text, &[Lack::Kind], &[], &[]));
        assert!(GeneralWords::of(twice.to_vec()).is_none());
    }
}
