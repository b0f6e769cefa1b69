//! Pairs of words that say more together than either does: `wall clock`, `toilet brush`, `fish finder`.
//!
//! The classifier hears two words side by side as a third where it knows it (`ear phones`), so a phrase is learned as a word.

use std::collections::{BTreeMap, BTreeSet};

use learner::Target;

use super::texts::{Row, is_retail};

/// How many phrases are learned: as many as the classifier's budget has room for. 12,000, with vectors for fewer words, answered held-out texts no
/// better than 6,000.
const MOST: usize = 4_000;
/// A pair of fewer texts is no phrase.
const FEWEST_TEXTS: f32 = 3.0;

/// Two words side by side.
type Pair = [String; 2];
/// In how many texts of each code something was met.
type Met = BTreeMap<Target, f32>;

/// Adds to the words of each text the phrases in it, and its pairs that are one word elsewhere.
pub(super) fn add(rows: &mut [Row]) {
    let mut known: BTreeSet<String> = best(rows).iter().map(|pair| pair.concat()).collect();
    known.extend(rows.iter().flat_map(|row| row.words.iter().cloned()));
    for row in rows {
        let joined: BTreeSet<String> = row.pairs.iter().map(|pair| pair.concat()).collect();
        let joined = joined.into_iter().filter(|joined| known.contains(joined));
        row.words.extend(joined);
    }
}

/// The pairs that gain most.
fn best(rows: &[Row]) -> Vec<Pair> {
    let retail = || rows.iter().filter(|row| is_retail(row.source));
    let words = count(retail().map(|row| (&row.words, row.target)));
    // The lexicon's term is a text for each word that it may be given with, with the same pairs: they count once.
    let texts: BTreeSet<(&Vec<Pair>, Target)> =
        retail().map(|row| (&row.pairs, row.target)).collect();
    let pairs = count(texts.into_iter());
    let mut gains: Vec<(i64, &Pair)> = pairs
        .into_iter()
        .filter(|(_, met)| texts_of(met) >= FEWEST_TEXTS)
        .map(|(pair, met)| {
            let of_words = pair.each_ref().map(|word| words.get(word));
            (gain(&met, of_words), pair)
        })
        .collect();
    gains.sort_by(|one, other| other.cmp(one));
    gains
        .into_iter()
        .take(MOST)
        .map(|(_, pair)| pair.clone())
        .collect()
}

/// Counts for each thing in texts how many of each code have it.
fn count<'r, T: Ord + 'r>(
    texts: impl Iterator<Item = (&'r Vec<T>, Target)>,
) -> BTreeMap<&'r T, Met> {
    let mut found: BTreeMap<&T, Met> = BTreeMap::new();
    for (things, target) in texts {
        for thing in things {
            *found.entry(thing).or_default().entry(target).or_default() += 1.0;
        }
    }
    found
}

/// How many more texts a pair puts under its likeliest code than the better of its words would, in 1024ths.
fn gain(pair: &Met, words: [Option<&Met>; 2]) -> i64 {
    let likeliest = pair
        .iter()
        .rev()
        .max_by(|one, other| one.1.total_cmp(other.1));
    let Some((code, _)) = likeliest else {
        return 0;
    };
    let by_words = words.into_iter().flatten().map(|word| share(word, *code));
    let more = share(pair, *code) - by_words.fold(0.0, f32::max);
    (texts_of(pair) * more * 1024.0) as i64
}

/// The share of a code; of few texts it says less.
fn share(met: &Met, code: Target) -> f32 {
    (met.get(&code).copied().unwrap_or(0.0) + 0.5) / (texts_of(met) + 1.0)
}

fn texts_of(met: &Met) -> f32 {
    met.values().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(counts: &[(usize, f32)]) -> Met {
        counts
            .iter()
            .map(|(leaf, count)| (Target::Leaf(*leaf), *count))
            .collect()
    }

    #[test]
    fn a_pair_gains_where_its_words_are_met_elsewhere() {
        // `wall` and `clock` each in many texts of others, `wall clock` always in one; `steel` says as much as `steel pan`.
        let (wall, clock) = (met(&[(0, 3.0), (1, 30.0)]), met(&[(0, 3.0), (2, 30.0)]));
        let pan = met(&[(3, 5.0)]);
        let phrase = gain(&met(&[(0, 3.0)]), [Some(&wall), Some(&clock)]);
        let idle = gain(&met(&[(3, 3.0)]), [Some(&pan), None]);
        assert!(phrase > 2 * 1024 && idle <= 0, "{phrase} {idle}");
    }
}
