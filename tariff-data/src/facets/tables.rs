//! The tables of `facets/`, kept by hand.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::path::Path;

/// A facet.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct FacetRow {
    pub(crate) facet: String,
    pub(crate) ease: u8,
    /// `y` where a word counts wherever it stands.
    pub(crate) anywhere: String,
    /// `y` where a word of a query is taken as the answer.
    pub(crate) tells: String,
    /// `y` where `Other` is what its neighbours are not; `closed` where nothing is outside the values.
    pub(crate) residual: String,
    /// The value of goods of which nothing says another.
    pub(crate) otherwise: String,
    /// The beginnings of the codes whose designations are read for it; all where empty.
    pub(crate) within: String,
    pub(crate) values: String,
}

/// A word and what it says; nothing where the value is empty.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct WordRow {
    pub(crate) word: String,
    pub(crate) facet: String,
    pub(crate) value: String,
}

/// What a code has, in place of what its designation says; unknown where the values are empty.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SubheadingRow {
    pub(crate) code: String,
    pub(crate) facet: String,
    pub(crate) values: String,
}

/// A rule or note that decides.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct NoteRow {
    pub(crate) note: String,
    pub(crate) when: dutiable::navigator::guide::When,
    pub(crate) keeps_out_of: String,
    pub(crate) belongs_to: String,
    pub(crate) words: String,
}

/// All of them.
#[derive(Debug, Clone)]
pub(crate) struct FacetTables {
    pub(crate) facets: Vec<FacetRow>,
    pub(crate) words: Vec<WordRow>,
    pub(crate) subheadings: Vec<SubheadingRow>,
    pub(crate) notes: Vec<NoteRow>,
}

impl FacetTables {
    /// Reads `facets/`.
    ///
    /// # Errors
    /// A file that is not there or a row that cannot be read, by name.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        Ok(Self {
            facets: rows(folder, "facets.csv")?,
            words: rows(folder, "words.csv")?,
            subheadings: rows(folder, "subheadings.csv")?,
            notes: rows(folder, "notes.csv")?,
        })
    }
}

/// The parts of a cell.
pub(crate) fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').filter(|part| !part.is_empty())
}

fn rows<T: DeserializeOwned>(folder: &Path, name: &str) -> Result<Vec<T>> {
    let path = folder.join(name);
    let mut reader =
        csv::Reader::from_path(&path).with_context(|| format!("opening {}", path.display()))?;
    let rows: Vec<T> = reader
        .deserialize()
        .collect::<Result<_, _>>()
        .with_context(|| format!("reading {}", path.display()))?;
    if rows.is_empty() {
        bail!("{} is empty", path.display());
    }
    Ok(rows)
}
