//! From words to nodes: what the query is worth to each text, and each text to its node.

use super::expand::Expansion;
use super::field::{Field, Stand};
use super::index::{Index, Posting, Text};
use super::walk::{Own, Ranked, Walk};
use super::weights::widen;
use crate::nomenclature::Tree;
use core::ops::Range;

/// A word that was asked, with the words of the index that answer it.
#[derive(Debug)]
pub(crate) struct Term {
    pub(crate) is_origin: bool,
    pub(crate) expansions: Vec<Expansion>,
}

/// What a text shares with the query.
#[derive(Clone, Copy, Default)]
struct Shared {
    worth: u32,
    /// Which of the terms.
    terms: u32,
}

/// The best subheadings, the best first; equal ones in the order of the nomenclature.
///
/// The entries of all words are read together, chapter by chapter, so that chapters without an answer cost nothing and what is reckoned
/// on is small.
pub(crate) fn rank(tree: &Tree, index: &Index, terms: &[Term], limit: usize) -> Vec<Ranked> {
    let (mut entries, values) = open(index, terms);
    let mut walk = Walk::new(tree, index, &values, limit);
    let (mut shared, mut own) = (Vec::new(), Vec::new());
    while let Some(text) = first(index, &entries) {
        let chapter = tree.chapter_of(usize::from(text.node));
        let nodes = chapter..tree.under(chapter).end;
        let texts = index.texts_of(&nodes);
        shared.clear();
        shared.resize(texts.len(), Shared::default());
        for entry in &mut entries {
            entry.share(&texts, &mut shared);
        }
        own.clear();
        own.resize(nodes.len(), Own::default());
        gather(index, texts.start, &shared, chapter, &mut own);
        walk.chapter(chapter, &own);
    }
    walk.best
}

/// The first text that has not been reckoned with.
fn first<'i>(index: &'i Index, entries: &[Open<'_>]) -> Option<&'i Text> {
    let next = entries.iter().filter_map(|entry| entry.rest.first());
    let text = next.map(|posting| posting.text).min()?;
    index.texts.get(usize::from(text))
}

/// An entry that is being read.
struct Open<'a> {
    rest: &'a [Posting],
    /// The term that it answers.
    bit: u32,
    /// What it is worth as the word stands.
    worth: [u32; 3],
}

impl Open<'_> {
    /// Adds the word to every text of a chapter that holds it. Of several words for a term the first in a text counts, and the better
    /// come first.
    fn share(&mut self, texts: &Range<usize>, shared: &mut [Shared]) {
        while let Some((posting, rest)) = self.rest.split_first() {
            let place = usize::from(posting.text).saturating_sub(texts.start);
            let Some(text) = shared.get_mut(place) else {
                return;
            };
            if text.terms & self.bit == 0 {
                text.terms |= self.bit;
                let [head, beside, excluded] = self.worth;
                text.worth = text.worth.saturating_add(match posting.stand {
                    Stand::Head => head,
                    Stand::Beside | Stand::Part => beside,
                    Stand::Excluded => excluded,
                });
            }
            self.rest = rest;
        }
    }
}

/// The entries of all words, in the order of the terms, and what each term is worth.
fn open<'a>(index: &'a Index, terms: &[Term]) -> (Vec<Open<'a>>, Vec<u32>) {
    let (mut entries, mut values) = (Vec::new(), Vec::new());
    let mut bit = 1_u32;
    for term in terms {
        let mut most = 0;
        for expansion in &term.expansions {
            let (value, rest) = index.entry(expansion.rank);
            let value = worth(index, term, expansion, value);
            most = value.max(most);
            let stand = |stand| value.saturating_mul(index.weights.stand(stand)) >> 6;
            entries.push(Open {
                rest,
                bit,
                worth: [
                    stand(Stand::Head),
                    stand(Stand::Beside),
                    stand(Stand::Excluded),
                ],
            });
        }
        values.push(most);
        bit <<= 1;
    }
    (entries, values)
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
fn gather(index: &Index, first_text: usize, shared: &[Shared], first_node: usize, own: &mut [Own]) {
    let texts = index.texts.get(first_text..).unwrap_or_default();
    for (text, shared) in texts.iter().zip(shared) {
        if shared.terms != 0 {
            let node = usize::from(text.node).saturating_sub(first_node);
            if let Some(own) = own.get_mut(node) {
                add(index, own, text, shared);
            }
        }
    }
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
