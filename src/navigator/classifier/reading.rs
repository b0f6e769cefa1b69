//! From a text to the words that the classifier knows.

use super::Classifier;
use crate::navigator::query::{MAX_WORDS, origin, pair};
use crate::navigator::shortening::lacks_vowels;
use crate::navigator::vocabulary::Vocabulary;
use crate::navigator::words::{Word, words};
use core::cmp::Reverse;
use core::ops::Range;

/// A known word of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Known {
    pub(crate) rank: usize,
    /// Where it stands in the query.
    pub(crate) at: Range<usize>,
    /// Whether it is what was typed, but for its number.
    pub(crate) is_exact: bool,
    /// How much it counts, in eighths.
    pub(crate) weight: i32,
}

/// What a query says, as far as the classifier knows its words.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heard {
    pub(crate) known: Vec<Known>,
    /// Words that it does not know.
    pub(crate) unknown: usize,
}

/// The shortest word that is taken to be misspelt.
const SHORTEST_MISSPELT: usize = 5;
/// A longer query is no longer typed by hand, and the words in it that are not known are names.
const LONGEST_TYPED: usize = 6;
/// The shortest half of a word that is two: `candleholder`.
const SHORTEST_HALF: usize = 3;
/// In how many texts, in 16ths, a half so short was met: else `tshrit` would be a hormone and a brand of dye. With 8 or 20 texts fewer parcels were
/// understood.
const LEAST_OF_SHORT_HALF: i32 = 4 << 4;
/// The shortest word that is taken to be cut off where a text ends: `strawber`.
const SHORTEST_CUT: usize = 4;
/// How many of the words that it may have been are looked at, the shortest.
const COMPLETIONS: usize = 200;
/// What a word of the first phrase counts, in eighths: it names the goods.
const WHOLE: i32 = 8;
/// What a word after it counts: `for a car`, `with a lid`. Of 8, 6, 5 and 4 it put most held-out texts first.
const ASIDE: i32 = 5;

/// Words between others that end the phrase that names the goods.
const TURNS: &[&str] = &["by", "for", "from", "in", "of", "on", "to", "with"];
/// What goods are counted or packed in: of `a set of glasses` the glasses are the goods.
const COUNTED: &[&str] = &[
    "assortment",
    "bag",
    "bottle",
    "box",
    "bunch",
    "bundle",
    "carton",
    "kind",
    "lot",
    "pack",
    "packet",
    "pair",
    "piece",
    "pot",
    "range",
    "roll",
    "selection",
    "set",
    "sort",
    "tin",
    "tub",
    "tube",
    "type",
    "variety",
];
/// How a ruling opens: `the tariff classification and country of origin marking of`, `the tariff classification and status under the North American
/// Free Trade Agreement of`.
const OPENING: &[&str] = &[
    "classification",
    "country",
    "marking",
    "origin",
    "status",
    "tariff",
];

/// Words after one that says what the goods are like, and not what they are: `heart shaped cushion`, `t-shirt style bag`. Passing over none, two
/// rulings fewer of 89 were among ten, and no other set moved by more than 0.2 points.
const LIKENESSES: &[&str] = &[
    "effect", "inspired", "look", "print", "shape", "shaped", "style", "theme", "themed",
];

/// Words that turn what follows into what the goods are not.
const DENIALS: &[&str] = &["no", "non", "not", "without"];
/// Words that hand a denial on: `not containing cocoa`.
const CARRIERS: &[&str] = &["containing", "fitted", "having", "incorporating"];

/// A word of a text as the classifier takes it.
struct Said {
    word: Word,
    is_denied: bool,
    /// It does not stand in the first phrase.
    is_aside: bool,
}

/// The words of a text in order. Of `no motor` the word is `nomotor`, which means something else than `motor`.
fn said(text: &str) -> Vec<Said> {
    let words = words(text, None);
    let opening = opening(text, &words);
    let mut said: Vec<Said> = Vec::new();
    let (mut end, mut is_denied, mut is_aside) = (0, false, false);
    for mut word in words.into_iter().skip(opening) {
        let gap = text.get(end..word.at.start).unwrap_or_default();
        if !said.is_empty() && turns(gap) {
            let goods_follow = has(gap, &["of"]) && said.iter().all(Said::counts);
            is_aside |= !goods_follow;
            for before in &mut said {
                before.is_aside |= goods_follow;
            }
        }
        is_denied |= has(gap, DENIALS);
        end = word.at.end;
        if DENIALS.contains(&word.text.as_str()) {
            is_denied = true;
            continue;
        }
        let is_carrier = CARRIERS.contains(&word.text.as_str());
        let denies = is_denied && !is_carrier && !word.is_number(); // `no. 5`
        if denies {
            word.text.insert_str(0, "no");
        }
        is_denied &= is_carrier;
        if LIKENESSES.contains(&word.text.as_str()) {
            put_aside_last(&mut said, word.at.start);
        }
        said.push(Said {
            word,
            is_denied: denies,
            is_aside,
        });
    }
    said
}

