//! Words within a few slips of the typed one.
//!
//! A slip is a letter too many, too few, another one, or two changed over. The automaton keeps, for each number of slips, the
//! letters of the typed word that can have been read so far, as bits of one number (Wu and Manber, 1992), so a step is a few
//! operations and a state is copied; a beginning from which no near word can go on is left with all that begin so.

/// The longest word that is compared, in bytes.
const LONGEST: usize = 40;
/// The most slips that are forgiven.
const MOST: usize = 2;
/// Accepts words within some slips of a word, or words that begin so.
pub(crate) struct Near {
    /// For each byte, where the word has it.
    places: Vec<u64>,
    length: usize,
    /// The bits that a row can have: those up to the word's length, and none where its number of slips is not forgiven.
    rows: [u64; 3],
    as_prefix: bool,
}

/// What has been read: bit `i` of row `k` says that the first `i` letters can have been read with `k` slips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reached {
    rows: [u64; 3],
    /// With one slip and two: the next two letters were read the wrong way round, and the second is still to come.
    swapped: [u64; 2],
    /// The fewest slips with which the whole word has been read, where words may go on; `MOST` and one for never.
    done: u8,
}

const NEVER: u8 = 3;

impl Near {
    /// Words within `slips` of `word`; `None` for a word too long to compare.
    pub(crate) fn new(word: &str, slips: usize, as_prefix: bool) -> Option<Self> {
        let mut places = vec![0_u64; 256];
        if word.len() > LONGEST {
            return None;
        }
        let mut bit = 1_u64;
        for byte in word.bytes() {
            *places.get_mut(usize::from(byte))? |= bit;
            bit <<= 1;
        }
        let all = bit | bit.saturating_sub(1);
        let one = if slips >= 1 { all } else { 0 };
        let two = if slips >= MOST { all } else { 0 };
        Some(Self {
            places,
            length: word.len(),
            rows: [all, one, two],
            as_prefix,
        })
    }

    /// How many slips a word that was accepted needs.
    pub(crate) fn slips(&self, state: &Reached) -> Option<u8> {
        let slips = self.whole(&state.rows).min(state.done);
        (slips < NEVER).then_some(slips)
    }

    fn whole(&self, rows: &[u64; 3]) -> u8 {
        let [zero, one, two] = rows;
        let is_whole = |row: &u64| row >> self.length & 1 == 1;
        if is_whole(zero) {
            0
        } else if is_whole(one) {
            1
        } else if is_whole(two) {
            2
        } else {
            NEVER
        }
    }
}

impl Near {
    /// What has been read before the first letter.
    pub(crate) fn start(&self) -> Reached {
        // A letter that was left out costs a slip and no reading.
        let [_, one, two] = self.rows;
        Reached {
            rows: [1, 0b11 & one, 0b111 & two],
            swapped: [0; 2],
            done: NEVER,
        }
    }

    /// Whether any word that goes on from here is near.
    pub(crate) const fn can_match(&self, state: &Reached) -> bool {
        let [zero, one, two] = state.rows;
        let [half, half_two] = state.swapped;
        state.done < NEVER || zero | one | two | half | half_two != 0
    }

    /// What has been read after one more byte.
    pub(crate) fn accept(&self, state: &Reached, byte: u8) -> Reached {
        let here = self.places.get(usize::from(byte)).copied().unwrap_or(0);
        let [can, can_one, can_two] = self.rows;
        let [zero, one, two] = state.rows;
        let [half, half_two] = state.swapped;
        // The right letter; the second of two that changed places; another letter, one too many, one left out.
        let next = (zero & here) << 1 & can;
        let next_one =
            ((one & here) << 1 | (half & here) << 2 | zero << 1 | zero | next << 1) & can_one;
        let next_two =
            ((two & here) << 1 | (half_two & here) << 2 | one << 1 | one | next_one << 1) & can_two;
        let rows = [next, next_one, next_two];
        let done = if self.as_prefix {
            state.done.min(self.whole(&rows))
        } else {
            NEVER
        };
        let swapped = [zero & here >> 1 & can_one, one & here >> 1 & can_two];
        Reached {
            rows,
            swapped,
            done,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects,
        reason = "the plain way is the oracle"
    )]
    use super::*;
    use proptest::prelude::*;

    /// Slips between two words, by the table of every textbook (optimal string alignment).
    fn table(one: &[u8], other: &[u8]) -> usize {
        let mut cells = vec![vec![0; other.len() + 1]; one.len() + 1];
        for i in 0..=one.len() {
            for j in 0..=other.len() {
                cells[i][j] = if i == 0 || j == 0 {
                    i + j
                } else {
                    let replaced = cells[i - 1][j - 1] + usize::from(one[i - 1] != other[j - 1]);
                    let mut least = replaced.min(cells[i - 1][j] + 1).min(cells[i][j - 1] + 1);
                    if i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1] {
                        least = least.min(cells[i - 2][j - 2] + 1);
                    }
                    least
                };
            }
        }
        cells[one.len()][other.len()]
    }

    fn slips(near: &Near, word: &str) -> Option<u8> {
        let mut state = near.start();
        for byte in word.bytes() {
            if !near.can_match(&state) {
                return None;
            }
            state = near.accept(&state, byte);
        }
        near.slips(&state)
    }

    proptest! {
        #[test]
        fn slips_are_those_of_the_table(one in "[abc]{0,9}", other in "[abc]{0,9}", most in 0_usize..=2) {
            let near = Near::new(&one, most, false).unwrap();
            let expected = table(one.as_bytes(), other.as_bytes());
            let expected = (expected <= most).then(|| u8::try_from(expected).unwrap());
            prop_assert_eq!(slips(&near, &other), expected);
        }

        #[test]
        fn as_a_prefix_the_best_beginning_counts(one in "[abc]{1,7}", other in "[abc]{0,9}", most in 0_usize..=2) {
            let near = Near::new(&one, most, true).unwrap();
            let best = (0..=other.len()).map(|end| table(one.as_bytes(), &other.as_bytes()[..end])).min().unwrap();
            let expected = (best <= most).then(|| u8::try_from(best).unwrap());
            // Before the first letter nothing has been typed that could go on.
            prop_assert_eq!(slips(&near, &other), if other.is_empty() && one.len() > most { None } else { expected });
        }
    }
}
