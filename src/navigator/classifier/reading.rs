//! From a query to the words that the classifier knows.

use super::Classifier;
use crate::navigator::query::{MAX_WORDS, origin};
use crate::navigator::vocabulary::Vocabulary;
use crate::navigator::words::words;
use core::ops::Range;

/// A known word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) rank: usize,
    /// Where it stands in the query.
    pub(crate) at: Range<usize>,
    /// Whether it is what was typed, but for its number.
    pub(crate) is_exact: bool,
}

/// The shortest word that is taken to be misspelt.
const SHORTEST_MISSPELT: usize = 5;
/// A longer query is no longer typed by hand, and the words in it that are not known are names.
const LONGEST_TYPED: usize = 6;

impl Classifier {
    /// The words of a query that are known, each once, in the order of the query; where goods come from is passed over. In a short query an unknown word stands for the one that
    /// is a slip away.
    pub(crate) fn read(&self, text: &str) -> Vec<Known> {
        let mut words = words(text, None);
        let origin = origin(text, &words);
        words.retain(|word| word.at.start < origin);
        let is_typed = words.len() <= LONGEST_TYPED;
        let mut known: Vec<Known> = Vec::new();
        for word in words {
            let exact = self.words.rank(&word.text);
            let rank = exact.or_else(|| is_typed.then(|| slip(&self.words, &word.text)).flatten());
            if let Some(rank) = rank.filter(|rank| known.iter().all(|other| other.rank != *rank)) {
                known.push(Known {
                    rank,
                    at: word.at,
                    is_exact: exact.is_some(),
                });
            }
            if known.len() == MAX_WORDS {
                break;
            }
        }
        known
    }
}

fn slip(words: &Vocabulary, typed: &str) -> Option<usize> {
    let is_plain = typed.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_plain || typed.len() < SHORTEST_MISSPELT {
        return None;
    }
    words
        .near(typed, 1, false, 1)
        .first()
        .map(|found| found.rank)
}
