//! Vectors of words, headings and subheadings.
//!
//! A word's vector and a subheading's are rows of nibbles (minus 7 to 7) with a step each; a heading's is a row of bytes with a step. A
//! subheading's vector counts together with its heading's. Products are summed in 32 bits, which no pack that is opened can overflow.

use super::numbers::Numbers;
use super::reading::Known;
use super::{Leaves, share_of_each};
use crate::gather::gather;

/// Numbers of a vector.
pub(super) const WIDTH: usize = 48;
/// Bytes of a row of nibbles.
const ROW: usize = WIDTH >> 1;
/// What a nibble is more than its number.
pub(super) const MIDDLE: u8 = 8;
/// The largest number of a subheading's vector: with 32 words of the largest step, 48 products of it stay within 32 bits.
pub(super) const LARGEST: i16 = 0x3FFF;

#[derive(Clone, Debug)]
pub(super) struct Vectors {
    /// The step of each word's vector; 0 for a word that has none.
    steps: Vec<u8>,
    /// Where the row of each word with a vector is.
    places: Vec<u16>,
    rows: Vec<u8>,
    /// Of each subheading, its heading's included.
    classes: Vec<Numbers>,
    /// What each subheading has before any word.
    biases: Vec<i8>,
    /// From products to scores: times this, and 16 bits down.
    factor: i32,
}

impl Vectors {
    pub(super) fn open(
        vectors: &[u8],
        classes: &[u8],
        words: usize,
        leaves: &Leaves,
    ) -> Option<Self> {
        let (steps, rows) = vectors.split_at_checked(words)?;
        let mut places = Vec::with_capacity(words);
        let mut count = 0_u16;
        for step in steps {
            places.push(count);
            count = count.checked_add(u16::from(*step > 0))?;
        }
        if rows.len() != usize::from(count).checked_mul(ROW)? {
            return None;
        }
        let (factor, rest) = classes.split_first_chunk()?;
        let (classes, rest) = read_classes(rest, leaves)?;
        let biases = gather(&mut rest.iter().map(|byte| byte.cast_signed()));
        (biases.len() == leaves.nodes.len()).then_some(Self {
            steps: steps.to_vec(),
            places,
            rows: rows.to_vec(),
            classes,
            biases,
            factor: i32::from(u16::from_le_bytes(*factor)),
        })
    }

    /// The score of each subheading.
    pub(super) fn scores(&self, known: &[Known], leaves: &Leaves) -> Vec<i32> {
        let text = Numbers::from(self.text(known));
        let mut scores = Vec::with_capacity(leaves.nodes.len());
        for (row, bias) in self.classes.iter().zip(&self.biases) {
            let product = text.dot(row);
            // 16 bits are taken off in two steps, for the product with the factor has up to 47.
            let score = (product >> 8).saturating_mul(self.factor) >> 8;
            scores.push(score.saturating_add(i32::from(*bias) << 4));
        }
        scores
    }

    /// The vector of a text: the sum of its words', each by its share, in 8ths. Of 32 words none reaches 1,300.
    fn text(&self, known: &[Known]) -> [i16; WIDTH] {
        let mut text = [0_i32; WIDTH];
        let mut whole = 0_i32;
        for known in known {
            let step = i32::from(self.steps.get(known.rank).copied().unwrap_or(0));
            if step > 0 {
                whole = whole.saturating_add(known.weight);
                let step = step.wrapping_mul(known.weight);
                for (sum, number) in text.iter_mut().zip(numbers(self.row(known.rank))) {
                    *sum = sum.wrapping_add(number.wrapping_mul(step));
                }
            }
        }
        let share = share_of_each(whole);
        text.map(|sum| i16::try_from(sum.wrapping_mul(share) >> 16).unwrap_or(i16::MAX))
    }

    fn row(&self, word: usize) -> &[u8] {
        let place = self.places.get(word).copied().map_or(0, usize::from);
        let start = place.saturating_mul(ROW);
        let row = self.rows.get(start..start.saturating_add(ROW));
        row.unwrap_or_default()
    }
}

/// The steps and rows of the headings, then those of the subheadings.
fn read_classes<'c>(section: &'c [u8], leaves: &Leaves) -> Option<(Vec<Numbers>, &'c [u8])> {
    let (heading_steps, rest) = section.split_at_checked(leaves.headings)?;
    let (heading_rows, rest) = rest.split_at_checked(leaves.headings.checked_mul(WIDTH)?)?;
    let count = leaves.nodes.len();
    let (steps, rest) = rest.split_at_checked(count)?;
    let (rows, rest) = rest.split_at_checked(count.checked_mul(ROW)?)?;
    let mut classes = Vec::with_capacity(count);
    let own = steps.iter().zip(rows.chunks_exact(ROW));
    for ((step, row), heading) in own.zip(&leaves.heading_of) {
        let heading_step = i16::from(*heading_steps.get(*heading)?);
        let start = heading.checked_mul(WIDTH)?;
        let heading_row = heading_rows.get(start..start.checked_add(WIDTH)?)?;
        let mut class = [0_i16; WIDTH];
        for ((sum, number), heading) in class.iter_mut().zip(numbers(row)).zip(heading_row) {
            let own = number.checked_mul(i32::from(*step))?;
            let number = i16::from(heading.cast_signed())
                .checked_mul(heading_step)?
                .checked_add(i16::try_from(own).ok()?)?;
            *sum = Some(number).filter(|number| number.unsigned_abs() <= LARGEST.unsigned_abs())?;
        }
        classes.push(Numbers::from(class));
    }
    Some((classes, rest))
}

/// The numbers of a row of nibbles, the lower first.
fn numbers(row: &[u8]) -> impl Iterator<Item = i32> {
    row.iter()
        .flat_map(|byte| [byte & 15, byte >> 4])
        .map(|nibble| i32::from(nibble).wrapping_sub(i32::from(MIDDLE)))
}
