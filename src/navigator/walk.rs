//! Down the tree: each subheading with what it inherits, and the best of them.

use super::index::Index;
use super::rank::{Nodes, Own, Ranked};
use super::weights::widen;
use crate::nomenclature::{Level, Tree};

/// Walks the chapters that have anything to answer, and keeps the best subheadings.
pub(super) fn best(
    tree: &Tree,
    index: &Index,
    nodes: &Nodes,
    values: &[u32],
    limit: usize,
) -> Vec<Ranked> {
    let mut walk = Walk {
        index,
        cover: Cover::new(values),
        best: Vec::with_capacity(limit.saturating_add(1)),
        limit,
    };
    for (position, answers) in nodes.chapters.iter().enumerate() {
        if *answers {
            walk.chapter(tree, nodes, tree.chapter_at(position));
        }
    }
    walk.best
}

struct Walk<'a> {
    index: &'a Index,
    cover: Cover<'a>,
    best: Vec<Ranked>,
    limit: usize,
}

impl Walk<'_> {
    fn chapter(&mut self, tree: &Tree, nodes: &Nodes, chapter: usize) {
        let mut above = Above::default();
        let end = tree.under(chapter).end;
        for node in chapter..end {
            let Some(own) = nodes.own.get(node) else {
                return;
            };
            if node >= above.group_end {
                above.group = Own::default();
            }
            match tree.level(node) {
                Some(Level::Chapter) => above.chapter = *own,
                Some(Level::Heading) => above.heading = *own,
                Some(Level::Group) => (above.group, above.group_end) = (*own, tree.under(node).end),
                _ => self.subheading(node, own, &above),
            }
        }
    }

    fn subheading(&mut self, node: usize, own: &Own, above: &Above) {
        let terms = own.terms | above.terms();
        if terms == 0 {
            return;
        }
        let worth = own.worth().saturating_add(above.inherited(self.index));
        let traded = self.index.terms.get(node).copied().unwrap_or(0);
        let worth = traded_more(self.index, worth, traded);
        let score = worth.saturating_mul(self.cover.of(terms)) >> 8;
        keep(&mut self.best, Ranked { score, node }, self.limit);
    }
}

/// What stands above a subheading.
#[derive(Clone, Copy, Default)]
struct Above {
    chapter: Own,
    heading: Own,
    group: Own,
    /// Where the group ends.
    group_end: usize,
}

impl Above {
    const fn terms(&self) -> u32 {
        self.chapter.terms | self.heading.terms | self.group.terms
    }

    fn inherited(&self, index: &Index) -> u32 {
        let share = |own: &Own, share: u8| own.worth().saturating_mul(widen(share)) >> 6;
        share(&self.group, index.weights.from_group)
            .saturating_add(share(&self.heading, index.weights.from_heading))
            .saturating_add(share(&self.chapter, index.weights.from_chapter))
    }
}

/// What is traded under many names is asked for more often.
fn traded_more(index: &Index, worth: u32, terms: u8) -> u32 {
    let doublings = widen(terms).saturating_add(1).ilog2();
    let gain = widen(index.weights.traded).saturating_mul(doublings);
    worth.saturating_add(worth.saturating_mul(gain) >> 6)
}

/// How much of the query a set of its terms is, in 256ths.
struct Cover<'a> {
    values: &'a [u32],
    all: u32,
    /// Neighbours in the tree mostly share the same terms.
    last: (u32, u32),
}

impl<'a> Cover<'a> {
    fn new(values: &'a [u32]) -> Self {
        let sum = values
            .iter()
            .fold(0_u32, |sum, value| sum.saturating_add(*value));
        Self {
            values,
            all: sum.max(1),
            last: (0, 0),
        }
    }

    fn of(&mut self, terms: u32) -> u32 {
        if self.last.0 != terms {
            let mut left = terms;
            let mut sum = 0_u32;
            for value in self.values {
                sum = sum.saturating_add(if left & 1 == 1 { *value } else { 0 });
                left >>= 1;
            }
            let share = sum.saturating_mul(256).checked_div(self.all);
            self.last = (terms, share.unwrap_or(0));
        }
        self.last.1
    }
}

/// Keeps a node if it is among the best so far; of equal ones the first.
fn keep(best: &mut Vec<Ranked>, ranked: Ranked, limit: usize) {
    let full = best.len() >= limit;
    if full && best.last().is_none_or(|last| last.score >= ranked.score) {
        return;
    }
    let place = best.partition_point(|other| other.score >= ranked.score);
    best.truncate(limit.saturating_sub(1));
    best.insert(place, ranked);
}
