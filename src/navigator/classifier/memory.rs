//! Where each word was met.

use super::reading::Known;
use super::{Leaves, share_of_each};
use crate::varint::Reader;

/// The numbers of texts that a pair's level stands for, in 16ths.
pub(super) const COUNTS: [i32; 4] = [8, 20, 44, 160];
/// The bits of a level.
pub(super) const LEVEL_BITS: u32 = 2;

/// For each word the subheadings whose texts had it, and what that is worth.
#[derive(Clone, Debug)]
pub(super) struct Memory {
    /// Where the pairs of each word begin; one more than words.
    starts: Vec<usize>,
    pairs: Vec<Pair>,
    /// For each word, to a subheading and to its heading, in 32nds of a logarithm.
    values: Vec<[u8; 2]>,
}

#[derive(Clone, Copy, Debug)]
struct Pair {
    leaf: u16,
    level: u8,
}

impl Pair {
    fn leaf(self) -> usize {
        usize::from(self.leaf)
    }

    fn count(self) -> i32 {
        COUNTS.get(usize::from(self.level)).copied().unwrap_or(0)
    }
}

impl Memory {
    pub(super) fn open(section: &[u8], words: usize, leaves: &Leaves) -> Option<Self> {
        let mut counts = Reader::new(section);
        let mut steps = Reader::new(section);
        for _ in 0..words {
            steps.number()?;
        }
        let mut starts = vec![0];
        let mut pairs = Vec::new();
        for _ in 0..words {
            let mut leaf = 0_usize;
            for at in 0..counts.number()? {
                let bits = steps.number()?;
                let step = usize::try_from(bits >> LEVEL_BITS).ok()?;
                leaf = leaf.checked_add(step)?;
                if leaf >= leaves.nodes.len() || (at > 0 && step == 0) {
                    return None;
                }
                pairs.push(Pair {
                    leaf: u16::try_from(leaf).ok()?,
                    level: u8::try_from(bits & 3).ok()?,
                });
            }
            starts.push(pairs.len());
        }
        let mut values = Vec::with_capacity(words);
        for _ in 0..words {
            values.push([steps.byte()?, steps.byte()?]);
        }
        steps.is_at_end().then_some(Self {
            starts,
            pairs,
            values,
        })
    }

    fn of(&self, word: usize) -> &[Pair] {
        let start = self.starts.get(word).copied().unwrap_or(0);
        let end = word.checked_add(1).and_then(|next| self.starts.get(next));
        end.and_then(|end| self.pairs.get(start..*end))
            .unwrap_or_default()
    }

    /// In how many texts a word was met, in 16ths.
    pub(super) fn texts(&self, word: usize) -> i32 {
        let counts = self.of(word).iter().map(|pair| pair.count());
        counts.fold(0, i32::saturating_add)
    }

    /// Adds what the known words are worth to each subheading.
    pub(super) fn add(&self, known: &[Known], leaves: &Leaves, scores: &mut [i32]) {
        let whole = known
            .iter()
            .fold(0, |sum: i32, known| sum.saturating_add(known.weight));
        let share_of_word = share_of_each(whole);
        let mut headings = vec![0_i32; leaves.headings];
        for known in known {
            let [leaf_value, heading_value] =
                self.values.get(known.rank).copied().unwrap_or([0; 2]);
            let share = share_of_word.saturating_mul(known.weight) >> 3;
            let mut pairs = self.of(known.rank);
            // A division for each level, and not for each of the thousands of pairs that a common word has.
            let worths = COUNTS.map(|count| worth(count, leaf_value, share));
            while let Some((heading, count)) = next_heading(&mut pairs, leaves, |pair| {
                let worth = worths.get(usize::from(pair.level)).copied();
                add(scores, pair.leaf(), worth.unwrap_or(0));
            }) {
                add(&mut headings, heading, worth(count, heading_value, share));
            }
        }
        for (score, heading) in scores.iter_mut().zip(&leaves.heading_of) {
            *score = score.saturating_add(headings.get(*heading).copied().unwrap_or(0));
        }
    }

    /// Whether the texts of a subheading's heading had a word.
    pub(super) fn met(&self, known: &Known, leaf: usize, leaves: &Leaves) -> bool {
        let heading = leaves.heading_of.get(leaf);
        self.of(known.rank)
            .iter()
            .any(|pair| leaves.heading_of.get(pair.leaf()) == heading)
    }
}

/// Visits the pairs of the next heading, and gives it with their sum.
fn next_heading(
    pairs: &mut &[Pair],
    leaves: &Leaves,
    mut visit: impl FnMut(Pair),
) -> Option<(usize, i32)> {
    let heading = *leaves.heading_of.get(pairs.first()?.leaf())?;
    let mut count = 0_i32;
    while let Some((pair, rest)) = pairs.split_first() {
        if leaves.heading_of.get(pair.leaf()) != Some(&heading) {
            break;
        }
        visit(*pair);
        count = count.saturating_add(pair.count());
        *pairs = rest;
    }
    Some((heading, count))
}

fn add(scores: &mut [i32], at: usize, worth: i32) {
    if let Some(score) = scores.get_mut(at) {
        *score = score.saturating_add(worth);
    }
}

/// More for more texts, but ever less so: `2.2 n / (n + 1.2)` times the word's value, in 256ths of a logarithm.
fn worth(count: i32, value: u8, share: i32) -> i32 {
    // 563 of 256ths are 2.2, and 19 of 16ths are 1.2.
    let whole = count.saturating_mul(563);
    let worth = whole.checked_div(count.saturating_add(19)).unwrap_or(0);
    // From 256ths times 32nds times 1024ths to 256ths.
    worth.saturating_mul(i32::from(value)).saturating_mul(share) >> 15
}
