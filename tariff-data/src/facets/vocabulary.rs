//! From `facets.csv` and `words.csv` to the vocabulary that travels in the pack.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use dutiable::navigator::guide::{Facet, Phrase, Values, Vocabulary};

use super::tables::parts;
use crate::tables::{FacetRow, WordRow};

/// The value that has no name, which every facet has first.
const OTHER: &str = "other";

/// # Errors
/// A facet or value that is not there, a word that says nothing and something at once.
pub(super) fn vocabulary(facets: &[FacetRow], words: &[WordRow]) -> Result<Vocabulary> {
    let facets: Vec<Facet> = facets.iter().map(facet).collect();
    let mut says: BTreeMap<String, BTreeMap<u8, u32>> = BTreeMap::new();
    for row in words {
        let context = || format!("words.csv: {}", row.word);
        let position = facets.iter().position(|facet| facet.id == row.facet);
        let position = position.with_context(context)?;
        let phrase = Phrase::normal(&row.word);
        ensure!(!phrase.is_empty(), "{}: no word is left of it", context());
        let said = says.entry(phrase).or_default();
        if !row.value.is_empty() {
            let facet = facets.get(position).with_context(context)?;
            let value = facet.value(&row.value).with_context(context)?;
            *said.entry(u8::try_from(position)?).or_default() |= value;
        }
    }
    let phrases = says.into_iter().map(|(words, says)| Phrase {
        words,
        says: says.into_iter().collect(),
    });
    Ok(Vocabulary {
        phrases: phrases.collect(),
        facets,
    })
}

fn facet(row: &FacetRow) -> Facet {
    let named = parts(&row.values).map(str::to_owned);
    Facet {
        id: row.facet.clone(),
        ease: row.ease,
        anywhere: row.anywhere == "y",
        tells: row.tells == "y",
        within: parts(&row.within).map(str::to_owned).collect(),
        values: std::iter::once(OTHER.to_owned()).chain(named).collect(),
    }
}

/// The values that a cell names.
///
/// # Errors
/// One that the facet does not have.
pub(super) fn values(facet: &Facet, cell: &str) -> Result<Values> {
    let mut values = 0;
    for name in parts(cell) {
        let value = facet.value(name);
        values |= value.with_context(|| format!("{} has no value {name}", facet.id))?;
    }
    Ok(values)
}
