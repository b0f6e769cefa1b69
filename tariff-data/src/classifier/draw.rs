//! Which text is learned next.

use std::collections::BTreeMap;

use learner::Random;

use super::texts::{Source, Text};

/// Draws texts by their weights; each source has its share of the draws, however many texts it has.
pub(crate) struct Draw {
    sums: Vec<f64>,
}

/// How much is learned from a source, beside the others. Shop words and described goods are what is asked; national lines are many, and
/// each says little; of a name there is nothing more to learn than is counted.
const fn share(source: Source) -> f64 {
    match source {
        Source::Designation | Source::TradeTerm => 1.0,
        Source::Line => 1.2,
        Source::ShopTerm => 3.0,
        Source::Example => 4.0,
        Source::Name => 0.0,
    }
}

impl Draw {
    pub(crate) fn new(texts: &[Text]) -> Self {
        let mut totals: BTreeMap<Source, f64> = BTreeMap::new();
        for text in texts {
            *totals.entry(text.source).or_default() += f64::from(text.weight);
        }
        let mut sum = 0.0;
        let sums = texts.iter().map(|text| {
            let total = totals.get(&text.source).copied().unwrap_or(1.0);
            sum += f64::from(text.weight) * share(text.source) / total;
            sum
        });
        Self {
            sums: sums.collect(),
        }
    }

    /// The place of the next text.
    pub(crate) fn next(&self, random: &mut Random) -> usize {
        let last = self.sums.last().copied().unwrap_or(0.0);
        let at = f64::from(random.share()) * last;
        self.sums
            .partition_point(|sum| *sum <= at)
            .min(self.sums.len().saturating_sub(1))
    }
}
