//! A classifier of four words over three subheadings, reckoned by hand.

use super::{Classifier, ClassifierSections, ClassifierWriter, LearnedWord, SteppedRow};
use crate::error::{Error, ErrorCode};
use crate::navigator::NavigatorWriter;
use crate::nomenclature::Tree;
use proptest::prelude::*;

fn tree() -> Result<Tree, Error> {
    let mut writer = NavigatorWriter::default();
    for code in ["61", "6109", "610910", "610990", "71", "7113", "711311"] {
        writer.node(code, "goods")?;
    }
    Tree::open(&writer.write()?.tree)
}

/// A row whose first number is this, and the others nothing.
fn row(step: u8, first: i8) -> SteppedRow {
    let mut numbers = vec![0; ClassifierWriter::WIDTH];
    if let Some(number) = numbers.first_mut() {
        *number = first;
    }
    SteppedRow { step, numbers }
}

#[test]
fn the_last_word_of_a_short_first_phrase_is_the_head() {
    use super::Role::{Any, Aside, Beside, Head};
    let roles = super::text_roles;
    assert_eq!(roles("cordless lawnmower blade"), [Beside, Beside, Head]);
    assert_eq!(roles("blade for lawnmowers, steel"), [Head, Aside, Aside]);
    assert_eq!(roles("set of wine glasses"), [Aside, Beside, Head]);
    assert_eq!(roles("heart shaped cushion"), [Aside, Beside, Head]);
    assert_eq!(
        roles("t-shirt style bag"),
        [Aside, Aside, Aside, Beside, Head]
    );
    assert_eq!(roles("style guide"), [Beside, Head]);
    assert_eq!(roles("glass vase 30 cm"), [Beside, Head, Beside, Beside]);
    assert_eq!(roles("one two three four five six"), [Any; 6]);
    assert_eq!(roles("30, 40"), [Any, Aside]);
    assert_eq!(roles(""), []);
}

fn remembered(met: &[(u16, u8)], values: [u8; 2]) -> LearnedWord {
    LearnedWord {
        met: met.iter().copied().collect(),
        values,
        ..LearnedWord::default()
    }
}

fn writer() -> ClassifierWriter {
    let mut writer = ClassifierWriter {
        headings: vec![row(1, 0), row(1, 0)],
        subheadings: vec![(row(255, 7), 0), (row(255, -7), 0), (row(255, 0), 16)],
        factor: 256,
        calibration: vec![[0; 14]; ClassifierWriter::KINDS],
        ..ClassifierWriter::default()
    };
    let cotton = LearnedWord {
        vector: row(255, 7),
        ..remembered(&[], [0; 2])
    };
    for (word, learned) in [
        ("cotton", cotton),
        ("ring", remembered(&[(2, 1)], [32, 0])),
        ("shirt", remembered(&[(0, 0), (1, 1)], [32, 64])),
        ("sterling", remembered(&[(2, 3)], [0, 0])),
    ] {
        writer.words.insert(word.to_owned(), learned);
    }
    writer
}

fn scores(text: &str) -> Result<Vec<i32>, Error> {
    let written = writer().write()?;
    let classifier = Classifier::open(written.sections(), &tree()?)?;
    let scores = classifier.scores(&classifier.read(text).known).into_iter();
    Ok(scores.map(|(_, score)| score).collect())
}

#[test]
fn what_was_written_is_what_is_reckoned() -> Result<(), Error> {
    // A count of 20 of 16ths is worth 20 × 563 ÷ (20 + 19) = 288 of 256ths; the third subheading has a whole logarithm before any word.
    assert_eq!(scores("ring")?, [0, 0, 288 + 256]);
    // A count of 8 is worth 166; the heading's 28 are worth 335, and it values the word twice.
    assert_eq!(scores("shirts")?, [166 + 670, 288 + 670, 256]);
    // The vectors: 7 × 255 in 8ths is 223, times 7 × 255 again is 398,055, of which 8 bits are taken off.
    assert_eq!(scores("cotton")?, [1554, -1555, 256]);
    Ok(())
}

