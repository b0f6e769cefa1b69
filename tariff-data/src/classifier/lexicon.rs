//! The lexicon: terms, examples, and the words that say nothing of the goods.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A row of `terms/chapter-NN.csv`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Term {
    pub(crate) term: String,
    pub(crate) code: String,
    pub(crate) given: String,
}

/// A row of `examples/chapter-NN.csv`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Example {
    pub(crate) text: String,
    pub(crate) code: String,
}

/// A row of `noise.csv`.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Noise {
    pub(crate) words: String,
    /// The chapters in which the words do decide.
    pub(crate) except: String,
}

/// The whole lexicon, in the order of its files.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) terms: Vec<Term>,
    pub(crate) examples: Vec<Example>,
    pub(crate) noise: Vec<Noise>,
}

/// Reads the lexicon.
///
/// # Errors
/// A file that cannot be read, by name.
pub(crate) fn read(folder: &Path) -> Result<Lexicon> {
    Ok(Lexicon {
        terms: chapters(&folder.join("terms"))?,
        examples: chapters(&folder.join("examples"))?,
        noise: file(&folder.join("noise.csv"))?,
    })
}

fn chapters<T: DeserializeOwned>(folder: &Path) -> Result<Vec<T>> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    let mut paths = entries
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<Vec<_>>>()?;
    paths.sort();
    let mut rows = Vec::new();
    for path in paths {
        rows.append(&mut file(&path)?);
    }
    Ok(rows)
}

fn file<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let reader = csv::Reader::from_path(path);
    let mut reader = reader.with_context(|| format!("opening {}", path.display()))?;
    let rows = reader.deserialize().collect::<Result<_, _>>();
    rows.with_context(|| path.display().to_string())
}
