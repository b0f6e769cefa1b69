//! How often the classifier is right: of its answers to held-out texts, the share of codes that were, for each kind of text and each likelihood.
//!
//! Four sets are asked, and each counts as much as another: texts whole, strewn with noise, with words left out, for shoppers say less
//! than examples do, and the trade terms of another writer.

use dutiable::navigator::{ClassifierWriter, Navigator};
use learner::Random;

use super::evaluate;
use super::texts::{Codes, Question, Texts};

const KNOTS: [u32; ROW] = ClassifierWriter::KNOTS;
/// Shares of a kind.
pub(crate) const ROW: usize = ClassifierWriter::KNOTS.len();
/// Codes of each answer that are looked at.
const LOOKED_AT: usize = 5;
/// What all kinds together weigh in the row of one: as much as so many answers of it.
const PRIOR: f32 = 20.0;

/// A row of shares for each kind.
pub(crate) type Shares = Vec<[f32; ROW]>;

/// A code that was given.
struct Given {
    kind: usize,
    likelihood: u32,
    is_right: bool,
}

/// A set of questions and what was given for them.
pub(crate) struct Asked {
    name: &'static str,
    answers: Vec<Vec<Given>>,
}

impl Asked {
    /// The answers that are chosen by their place.
    fn chosen(&self, is_chosen: fn(usize) -> bool) -> impl Iterator<Item = &Vec<Given>> {
        let answers = self.answers.iter().enumerate();
        let chosen = answers.filter(move |(at, _)| is_chosen(*at));
        chosen.map(|(_, answer)| answer)
    }
}

/// Asks the four sets.
pub(crate) fn ask(texts: &Texts, navigator: &Navigator) -> Vec<Asked> {
    let mut sets = evaluate::sets(texts);
    let whole = sets
        .iter()
        .find(|(name, _)| *name == "descriptions")
        .map_or_else(Vec::new, |(_, questions)| questions.clone());
    let mut random = Random::new(5);
    let less = whole.iter().map(|question| Question {
        text: with_less(&question.text, &mut random),
        ..question.clone()
    });
    sets.push(("words left out", less.collect()));
    sets.retain(|(name, _)| *name != "titles");
    let answers = |questions: Vec<Question>| {
        let with_leaf = questions
            .into_iter()
            .filter(|question| !question.leaves.is_empty());
        with_leaf
            .map(|question| answer(&texts.codes, &question, navigator))
            .collect()
    };
    sets.into_iter()
        .map(|(name, questions)| Asked {
            name,
            answers: answers(questions),
        })
        .collect()
}

/// A text of which one word in three is left out, but never all.
fn with_less(text: &str, random: &mut Random) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let kept: Vec<&str> = words
        .iter()
        .filter(|_| random.below(3) > 0)
        .copied()
        .collect();
    if kept.is_empty() {
        text.to_owned()
    } else {
        kept.join(" ")
    }
}

fn answer(codes: &Codes, question: &Question, navigator: &Navigator) -> Vec<Given> {
    let Some((kind, hits)) = navigator.likelihoods(&question.text, LOOKED_AT) else {
        return Vec::new();
    };
    let given = hits.into_iter().map(|(code, likelihood)| Given {
        kind: kind.number(),
        likelihood,
        is_right: codes
            .leaf(&code)
            .is_some_and(|leaf| question.leaves.contains(&leaf)),
    });
    given.collect()
}

/// The shares, learned from the answers of each set that are chosen by their place.
pub(crate) fn shares(sets: &[Asked], is_chosen: fn(usize) -> bool) -> Shares {
    let mut sums = vec![[[0.0_f32; 2]; ROW]; ClassifierWriter::KINDS];
    let mut pooled = [[0.0_f32; 2]; ROW];
    let largest = sets.iter().map(|set| set.answers.len()).max().unwrap_or(0) as f32;
    for set in sets {
        let weight = largest / set.answers.len().max(1) as f32;
        for given in set.chosen(is_chosen).flatten() {
            for (knot, part) in parts(given.likelihood) {
                let part = part * weight;
                for sum in [&mut sums[given.kind][knot], &mut pooled[knot]] {
                    sum[0] += part;
                    sum[1] += if given.is_right { part } else { 0.0 };
                }
            }
        }
    }
    let all = rising(pooled, [0.0; ROW], 0.0);
    sums.into_iter()
        .map(|sums| rising(sums, all, PRIOR))
        .collect()
}

/// The two knots that a likelihood lies between, and how near it is to each.
fn parts(likelihood: u32) -> [(usize, f32); 2] {
    let above = KNOTS.partition_point(|knot| *knot <= likelihood);
    let (low, high) = (above - 1, above.min(KNOTS.len() - 1));
    let span = (KNOTS[high] - KNOTS[low]).max(1) as f32;
    let part = (likelihood - KNOTS[low]) as f32 / span;
    [(low, 1.0 - part), (high, part)]
}

