//! The tables of `facets/`, kept by hand.

use std::path::Path;

use anyhow::{Result, ensure};

use crate::tables::{FacetRow, NoteRow, Row, SubheadingRow, TableFolder, WordRow};

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
    /// A file that is not there, is empty, or has a row that cannot be read, by name.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        let folder = TableFolder::new(folder);
        Ok(Self {
            facets: rows(&folder)?,
            words: rows(&folder)?,
            subheadings: rows(&folder)?,
            notes: rows(&folder)?,
        })
    }
}

/// The parts of a cell.
pub(crate) fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(';').filter(|part| !part.is_empty())
}

fn rows<R: Row>(folder: &TableFolder) -> Result<Vec<R>> {
    let rows = folder.read::<R>()?;
    ensure!(!rows.is_empty(), "{} is empty", R::FILE);
    Ok(rows)
}
