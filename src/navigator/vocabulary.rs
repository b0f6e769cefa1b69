//! The words of the index: one by itself, those that a beginning can become, those near a misspelt one.

use super::shortening::is_shortened;
use super::typo::{Near, Reached};

/// The words in the order of their bytes; a word's rank is its place among them.
///
/// The section has each word as a byte that says how many bytes it shares with the word before, then its further bytes. A word is
/// shorter than 48 bytes and has letters and digits alone, so a byte below `0` begins a word and every other goes on with it.
#[derive(Clone)]
pub(crate) struct Vocabulary {
    /// All words, one after the other.
    text: Vec<u8>,
    words: Vec<Place>,
}

/// Where a word ends, which is where the next begins, and what it shares with the word before.
#[derive(Clone, Copy)]
struct Place {
    end: u32,
    shared: u8,
}

/// The first byte that belongs to a word.
const FIRST: u8 = b'0';

/// A word that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Found {
    pub(crate) rank: usize,
    pub(crate) slips: u8,
}

impl Vocabulary {
    /// Reads the section; `None` where it is not a list of ascending words.
    pub(crate) fn open(section: &[u8]) -> Option<Self> {
        let mut opened = Self {
            text: Vec::with_capacity(section.len().saturating_mul(2)),
            words: Vec::new(),
        };
        let mut rest = section;
        while let Some((shared, after)) = rest.split_first() {
            let length = after.iter().position(|byte| *byte < FIRST);
            let (further, next) = after.split_at(length.unwrap_or(after.len()));
            opened.add(*shared, further)?;
            rest = next;
        }
        core::str::from_utf8(&opened.text).ok()?;
        Some(opened)
    }

    fn add(&mut self, shared: u8, further: &[u8]) -> Option<()> {
        let last = self.words.len().checked_sub(1);
        let before = last.map_or(0..0, |last| self.range(last));
        let kept = before.start..before.start.checked_add(usize::from(shared))?;
        // It begins otherwise than the word before goes on, and comes after it.
        let goes_on = self.text.get(kept.end..before.end)?.first();
        if further.is_empty() || further.first() <= goes_on {
            return None;
        }
        self.text.extend_from_within(kept);
        self.text.extend_from_slice(further);
        self.words.push(Place {
            end: u32::try_from(self.text.len()).ok()?,
            shared,
        });
        Some(())
    }

    pub(crate) const fn len(&self) -> usize {
        self.words.len()
    }

    fn range(&self, rank: usize) -> core::ops::Range<usize> {
        let end = |rank: usize| self.words.get(rank).map_or(0, |place| place.end);
        let start = rank.checked_sub(1).map_or(0, end);
        usize::try_from(start).unwrap_or(0)..usize::try_from(end(rank)).unwrap_or(0)
    }

    fn bytes(&self, rank: usize) -> &[u8] {
        self.text.get(self.range(rank)).unwrap_or_default()
    }

    /// The word of a rank.
    pub(crate) fn word(&self, rank: usize) -> &str {
        core::str::from_utf8(self.bytes(rank)).unwrap_or_default()
    }

    /// The rank of a word.
    pub(crate) fn rank(&self, word: &str) -> Option<usize> {
        let rank = self.first_from(word);
        (self.bytes(rank) == word.as_bytes()).then_some(rank)
    }

    /// The rank of the first word that does not come before this one.
    fn first_from(&self, word: &str) -> usize {
        let (mut low, mut high) = (0, self.words.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.bytes(middle) < word.as_bytes() {
                low = middle.saturating_add(1);
            } else {
                high = middle;
            }
        }
        low
    }

    /// Words that go on after what was typed, the shortest first and equally long ones by the alphabet.
    pub(crate) fn completions(&self, typed: &str, most: usize) -> Vec<Found> {
        let mut best = Best::new(most);
        let first = self.first_from(typed);
        if !self.bytes(first).starts_with(typed.as_bytes()) {
            return Vec::new();
        }
        for rank in first..self.words.len() {
            let shared = self.words.get(rank).map_or(0, |place| place.shared);
            if rank > first && usize::from(shared) < typed.len() {
                break;
            }
            let length = self.range(rank).len();
            if length > typed.len() {
                best.offer(length, Found { rank, slips: 0 });
            }
        }
        best.found()
    }

    /// Words that are the typed one once vowels are left out; all of them begin as it does.
    pub(crate) fn shortened_to(&self, typed: &str) -> impl Iterator<Item = usize> {
        let first = typed.as_bytes().first();
        let begin = typed.get(..1).map_or(0, |letter| self.first_from(letter));
        let begins = move |rank: &usize| self.bytes(*rank).first() == first;
        (begin..self.words.len())
            .take_while(begins)
            .filter(move |rank| is_shortened(self.bytes(*rank), typed.as_bytes()))
    }

    /// Words near the typed one. People rarely slip in the first letter, and a word of another length is further away.
    pub(crate) fn near(
        &self,
        typed: &str,
        slips: usize,
        as_prefix: bool,
        most: usize,
    ) -> Vec<Found> {
        let Some(near) = Near::new(typed, slips, as_prefix) else {
            return Vec::new();
        };
        let mut best = Best::new(most);
        // What each beginning of the word at hand has reached, as far as anything can still be reached.
        let mut reached = vec![near.start()];
        for (rank, place) in self.words.iter().enumerate() {
            let shared = usize::from(place.shared);
            // The beginning from which the word before could not go on is this word's as well.
            if shared >= reached.len() {
                continue;
            }
            reached.truncate(shared.saturating_add(1));
            let word = self.bytes(rank);
            if let Some(slips) = read_on(&near, &mut reached, word) {
                let mut distance = word.len().abs_diff(typed.len());
                if word.first() != typed.as_bytes().first() {
                    distance = distance.saturating_add(OTHER_FIRST);
                }
                best.offer(distance, Found { rank, slips });
            }
        }
        best.found()
    }

