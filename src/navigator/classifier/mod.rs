//! The classifier: which subheading a text of many words most likely means, by figures that were learned from described goods.
//!
//! Two opinions are added. The [`Memory`] knows in the texts of which subheadings each word was met, and what it is worth to be met
//! there; it is sure of what it has seen. The [`Vectors`] know which words mean alike, and are less easily led astray by a word that
//! merely stands beside. Everything is whole numbers, so the answer is the same in every browser. Scores are in 256ths of a natural
//! logarithm of odds ([`UNIT`]).
//!
//! The figures are learned in `tariff-data`, which reads the same words of a text and asks this code how good they are.

mod calibration;
mod memory;
mod numbers;
mod reading;
#[cfg(all(test, feature = "write"))]
mod tests;
mod vectors;
#[cfg(feature = "write")]
mod write;

use self::calibration::Calibration;
use self::memory::Memory;
use self::vectors::Vectors;
use super::vocabulary::Vocabulary;
use super::walk::Ranked;
use crate::error::{Error, ErrorCode};
use crate::gather::gather;
use crate::nomenclature::Tree;
use calibration::Agreement;
pub use calibration::Kind;
pub(crate) use reading::{Heard, Known};
#[cfg(feature = "write")]
pub use reading::{Role, text_pairs, text_roles, text_words};
#[cfg(feature = "write")]
pub use write::{ClassifierWriter, LearnedWord, SteppedRow, WrittenClassifier};

/// What one natural logarithm of odds is in scores.
pub(crate) const UNIT: i32 = 256;

/// The sections of a classifier, as the pack holds them.
///
/// `words` has the words it knows, as an index has them. `memory` has for each of them in how many subheadings' texts it was met, then
/// these subheadings by their steps, each with how often; then what the word is worth to them and to their headings. `vectors` has
/// the words' vectors, `classes` those of headings and subheadings; `calibration` says how often it is right.
#[derive(Clone, Copy, Debug)]
pub struct ClassifierSections<'a> {
    /// The words in their order.
    pub words: &'a [u8],
    /// Where each word was met.
    pub memory: &'a [u8],
    /// Vectors of the words.
    pub vectors: &'a [u8],
    /// Vectors of the headings and subheadings.
    pub classes: &'a [u8],
    /// Shares of right answers.
    pub calibration: &'a [u8],
}

/// An opened classifier.
#[derive(Clone)]
pub(crate) struct Classifier {
    words: Vocabulary,
    memory: Memory,
    vectors: Vectors,
    calibration: Calibration,
    leaves: Leaves,
}

/// The subheadings in the order of the nomenclature, and the heading of each, by their places.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaves {
    /// The nodes of the tree.
    pub(crate) nodes: Vec<usize>,
    heading_of: Vec<usize>,
    headings: usize,
}

impl Leaves {
    fn of(tree: &Tree) -> Self {
        let mut leaves = Self::default();
        for node in tree.positions() {
            match tree.code(node).map(|code| code.length()) {
                Some(4) => leaves.headings = leaves.headings.saturating_add(1),
                Some(6) => {
                    leaves.nodes.push(node);
                    leaves.heading_of.push(leaves.headings.saturating_sub(1));
                }
                _ => {}
            }
        }
        leaves
    }
}

impl core::fmt::Debug for Classifier {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Classifier")
            .field("words", &self.words.len())
            .field("leaves", &self.leaves.nodes.len())
            .finish()
    }
}

impl Classifier {
    /// Reads the sections of a classifier for this tree.
    pub(crate) fn open(sections: ClassifierSections<'_>, tree: &Tree) -> Result<Self, Error> {
        let leaves = Leaves::of(tree);
        let opened = || {
            let words = Vocabulary::open(sections.words)?;
            Some(Self {
                memory: Memory::open(sections.memory, words.len(), &leaves)?,
                vectors: Vectors::open(sections.vectors, sections.classes, words.len(), &leaves)?,
                calibration: Calibration::open(sections.calibration)?,
                words,
                leaves: leaves.clone(),
            })
        };
        opened().ok_or_else(|| ErrorCode::PackCorrupt.into())
    }

    /// The score of each subheading, with its node in the tree, in the order of the nomenclature; nothing where no word is known.
    pub(crate) fn scores(&self, known: &[Known]) -> Vec<(usize, i32)> {
        if known.is_empty() {
            return Vec::new();
        }
        let mut scores = self.vectors.scores(known, &self.leaves);
        self.memory.add(known, &self.leaves, &mut scores);
        gather(&mut self.leaves.nodes.iter().copied().zip(scores))
    }

    /// Whether the best of the index and the best of both are the same.
    pub(crate) fn agreement(&self, indexed: Option<&Ranked>, fused: Option<&Ranked>) -> Agreement {
        let heading = |ranked: &Ranked| {
            let leaf = self.leaves.nodes.binary_search(&ranked.node).ok()?;
            self.leaves.heading_of.get(leaf)
        };
        match indexed.zip(fused) {
            Some((one, other)) if one.node == other.node => Agreement::Subheading,
            Some((one, other)) if heading(one) == heading(other) => Agreement::Heading,
            _ => Agreement::Nothing,
        }
    }

    /// The share of codes that were right, in millionths, of those that had such a likelihood for such a text.
    pub(crate) fn confidence(&self, kind: Kind, likelihood: u32) -> u32 {
        self.calibration.share(kind, likelihood)
    }

    /// Whether the texts of a subheading, or of its heading, had a word.
    pub(crate) fn remembers(&self, known: &Known, node: usize) -> bool {
        let leaf = self.leaves.nodes.binary_search(&node);
        leaf.is_ok_and(|leaf| self.memory.met(known, leaf, &self.leaves))
    }

    /// A word that it knows.
    pub(crate) fn word(&self, known: &Known) -> &str {
        self.words.word(known.rank)
    }
}

/// `1024 / √n` for texts of `n` known words, given in eighths: the more words, the less each decides.
pub(crate) fn share_of_each(eighths: i32) -> i32 {
    (1_i32 << 23).checked_div(eighths).unwrap_or(0).isqrt()
}
