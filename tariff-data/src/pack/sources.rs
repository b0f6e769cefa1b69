//! What packs say of their publishers: from the provenance files.

use std::path::Path;

use anyhow::{Context, Result};
use dutiable::calendar::CalendarDate;
use dutiable::pack::Source;
use toml::value::Datetime;

use crate::provenance::Provenance;

/// The sources of these ids.
///
/// # Errors
/// A provenance file that is missing or cannot be read.
pub(crate) fn read(folder: &Path, ids: &[String]) -> Result<Vec<Source>> {
    ids.iter().map(|id| source(folder, id)).collect()
}

fn source(folder: &Path, id: &str) -> Result<Source> {
    let provenance = Provenance::read(folder, id)?
        .with_context(|| format!("there is no provenance file for {id}"))?;
    Ok(Source {
        id: provenance.id,
        title: provenance.title,
        publisher: provenance.publisher,
        licence: provenance.licence,
        url: provenance.url,
        as_of: Some(day(provenance.as_of)?),
    })
}

/// A TOML date as a day of ours.
///
/// # Errors
/// A date-time with a clock, or a day that is none.
pub(crate) fn day(date: Datetime) -> Result<CalendarDate> {
    let text = date.to_string();
    CalendarDate::parse(&text).with_context(|| format!("{text} is not a day"))
}