/// Puts the last word aside that ends before a place, with its parts: `t-shirt` is read as three.
fn put_aside_last(said: &mut [Said], place: usize) {
    let before = said.iter().map(|said| &said.word.at);
    let last = before
        .filter(|at| at.end <= place)
        .max_by_key(|at| (at.end, Reverse(at.start)));
    let Some(start) = last.map(|at| at.start) else {
        return;
    };
    for said in said.iter_mut().filter(|said| said.word.at.start >= start) {
        said.is_aside = true;
    }
}

impl Said {
    /// Whether it says how many, or what in, and not what the goods are.
    fn counts(&self) -> bool {
        self.word.is_number() || COUNTED.contains(&self.word.text.as_str())
    }
}

/// How many words open a ruling before the goods are named; no opening is without its `classification`, and after `status under` an agreement is
/// named.
fn opening(text: &str, words: &[Word]) -> usize {
    let opens = |word: &&Word| OPENING.contains(&word.text.as_str());
    let count = words.iter().take_while(opens).count();
    let (opening, rest) = words.split_at_checked(count).unwrap_or_default();
    let says = |said: &str| opening.iter().any(|word| word.text == said);
    if !says("classification") {
        return 0;
    }
    let mut end = opening.last().map_or(0, |word| word.at.end);
    let mut goods = rest.iter().position(|word| {
        let gap = text.get(end..word.at.start).unwrap_or_default();
        end = word.at.end;
        has(gap, &["of"])
    });
    if !says("status") {
        goods = goods.filter(|further| *further == 0);
    }
    goods.map_or(0, |further| count.saturating_add(further))
}

/// Whether the first phrase ends between two words.
fn turns(gap: &str) -> bool {
    gap.contains([',', ';', ':', '(', '|']) || gap.contains(" - ") || has(gap, TURNS)
}

/// Whether one of the words stands between two others.
fn has(gap: &str, words: &[&str]) -> bool {
    let mut between = gap.split(|character: char| !character.is_ascii_alphabetic());
    between.any(|word| words.iter().any(|one| one.eq_ignore_ascii_case(word)))
}

/// The words of a text as the classifier takes them: what it learns from must be read as it reads a query.
#[cfg(feature = "write")]
#[must_use]
pub fn text_words(text: &str) -> Vec<String> {
    let said = said(text).into_iter();
    said.map(|said| said.word.text).collect()
}

/// What a word does in the name of the goods.
#[cfg(feature = "write")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It ends a short first phrase: in `cordless lawnmower blade` the goods are a blade.
    Head,
    /// It stands in the same phrase, or before what stands aside.
    Beside,
    /// It stands after the first phrase: `for a lawnmower`.
    Aside,
    /// The first phrase is too long for its end to be the head, as titles of shops are.
    Any,
}

/// The longest first phrase, in words, whose last word is taken for the head. No other number was tried.
#[cfg(feature = "write")]
const LONGEST_PHRASE: usize = 5;

/// The role of each of [`text_words`].
#[cfg(feature = "write")]
#[must_use]
pub fn text_roles(text: &str) -> Vec<Role> {
    let said = said(text);
    let head = head(&said);
    let role = |(at, said): (usize, &Said)| match head {
        _ if said.is_aside => Role::Aside,
        None => Role::Any,
        Some(head) if head == at => Role::Head,
        Some(_) => Role::Beside,
    };
    said.iter().enumerate().map(role).collect()
}

/// Where the first phrase ends, before a number or what stands aside, if it is short.
#[cfg(feature = "write")]
fn head(said: &[Said]) -> Option<usize> {
    let names = |said: &Said| !said.is_aside && !said.word.is_number();
    let start = said.iter().position(names)?;
    let phrase = said.iter().skip(start).take_while(|said| names(said));
    let length = phrase.count();
    let last = start.checked_add(length)?.checked_sub(1)?;
    (length <= LONGEST_PHRASE).then_some(last)
}

/// The pairs of words that a text has with nothing but a space between: each is heard as one word more where the classifier knows it.
#[cfg(feature = "write")]
#[must_use]
pub fn text_pairs(text: &str) -> Vec<[String; 2]> {
    let said = said(text);
    let pairs = said.iter().zip(said.iter().skip(1));
    pairs
        .filter(|(first, second)| pair(text, &first.word, &second.word).is_some())
        .map(|(first, second)| [&first.word, &second.word].map(|word| word.text.clone()))
        .collect()
}

