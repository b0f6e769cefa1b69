//! The Harmonized Tariff Schedule of the United States, from the JSON export of the United States International Trade Commission.

pub mod additional;
mod lines;
mod measures;
mod rate;
mod rate_words;
mod schedule;
mod special;
mod units;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, bail};
use toml::value::Datetime;

use super::Job;
use crate::provenance::{Provenance, Publication};
use crate::tables::{Area, AreaTitle, Manifest, TableFolder, Tariff};

use measures::Measures;
use schedule::Entry;

const HTS: Publication = Publication {
    id: "us/hts",
    title: "Harmonized Tariff Schedule of the United States",
    publisher: "United States International Trade Commission",
    licence: "public domain (work of the United States Government)",
    edition: "2026 Revision 10",
    as_of: "2026-06-08",
    url: "https://hts.usitc.gov/",
    remarks: "JSON export. Chapters 98 and 99 are left out: special classification provisions, and the additional and \
              temporary duties, which are in programmes.csv and headings.csv. Titles of subchapters are left out. A rated line \
              whose statistical suffix is 00 keeps eight digits. Of two units the first that is not kilograms is kept. \
              33 1/3 per cent is carried as 33.33333333 per cent. Where the special column refers to a heading of \
              chapters 98 and 99, or names a programme that general note 3(c) does not, the text is in unparsed.csv. \
              Column 1 special rates of products (B, C, K, L) are on the area all or Canada with a flag that says \
              what they ask for; origins of column 2 have no right to them. Validity begins with the day of the edition, or \
              with that of an earlier one given beside it which states the same rates: the 2026 Basic Edition does, for every \
              code of both. Statistical suffixes that changed in between are those of the later edition. Staged cuts of later \
              years are not in it.",
};

/// An edition before the main one, by a part of its file's name, and the day it began.
const EARLIER: (&str, &str) = ("2026_basic", "2026-01-01");

/// Writes `tables/us`.
///
/// Which countries belong to a programme is not in the export: `areas.csv` and `area_titles.csv` are kept by hand
/// (`sources/us/programmes.toml`) and only read here.
pub fn normalise(job: &Job) -> Result<()> {
    let earlier = job.files.find(EARLIER.0)?;
    let path = match earlier {
        Some(earlier) => job.files.other_than(earlier)?,
        None => job.files.only()?,
    };
    let provenance = job.main_source(&HTS, &[path])?;
    let folder = job.tables.place("us");
    let entries = schedule::read(path)?;
    let from = match earlier {
        Some(earlier) => {
            schedule::same_rates(&schedule::read(earlier)?, &entries)?;
            EARLIER
                .1
                .parse()
                .context("the day of the earlier edition")?
        }
        None => provenance.as_of,
    };
    let tariff = tariff(&entries, &provenance, from, &folder)?;
    provenance.write(&job.sources)?;
    tariff.write(&folder)
}

fn tariff(
    entries: &[Entry],
    provenance: &Provenance,
    from: Datetime,
    folder: &TableFolder,
) -> Result<Tariff> {
    let areas: Vec<Area> = folder.read()?;
    let area_titles: Vec<AreaTitle> = folder.read()?;
    let programmes: BTreeSet<String> = area_titles.iter().map(|row| row.area.clone()).collect();
    let day = from.to_string();
    let lines = lines::lines(entries)?;
    let Measures {
        series,
        measures,
        unparsed,
    } = measures::measures(entries, &day, &programmes)?;
    Ok(Tariff {
        manifest: manifest(provenance, from, schedule::counts(entries)),
        lines,
        series,
        measures,
        areas,
        area_titles,
        unparsed,
    })
}

fn manifest(provenance: &Provenance, from: Datetime, counts: BTreeMap<String, usize>) -> Manifest {
    Manifest {
        id: "us".into(),
        title: provenance.title.clone(),
        publisher: provenance.publisher.clone(),
        digits: 10,
        currency: "USD".into(),
        as_of: provenance.as_of,
        covers_from: from,
        covers_to: None,
        nomenclature: "HS 2022".into(),
        language: "en".into(),
        split: "whole".into(),
        in_part: false,
        sources: vec![
            HTS.id.into(),
            "us/programmes".into(),
            additional::LISTS.id.into(),
        ],
        counts,
    }
}

/// A digits-only code as our tables carry it: a statistical suffix of `00` says nothing and is dropped.
fn code(published: &str) -> Result<String> {
    let digits = published.replace('.', "");
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        bail!("\"{published}\" is no code");
    }
    match digits.len() {
        0 | 4 | 6 | 8 => Ok(digits),
        10 => Ok(digits
            .strip_suffix("00")
            .map(str::to_owned)
            .unwrap_or(digits)),
        length => bail!("\"{published}\" has {length} digits"),
    }
}

/// Text without doubled, trailing or invisible space, and without the line breaks the printed page left in words.
fn tidy(text: &str) -> String {
    let visible = text.replace(['\u{200b}', '\u{feff}'], "");
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn row_context(entry: &Entry) -> String {
    format!(
        "row {} ({} {})",
        entry.row,
        entry.htsno,
        tidy(&entry.description)
    )
}

fn at_row<T>(entry: &Entry, result: Result<T>) -> Result<T> {
    result.with_context(|| row_context(entry))
}

#[cfg(test)]
mod tests;
