//! `tariff.toml`: what a tariff is, as a whole.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use toml::value::Datetime;

use super::TableFolder;

/// What `tables/<place>/tariff.toml` says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Manifest {
    /// The folder's name: `us`.
    pub id: String,
    /// The tariff's own title.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The most digits a declarable code has.
    pub digits: u8,
    /// The currency of the declaration.
    pub currency: String,
    /// The day the tables speak for.
    pub as_of: Datetime,
    /// The first day on which the rates hold as written here.
    pub covers_from: Datetime,
    /// The last such day known; left out while none is.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub covers_to: Option<Datetime>,
    /// The edition of the Harmonized System below the national lines.
    pub nomenclature: String,
    /// The language of the designations in `lines.csv`: `en`.
    pub language: String,
    /// How packs are split: `whole`, or `by-area` when preferences and remedies go apart by area of origin.
    pub split: String,
    /// Whether lines are missing that the destination has: a code that is not among them may be one all the same.
    #[serde(skip_serializing_if = "std::ops::Not::not", default)]
    pub in_part: bool,
    /// The ids of the provenance files.
    pub sources: Vec<String>,
    /// What the publisher's file counts, which the tables must account for (`check` compares). Last, as TOML wants it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty", default)]
    pub counts: BTreeMap<String, usize>,
}

impl Manifest {
    /// The file's name within the place's folder.
    pub const FILE: &'static str = "tariff.toml";

    /// Reads the manifest of a place.
    pub fn read(folder: &TableFolder) -> Result<Self> {
        let path = folder.path().join(Self::FILE);
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("reading {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("reading {}", path.display()))
    }

    /// Writes the manifest of a place.
    pub fn write(&self, folder: &TableFolder) -> Result<()> {
        std::fs::create_dir_all(folder.path())?;
        let path = folder.path().join(Self::FILE);
        std::fs::write(&path, toml::to_string(self)?)
            .with_context(|| format!("writing {}", path.display()))
    }
}
