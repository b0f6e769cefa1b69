//! A folder of packs and its manifest: which files a call needs.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use dutiable::Engine;
use dutiable::pack::PackKind;
use serde::Deserialize;

/// A pack as the manifest lists it.
#[derive(Deserialize)]
struct Entry {
    id: String,
    kind: PackKind,
    destinations: Option<Vec<String>>,
    origins: Option<Vec<String>>,
    language: Option<String>,
    url: String,
    sha256: String,
}

#[derive(Deserialize)]
struct Manifest {
    packs: Vec<Entry>,
}

/// The folder, and what has been opened from it.
pub(crate) struct PackFolder {
    path: PathBuf,
    manifest: Manifest,
    open: BTreeSet<String>,
}

impl PackFolder {
    /// Reads the manifest.
    ///
    /// # Errors
    /// Where there is none.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let file = path.join("packs.json");
        let text = fs::read_to_string(&file).with_context(|| {
            format!(
                "reading {} (`make packs` builds it; --packs names another folder)",
                file.display()
            )
        })?;
        let manifest =
            serde_json::from_str(&text).with_context(|| format!("reading {}", file.display()))?;
        Ok(Self {
            path: path.to_owned(),
            manifest,
            open: BTreeSet::new(),
        })
    }

    /// Opens what a quote to a destination needs for goods of these origins.
    ///
    /// # Errors
    /// A file that is missing, or not the one the manifest names.
    pub(crate) fn for_quote(
        &mut self,
        engine: &mut Engine,
        destination: &str,
        origins: &[&str],
    ) -> Result<()> {
        let serves = |list: &Option<Vec<String>>, any: &[&str]| {
            list.as_ref().is_none_or(|list| {
                any.iter()
                    .any(|place| list.iter().any(|listed| listed == place))
            })
        };
        self.open_where(engine, |entry| match entry.kind {
            PackKind::Rates => true,
            PackKind::Rules | PackKind::Tariff => serves(&entry.destinations, &[destination]),
            PackKind::Measures => {
                serves(&entry.destinations, &[destination]) && serves(&entry.origins, origins)
            }
            PackKind::Nomenclature
            | PackKind::Index
            | PackKind::Text
            | PackKind::Classifier
            | PackKind::Guide => false,
        })
    }

    /// Opens the pack of this SHA-256, if the folder has one.
    ///
    /// # Errors
    /// As [`PackFolder::for_quote`].
    pub(crate) fn of_hash(&mut self, engine: &mut Engine, sha256: &str) -> Result<()> {
        self.open_where(engine, |entry| entry.sha256 == sha256)
    }

    /// Opens the navigator's packs in a language, English where none is named, and a destination's own lines.
    ///
    /// # Errors
    /// As [`PackFolder::for_quote`].
    pub(crate) fn for_navigating(
        &mut self,
        engine: &mut Engine,
        language: Option<&str>,
        destination: Option<&str>,
    ) -> Result<()> {
        let asked = language.unwrap_or("en");
        let is_asked = |entry: &Entry| entry.language.as_deref().unwrap_or("en") == asked;
        self.open_where(engine, |entry| match (entry.kind, &entry.destinations) {
            (PackKind::Nomenclature | PackKind::Guide, _) => true,
            (PackKind::Classifier | PackKind::Index, _) | (PackKind::Text, None) => is_asked(entry),
            (PackKind::Text, Some(served)) => {
                destination.is_some_and(|place| served.iter().any(|other| other == place))
            }
            _ => false,
        })
    }

    fn open_where(&mut self, engine: &mut Engine, needed: impl Fn(&Entry) -> bool) -> Result<()> {
        for entry in self.manifest.packs.iter().filter(|entry| needed(entry)) {
            if self.open.contains(&entry.id) {
                continue;
            }
            let path = self.path.join(&entry.url);
            let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
            engine
                .open_pack(bytes, Some(&entry.sha256))
                .with_context(|| format!("opening {}", path.display()))?;
            self.open.insert(entry.id.clone());
        }
        Ok(())
    }
}