#[test]
fn each_of_more_words_counts_less() -> Result<(), Error> {
    // 1024 ÷ √2 is 724: 288 × 724 ÷ 1024 = 203.
    assert_eq!(scores("sterling ring")?, [0, 0, 203 + 256]);
    Ok(())
}

#[test]
fn a_word_after_the_first_phrase_counts_less() -> Result<(), Error> {
    // Eight and five eighths: 1024 ÷ √(13/8) is 803, five eighths of it 501; 288 × 501 ÷ 1024 = 140.
    for text in ["sterling with a ring", "sterling, ring", "sterling (ring)"] {
        assert_eq!(scores(text)?, [0, 0, 140 + 256], "{text}");
    }
    Ok(())
}

#[test]
fn of_goods_that_are_counted_the_goods_are_named() -> Result<(), Error> {
    let mut writer = writer();
    let set = remembered(&[(0, 0)], [1, 0]);
    writer.words.insert("set".to_owned(), set);
    let written = writer.write()?;
    let classifier = Classifier::open(written.sections(), &tree()?)?;
    let weights = |text: &str| -> Vec<i32> {
        let known = classifier.read(text).known.into_iter();
        known.map(|known| known.weight).collect()
    };
    assert_eq!(weights("set of rings, sterling"), [5, 8, 5]);
    assert_eq!(weights("ring of sterling"), [8, 5]);
    assert_eq!(weights("sterling set of rings"), [8, 8, 5]);
    Ok(())
}

#[test]
fn how_a_ruling_opens_says_nothing_of_the_goods() -> Result<(), Error> {
    let ruling = "The tariff classification and country of origin marking of";
    assert_eq!(
        scores(&format!("{ruling} a sterling ring"))?,
        scores("sterling ring")?
    );
    assert_eq!(
        scores("Tariff classification of shirts with a ring")?,
        scores("shirts with a ring")?
    );
    let status = "The tariff classification and status under the Free Trade Agreement (FTA), of";
    assert_eq!(
        scores(&format!("{status} a sterling ring"))?,
        scores("sterling ring")?
    );
    Ok(())
}

#[test]
fn a_shortened_word_is_the_one_that_it_shortens() -> Result<(), Error> {
    for text in ["strlng rng", "ring sterl", "sterling rng"] {
        assert_eq!(scores(text)?, scores("sterling ring")?, "{text}");
    }
    for text in ["ring ste", "sterl ring", "ring sterl7", "strl ring"] {
        assert_eq!(scores(text)?, scores("ring")?, "{text}");
    }
    Ok(())
}

#[test]
fn a_last_word_goes_on_before_it_is_taken_for_a_slip() -> Result<(), Error> {
    let mut writer = writer();
    for word in ["trousers", "trout"] {
        writer
            .words
            .insert(word.to_owned(), remembered(&[(0, 0)], [1, 0]));
    }
    let written = writer.write()?;
    let classifier = Classifier::open(written.sections(), &tree()?)?;
    let last = |text: &str| {
        let heard = classifier.read(text);
        heard
            .known
            .last()
            .map(|known| classifier.word(known).to_owned())
    };
    assert_eq!(last("ring trous").as_deref(), Some("trousers"));
    assert_eq!(last("ring, trous ring").as_deref(), Some("trout"));
    Ok(())
}

#[test]
fn what_is_denied_is_another_word() -> Result<(), Error> {
    for text in ["no ring", "without a ring", "not fitted with ring"] {
        assert_eq!(scores(text)?, [0; 0], "{text}");
    }
    assert_eq!(scores("no. 5 ring")?, scores("ring")?);
    Ok(())
}

#[test]
fn two_words_in_one_are_read_as_both() -> Result<(), Error> {
    assert_eq!(scores("ringshirt")?, scores("ring shirt")?);
    Ok(())
}

