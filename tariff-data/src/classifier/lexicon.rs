//! The lexicon: terms, examples, names, and the words that say nothing of the goods.

use std::path::Path;

use anyhow::Result;

use crate::tables::{Example, GoodsName, Noise, ShopTerm, TableFolder};

/// The whole lexicon, in the order of its files.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) terms: Vec<ShopTerm>,
    pub(crate) examples: Vec<Example>,
    pub(crate) names: Vec<GoodsName>,
    pub(crate) noise: Vec<Noise>,
}

/// Reads the lexicon.
///
/// # Errors
/// A file that cannot be read, by name.
pub(crate) fn read(folder: &Path) -> Result<Lexicon> {
    let folder = TableFolder::new(folder);
    Ok(Lexicon {
        terms: folder.place("terms").read_all()?,
        examples: folder.place("examples").read_all()?,
        names: folder.read()?,
        noise: folder.read()?,
    })
}
