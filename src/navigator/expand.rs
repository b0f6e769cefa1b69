//! From a word that was asked to the words of the index that answer it.

use super::compound;
use super::index::Index;
use super::language::Language;
use super::query::Asked;
use crate::gather::{add, gather};
use serde::Serialize;

/// How a word of the index answers a word that was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// It is the same word, in any number.
    Exact,
    /// It begins with what was typed.
    Prefix,
    /// It is one or two slips away, or what was asked shortens it.
    Typo,
}

/// A word of the index that answers.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expansion {
    pub(crate) rank: usize,
    pub(crate) how: How,
    /// How much of its value counts, in 64ths.
    pub(crate) share: u32,
}

/// The most words that complete a beginning, the shortest of them.
const COMPLETIONS: usize = 24;
/// The most words that a misspelt one may stand for, the nearest of them.
const CORRECTIONS: usize = 6;
/// The shortest beginning that is completed although it is a word itself.
const SHORTEST_OPEN: usize = 3;
/// The shortest halves that an unknown word is parted into.
const SHORTEST_HALF: usize = 3;

/// The words of the index for a word that was asked: itself, what the nomenclature has in its place, and what it begins if it is still open or only begins compounds; else the two words it is made
/// of; else its corrections; else, of a compound, the goods that its end names.
pub(crate) fn expand(index: &Index, asked: &Asked<'_>) -> Vec<Expansion> {
    let mut found = Vec::new();
    add(&mut found, &mut exact(index, &asked.text, 64).into_iter());
    if let Some(language) = &index.language {
        let also = language.also(&asked.text);
        found.extend(also.filter_map(|text| exact(index, text, 64)));
    }
    if asked.is_joined {
        return found;
    }
    let has_compounds = |language: &Language| language.has_compounds();
    let is_parted = index.language.as_ref().is_some_and(has_compounds);
    let may_begin = asked.is_open || (is_parted && found.is_empty());
    if may_begin && (found.is_empty() || asked.text.len() >= SHORTEST_OPEN) {
        let share = if found.is_empty() {
            index.weights.prefix
        } else {
            index.weights.prefix_of_word
        };
        found.append(&mut completions(index, &asked.text, u32::from(share)));
    }
    if found.is_empty() && !is_parted {
        found = halves(index, &asked.text);
    }
    if found.is_empty() {
        found = corrections(index, asked);
    }
    if found.is_empty() {
        let goods = compound::goods(&asked.full, index).into_iter();
        found.extend(goods.map(|rank| Expansion {
            rank,
            how: How::Exact,
            share: 64,
        }));
    }
    found
}

fn exact(index: &Index, word: &str, share: u32) -> Option<Expansion> {
    let rank = index.words.rank(word)?;
    Some(Expansion {
        rank,
        how: How::Exact,
        share,
    })
}

/// Words that begin with the typed letters, the shortest: they are the likeliest to be meant, and each counts by how much of it has
/// been typed.
fn completions(index: &Index, typed: &str, share: u32) -> Vec<Expansion> {
    let found = index.words.completions(typed, COMPLETIONS).into_iter();
    let mut completed = found.map(|found| Expansion {
        share: part(share, typed.len(), index.words.word(found.rank).len()),
        rank: found.rank,
        how: How::Prefix,
    });
    gather(&mut completed)
}

fn part(share: u32, of: usize, whole: usize) -> u32 {
    let number = |size: usize| u32::try_from(size).unwrap_or(u32::MAX);
    share
        .saturating_mul(number(of))
        .checked_div(number(whole))
        .unwrap_or(0)
}

/// The two known words that an unknown one is written together of: `waterbottle`. The longest first half is taken.
fn halves(index: &Index, word: &str) -> Vec<Expansion> {
    let cuts = (SHORTEST_HALF..=word.len().saturating_sub(SHORTEST_HALF)).rev();
    let parted = cuts.filter_map(|cut| {
        let (first, second) = word.split_at_checked(cut)?;
        Some(vec![exact(index, first, 64)?, exact(index, second, 64)?])
    });
    parted.into_iter().next().unwrap_or_default()
}

/// How many slips are forgiven in a word.
fn forgiven(word: &str) -> usize {
    if word.bytes().any(|byte| byte.is_ascii_digit()) || !word.is_ascii() {
        return 0;
    }
    match word.len() {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// The nearest words; words at two slips only where there is none at one.
fn corrections(index: &Index, asked: &Asked<'_>) -> Vec<Expansion> {
    let mut found = Vec::new();
    for slips in 1..=forgiven(&asked.text) {
        if found.is_empty() {
            found = within(index, asked, slips);
        }
    }
    found
}

fn within(index: &Index, asked: &Asked<'_>, slips: usize) -> Vec<Expansion> {
    let typed = asked.text.as_str();
    let found = index.words.near(typed, slips, asked.is_open, CORRECTIONS);
    let mut corrected = found.into_iter().map(|found| {
        let slips = usize::from(found.slips).saturating_sub(1);
        let share = index.weights.typo.get(slips).copied().map_or(0, u32::from);
        let length = index.words.word(found.rank).len();
        Expansion {
            share: part(share, typed.len().min(length), length),
            rank: found.rank,
            how: How::Typo,
        }
    });
    gather(&mut corrected)
}