#[test]
fn a_half_of_three_letters_is_a_common_word() -> Result<(), Error> {
    let mut writer = writer();
    // Ten texts of each, and of a slip as few as there are.
    for (word, level) in [("cup", 3), ("tea", 3), ("rit", 0), ("tsh", 0)] {
        let word = (word.to_owned(), remembered(&[(2, level)], [32, 0]));
        writer.words.extend([word]);
    }
    writer
        .words
        .insert("tshirt".to_owned(), remembered(&[(0, 1)], [32, 0]));
    let written = writer.write()?;
    let classifier = Classifier::open(written.sections(), &tree()?)?;
    let heard = |text| {
        let known = classifier.read(text).known.into_iter();
        let words = known.map(|known| classifier.word(&known).to_owned());
        words.collect::<Vec<_>>()
    };
    assert_eq!(heard("teacup"), ["tea", "cup"]);
    assert_eq!(heard("tshrit"), ["tshirt"]);
    Ok(())
}

#[test]
fn what_is_not_known_is_passed_over_and_where_goods_come_from_too() -> Result<(), Error> {
    assert_eq!(scores("xylophone")?, [0; 0]);
    assert_eq!(scores("ring ring, xylophone")?, scores("ring")?);
    assert_eq!(scores("ring from Cotton")?, scores("ring")?);
    assert_eq!(scores("coton")?, scores("cotton")?);
    Ok(())
}

#[test]
fn sections_of_another_tree_are_refused() -> Result<(), Error> {
    let mut other = writer();
    other.subheadings.pop();
    let written = other.write()?;
    let refused = Classifier::open(written.sections(), &tree()?).map(|_| ());
    assert_eq!(refused, Err(ErrorCode::PackCorrupt.into()));
    Ok(())
}

#[test]
fn figures_that_the_sections_cannot_hold_are_not_written() {
    let mut nibble = writer();
    nibble.subheadings = vec![(row(1, 8), 0)];
    assert!(nibble.write().is_err());
    let mut short = writer();
    short.headings = vec![SteppedRow::default()];
    assert!(short.write().is_err());
}

#[test]
fn a_vector_that_could_overflow_is_refused() -> Result<(), Error> {
    let mut large = writer();
    large.headings = vec![row(255, 127), row(1, 0)];
    let written = large.write()?;
    assert!(Classifier::open(written.sections(), &tree()?).is_err());
    Ok(())
}

#[test]
fn every_cut_of_a_section_is_refused() -> Result<(), Error> {
    let written = writer().write()?;
    let tree = tree()?;
    let whole = written.sections();
    for length in 0..whole.classes.len() {
        let classes = whole.classes.get(..length).unwrap_or_default();
        assert!(Classifier::open(ClassifierSections { classes, ..whole }, &tree).is_err());
    }
    for length in 0..whole.vectors.len() {
        let vectors = whole.vectors.get(..length).unwrap_or_default();
        assert!(Classifier::open(ClassifierSections { vectors, ..whole }, &tree).is_err());
    }
    for length in 0..whole.calibration.len() {
        let calibration = whole.calibration.get(..length).unwrap_or_default();
        assert!(
            Classifier::open(
                ClassifierSections {
                    calibration,
                    ..whole
                },
                &tree
            )
            .is_err()
        );
    }
    for length in 0..whole.memory.len() {
        let memory = whole.memory.get(..length).unwrap_or_default();
        assert!(Classifier::open(ClassifierSections { memory, ..whole }, &tree).is_err());
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_sections_are_read_or_refused(words: Vec<u8>, memory: Vec<u8>, vectors: Vec<u8>, classes: Vec<u8>, calibration: Vec<u8>, text: String) {
        let tree = tree().unwrap_or_else(|_| unreachable!());
        let sections = ClassifierSections { words: &words, memory: &memory, vectors: &vectors, classes: &classes, calibration: &calibration };
        if let Ok(classifier) = Classifier::open(sections, &tree) {
            classifier.scores(&classifier.read(&text).known);
        }
    }
}
