//! Learned figures as the whole numbers that are shipped.

use std::iter::successors;

use dutiable::navigator::{ClassifierWriter, LearnedWord, SteppedRow};
use learner::{Salience, Target};

use super::learn::{Learned, salience_share};
use super::texts::{Source, Texts};

/// How much the memory counts beside the vectors. Of 0.8, 1 and 1.25 it put most held-out titles, noisy ones and descriptions
/// first, of trade terms half a point fewer than 1; 1.5 was no better.
const MEMORY: f32 = 1.25;
/// The largest number of a word's row, of a heading's and of a subheading's. Smaller numbers compress better: at 7 the words alone would cost a
/// sixth more, and at 127 the headings twice as much.
const WORD_MOST: f32 = 5.0;
const HEADING_MOST: f32 = 15.0;
const SUBHEADING_MOST: f32 = 5.0;
/// What a subheading gains, in logarithms, for each time that its examples double: what more is written of is asked for more. The vectors and the
/// memory learn little of that, for designations name each subheading alike often. Of 0, 0.2, 0.35 and 0.55, more puts more among ten and, of well
/// described goods, fewer first; with half as many texts again 0.5 put no fewer first than 0.35 (`lexicon/README.md`).
const COMMON: f32 = 0.5;
/// What a word is worth is rounded to one of two dozen numbers, each a quarter more than the one before, or one more where that is less than one: they
/// compress to half as much. With a tenth in place of a quarter they cost 7 KB more, and answered no text better.
const WORTH_STEPS: u8 = 4;
/// A word worth less than this, in 32nds of a logarithm, is not remembered.
const LEAST_WORTH: u8 = 2;
/// A pair that would add less than this to a subheading and its heading, in logarithms for a word alone, is not remembered: what is met everywhere
/// says little by where it was met once. Of 0, 2, 3, 4 and 5 three put most noisy titles first and lost half a
/// point at most on other held-out texts. More texts than then need more for the budget; 5.3 puts half a point
/// fewer parcels among ten, and as much fewer titles first, than 4.8 would.
const LEAST_GAIN: f32 = 5.1;
/// A word of so few subheadings is remembered for all of them: it says no more elsewhere. No other number was tried.
const FEW_SUBHEADINGS: usize = 2;
/// A word of which no more was counted in all, and that fewer than two texts of shops or customs have, is a name or a slip, and not remembered, unless it
/// has a vector. Other numbers of texts were not tried.
const LEAST_COUNT_OF_WORD: f32 = 1.2;
const FEWEST_TEXTS_OF_WORD: u32 = 2;
/// A word with a digit that the texts of fewer subheadings have is a size or a model, and not remembered.
const FEWEST_WITH_DIGIT: usize = 3;

/// Rounds.
pub(crate) fn round(texts: &Texts, learned: &Learned) -> ClassifierWriter {
    let vectors: Vec<Option<&[f32]>> = learned
        .features
        .iter()
        .map(|feature| feature.map(|feature| learned.dense.feature(feature)))
        .collect();
    let word_unit = unit(vectors.iter().flatten().copied(), WORD_MOST);
    let leaves: Vec<&[f32]> = (0..texts.tree.leaves())
        .map(|leaf| learned.dense.leaf(leaf))
        .collect();
    let class_unit = unit(leaves.iter().copied(), SUBHEADING_MOST);
    let mut writer = ClassifierWriter {
        // A product of two units in 256ths of a logarithm; a text's vector is in 8ths; 16 bits are taken off.
        factor: (word_unit * class_unit * 256.0 * 8.0 * 65536.0).round() as u16,
        ..ClassifierWriter::default()
    };
    for (word, vector) in vectors.into_iter().enumerate() {
        let known = LearnedWord {
            vector: vector.map_or_else(SteppedRow::default, |vector| {
                stepped(vector, word_unit, WORD_MOST)
            }),
            ..remembered(texts, learned, word)
        };
        if known.vector.step > 0 || !known.met.is_empty() {
            writer.words.insert(texts.vocabulary[word].clone(), known);
        }
    }
    for branch in 0..texts.tree.branches() {
        writer.headings.push(stepped(
            learned.dense.branch(branch),
            class_unit,
            HEADING_MOST,
        ));
    }
    let examples = examples(texts);
    for (leaf, vector) in leaves.into_iter().enumerate() {
        let bias = learned.dense.bias(leaf) + COMMON * doublings(1 + examples[leaf]);
        let bias = (bias * 16.0).round();
        assert!(
            bias.abs() <= 127.0,
            "a subheading has {bias} 16ths of a logarithm before any word: a byte holds 127"
        );
        let bias = bias as i8;
        writer
            .subheadings
            .push((stepped(vector, class_unit, SUBHEADING_MOST), bias));
    }
    writer
}

/// How many examples each subheading has.
fn examples(texts: &Texts) -> Vec<u16> {
    let mut examples = vec![0; texts.tree.leaves()];
    for text in &texts.texts {
        if let (Source::Example, Target::Leaf(leaf)) = (text.source, text.target) {
            examples[leaf] += 1;
        }
    }
    examples
}

