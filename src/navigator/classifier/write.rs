//! The write side of the classifier: for `tariff-data`, never in the wasm.

use super::calibration::{KINDS, KNOTS, ONE};
use super::memory::{COUNTS, LEVEL_BITS};
use super::vectors::{MIDDLE, WIDTH};
use crate::error::{Error, ErrorCode};
use crate::navigator::vocabulary::Vocabulary;
use crate::varint;
use std::collections::BTreeMap;

/// A row of small numbers and the step that they count in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SteppedRow {
    /// The step; 0 for a row that is not there.
    pub step: u8,
    /// The numbers, as many as [`ClassifierWriter::WIDTH`]; a word's and a subheading's are of −7 to 7.
    pub numbers: Vec<i8>,
}

/// What was learned of a word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LearnedWord {
    /// The subheadings whose texts had it, by their places in the nomenclature, each with the level of how many had.
    pub met: BTreeMap<u16, u8>,
    /// What that is worth to a subheading and to its heading, in 32nds of a natural logarithm.
    pub values: [u8; 2],
    /// Its vector.
    pub vector: SteppedRow,
}

/// Collects learned figures, already rounded, and writes the sections of a classifier.
#[derive(Clone, Debug, Default)]
pub struct ClassifierWriter {
    /// The words.
    pub words: BTreeMap<String, LearnedWord>,
    /// The vectors of the headings, in the order of the nomenclature.
    pub headings: Vec<SteppedRow>,
    /// The vectors of the subheadings, each with what it has before any word, in 16ths of a natural logarithm.
    pub subheadings: Vec<(SteppedRow, i8)>,
    /// What a word's step times a subheading's step is, in 2⁻¹³ths of a natural logarithm.
    pub factor: u16,
    /// How often a text of each kind is answered rightly, for each of [`ClassifierWriter::KNOTS`], in 250ths; no row falls.
    pub calibration: Vec<[u8; KNOTS.len()]>,
}

/// The sections of a classifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenClassifier {
    /// See [`super::ClassifierSections`].
    pub words: Vec<u8>,
    /// See [`super::ClassifierSections`].
    pub memory: Vec<u8>,
    /// See [`super::ClassifierSections`].
    pub vectors: Vec<u8>,
    /// See [`super::ClassifierSections`].
    pub classes: Vec<u8>,
    /// See [`super::ClassifierSections`].
    pub calibration: Vec<u8>,
}

impl WrittenClassifier {
    /// The sections together.
    #[must_use]
    pub fn sections(&self) -> super::ClassifierSections<'_> {
        super::ClassifierSections {
            words: &self.words,
            memory: &self.memory,
            vectors: &self.vectors,
            classes: &self.classes,
            calibration: &self.calibration,
        }
    }
}

impl ClassifierWriter {
    /// Numbers of a vector.
    pub const WIDTH: usize = WIDTH;
    /// The numbers of texts that the levels stand for, in 16ths.
    pub const COUNTS: [i32; 4] = COUNTS;

    /// The likelihoods that a kind of text has a share for, in millionths.
    pub const KNOTS: [u32; KNOTS.len()] = KNOTS;
    /// What a share of one is written as.
    pub const WHOLE_SHARE: u8 = ONE;
    /// Kinds of texts.
    pub const KINDS: usize = KINDS;

    /// Writes the sections.
    ///
    /// # Errors
    /// [`ErrorCode::Overflow`] for a word or a number that they cannot hold.
    pub fn write(&self) -> Result<WrittenClassifier, Error> {
        let overflow = || Error::new(ErrorCode::Overflow);
        Ok(WrittenClassifier {
            words: Vocabulary::write(self.words.keys().map(String::as_str)).ok_or_else(overflow)?,
            memory: self.memory().ok_or_else(overflow)?,
            vectors: self.vectors().ok_or_else(overflow)?,
            classes: self.classes().ok_or_else(overflow)?,
            calibration: self.calibration.concat(),
        })
    }

    fn memory(&self) -> Option<Vec<u8>> {
        let (mut counts, mut steps, mut values) = (Vec::new(), Vec::new(), Vec::new());
        for word in self.words.values() {
            varint::write(&mut counts, u32::try_from(word.met.len()).ok()?);
            let mut last = 0;
            for (leaf, level) in &word.met {
                let step = u32::from(leaf.checked_sub(last)?) << LEVEL_BITS;
                varint::write(&mut steps, step | u32::from(level & 3));
                last = *leaf;
            }
            values.extend(word.values);
        }
        Some([counts, steps, values].concat())
    }

    fn vectors(&self) -> Option<Vec<u8>> {
        let mut section: Vec<u8> = self.words.values().map(|word| word.vector.step).collect();
        for word in self.words.values().filter(|word| word.vector.step > 0) {
            nibbles(&mut section, &word.vector)?;
        }
        Some(section)
    }

    fn classes(&self) -> Option<Vec<u8>> {
        let mut section = self.factor.to_le_bytes().to_vec();
        section.extend(self.headings.iter().map(|row| row.step));
        for row in &self.headings {
            let whole = Some(&row.numbers).filter(|numbers| numbers.len() == WIDTH)?;
            section.extend(whole.iter().map(|number| number.cast_unsigned()));
        }
        section.extend(self.subheadings.iter().map(|(row, _)| row.step));
        for (row, _) in &self.subheadings {
            nibbles(&mut section, row)?;
        }
        section.extend(
            self.subheadings
                .iter()
                .map(|(_, bias)| bias.cast_unsigned()),
        );
        Some(section)
    }
}

/// Appends a row, two numbers a byte, the first in the lower half.
fn nibbles(section: &mut Vec<u8>, row: &SteppedRow) -> Option<()> {
    let nibble = |number: &i8| {
        let moved = u8::try_from(number.checked_add(MIDDLE.cast_signed())?).ok()?;
        Some(moved).filter(|nibble| (1..16).contains(nibble))
    };
    let numbers = Some(&row.numbers).filter(|numbers| numbers.len() == WIDTH)?;
    for pair in numbers.chunks_exact(2) {
        section.push(nibble(pair.first()?)? | nibble(pair.last()?)? << 4);
    }
    Some(())
}
