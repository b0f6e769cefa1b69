//! Proof of the tables: one file a check, every failure named with its row.

mod cn8;
mod codes;
pub mod columns;
mod dates;
mod eu;
mod fx;
mod hs;
mod hs_editions;
mod lexicon;
mod overlaps;
mod programmes;
mod references;
mod report;
mod sources;
mod taxes;
#[cfg(test)]
mod tests;
mod third_country;
mod us;

use std::path::Path;

use anyhow::{Result, bail};

use crate::tables::{AdditionalDuties, TableFolder, Tariff, Tax, Unit};

pub use report::Report;

/// The folders of `tables/` that hold no tariff; they are checked first.
const SUBJECTS: [&str; 2] = ["hs", "fx"];
/// What is checked beside the tables.
const LEXICON: &str = "lexicon";
/// The tariffs whose publisher's file has a row for each line.
const FLAT: [&str; 5] = ["sacu", "eaeu", "ecowas", "au", "il"];

/// Checks one place, or everything that is there; `cross_check` is the summary file that the EU's rates are held against.
pub fn run(
    tables: &TableFolder,
    sources: &Path,
    place: Option<&str>,
    cross_check: Option<&Path>,
) -> Result<()> {
    let mut names: Vec<String> = SUBJECTS.map(str::to_owned).into();
    names.extend(Tariff::places(tables)?);
    names.push(LEXICON.to_owned());
    if let Some(place) = place.filter(|place| names.iter().all(|name| name != place)) {
        bail!(
            "there is no \"{place}\" to check; there are {}",
            names.join(", ")
        );
    }
    let mut reports = Vec::new();
    for name in &names {
        let there = name == LEXICON || tables.place(name).path().exists();
        if place.map_or(there, |place| place == name) {
            reports.push(one(tables, sources, name, cross_check)?);
        }
    }
    let failures: usize = reports.iter().map(Report::print).sum();
    if failures > 0 {
        bail!("{failures} failures");
    }
    Ok(())
}

fn one(
    tables: &TableFolder,
    sources: &Path,
    name: &str,
    cross_check: Option<&Path>,
) -> Result<Report> {
    let folder = tables.place(name);
    match name {
        "hs" => hs::check(&folder),
        "fx" => fx::check(&folder),
        LEXICON => lexicon::check(tables),
        _ => {
            let additional = AdditionalDuties::read(&folder)?;
            let tariff = additional.join(Tariff::read(&folder)?)?;
            let mut report = checked(&tariff, &tables.read()?, name);
            programmes::check(&tariff, &additional, &mut report);
            references::check_types(&tariff, &tables.read()?, &mut report);
            sources::check(&tariff, sources, &mut report)?;
            if folder.has::<Tax>() {
                taxes::check(&tariff, &folder.read()?, &mut report);
            }
            if name == "eu" {
                eu::check(&tariff, &folder.read()?, &mut report);
            }
            if let Some(summary) = cross_check.filter(|_| name == "eu") {
                cn8::check(&tariff, summary, &mut report)?;
            }
            Ok(report)
        }
    }
}

/// All checks that a tariff's own tables allow.
fn checked(tariff: &Tariff, units: &[Unit], name: &str) -> Report {
    let mut report = Report::new(name);
    report.figure(
        "edition",
        format!("{} of {}", tariff.manifest.title, tariff.manifest.as_of),
    );
    let language = &tariff.manifest.language;
    let is_tag = language.len() == 2 && language.bytes().all(|letter| letter.is_ascii_lowercase());
    report.expect(is_tag, || {
        format!("tariff.toml: `{language}` is no language")
    });
    report.count("lines", tariff.lines.len());
    codes::check(tariff, &mut report);
    report.count("series", tariff.series.len());
    report.count("measures", tariff.measures.len());
    references::check(tariff, units, &mut report);
    references::check_units(units, &mut report);
    dates::check(tariff, &mut report);
    overlaps::check(tariff, &mut report);
    report.count("rate texts without an expression", tariff.unparsed.len());
    match name {
        "us" => us::check(tariff, &mut report),
        // Accounted for by `eu`, which needs one more table.
        "eu" => {}
        _ => {
            third_country::check(tariff, &mut report);
            columns::check(tariff, &mut report);
            if FLAT.contains(&name) {
                third_country::every_line(tariff, &mut report);
            }
        }
    }
    report
}
