//! How often the classifier is right: of its answers to held-out texts, the share of codes that were, for each kind of text and each likelihood.
//!
//! Four sets are asked, and each counts as much as another: texts whole, strewn with noise, with words left out, for shoppers say less
//! than examples do, and the trade terms of another writer.

use dutiable::navigator::{ClassifierWriter, Navigator};
use learner::Random;

use super::evaluate;
use super::texts::{Codes, Question, Texts};

const KNOTS: [u32; 14] = ClassifierWriter::KNOTS;
/// Codes of each answer that are looked at.
const LOOKED_AT: usize = 5;
/// What all kinds together weigh in the row of one: as much as so many answers of it.
const PRIOR: f32 = 20.0;

/// A row of shares for each kind.
pub(crate) type Shares = Vec<[f32; 14]>;

/// A code that was given.
struct Given {
    kind: usize,
    likelihood: u32,
    is_right: bool,
    is_first: bool,
}

/// A set of questions and what was given for them.
pub(crate) struct Asked {
    pub(crate) name: &'static str,
    answers: Vec<Vec<Given>>,
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
    let given = hits
        .into_iter()
        .enumerate()
        .map(|(at, (code, likelihood))| Given {
            kind: kind.number(),
            likelihood,
            is_right: codes
                .leaf(&code)
                .is_some_and(|leaf| question.leaves.contains(&leaf)),
            is_first: at == 0,
        });
    given.collect()
}

/// The shares, learned from the answers of each set that are chosen by their place.
pub(crate) fn shares(sets: &[Asked], is_chosen: fn(usize) -> bool) -> Shares {
    let mut sums = vec![[[0.0_f32; 2]; 14]; ClassifierWriter::KINDS];
    let mut pooled = [[0.0_f32; 2]; 14];
    let largest = sets.iter().map(|set| set.answers.len()).max().unwrap_or(0) as f32;
    for set in sets {
        let weight = largest / set.answers.len().max(1) as f32;
        let chosen = set
            .answers
            .iter()
            .enumerate()
            .filter(|(at, _)| is_chosen(*at));
        for given in chosen.flat_map(|(_, answer)| answer) {
            for (knot, part) in parts(given.likelihood) {
                let part = part * weight;
                for sum in [&mut sums[given.kind][knot], &mut pooled[knot]] {
                    sum[0] += part;
                    sum[1] += if given.is_right { part } else { 0.0 };
                }
            }
        }
    }
    let all = rising(pooled, [0.0; 14], 0.0);
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
fn rising(sums: [[f32; 2]; 14], prior: [f32; 14], weight: f32) -> [f32; 14] {
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
pub(crate) fn written(shares: &Shares) -> Vec<[u8; 14]> {
    let rows = shares.iter();
    rows.map(|row| row.map(|share| (share * 250.0).round() as u8))
        .collect()
}

/// How far the confidence of first codes is from the share that is right: for each set, and for all with equal weight, the mean distance over
/// ten bins (expected calibration error, Naeini et al. 2015), then for each bin what was said, what was right, and of how many.
pub(crate) fn reliability(sets: &[Asked], shares: &Shares, is_chosen: fn(usize) -> bool) -> String {
    let mut lines = Vec::new();
    let mut all = [[0.0_f32; 2]; 10];
    for set in sets {
        let mut bins = [[0.0_f32; 3]; 10];
        let chosen = set
            .answers
            .iter()
            .enumerate()
            .filter(|(at, _)| is_chosen(*at));
        let firsts = chosen
            .flat_map(|(_, answer)| answer)
            .filter(|given| given.is_first);
        for given in firsts {
            let row = shares[given.kind];
            let said: f32 = parts(given.likelihood)
                .iter()
                .map(|(knot, part)| row[*knot] * part)
                .sum();
            let bin = &mut bins[((said * 10.0) as usize).min(9)];
            *bin = [
                bin[0] + 1.0,
                bin[1] + said,
                bin[2] + f32::from(given.is_right),
            ];
        }
        let count: f32 = bins.iter().map(|[count, ..]| count).sum();
        let error: f32 = bins
            .iter()
            .map(|[_, said, right]| (said - right).abs())
            .sum();
        for (sum, [_, said, right]) in all.iter_mut().zip(bins) {
            *sum = [sum[0] + said / count, sum[1] + right / count];
        }
        let curve = bins.iter().map(|[count, said, right]| match *count {
            0.0 => "–".to_owned(),
            count => format!("{:.2}→{:.2} ({count})", said / count, right / count),
        });
        lines.push(format!(
            "{:15} error {:.3}  {}",
            set.name,
            error / count,
            curve.collect::<Vec<_>>().join("  ")
        ));
    }
    let error: f32 = all.iter().map(|[said, right]| (said - right).abs()).sum();
    lines.push(format!(
        "{:15} error {:.3}",
        "all",
        error / sets.len() as f32
    ));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_never_falls() {
        let mut sums = [[10.0, 0.0]; 14];
        for (at, right) in [(3, 5.0), (4, 3.0), (5, 8.0)] {
            sums[at][1] = right;
        }
        sums[6..].fill([10.0, 9.0]);
        let row = rising(sums, [0.0; 14], 0.0);
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
