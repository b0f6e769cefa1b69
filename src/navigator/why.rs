//! Why each hit was found: for every word asked, the best word of the index that answers it, and where that stands.

use super::expand::Expansion;
use super::field::Field;
use super::index::Index;
use super::query::Asked;
use super::rank::Term;
use super::result::{How, Place, Why};
use super::walk::Ranked;
use crate::gather::gather;
use crate::nomenclature::Tree;
use std::borrow::Cow;

/// Of a hit, for each term: where the best answer stands, and which expansion it is.
type Best = Vec<Option<(Place, usize)>>;

/// The reasons of each hit, in the order of the query.
pub(crate) fn explain<'a>(
    tree: &Tree,
    index: &'a Index,
    asked: &[Asked<'a>],
    terms: &[Term],
    hits: &[Ranked],
) -> Vec<Vec<Why<'a>>> {
    let mut wanted = vec![false; tree.len()];
    for hit in hits {
        for node in lineage(tree, hit.node) {
            if let Some(wanted) = wanted.get_mut(node) {
                *wanted = true;
            }
        }
    }
    let mut best: Vec<Best> = vec![vec![None; terms.len()]; hits.len()];
    for (position, term) in terms.iter().enumerate() {
        for (rank, expansion) in term.expansions.iter().enumerate() {
            for posting in index.entry(expansion.rank).1 {
                let Some(text) = index.texts.get(usize::from(posting.text)) else {
                    continue;
                };
                let node = usize::from(text.node);
                if wanted.get(node) == Some(&true) {
                    note(tree, hits, &mut best, (node, text.field), (position, rank));
                }
            }
        }
    }
    gather(&mut best.iter().map(|best| told(index, asked, terms, best)))
}

/// A node and what is above it.
fn lineage(tree: &Tree, node: usize) -> impl Iterator<Item = usize> {
    core::iter::successors(Some(node), |node| tree.parent(*node))
}

/// Notes a word at a node for each hit that it stands for. The better expansion comes first; among its places the nearer one holds.
fn note(tree: &Tree, hits: &[Ranked], best: &mut [Best], at: (usize, Field), of: (usize, usize)) {
    let ((node, field), (term, rank)) = (at, of);
    for (hit, best) in hits.iter().zip(best) {
        let place = if hit.node == node {
            match field {
                Field::Title => Place::Title,
                Field::Term => Place::Term,
                Field::Line => Place::Line,
            }
        } else if tree.under(node).contains(&hit.node) {
            Place::Ancestor
        } else {
            continue;
        };
        if let Some(best) = best.get_mut(term) {
            let is_better = best.is_none_or(|(known, other)| (rank, place) < (other, known));
            if is_better {
                *best = Some((place, rank));
            }
        }
    }
}

fn told<'a>(index: &'a Index, asked: &[Asked<'a>], terms: &[Term], best: &Best) -> Vec<Why<'a>> {
    let answers = asked.iter().zip(terms).zip(best);
    let mut told = answers.filter_map(|((asked, term), best)| {
        let (place, rank) = (*best)?;
        let expansion = term.expansions.get(rank)?;
        Some(Why {
            asked: asked.typed,
            word: shown(index, asked, expansion),
            place,
            how: expansion.how,
        })
    });
    gather(&mut told)
}

/// The index's word; where that is a stem that nobody writes, the same word as it was typed.
fn shown<'a>(index: &'a Index, asked: &Asked<'a>, expansion: &Expansion) -> Cow<'a, str> {
    let word = index.words.word(expansion.rank);
    if expansion.how == How::Exact && asked.full.starts_with(word) {
        Cow::Owned(asked.full.clone())
    } else {
        Cow::Borrowed(word)
    }
}
