//! What packs say of their publishers: from the provenance files.

use std::path::Path;

use anyhow::{Context, Result};
use dutiable::calendar::CalendarDate;
use dutiable::pack::Source;
use toml::value::Datetime;

use crate::provenance::Provenance;
use crate::tables::{Peg, Programme};

/// The sources of these ids.
///
/// # Errors
/// A provenance file that is missing or cannot be read.
pub(crate) fn read(folder: &Path, ids: &[String]) -> Result<Vec<Source>> {
    ids.iter().map(|id| source(folder, id)).collect()
}

/// A programme of additional duties as a source of its own.
///
/// # Errors
/// A day that is none.
pub(crate) fn of_programme(place: &str, programme: &Programme) -> Result<Source> {
    let context = || format!("programmes.csv: {}", programme.programme);
    Ok(Source {
        id: programme_id(place, &programme.programme),
        title: programme.title.clone(),
        publisher: programme.authority.clone(),
        licence: String::new(),
        url: programme.url.clone(),
        as_of: Some(CalendarDate::parse(&programme.as_of).with_context(context)?),
    })
}

/// A currency's peg as a source of its own: who keeps it, and where it says so.
///
/// # Errors
/// A day that is none.
pub(crate) fn of_peg(peg: &Peg) -> Result<Source> {
    Ok(Source {
        id: peg_id(peg),
        title: peg.title.clone(),
        publisher: peg.authority.clone(),
        licence: String::new(),
        url: peg.url.clone(),
        as_of: Some(CalendarDate::parse(&peg.checked_on)?),
    })
}

/// The id of a peg's source.
pub(crate) fn peg_id(peg: &Peg) -> String {
    format!("fx/{}", peg.currency.to_lowercase())
}

/// The id of a programme's source.
pub(crate) fn programme_id(place: &str, programme: &str) -> String {
    format!("{place}/{programme}")
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
