//! The export as it is: one JSON object a row, in the order of the schedule.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::files;

/// The first chapter that is not of the nomenclature.
const FIRST_SPECIAL_CHAPTER: &str = "98";

/// A row of the export; columns that we do not use are ignored.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Entry {
    /// Its position in the file, counted from one.
    #[serde(skip)]
    pub(super) row: usize,
    /// The code with points, or nothing for a grouping row.
    pub(super) htsno: String,
    /// How far the row is indented.
    pub(super) indent: String,
    /// The designation.
    pub(super) description: String,
    /// Units of quantity.
    pub(super) units: Option<Vec<String>>,
    /// Column 1 general.
    pub(super) general: String,
    /// Column 1 special.
    pub(super) special: String,
    /// Column 2.
    pub(super) other: String,
}

/// Refuses two editions of which a code has a rate in both, and not the same.
pub(super) fn same_rates(earlier: &[Entry], later: &[Entry]) -> Result<()> {
    let words = |entry: &Entry| {
        [&entry.general, &entry.special, &entry.other]
            .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let coded = |entries: &[Entry]| -> BTreeMap<String, [String; 3]> {
        let rows = entries.iter().filter(|entry| !entry.htsno.is_empty());
        rows.map(|entry| (entry.htsno.clone(), words(entry)))
            .collect()
    };
    let earlier = coded(earlier);
    for (code, rates) in coded(later) {
        if earlier.get(&code).is_some_and(|before| *before != rates) {
            bail!("{code} had another rate in the earlier edition: its validity must be dated");
        }
    }
    Ok(())
}

/// The rows of chapters 1 to 97.
pub(super) fn read(path: &Path) -> Result<Vec<Entry>> {
    parse(&files::text(path)?).with_context(|| format!("reading {}", path.display()))
}

pub(super) fn parse(text: &str) -> Result<Vec<Entry>> {
    let mut entries: Vec<Entry> =
        serde_json::from_str(text).context("not the export of the HTS")?;
    for (position, entry) in entries.iter_mut().enumerate() {
        entry.row = position.saturating_add(1);
    }
    let end = entries
        .iter()
        .position(|entry| entry.htsno.as_str() >= FIRST_SPECIAL_CHAPTER)
        .unwrap_or(entries.len());
    let special = entries.split_off(end);
    if let Some(stray) = special.iter().find(|entry| is_ordinary(entry)) {
        bail!("row {}: {} comes after chapter 98", stray.row, stray.htsno);
    }
    Ok(entries)
}

fn is_ordinary(entry: &Entry) -> bool {
    !entry.htsno.is_empty() && entry.htsno.as_str() < FIRST_SPECIAL_CHAPTER
}

/// How many texts each rate column of the file has: what the tables must account for.
pub(super) fn counts(entries: &[Entry]) -> BTreeMap<String, usize> {
    let filled = |column: fn(&Entry) -> &str| {
        entries
            .iter()
            .filter(|entry| !column(entry).trim().is_empty())
            .count()
    };
    BTreeMap::from([
        ("rows".to_owned(), entries.len()),
        (
            "subchapters".to_owned(),
            entries.iter().filter(|entry| is_subchapter(entry)).count(),
        ),
        ("general".to_owned(), filled(|entry| &entry.general)),
        ("special".to_owned(), filled(|entry| &entry.special)),
        ("other".to_owned(), filled(|entry| &entry.other)),
    ])
}

/// `IX. NITROGEN-FUNCTION COMPOUNDS`: a Roman number, a point, and no code.
fn is_subchapter(entry: &Entry) -> bool {
    let number = entry
        .description
        .split_once(". ")
        .map(|(number, _)| number)
        .unwrap_or_default();
    entry.htsno.is_empty()
        && !number.is_empty()
        && number.chars().all(|letter| "IVX".contains(letter))
}
