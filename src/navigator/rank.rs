//! From words to nodes: what the query is worth to each text, and each text to its node.

use super::expand::Expansion;
use super::index::{Field, Index, Stand, Text};
use super::walk::best;
use super::weights::widen;
use crate::error::{Error, ErrorCode};
use crate::nomenclature::Tree;

/// A word that was asked, with the words of the index that answer it.
#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) is_origin: bool,
    pub(crate) expansions: Vec<Expansion>,
}

/// A node and its score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ranked {
    pub(crate) score: u32,
    pub(crate) node: usize,
}

/// What a text shares with the query.
#[derive(Clone, Copy, Default)]
struct Shared {
    worth: u32,
    /// Which of the terms.
    terms: u32,
}

/// The texts, and which of them share anything: most queries touch few of them.
struct Texts {
    shared: Vec<Shared>,
    touched: Vec<usize>,
}

/// What a node has of its own.
#[derive(Clone, Copy, Default)]
pub(super) struct Own {
    /// Of its designation and its national lines.
    designated: u32,
    /// Of the best of its trade terms.
    traded: u32,
    /// Which of the terms.
    pub(super) terms: u32,
}

impl Own {
    pub(super) const fn worth(&self) -> u32 {
        self.designated.saturating_add(self.traded)
    }
}

/// The nodes, and which chapters have any that answers.
pub(super) struct Nodes {
    pub(super) own: Vec<Own>,
    pub(super) chapters: Vec<bool>,
}

/// The best subheadings, the best first; equal ones in the order of the nomenclature.
pub(crate) fn rank(
    tree: &Tree,
    index: &Index,
    terms: &[Term],
    limit: usize,
) -> Result<Vec<Ranked>, Error> {
    let mut texts = Texts {
        shared: vec![Shared::default(); index.texts.len()],
        touched: Vec::new(),
    };
    let mut values = Vec::with_capacity(terms.len());
    let mut bit = 1_u32;
    for term in terms {
        values.push(share_term(index, term, bit, &mut texts)?);
        bit <<= 1;
    }
    let nodes = gather(tree, index, &texts);
    Ok(best(tree, index, &nodes, &values, limit))
}

/// Adds a term to every text that holds a word for it; gives the term's value. Of several words the first in a text counts, and the
/// better come first.
fn share_term(index: &Index, term: &Term, bit: u32, texts: &mut Texts) -> Result<u32, Error> {
    let mut most = 0;
    for expansion in &term.expansions {
        let mut entry = index.entry(expansion.rank)?;
        let value = worth(index, term, expansion, entry.value);
        most = value.max(most);
        let stand = |stand| value.saturating_mul(index.weights.stand(stand)) >> 6;
        let [head, beside, excluded] = [Stand::Head, Stand::Beside, Stand::Excluded].map(stand);
        while let Some((position, stand)) = entry.next()? {
            let text = texts.shared.get_mut(position);
            let text = text.ok_or(ErrorCode::PackCorrupt)?;
            if text.terms & bit != 0 {
                continue;
            }
            if text.terms == 0 {
                texts.touched.push(position);
            }
            text.terms |= bit;
            text.worth = text.worth.saturating_add(match stand {
                Stand::Head => head,
                Stand::Beside => beside,
                Stand::Excluded => excluded,
            });
        }
    }
    Ok(most)
}

/// A word's value times the share that counts, in 16ths of an index unit.
fn worth(index: &Index, term: &Term, expansion: &Expansion, value: u8) -> u32 {
    let value = widen(value).saturating_mul(expansion.share) >> 2;
    if term.is_origin {
        value.saturating_mul(widen(index.weights.origin)) >> 6
    } else {
        value
    }
}

/// Sums the texts of each node: its designation, the best of its trade terms, its national lines.
fn gather(tree: &Tree, index: &Index, texts: &Texts) -> Nodes {
    let mut nodes = Nodes {
        own: vec![Own::default(); tree.len()],
        chapters: vec![false; tree.chapter_count()],
    };
    for position in &texts.touched {
        let text = index.texts.get(*position);
        let Some((text, shared)) = text.zip(texts.shared.get(*position)) else {
            continue;
        };
        let node = usize::from(text.node);
        let chapter = nodes.chapters.get_mut(tree.chapter_of(node));
        if let (Some(chapter), Some(own)) = (chapter, nodes.own.get_mut(node)) {
            *chapter = true;
            add(index, own, text, shared);
        }
    }
    nodes
}

fn add(index: &Index, own: &mut Own, text: &Text, shared: &Shared) {
    let length = if text.field == Field::Line {
        index.weights.lines_length
    } else {
        text.length
    };
    let mut worth = shared.worth.saturating_mul(index.length_share(length)) >> 6;
    worth = worth.saturating_mul(index.weights.field(text.field)) >> 6;
    own.terms |= shared.terms;
    match text.field {
        Field::Title => {
            own.designated = own
                .designated
                .saturating_add(whole(index, worth, shared, length))
        }
        Field::Term => own.traded = own.traded.max(whole(index, worth, shared, length)),
        Field::Line => own.designated = own.designated.saturating_add(worth),
    }
}

/// Adds what a text gains for holding little that was not asked: the square of the part that was.
fn whole(index: &Index, worth: u32, shared: &Shared, length: u8) -> u32 {
    let asked = shared.terms.count_ones().saturating_mul(64);
    let part = asked.checked_div(widen(length)).unwrap_or(0).min(64);
    let gain = widen(index.weights.whole_text).saturating_mul(part.saturating_mul(part)) >> 12;
    worth.saturating_add(worth.saturating_mul(gain) >> 6)
}
