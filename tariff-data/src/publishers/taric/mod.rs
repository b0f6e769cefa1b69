//! TARIC, the integrated tariff of the European Union.
//!
//! Four files: the measures of one day, the members of geographical areas, the nomenclature in English, and (it may be
//! left out) Eurostat's supplementary units.

mod areas;
mod conditions;
mod expressions;
mod measures;
mod publications;
mod rows;
mod supplementary;
mod tree;
mod types;
mod units;

use std::collections::BTreeSet;

use anyhow::Result;

use super::{Job, taric_nomenclature};
use crate::provenance::Provenance;
use crate::tables::{AreaNote, Manifest, PublisherRows, Tariff};
use supplementary::SupplementaryUnits;

/// A duty text of the publisher's in the grammar of `TABLES.md`, if that can say it.
pub fn duty(text: &str) -> Option<String> {
    match expressions::parse(text) {
        expressions::Duty::Says(said) => Some(said),
        expressions::Duty::Nothing | expressions::Duty::Unsaid(_) => None,
    }
}

/// Writes the tables from the publisher's files.
pub fn normalise(job: &Job) -> Result<()> {
    let folder = job.tables.place("eu");
    let measures_file = job.files.named("measures")?;
    let areas_file = job.files.named("area_members")?;
    let nomenclature_file = job.files.named("nomenclature")?;
    let units_file = job.files.find("units_of_measure")?;
    let source = job.main_source(&publications::MEASURES, &[measures_file, areas_file])?;

    let rows = rows::read(measures_file)?;
    let mut measures = measures::read(&rows)?;
    let notes = folder.read::<AreaNote>()?;
    let (areas, area_titles) = areas::tables(&measures.areas, &areas::read(areas_file)?, &notes)?;

    let designations = taric_nomenclature::read(nomenclature_file)?;
    let mut nodes = tree::nodes(designations, &source.as_of.to_string());
    let measured: BTreeSet<String> = measures.measures.iter().map(|m| m.code.clone()).collect();
    let younger = tree::add_younger(&mut nodes, &measured);
    let units = SupplementaryUnits::read(&rows, units_file)?;

    let mut sources = vec![
        source.clone(),
        Provenance::of(&publications::NOMENCLATURE, &[nomenclature_file])?,
    ];
    if let Some(path) = units_file {
        sources.push(Provenance::of(&publications::UNITS, &[path])?);
    }
    let tariff = Tariff {
        manifest: manifest(&source, &sources, rows.len())?,
        lines: tree::lines(&nodes, &units),
        measures: std::mem::take(&mut measures.measures),
        unparsed: std::mem::take(&mut measures.unparsed),
        areas,
        area_titles,
        series: Vec::new(),
    };
    let (series, tally) = measures.into_series();
    print(&tariff, &tally, &younger);
    Tariff { series, ..tariff }.write(&folder)?;
    folder.write(tally)?;
    job.tables.add(units::rows())?;
    sources
        .iter()
        .try_for_each(|source| source.write(&job.sources))
}

fn manifest(source: &Provenance, sources: &[Provenance], rows: usize) -> Result<Manifest> {
    Ok(Manifest {
        id: "eu".into(),
        title: publications::MEASURES.title.into(),
        publisher: publications::MEASURES.publisher.into(),
        digits: 10,
        currency: "EUR".into(),
        as_of: source.as_of,
        covers_from: publications::COVERS_FROM.parse()?,
        covers_to: None,
        nomenclature: "HS 2022".into(),
        language: "en".into(),
        split: "by-area".into(),
        in_part: false,
        sources: sources.iter().map(|source| source.id.clone()).collect(),
        counts: std::iter::once(("rows".to_owned(), rows)).collect(),
    })
}

/// The figures of the run.
fn print(tariff: &Tariff, tally: &[PublisherRows], younger: &[String]) {
    let sum = |of: fn(&PublisherRows) -> u32| tally.iter().map(of).sum::<u32>();
    println!(
        "eu: {} rows read, {} kept, {} left out; {} lines, {} of them younger than the nomenclature; {} unparsed",
        sum(|rows| rows.rows),
        sum(|rows| rows.kept),
        sum(|rows| rows.left_out),
        tariff.lines.len(),
        younger.len(),
        tariff.unparsed.len(),
    );
}
