//! Down the tree: each subheading with what it inherits, and the best of them.

use super::index::Index;
use super::weights::widen;
use crate::nomenclature::{Level, Tree};

/// A node and its score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ranked {
    pub(crate) score: u32,
    pub(crate) node: usize,
}

/// What a node has of its own.
#[derive(Clone, Copy, Default)]
pub(super) struct Own {
    /// Of its designation and its national lines.
    pub(super) designated: u32,
    /// Of the best of its trade terms.
    pub(super) traded: u32,
    /// Which of the terms.
    pub(super) terms: u32,
}

impl Own {
    pub(super) const fn worth(&self) -> u32 {
        self.designated.saturating_add(self.traded)
    }
}

/// A walk through chapters that keeps the best subheadings.
pub(super) struct Walk<'a> {
    tree: &'a Tree,
    index: &'a Index,
    cover: Cover<'a>,
    pub(super) best: Vec<Ranked>,
    limit: usize,
}

impl<'a> Walk<'a> {
    pub(super) fn new(tree: &'a Tree, index: &'a Index, values: &'a [u32], limit: usize) -> Self {
        Self {
            tree,
            index,
            cover: Cover::new(values),
            best: Vec::new(),
            limit,
        }
    }

    /// Walks a chapter, whose nodes have these of their own. What has nothing and lies under nothing that has is passed over.
    pub(super) fn chapter(&mut self, chapter: usize, own: &[Own]) {
        let mut above = Above::default();
        for (node, own) in (chapter..).zip(own) {
            if own.terms == 0 && node >= above.end {
                continue;
            }
            let end = self.tree.under(node).end;
            match self.tree.level(node) {
                Some(Level::Chapter) => above.chapter = Lent { own: *own, end },
                Some(Level::Heading) => above.heading = Lent { own: *own, end },
                Some(Level::Group) => above.group = Lent { own: *own, end },
                _ => {
                    above.leave(node);
                    self.subheading(node, own, &above);
                    continue;
                }
            }
            if own.terms != 0 {
                above.end = above.end.max(end);
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

/// What a node lends to what lies under it.
#[derive(Clone, Copy, Default)]
struct Lent {
    own: Own,
    end: usize,
}

/// What stands above a subheading.
#[derive(Clone, Copy, Default)]
struct Above {
    chapter: Lent,
    heading: Lent,
    group: Lent,
    /// Where all of it ends.
    end: usize,
}

impl Above {
    /// Forgets what ends before a node.
    fn leave(&mut self, node: usize) {
        for lent in [&mut self.heading, &mut self.group] {
            if node >= lent.end {
                lent.own = Own::default();
            }
        }
    }

    const fn terms(&self) -> u32 {
        self.chapter.own.terms | self.heading.own.terms | self.group.own.terms
    }

    fn inherited(&self, index: &Index) -> u32 {
        let share = |lent: &Lent, share: u8| lent.own.worth().saturating_mul(widen(share)) >> 6;
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
pub(super) fn keep(best: &mut Vec<Ranked>, ranked: Ranked, limit: usize) {
    let full = best.len() >= limit;
    if full && best.last().is_none_or(|last| last.score >= ranked.score) {
        return;
    }
    let place = best.partition_point(|other| other.score >= ranked.score);
    best.truncate(limit.saturating_sub(1));
    best.insert(place, ranked);
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use crate::error::Error;
    use crate::navigator::{Navigator, NavigatorWriter};

    #[test]
    fn a_group_lends_its_words_to_its_own_subheadings_alone() -> Result<(), Error> {
        let mut writer = NavigatorWriter::default();
        writer.section(1, 5, "Live animals");
        for (code, title) in [
            ("01", "Live animals"),
            ("0101", "Beasts of burden"),
            ("010110", "Camels"),
            ("01012", "Horses"),
            ("010121", "Pure-bred"),
            ("010129", "Other"),
            ("010130", "Asses"),
            ("01014", "Mules"),
            ("010141", "Pure-bred"),
            ("010190", "Other"),
        ] {
            writer.node(code, title)?;
        }
        let written = writer.write()?;
        let navigator = Navigator::open(&written.tree, written.index())?;
        for (query, expected) in [
            ("horse ", &["010121", "010129"][..]),
            ("mule ", &["010141"]),
            ("pure-bred mule ", &["010141", "010121"]),
            ("camel ", &["010110"]),
        ] {
            let found = navigator.search(query, 10)?;
            let codes: Vec<_> = found.hits.iter().map(|hit| hit.code.as_str()).collect();
            assert_eq!(codes, expected, "{query}");
        }
        Ok(())
    }
}