/// The share at each knot, none less than the one before: neighbours that fall are put together (pool adjacent violators).
fn rising(sums: [[f32; 2]; ROW], prior: [f32; ROW], weight: f32) -> [f32; ROW] {
    let mut blocks: Vec<([f32; 2], usize)> = Vec::new();
    for ([count, right], prior) in sums.into_iter().zip(prior) {
        blocks.push(([count + weight + 1e-3, right + weight * prior], 1));
        while let [.., (before, _), (last, _)] = blocks.as_slice() {
            if before[1] * last[0] <= last[1] * before[0] {
                break;
            }
            if let Some((last, length)) = blocks.pop()
                && let Some((before, so_far)) = blocks.last_mut()
            {
                *before = [before[0] + last[0], before[1] + last[1]];
                *so_far += length;
            }
        }
    }
    let mut row = blocks
        .into_iter()
        .flat_map(|([count, right], length)| std::iter::repeat_n(right / count, length));
    std::array::from_fn(|_| row.next().unwrap_or(0.0))
}

/// The shares as a pack has them, in 250ths.
pub(crate) fn written(shares: &Shares) -> Vec<[u8; ROW]> {
    let rows = shares.iter();
    rows.map(|row| {
        row.map(|share| (share * f32::from(ClassifierWriter::WHOLE_SHARE)).round() as u8)
    })
    .collect()
}

/// How far the confidence of first codes is from the share that is right: for each set, and for all with equal weight, the mean distance over
/// ten bins (expected calibration error, Naeini et al. 2015), then for each bin what was said, what was right, and of how many.
pub(crate) fn reliability(sets: &[Asked], shares: &Shares, is_chosen: fn(usize) -> bool) -> String {
    let mut lines = Vec::new();
    let mut all = [[0.0_f32; 3]; 10];
    for set in sets {
        let bins = bins(set.chosen(is_chosen), shares);
        let count: f32 = bins.iter().map(|[count, ..]| count).sum();
        for (sum, bin) in all.iter_mut().zip(bins) {
            *sum = std::array::from_fn(|at| sum[at] + bin[at] / count);
        }
        let curve = bins.iter().map(|[count, said, right]| match *count {
            0.0 => "–".to_owned(),
            count => format!("{:.2}→{:.2} ({count})", said / count, right / count),
        });
        let curve = curve.collect::<Vec<_>>().join("  ");
        lines.push(format!(
            "{:15} error {:.3}  {curve}",
            set.name,
            error(&bins)
        ));
    }
    lines.push(format!("{:15} error {:.3}", "all", error(&all)));
    lines.join("\n")
}

/// Of first codes, in tenths of what is said of them: how many, the sum of what is said, and how many are right.
fn bins<'g>(answers: impl Iterator<Item = &'g Vec<Given>>, shares: &Shares) -> [[f32; 3]; 10] {
    let mut bins = [[0.0_f32; 3]; 10];
    for given in answers.filter_map(|answer| answer.first()) {
        let row = shares[given.kind];
        let said = parts(given.likelihood).map(|(knot, part)| row[knot] * part);
        let said: f32 = said.iter().sum();
        let bin = &mut bins[((said * 10.0) as usize).min(9)];
        *bin = [
            bin[0] + 1.0,
            bin[1] + said,
            bin[2] + f32::from(given.is_right),
        ];
    }
    bins
}

/// The mean distance between what is said and what is right.
fn error(bins: &[[f32; 3]; 10]) -> f32 {
    let count: f32 = bins.iter().map(|[count, ..]| count).sum();
    let distance = bins.iter().map(|[_, said, right]| (said - right).abs());
    distance.sum::<f32>() / count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_never_falls() {
        let mut sums = [[10.0, 0.0]; ROW];
        for (at, right) in [(3, 5.0), (4, 3.0), (5, 8.0)] {
            sums[at][1] = right;
        }
        sums[6..].fill([10.0, 9.0]);
        let row = rising(sums, [0.0; ROW], 0.0);
        assert!(row.is_sorted());
        assert!((row[3] - 0.4).abs() < 0.01 && row[3] == row[4]);
        assert!((row[5] - 0.8).abs() < 0.01);
    }

    #[test]
    fn a_likelihood_counts_for_the_knots_beside_it() {
        assert_eq!(parts(0), [(0, 1.0), (1, 0.0)]);
        assert_eq!(parts(250_000), [(4, 0.5), (5, 0.5)]);
        assert_eq!(parts(1_000_000)[0].0, 13);
    }
}
