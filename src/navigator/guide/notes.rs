//! The rules and notes of the nomenclature that decide between two places, in our own words.

use super::candidate::Candidate;
use super::result::DecidingNote;
use super::vocabulary::Values;
use crate::gather::gather;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// The most notes that are told.
const MOST: usize = 3;

/// A rule or note.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Which: `Note 2(a) to chapter 61`.
    pub note: String,
    /// What a query or what is left must be like for a general rule to be told.
    pub when: When,
    /// The beginnings of the codes that it keeps goods out of.
    pub keeps_out_of: Vec<String>,
    /// The beginnings of the codes that they belong to.
    pub belongs_to: Vec<String>,
    /// What it comes to.
    pub words: String,
}

stored!(struct Note { note, when, keeps_out_of, belongs_to, words });

/// When a note is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum When {
    /// A candidate lies where it keeps goods out of, another where they belong.
    #[default]
    Both,
    /// All that is left lies in one heading.
    OneHeading,
    /// What is left lies in several headings.
    SeveralHeadings,
    /// The query says goods put up as a set, or of several materials.
    Set,
    /// The query says goods in parts, or not finished.
    Unfinished,
    /// The query says a case or packing that comes with goods.
    Packing,
}

stored!(
    enum When {
        Both,
        OneHeading,
        SeveralHeadings,
        Set,
        Unfinished,
        Packing,
    }
);

/// The facet that is never asked and tells how goods come: as a set, in parts, in a case.
pub(super) const PRESENTED: &str = "presented";

/// What the words of a query say of how the goods come: the names of the values of [`PRESENTED`].
pub(super) struct Presented<'a> {
    pub(super) names: Vec<&'a str>,
}

impl Note {
    fn holds(&self, left: &[Candidate], presented: &Presented<'_>) -> bool {
        let says = |name: &str| presented.names.contains(&name);
        let heading = |candidate: &Candidate| candidate.code.prefix(4);
        let first = left.first().map(heading);
        let is_one = left.iter().all(|other| Some(heading(other)) == first);
        match self.when {
            When::Both => {
                let (out, to) = (self.out_of(left), self.to(left));
                !out.is_empty() && !to.is_empty()
            }
            When::OneHeading => left.len() > 1 && is_one,
            When::SeveralHeadings => !is_one,
            When::Set => !is_one && says("set"),
            When::Unfinished => says("unfinished"),
            When::Packing => says("packing"),
        }
    }

    /// How exactly it names places: of two notes the one on headings says more than the one on chapters.
    fn exactness(&self) -> usize {
        let lengths = |codes: &[String]| codes.iter().map(String::len).max().unwrap_or(0);
        lengths(&self.keeps_out_of).max(lengths(&self.belongs_to))
    }

    fn out_of(&self, left: &[Candidate]) -> Vec<String> {
        let to = self.to(left);
        let mut out = under(&self.keeps_out_of, left);
        out.retain(|code| !to.contains(code));
        out
    }

    fn to(&self, left: &[Candidate]) -> Vec<String> {
        under(&self.belongs_to, left)
    }
}

fn under(beginnings: &[String], left: &[Candidate]) -> Vec<String> {
    let codes = left.iter().map(|candidate| candidate.code.to_string());
    let begins = |code: &String| beginnings.iter().any(|start| code.starts_with(start));
    gather(&mut codes.filter(begins))
}

/// The notes that decide between what is left: those between the likeliest first, of equal ones the most exact, then the general rules in
/// the order of the table.
pub(super) fn deciding<'a>(
    notes: &'a [Note],
    left: &[Candidate],
    presented: &Presented<'_>,
) -> Vec<DecidingNote<'a>> {
    let holding = notes.iter().filter(|note| note.holds(left, presented));
    let mut holding = gather(&mut holding.map(|note| {
        let told = DecidingNote {
            note: &note.note,
            words: &note.words,
            keeps_out_of: note.out_of(left),
            belongs_to: note.to(left),
        };
        let side = |codes: &[String]| weight(codes, left);
        let weight = side(&told.keeps_out_of).min(side(&told.belongs_to));
        (weight, note.exactness(), told)
    }));
    holding.sort_by_key(|(weight, exactness, _)| core::cmp::Reverse((*weight, *exactness)));
    let mut told = holding.into_iter().map(|(_, _, told)| told);
    gather(&mut told.by_ref().take(MOST))
}

fn weight(codes: &[String], left: &[Candidate]) -> u64 {
    let named = left
        .iter()
        .filter(|candidate| codes.contains(&candidate.code.to_string()));
    named.fold(0, |sum: u64, candidate| {
        sum.saturating_add(candidate.weight)
    })
}

/// How a query says that the goods come.
pub(super) fn presented<'a>(vocabulary: &'a super::Vocabulary, said: &[Values]) -> Presented<'a> {
    let position = vocabulary.position(PRESENTED);
    let facet = position.and_then(|position| vocabulary.facets.get(position));
    let values = position.and_then(|position| said.get(position));
    let names = facet.zip(values);
    Presented {
        names: names.map_or_else(Vec::new, |(facet, values)| {
            gather(&mut facet.names(*values))
        }),
    }
}