impl Classifier {
    /// The words of a query that are known, each once, in the order of the query; where goods come from is passed over. Two words that are known
    /// as one count as one more, and for a word that is not known counts what it may have meant.
    pub(crate) fn read(&self, text: &str) -> Heard {
        let mut said = said(text);
        let origin = origin(text, said.iter().map(|said| &said.word));
        said.retain(|said| said.word.at.start < origin);
        let is_typed = said.len() <= LONGEST_TYPED;
        let mut heard = Heard::default();
        let mut next = said.iter().skip(1);
        for Said {
            word,
            is_denied,
            is_aside,
        } in &said
        {
            let weight = if *is_aside { ASIDE } else { WHOLE };
            let exact = self.words.rank(&word.text);
            let found = if exact.is_some() || *is_denied {
                [exact, None]
            } else {
                let is_last = word.at.end == text.trim_end().len();
                self.meant(&word.text, is_typed, is_last)
            };
            if found == [None; 2] {
                heard.unknown = heard.unknown.saturating_add(1);
            }
            for rank in found.into_iter().flatten() {
                heard.add(rank, word.at.clone(), exact.is_some(), weight);
            }
            let joined = next.next().and_then(|next| pair(text, word, &next.word));
            if let Some((rank, at)) =
                joined.and_then(|pair| Some((self.words.rank(&pair.text)?, pair.at)))
            {
                heard.add(rank, at, true, weight);
            }
        }
        heard
    }

    /// What a word that is not known stands for: its halves, or else what it is where a text was cut off, with a slip, or without its vowels.
    fn meant(&self, word: &str, is_typed: bool, is_last: bool) -> [Option<usize>; 2] {
        self.halves(word).unwrap_or_else(|| {
            let cut_off = is_last.then(|| self.completed(word)).flatten();
            let slipped = || is_typed.then(|| slip(&self.words, word)).flatten();
            let one = cut_off.or_else(slipped).or_else(|| self.with_vowels(word));
            [one, None]
        })
    }

    /// Of the words that go on from one that is cut off, and are not twice as long, the one that was met in most texts.
    fn completed(&self, word: &str) -> Option<usize> {
        let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
        if has_digit || word.len() < SHORTEST_CUT {
            return None;
        }
        let longest = word.len().saturating_mul(2);
        let found = self.words.completions(word, COMPLETIONS).into_iter();
        let ranks = found.map(|found| found.rank);
        self.most_met(ranks.filter(|rank| self.words.word(*rank).len() < longest))
    }

    /// Of the words that have the letters of one with few vowels, and vowels more, the one that was met in most texts.
    fn with_vowels(&self, word: &str) -> Option<usize> {
        if !lacks_vowels(word) {
            return None;
        }
        self.most_met(self.words.shortened_to(word))
    }

    fn most_met(&self, ranks: impl Iterator<Item = usize>) -> Option<usize> {
        ranks.max_by_key(|rank| self.memory.texts(*rank))
    }

    /// The two known words that a word is made of, the first as long as can be.
    fn halves(&self, word: &str) -> Option<[Option<usize>; 2]> {
        let last = word.len().checked_sub(SHORTEST_HALF)?;
        (SHORTEST_HALF..=last).rev().find_map(|cut| {
            let (first, second) = word.split_at_checked(cut)?;
            Some([Some(self.half(first)?), Some(self.half(second)?)])
        })
    }

    fn half(&self, word: &str) -> Option<usize> {
        let rank = self.words.rank(word)?;
        let is_half = word.len() > SHORTEST_HALF || self.memory.texts(rank) >= LEAST_OF_SHORT_HALF;
        is_half.then_some(rank)
    }
}

impl Heard {
    fn add(&mut self, rank: usize, at: Range<usize>, is_exact: bool, weight: i32) {
        let is_new = self.known.iter().all(|other| other.rank != rank);
        if is_new && self.known.len() < MAX_WORDS {
            self.known.push(Known {
                rank,
                at,
                is_exact,
                weight,
            });
        }
    }
}

fn slip(words: &Vocabulary, typed: &str) -> Option<usize> {
    let is_plain = typed.bytes().all(|byte| byte.is_ascii_lowercase());
    if !is_plain || typed.len() < SHORTEST_MISSPELT {
        return None;
    }
    words
        .near(typed, 1, false, 1)
        .first()
        .map(|found| found.rank)
}
