//! The index's ranking and the classifier's as one.

use super::classifier::UNIT;
use super::walk::{Ranked, keep};

/// What the best of the index gains, in the classifier's units; the others gain in proportion to their scores. The index knows beginnings and
/// slips, and words that the classifier never met. Of 1.5, 2, 3 and 4 it finds most held-out texts among ten and puts most noisy
/// titles first; of whole titles, descriptions and trade terms 2 puts up to a point more first.
const AGREED: i32 = 4 * UNIT;
/// How many of the index's best are heard.
pub(super) const HEARD: usize = 100;

/// What both say of each subheading.
pub(super) struct Fused {
    /// The nodes of the subheadings in the order of the nomenclature, with their scores in the classifier's units.
    scores: Vec<(usize, i32)>,
    /// The best score.
    most: i32,
    /// The odds of all of them against the best.
    odds: u64,
}

/// Adds what the index heard to the classifier's scores.
pub(super) fn fuse(heard: &[Ranked], mut scores: Vec<(usize, i32)>) -> Fused {
    let most = heard.first().map_or(1, |best| best.score.max(1));
    for ranked in heard {
        let Ok(at) = scores.binary_search_by_key(&ranked.node, |(node, _)| *node) else {
            continue;
        };
        if let Some((_, score)) = scores.get_mut(at) {
            let share = u64::from(ranked.score)
                .saturating_mul(1024)
                .checked_div(u64::from(most))
                .and_then(|share| i32::try_from(share).ok());
            let gain = share.unwrap_or(0).saturating_mul(AGREED) >> 10;
            *score = score.saturating_add(gain);
        }
    }
    Fused::of(scores)
}

impl Fused {
    fn of(scores: Vec<(usize, i32)>) -> Self {
        let most = scores.iter().map(|(_, score)| *score).max().unwrap_or(0);
        Self {
            odds: summed(most, scores.iter()),
            most,
            scores,
        }
    }

    /// What is said of a text that lists goods: each subheading is as likely, beside the best, as for those of the goods that it is likeliest for.
    pub(super) fn or(mut self, goods: &Self) -> Self {
        for ((_, score), (_, other)) in self.scores.iter_mut().zip(&goods.scores) {
            let below = score.saturating_sub(self.most);
            *score = below.max(other.saturating_sub(goods.most));
        }
        Self::of(self.scores)
    }

    /// The best of them, the best first; equal ones in the order of the nomenclature. Their scores are likelihoods in millionths.
    pub(super) fn best(&self, limit: usize) -> Vec<Ranked> {
        let mut ranked = Vec::new();
        for (node, score) in &self.scores {
            let score = ascending(*score);
            keep(&mut ranked, Ranked { score, node: *node }, limit);
        }
        for ranked in &mut ranked {
            ranked.score = millionths(odds(self.most, descended(ranked.score)), self.odds);
        }
        ranked
    }

    /// How likely it is one of these nodes, in millionths.
    pub(super) fn likelihood(&self, is_one: impl Fn(usize) -> bool) -> u32 {
        let of_these = self.scores.iter().filter(|(node, _)| is_one(*node));
        millionths(summed(self.most, of_these), self.odds)
    }
}

fn summed<'a>(most: i32, scores: impl Iterator<Item = &'a (usize, i32)>) -> u64 {
    scores.fold(0, |sum, (_, score)| sum.saturating_add(odds(most, *score)))
}

/// A signed score as an unsigned one, in the same order.
const fn ascending(score: i32) -> u32 {
    score.cast_unsigned() ^ 1 << 31
}

const fn descended(score: u32) -> i32 {
    (score ^ 1 << 31).cast_signed()
}

fn millionths(part: u64, whole: u64) -> u32 {
    let share = part.saturating_mul(1_000_000).checked_div(whole);
    share
        .and_then(|share| u32::try_from(share).ok())
        .unwrap_or(0)
}

/// `e^(−2ⁱ/256)` for each `i`, of 2³⁰.
const POWERS: [u64; 12] = [
    1_069_555_701,
    1_065_385_899,
    1_057_095_000,
    1_040_706_261,
    1_008_687_096,
    947_573_834,
    836_230_973,
    651_257_337,
    395_007_542,
    145_315_154,
    19_666_268,
    360_200,
];

/// How much likelier the best is: `e^((score − best) / 256)`, of 2³⁰.
fn odds(best: i32, score: i32) -> u64 {
    let below = best.saturating_sub(score);
    if below >> POWERS.len() != 0 {
        return 0;
    }
    let mut odds = 1_u64 << 30;
    for (bit, power) in POWERS.iter().enumerate() {
        if below >> bit & 1 == 1 {
            odds = odds.wrapping_mul(*power) >> 30; // neither factor is more than 2³⁰
        }
    }
    odds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_a_natural_logarithm() {
        let one = 1_u64 << 30;
        assert_eq!(odds(5, 5), one);
        // 2³⁰ ÷ e.
        assert!(odds(UNIT, 0).abs_diff(395_007_542) < 2);
        // 2³⁰ ÷ e^(1 + 1/2).
        assert!(odds(384, 0).abs_diff(239_584_185) < 3);
        assert_eq!(odds(i32::MAX, i32::MIN), 0);
    }

    #[test]
    fn the_best_of_the_index_gains_most_and_likelihoods_sum_to_a_million() {
        let heard = [Ranked { score: 50, node: 4 }, Ranked { score: 25, node: 2 }];
        let fused = fuse(&heard, vec![(2, 0), (3, 0), (4, 0)]);
        let best = fused.best(10);
        let nodes: Vec<_> = best.iter().map(|ranked| ranked.node).collect();
        assert_eq!(nodes, [4, 2, 3]);
        let sum: u32 = best.iter().map(|ranked| ranked.score).sum();
        assert!(sum.abs_diff(1_000_000) < 4, "{sum}");
        let one_of = |nodes: &[usize]| fused.likelihood(|node| nodes.contains(&node));
        let first = best.first().map(|ranked| ranked.score);
        assert_eq!(Some(one_of(&[4])), first);
        assert!((one_of(&[2, 3]) + one_of(&[4])).abs_diff(sum) < 4);
        assert_eq!((one_of(&[]), one_of(&[2, 3, 4])), (0, 1_000_000));
    }

    #[test]
    fn of_several_goods_each_has_its_best() {
        let whole = fuse(&[], vec![(2, 900), (3, 800), (4, 0)]);
        let goods = fuse(&[], vec![(2, -500), (3, -400), (4, 100)]);
        let both = whole.or(&goods);
        assert_eq!(both.scores, [(2, 0), (3, -100), (4, 0)]);
        assert_eq!(
            both.likelihood(|node| node == 4),
            both.likelihood(|node| node == 2)
        );
    }

    #[test]
    fn equal_ones_keep_the_order_of_the_nomenclature() {
        let best = fuse(&[], vec![(7, 1), (8, 2), (9, 1)]).best(2);
        let nodes: Vec<_> = best.iter().map(|ranked| ranked.node).collect();
        assert_eq!(nodes, [8, 7]);
    }
}
