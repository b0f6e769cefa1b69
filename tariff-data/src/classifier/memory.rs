//! What is counted: in how many texts of each subheading a word was met.

use std::collections::BTreeMap;

use dutiable::navigator::Role;
use learner::{Pairs, Target};

use super::texts::{Source, Text, Texts, is_retail};

/// The pairs, in how many texts each word stands, and what a count is multiplied with at each leaf.
pub(crate) struct Counted {
    pub(crate) pairs: Pairs,
    /// In how many texts of any source.
    pub(crate) texts: Vec<u32>,
    /// In how many of these that are of shops or customs.
    pub(crate) retail_texts: Vec<u32>,
    norms: Vec<f32>,
}

/// How much of a count a leaf with many words loses (BM25's `b`, over the root of the words, for a leaf has many texts).
const LONG: f32 = 0.75;

/// How much a text counts. National lines repeat each other; a customs administration's own term is no guess; a name has one text for all that
/// are sold under it (no other number than six was tried).
const fn count_of(source: Source) -> f32 {
    match source {
        Source::Designation | Source::ShopTerm | Source::Example => 1.0,
        Source::Line => 0.5,
        Source::TradeTerm => 2.0,
        Source::Name => 6.0,
    }
}

/// How much a word counts by what it does in the name of the goods: a `lawnmower blade` tells more of blades than of lawnmowers. Of four sets of
/// numbers these put most noisy titles and parcels first and among ten; none is best of every set (`lexicon/README.md`).
const fn count_as(role: Role) -> f32 {
    match role {
        Role::Head => 1.5,
        Role::Beside => 0.8,
        Role::Aside => 0.6,
        Role::Any => 1.0,
    }
}

impl Counted {
    /// What a text itself adds to the counts of its leaf for each of these words: it may not answer for itself while it is learned.
    pub(crate) fn own(&self, text: &Text, bag: &[usize]) -> Option<Own> {
        let Target::Leaf(leaf) = text.target else {
            return None;
        };
        let each = count_of(text.source) * self.norms[leaf];
        let of = word_counts(text);
        let own = |word: &usize| of.get(word).map_or(0.0, |count| count * each);
        Some(Own {
            leaf,
            counts: bag.iter().map(own).collect(),
        })
    }
}

/// What a text adds to the counts of its leaf.
pub(crate) struct Own {
    leaf: usize,
    counts: Vec<f32>,
}

impl Own {
    /// As it is learned beside.
    pub(crate) fn as_pair(&self) -> (usize, &[f32]) {
        (self.leaf, &self.counts)
    }
}

/// What each word of a text counts; what has no role (designations, phrases that are read as a word) counts whole.
fn word_counts(text: &Text) -> BTreeMap<usize, f32> {
    let mut counts: BTreeMap<usize, f32> = BTreeMap::new();
    for (at, word) in text.words.iter().enumerate() {
        let count = text.roles.get(at).map_or(1.0, |role| count_as(*role));
        let most = counts.entry(*word as usize).or_default();
        *most = most.max(count);
    }
    counts
}

/// Counts; a text of a heading counts for its subheadings in equal parts.
pub(crate) fn count(texts: &Texts) -> Counted {
    let mut counts: BTreeMap<(usize, usize), f32> = BTreeMap::new();
    let mut texts_of = vec![0; texts.vocabulary.len()];
    let mut retail_texts_of = texts_of.clone();
    for text in &texts.texts {
        let words = word_counts(text);
        for word in words.keys() {
            texts_of[*word] += 1;
            retail_texts_of[*word] += u32::from(is_retail(text.source));
        }
        let leaves = match text.target {
            Target::Leaf(leaf) => leaf..leaf + 1,
            Target::Branch(branch) => texts.tree.leaves_of(branch),
        };
        let count = count_of(text.source) / leaves.len() as f32;
        for leaf in leaves {
            for (word, of_word) in &words {
                *counts.entry((*word, leaf)).or_default() += count * of_word;
            }
        }
    }
    let mut totals = vec![0.0_f32; texts.tree.leaves()];
    for ((_, leaf), count) in &counts {
        totals[*leaf] += count;
    }
    let mean = totals.iter().map(|total| total.sqrt()).sum::<f32>() / totals.len() as f32;
    let norm = |total: &f32| 1.0 / (1.0 - LONG + LONG * total.sqrt() / mean);
    let norms: Vec<f32> = totals.iter().map(norm).collect();
    let pairs = counts
        .into_iter()
        .map(|((word, leaf), count)| (word, leaf, count * norms[leaf]));
    Counted {
        pairs: Pairs::new(texts.vocabulary.len(), pairs),
        texts: texts_of,
        retail_texts: retail_texts_of,
        norms,
    }
}

/// The words of a text, each once.
pub(crate) fn bag(words: &[u32]) -> Vec<usize> {
    let mut bag: Vec<usize> = words.iter().map(|word| *word as usize).collect();
    bag.sort_unstable();
    bag.dedup();
    bag
}