/// How often one must be doubled to come to a count of one or more, with straight lines between the powers of two: a logarithm is not the same on
/// every machine.
fn doublings(count: u16) -> f32 {
    let whole = count.ilog2();
    let beyond = f32::from(count) / (1_u32 << whole) as f32 - 1.0;
    whole as f32 + beyond
}

/// What is remembered of a word.
fn remembered(texts: &Texts, learned: &Learned, word: usize) -> LearnedWord {
    let scale = MEMORY * salience_share(1) * 32.0;
    let values = learned.salience.values()[word].map(|value| stepped_worth(value * scale));
    let mut known = LearnedWord {
        values,
        ..LearnedWord::default()
    };
    let pairs = &learned.counted.pairs;
    if is_name(texts, learned, word) || values.iter().all(|value| *value < LEAST_WORTH) {
        return known;
    }
    let worth = values.iter().map(|value| f32::from(*value)).sum::<f32>() / 32.0;
    let says_all = pairs.bearers(word) <= FEW_SUBHEADINGS;
    for (leaf, count) in pairs.of(word) {
        if says_all || worth * Salience::worth(count) >= LEAST_GAIN {
            known.met.insert(leaf as u16, level(count * 16.0));
        }
    }
    known
}

/// The number among those in steps of a quarter that is nearest, as a ratio.
fn stepped_worth(worth: f32) -> u8 {
    let next = |step: &u8| step.checked_add((step / WORTH_STEPS).max(1));
    let is_nearest = |step: &u8| {
        let square = |next| f32::from(*step) * f32::from(next);
        next(step).is_none_or(|next| worth * worth <= square(next))
    };
    let nearest = successors(Some(1), next).find(is_nearest);
    nearest.filter(|_| worth >= 0.5).unwrap_or(0)
}

/// Whether a word is a name, a model, a size or a slip, and no word for goods.
fn is_name(texts: &Texts, learned: &Learned, word: usize) -> bool {
    let pairs = &learned.counted.pairs;
    let mut bytes = texts.vocabulary[word].bytes();
    let has_digit = bytes.any(|byte| byte.is_ascii_digit());
    let is_model = has_digit && pairs.bearers(word) < FEWEST_WITH_DIGIT;
    let counted: f32 = pairs.of(word).map(|(_, count)| count).sum();
    let texts_of_goods = learned.counted.retail_texts[word];
    let is_rare = counted < LEAST_COUNT_OF_WORD && texts_of_goods < FEWEST_TEXTS_OF_WORD;
    is_model || (learned.features[word].is_none() && is_rare)
}

/// The level whose count is nearest, as a ratio.
fn level(count: f32) -> u8 {
    let levels = ClassifierWriter::COUNTS.map(|level| level as f32);
    let between = levels
        .windows(2)
        .filter(|pair| count * count > pair[0] * pair[1]);
    between.count() as u8
}

/// The unit in which the largest number of all rows is the largest row's most, by the largest step.
fn unit<'a>(rows: impl Iterator<Item = &'a [f32]>, most: f32) -> f32 {
    let largest = rows
        .flatten()
        .fold(0.0_f32, |largest, number| largest.max(number.abs()));
    largest / most / 255.0
}

/// A row in steps of so many units, the step such that its largest number is the most.
fn stepped(row: &[f32], unit: f32, most: f32) -> SteppedRow {
    let largest = row
        .iter()
        .fold(0.0_f32, |largest, number| largest.max(number.abs()));
    let step = (largest / most / unit).ceil().clamp(1.0, 255.0);
    let number = |number: &f32| (number / (step * unit)).round().clamp(-most, most) as i8;
    SteppedRow {
        step: step as u8,
        numbers: row.iter().map(number).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worth_is_the_nearest_of_its_steps() {
        let stepped = [0.4, 0.5, 7.4, 8.9, 9.0, 130.0, 200.0, 1e6].map(stepped_worth);
        assert_eq!(stepped, [0, 1, 7, 8, 10, 121, 188, 235]);
    }

    #[test]
    fn a_level_is_the_nearest_count() {
        for (level_of, count) in ClassifierWriter::COUNTS.into_iter().enumerate() {
            assert_eq!(usize::from(level(count as f32)), level_of);
        }
        assert_eq!((level(1.0), level(1e6)), (0, 3));
    }

    #[test]
    fn doublings_are_whole_at_powers_of_two_and_straight_between() {
        let counts = [1, 2, 3, 4, 6, 512];
        assert_eq!(counts.map(doublings), [0.0, 1.0, 1.5, 2.0, 2.5, 9.0]);
    }

    #[test]
    fn a_row_is_rounded_by_less_than_half_a_step() {
        let row = [0.5, -1.0, 0.26, 0.0];
        let unit = unit(std::iter::once(&row[..]), 5.0);
        let stepped = stepped(&row, unit, 5.0);
        assert_eq!(stepped.step, 255);
        for (number, rounded) in row.iter().zip(&stepped.numbers) {
            let back = f32::from(*rounded) * 255.0 * unit;
            assert!(
                (number - back).abs() <= 0.51 * 255.0 * unit,
                "{number} {back}"
            );
        }
    }
}