    /// The section for these words, which stand in the order of their bytes.
    #[cfg(feature = "write")]
    pub(crate) fn write<'w>(words: impl Iterator<Item = &'w str>) -> Option<Vec<u8>> {
        let mut section = Vec::new();
        let mut before = "";
        for word in words {
            let both = before.bytes().zip(word.bytes());
            let shared = both.take_while(|(one, other)| one == other).count();
            let further = word.as_bytes().get(shared..)?;
            section.push(u8::try_from(shared).ok().filter(|shared| *shared < FIRST)?);
            section.extend_from_slice(further);
            let is_plain = further.iter().all(|byte| *byte >= FIRST);
            before = Some(word).filter(|_| is_plain)?;
        }
        Self::open(&section).map(|_| section)
    }
}

/// What another first letter adds to a word's distance: more than any difference in length.
const OTHER_FIRST: usize = 64;

/// Reads a word on from what its beginnings have reached; gives its slips where it is near.
fn read_on(near: &Near, reached: &mut Vec<Reached>, word: &[u8]) -> Option<u8> {
    let mut state = *reached.last()?;
    for byte in word.get(reached.len().saturating_sub(1)..)? {
        state = near.accept(&state, *byte);
        if !near.can_match(&state) {
            return None;
        }
        reached.push(state);
    }
    near.slips(&state)
}

/// The few best so far: by distance, then as they came.
struct Best {
    most: usize,
    found: Vec<(usize, Found)>,
}

impl Best {
    const fn new(most: usize) -> Self {
        Self {
            most,
            found: Vec::new(),
        }
    }

    fn offer(&mut self, distance: usize, found: Found) {
        let place = self.found.partition_point(|(other, _)| *other <= distance);
        if place < self.most {
            self.found.truncate(self.most.saturating_sub(1));
            self.found.insert(place, (distance, found));
        }
    }

    fn found(self) -> Vec<Found> {
        self.found.into_iter().map(|(_, found)| found).collect()
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn opened(words: &[&str]) -> Option<Vocabulary> {
        Vocabulary::open(&Vocabulary::write(words.iter().copied())?)
    }

    fn told<'v>(vocabulary: &'v Vocabulary, found: &[Found]) -> Vec<&'v str> {
        found
            .iter()
            .map(|found| vocabulary.word(found.rank))
            .collect()
    }

    #[test]
    fn beginnings_go_on_to_the_shortest_words() {
        let words = opened(&["boar", "board", "boat", "boatswain", "boot"])
            .unwrap_or_else(|| unreachable!());
        assert_eq!(
            told(&words, &words.completions("boa", 3)),
            ["boar", "boat", "board"]
        );
        assert_eq!(told(&words, &words.completions("boat", 3)), ["boatswain"]);
        assert_eq!(told(&words, &words.completions("x", 3)), [""; 0]);
    }

    #[test]
    fn words_without_their_vowels_are_found() {
        let words = opened(&["band", "cap", "cape", "copper", "cup", "cupric", "dip"])
            .unwrap_or_else(|| unreachable!());
        let found = |typed| -> Vec<&str> {
            words
                .shortened_to(typed)
                .map(|rank| words.word(rank))
                .collect()
        };
        assert_eq!(found("cpr"), ["copper"]);
        assert_eq!(found("cp"), ["cap", "cape", "cup"]);
        assert_eq!(found("xyz"), [""; 0]);
    }

    #[test]
    fn near_words_come_by_first_letter_and_length() {
        let words = opened(&["coat", "cotton", "cottons", "mutton", "otton"])
            .unwrap_or_else(|| unreachable!());
        assert_eq!(told(&words, &words.near("coton", 1, false, 6)), ["cotton"]);
        assert_eq!(
            told(&words, &words.near("coton", 2, false, 6)),
            ["cotton", "cottons", "otton"]
        );
    }

    #[test]
    fn what_is_no_list_of_ascending_words_is_refused() {
        for section in [
            &b"\0b\0a"[..],
            b"\0a\0a",
            b"\x01a",
            b"\0a\x02b",
            b"\0\0a",
            b"\0a\x01",
            b"\0\xFF",
        ] {
            assert!(Vocabulary::open(section).is_none(), "{section:?}");
        }
    }

    proptest! {
        #[test]
        fn every_word_is_found_again(words in prop::collection::btree_set("[a-c0é]{1,6}", 0..40)) {
            let words: BTreeSet<String> = words;
            let section = Vocabulary::write(words.iter().map(String::as_str));
            let opened = section.and_then(|section| Vocabulary::open(&section));
            let opened = opened.unwrap_or_else(|| unreachable!());
            prop_assert_eq!(opened.len(), words.len());
            for (rank, word) in words.iter().enumerate() {
                prop_assert_eq!(opened.word(rank), word);
                prop_assert_eq!(opened.rank(word), Some(rank));
            }
            prop_assert_eq!(opened.rank("d"), None);
        }

        #[test]
        fn any_section_is_read_or_refused(section: Vec<u8>) {
            if let Some(opened) = Vocabulary::open(&section) {
                prop_assert!(opened.near("abcdefgh", 2, true, 6).len() <= 6);
            }
        }
    }
}
