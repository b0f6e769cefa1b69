//! `packs.json`: the one file whose name stays, and which names all others.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use dutiable::calendar::CalendarDate;
use dutiable::pack::{PackKind, Source};
use dutiable::place::PlaceCode;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Built;

/// The manifest's own format.
const FORMAT: u8 = 1;
/// Characters of the hash that a file's name carries; the manifest has all of them.
const HASH_IN_NAME: usize = 16;

/// A pack as the manifest lists it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    pub(crate) id: String,
    kind: PackKind,
    destinations: Option<Vec<PlaceCode>>,
    origins: Option<Vec<PlaceCode>>,
    language: Option<String>,
    as_of: CalendarDate,
    covers_from: Option<CalendarDate>,
    covers_to: Option<CalendarDate>,
    pub(crate) url: String,
    bytes: usize,
    pub(crate) sha256: String,
    sources: Vec<Source>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    format: u8,
    packs: &'a [Entry],
}

impl Entry {
    /// The entry of a finished pack.
    pub(crate) fn of(built: &Built) -> Self {
        let about = built.pack.about();
        let sha256: String = Sha256::digest(built.pack.bytes())
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Self {
            id: about.id.clone(),
            kind: built.kind(),
            destinations: about.destinations.clone(),
            origins: about.origins.clone(),
            language: about.language.clone(),
            as_of: about.as_of,
            covers_from: about.covers.from,
            covers_to: about.covers.to,
            url: format!("{}.{}.pack", about.id, &sha256[..HASH_IN_NAME]),
            bytes: built.pack.bytes().len(),
            sha256,
            sources: about.sources.clone(),
        }
    }
}

/// Writes the manifest.
///
/// # Errors
/// Where the folder cannot be written.
pub(crate) fn write(entries: &[Entry], out: &Path) -> Result<()> {
    let manifest = Manifest {
        format: FORMAT,
        packs: entries,
    };
    let text = serde_json::to_string_pretty(&manifest)?;
    let path = out.join("packs.json");
    fs::write(&path, text + "\n").with_context(|| format!("writing {}", path.display()))
}
