//! What is learned, in which order, and for how long.

use learner::{Dense, Random, Rates, Salience};

use super::draw::Draw;
use super::memory::{self, Counted, Own};
use super::texts::Texts;
use super::titles::Titles;

/// Texts that the worth of words is learned from: each once or twice.
const SALIENCE_STEPS: usize = 600_000;
/// Texts that the vectors are learned from: each some five times.
const VECTOR_STEPS: usize = 1_800_000;
/// How much of what the memory says stands beside the vectors while they are learned. With all of it they are worse where the memory is; with
/// none they learn what it knows already. A half put more held-out titles, descriptions and trade terms first than none, and more titles and
/// descriptions than all.
const BESIDE: f32 = 0.5;
/// How fast the vectors are learned, to begin with; it falls evenly to nothing.
const RATES: Rates = Rates {
    features: 0.3,
    classes: 0.1,
    smoothing: 0.1,
};
const SALIENCE_RATE: f32 = 0.1;
/// What a word that was met is worth at first, for each natural logarithm of its rarity.
const FIRST_WORTH: f32 = 0.3;
/// A word that stands in no more texts, those that are no designations counted twice, has no vector: the memory knows as much of it.
const FEWEST_TEXTS: u32 = 85;
const SEED: u64 = 1;

/// Everything that was learned.
pub(crate) struct Learned {
    pub(crate) counted: Counted,
    pub(crate) salience: Salience,
    pub(crate) dense: Dense,
    /// The feature of each word that has a vector.
    pub(crate) features: Vec<Option<usize>>,
}

/// What a word is worth is divided by the root of the number of words beside it, as in the classifier; 1.6 keeps the values near one.
const SALIENCE_SHARE: f32 = 1.6;

/// The share of each of so many words.
pub(crate) fn salience_share(words: usize) -> f32 {
    SALIENCE_SHARE / (words.max(1) as f32).sqrt()
}

/// Learns: first what words are worth that were met, then the vectors.
pub(crate) fn learn(texts: &Texts) -> Learned {
    let counted = memory::count(texts);
    let draw = Draw::new(&texts.texts);
    let titles = Titles::new(texts);
    let mut random = Random::new(SEED);
    let mut salience = salience(texts, &counted, &draw, &titles, &mut random);
    let features = features(&counted);
    let memory = (&counted, &mut salience);
    let dense = vectors(texts, &features, memory, &draw, &titles, &mut random);
    Learned {
        counted,
        salience,
        dense,
        features,
    }
}

fn salience(
    texts: &Texts,
    counted: &Counted,
    draw: &Draw,
    titles: &Titles<'_>,
    random: &mut Random,
) -> Salience {
    let leaves = texts.tree.leaves() as f32;
    let first = |word: usize| {
        let bearers = counted.pairs.bearers(word) as f32;
        let rarity = 1.0 + (leaves - bearers + 0.5) / (bearers + 0.5);
        // The logarithm only sets where learning begins: whole powers of two do.
        let doublings = (rarity.to_bits() >> 23) as f32 - 127.0;
        [FIRST_WORTH * doublings * core::f32::consts::LN_2, 0.0]
    };
    let values = (0..texts.vocabulary.len()).map(first).collect();
    let mut salience = Salience::new(texts.tree.clone(), values);
    for step in 0..SALIENCE_STEPS {
        let text = &texts.texts[draw.next(random)];
        let bag = memory::bag(&titles.vary(text, random));
        let rate = SALIENCE_RATE * left(step, SALIENCE_STEPS);
        salience.learn(
            &counted.pairs,
            &bag,
            salience_share(bag.len()),
            counted.own(text, &bag).as_ref().map(Own::as_pair),
            text.target,
            rate,
        );
    }
    salience
}

/// Numbers the words that have a vector: those of enough texts.
fn features(counted: &Counted) -> Vec<Option<usize>> {
    let counts = counted.texts.iter().zip(&counted.retail_texts);
    let mut next = 0;
    let number = |count: u32| {
        (count > FEWEST_TEXTS).then(|| {
            next += 1;
            next - 1
        })
    };
    let counts = counts.map(|(all, retail)| all + retail);
    counts.map(number).collect()
}

fn vectors(
    texts: &Texts,
    features: &[Option<usize>],
    (counted, salience): (&Counted, &mut Salience),
    draw: &Draw,
    titles: &Titles<'_>,
    random: &mut Random,
) -> Dense {
    let count = features.iter().flatten().count();
    let mut dense = Dense::new(texts.tree.clone(), count, super::WIDTH, SEED);
    for step in 0..VECTOR_STEPS {
        let text = &texts.texts[draw.next(random)];
        let bag = memory::bag(&titles.vary(text, random));
        let known: Vec<usize> = bag.iter().filter_map(|word| features[*word]).collect();
        if known.is_empty() {
            continue;
        }
        let share = salience_share(bag.len());
        let own = counted.own(text, &bag);
        let own = own.as_ref().map(Own::as_pair);
        let remembered = salience.forward(&counted.pairs, &bag, share, own);
        let rate = left(step, VECTOR_STEPS);
        dense.learn(&known, (remembered, BESIDE), text.target, RATES, rate);
    }
    dense
}

/// The share of the steps that is left.
fn left(step: usize, steps: usize) -> f32 {
    1.0 - step as f32 / steps as f32
}
