//! Schedules whose file is a plain list: a code and one rate a row.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;

use super::Job;
use super::area_lists::{self, List};
use super::rates::Tables;
use crate::files;
use crate::provenance::Provenance;
use crate::tables::{Line, Manifest, Tariff};

/// All rows of a CSV file with a header, in the file's order; `code` says which digits each row is of.
pub fn rows<R: DeserializeOwned>(
    path: &Path,
    digits: usize,
    code: impl Fn(&R) -> String,
) -> Result<Vec<R>> {
    let text = files::text(path)?;
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .deserialize()
        .enumerate()
        .map(|(at, row)| {
            let place = || format!("{} row {}", path.display(), at.saturating_add(2));
            let row: R = row.with_context(place)?;
            let code = code(&row);
            if code.len() != digits || !code.bytes().all(|byte| byte.is_ascii_digit()) {
                bail!("{}: \"{code}\" is no code of {digits} digits", place());
            }
            Ok(row)
        })
        .collect()
}

/// A code of ten digits at its own level: a last pair of noughts divides nothing.
pub fn own_level(code: &str) -> &str {
    code.strip_suffix("00")
        .filter(|_| code.len() == 10)
        .unwrap_or(code)
}

/// A designation without the dashes that say its depth, and with single spaces.
pub fn title(text: &str) -> String {
    text.trim_start_matches(|c: char| c == '-' || c.is_whitespace())
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What is said of a tariff as a whole.
pub struct About<'a> {
    /// The folder's name.
    pub id: &'a str,
    /// The publisher's name, shorter than in the provenance.
    pub publisher: &'a str,
    /// The most digits of a declarable code.
    pub digits: u8,
    /// The currency of the declaration.
    pub currency: &'a str,
    /// The first day on which the rates hold.
    pub covers_from: &'a str,
    /// The last such day, if one is known.
    pub covers_to: Option<&'a str>,
    /// The language of the designations.
    pub language: &'a str,
    /// How packs are split.
    pub split: &'a str,
    /// The areas that the series or the unknown preferences are for.
    pub areas: &'a [List],
}

/// Writes a tariff's folder and its provenance, the main source first.
pub fn write(
    job: &Job,
    about: &About<'_>,
    sources: &[Provenance],
    lines: Vec<Line>,
    tables: Tables,
) -> Result<()> {
    let main = sources.first().context("a tariff without a source")?;
    let (areas, area_titles) = area_lists::tables(about.areas);
    Tariff {
        manifest: Manifest {
            id: about.id.into(),
            title: main.title.clone(),
            publisher: about.publisher.into(),
            digits: about.digits,
            currency: about.currency.into(),
            as_of: main.as_of,
            covers_from: about.covers_from.parse()?,
            covers_to: about.covers_to.map(str::parse).transpose()?,
            nomenclature: "HS 2022".into(),
            language: about.language.into(),
            split: about.split.into(),
            in_part: false,
            sources: sources.iter().map(|source| source.id.clone()).collect(),
            counts: tables.counts,
        },
        lines,
        series: tables.series,
        measures: tables.measures,
        areas,
        area_titles,
        unparsed: tables.unparsed,
    }
    .write(&job.tables.place(about.id))?;
    sources
        .iter()
        .try_for_each(|source| source.write(&job.sources))
}

/// The values of a column that a row has for each code, which must be there once.
pub fn once<T>(pairs: impl IntoIterator<Item = (String, T)>) -> Result<BTreeMap<String, T>> {
    let mut values = BTreeMap::new();
    for (code, value) in pairs {
        if values.insert(code.clone(), value).is_some() {
            bail!("code {code} twice");
        }
    }
    Ok(values)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_pair_of_noughts_is_no_level() {
        assert_eq!(own_level("0101210000"), "01012100");
        assert_eq!(own_level("0101210010"), "0101210010");
        assert_eq!(own_level("01012100"), "01012100");
    }

    #[test]
    fn dashes_say_the_depth_and_are_no_words() {
        assert_eq!(title("-   - - Para  carrera"), "Para carrera");
        assert_eq!(
            title("o-, m- y p-Fenilendiamina"),
            "o-, m- y p-Fenilendiamina"
        );
    }

    #[test]
    fn a_code_twice_is_refused() {
        assert!(once([("1".to_owned(), 1), ("1".to_owned(), 2)]).is_err());
    }
}
