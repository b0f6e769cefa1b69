//! The figures of the ranking. They travel in the index, so that an index and the figures it was measured with stay together.

use super::field::{Field, Stand};
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// What counts how much. Shares are in 64ths unless said otherwise.
///
/// The value of a word is how rare it is (inverse document frequency over the nodes of the nomenclature). A text (a designation, a
/// trade term, the further words of national lines) gets the values of the words it shares with the query, less the longer it is
/// (as BM25 does), more if it holds little else. A node gets its designation, its best trade term, its national lines and a share of
/// its parents; the sum counts by how much of the query it answers.
///
/// Measured on the development sets, each by itself from twice to half: no set moves by more than two points, so none is critical.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Weights {
    /// Of a designation, a trade term, national lines.
    pub fields: [u8; 3],
    /// Of a word that names the goods, stands beside that word, is what the goods are not.
    pub stands: [u8; 3],
    /// BM25's `b`: how much a long text loses.
    pub long_text: u8,
    /// BM25's `k1`.
    pub saturation: u8,
    /// The mean length of a text, in words.
    pub mean_length: u8,
    /// The length that national lines are taken to have, which are a bag of words and no text.
    pub lines_length: u8,
    /// What a text gains at most for holding nothing that was not asked.
    pub whole_text: u8,
    /// What a subheading inherits of the group it stands in.
    pub from_group: u8,
    /// What a subheading inherits of its heading.
    pub from_heading: u8,
    /// What a subheading inherits of its chapter.
    pub from_chapter: u8,
    /// What a node gains each time its number of trade terms doubles: what is traded much is asked much.
    pub traded: u8,
    /// Of a word that the typed one begins.
    pub prefix: u8,
    /// Of such a word when the typed one is a word itself.
    pub prefix_of_word: u8,
    /// Of a word at distance one, and two.
    pub typo: [u8; 2],
    /// Of a word that says where goods come from: `… from China`.
    pub origin: u8,
}

stored!(struct Weights { fields, stands, long_text, saturation, mean_length, lines_length, whole_text, from_group, from_heading, from_chapter, traded, prefix, prefix_of_word, typo, origin });

impl Default for Weights {
    fn default() -> Self {
        Self {
            fields: [64, 83, 32],
            stands: [96, 64, 19],
            long_text: 48,
            saturation: 77,
            mean_length: 5,
            lines_length: 8,
            whole_text: 32,
            from_group: 56,
            from_heading: 32,
            from_chapter: 10,
            traded: 4,
            prefix: 38,
            prefix_of_word: 16,
            typo: [45, 30],
            origin: 19,
        }
    }
}

/// The longest text that a length is kept of.
const LONGEST: usize = 64;

impl Weights {
    pub(crate) const fn field(&self, field: Field) -> u32 {
        let [title, term, line] = self.fields;
        widen(match field {
            Field::Title => title,
            Field::Term => term,
            Field::Line => line,
        })
    }

    pub(crate) const fn stand(&self, stand: Stand) -> u32 {
        let [head, beside, excluded] = self.stands;
        widen(match stand {
            Stand::Head => head,
            Stand::Beside | Stand::Part => beside,
            Stand::Excluded => excluded,
        })
    }

    /// BM25's share for each length of a text, in 64ths: `(k1 + 1) / (1 + k1 (1 − b + b length / mean))`.
    pub(crate) fn length_shares(&self) -> Vec<u32> {
        let saturation = widen(self.saturation);
        let long = widen(self.long_text);
        let mean = widen(self.mean_length).max(1);
        let share = |length: u32| {
            let relative = long.saturating_mul(length).checked_div(mean).unwrap_or(0);
            let shortened = 64_u32.saturating_sub(long).saturating_add(relative);
            let below = 4096_u32.saturating_add(saturation.saturating_mul(shortened));
            let above = 64_u32.saturating_add(saturation).saturating_mul(4096);
            above.checked_div(below).unwrap_or(0)
        };
        (0..u32::try_from(LONGEST).unwrap_or(0))
            .map(share)
            .collect()
    }
}

/// A figure as a number to reckon with.
pub(crate) const fn widen(figure: u8) -> u32 {
    // `u32::from` cannot stand in a constant function.
    u32::from_le_bytes([figure, 0, 0, 0])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longer_text_counts_less() {
        let shares = Weights::default().length_shares();
        assert!(shares.is_sorted_by(|shorter, longer| shorter >= longer));
        // A text of mean length is worth 64/64.
        assert_eq!(shares.get(5), Some(&64));
    }
}
