//! A tariff's packs: its lines with the measures for all origins, and the further measures by area.

mod dictionary;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use dutiable::calendar::ValidityPeriod;
use dutiable::pack::{About, PackKind, PackWriter};
use dutiable::place::PlaceCode;
use dutiable::tariff::{Companion, EVERYWHERE, MeasureType};

use super::{Built, navigator, sources};
use crate::tables::{AdditionalDuties, Measure, Series, TableFolder, Tariff, Unit};
use dictionary::DictionaryBuilder;

/// Packs one place's tables.
///
/// # Errors
/// A row that cannot be packed, by table and code.
pub(crate) fn build(
    tables: &TableFolder,
    provenance: &Path,
    place: &str,
    destinations: &[PlaceCode],
) -> Result<Vec<Built>> {
    let additional = AdditionalDuties::read(&tables.place(place))?;
    let tariff = additional.join(Tariff::read(&tables.place(place))?)?;
    let units: Vec<Unit> = tables.read()?;
    let series: BTreeMap<&str, &Series> = tariff
        .series
        .iter()
        .map(|series| (series.series.as_str(), series))
        .collect();
    let mut parts = Parts::default();
    for measure in &tariff.measures {
        let series = *series
            .get(measure.series.as_str())
            .with_context(|| format!("measures.csv: no series {}", measure.series))?;
        parts.add(&tariff, &additional, measure, series)?;
    }
    parts.keep_small_areas();
    let about = About {
        destinations: Some(destinations.to_vec()),
        ..about(&tariff, &additional, provenance, place)?
    };
    let mut packs = vec![navigator::build_lines(&tariff, &about)?];
    let mut companions = Vec::new();
    for (area, measures) in &parts.by_area {
        let origins = origins_of(&tariff, area)?;
        let id = format!("{place}-{}", file_name(area));
        companions.push(Companion {
            id: id.clone(),
            origins: origins.clone(),
        });
        let about = About {
            id,
            origins: Some(origins),
            ..about.clone()
        };
        let mut dictionary = DictionaryBuilder::new(&tariff, &additional, &units, &about)?;
        let columns = rows::measure_columns(&mut dictionary, measures)?;
        let writer = columns.write(PackWriter::new(PackKind::Measures, &about)?)?;
        packs.push(Built::verify(
            dictionary.write(writer, Vec::new())?.seal()?,
        )?);
    }
    let mut dictionary = DictionaryBuilder::new(&tariff, &additional, &units, &about)?;
    dictionary.add_areas_without_series()?;
    let columns = rows::measure_columns(&mut dictionary, &parts.base)?;
    let writer = columns.write(PackWriter::new(PackKind::Tariff, &about)?)?;
    let writer = rows::write_lines(writer, &dictionary, &tariff.lines)?;
    packs.push(Built::verify(
        dictionary.write(writer, companions)?.seal()?,
    )?);
    Ok(packs)
}

/// The measures of a tariff, apart by the pack they go to.
#[derive(Default)]
struct Parts<'a> {
    base: Vec<(&'a Measure, &'a Series)>,
    by_area: BTreeMap<String, Vec<(&'a Measure, &'a Series)>>,
}

/// Measures of an area that are fewer than this travel with the tariff itself: a file of their own would cost more than it saves.
const FEWEST_APART: usize = 300;

impl<'a> Parts<'a> {
    fn keep_small_areas(&mut self) {
        let (small, large) = core::mem::take(&mut self.by_area)
            .into_iter()
            .partition(|(_, measures)| measures.len() < FEWEST_APART);
        let small: BTreeMap<String, Vec<(&Measure, &Series)>> = small;
        let mut kept: Vec<_> = small.into_values().flatten().collect();
        // A series for several areas stood with each of them.
        kept.sort();
        kept.dedup();
        self.base.extend(kept);
        self.by_area = large;
    }

    fn add(
        &mut self,
        tariff: &Tariff,
        additional: &AdditionalDuties,
        measure: &'a Measure,
        series: &'a Series,
    ) -> Result<()> {
        let whole = match tariff.manifest.split.as_str() {
            "whole" => true,
            "by-area" => false,
            other => bail!("tariff.toml: split is `whole` or `by-area`, not `{other}`"),
        };
        let ordinary = matches!(
            series.measure_type,
            MeasureType::ThirdCountryDuty | MeasureType::Column2Duty
        );
        let apart = additional
            .programme_of(&series.series)
            .is_some_and(|programme| programme.apart);
        let whole = whole && !apart;
        if whole || ordinary || series.areas.iter().any(|area| area == EVERYWHERE) {
            self.base.push((measure, series));
        } else {
            for area in &series.areas {
                self.by_area
                    .entry(area.clone())
                    .or_default()
                    .push((measure, series));
            }
        }
        Ok(())
    }
}

fn about(
    tariff: &Tariff,
    additional: &AdditionalDuties,
    provenance: &Path,
    place: &str,
) -> Result<About> {
    let manifest = &tariff.manifest;
    let edition = manifest.nomenclature.rsplit(' ').next().unwrap_or_default();
    Ok(About {
        id: place.to_owned(),
        tariff: manifest.id.clone(),
        destinations: None,
        origins: None,
        language: None,
        edition: edition
            .parse()
            .with_context(|| format!("tariff.toml: nomenclature {}", manifest.nomenclature))?,
        as_of: sources::day(manifest.as_of)?,
        covers: ValidityPeriod {
            from: Some(sources::day(manifest.covers_from)?),
            to: manifest.covers_to.map(sources::day).transpose()?,
        },
        sources: {
            let mut all = sources::read(provenance, &manifest.sources)?;
            for programme in &additional.programmes {
                all.push(sources::of_programme(place, programme)?);
            }
            all
        },
    })
}

/// Every place that ever belongs to the area: whether it does on a day is asked when quoting.
fn origins_of(tariff: &Tariff, area: &str) -> Result<Vec<PlaceCode>> {
    let members = tariff
        .areas
        .iter()
        .filter(|row| row.area == area)
        .map(|row| row.member.as_str());
    let mut origins = BTreeSet::new();
    for member in members {
        origins.insert(
            PlaceCode::parse(member).with_context(|| format!("areas.csv: {area}: {member}"))?,
        );
    }
    if let (true, Ok(place)) = (origins.is_empty(), PlaceCode::parse(area)) {
        origins.insert(place);
    }
    Ok(origins.into_iter().collect())
}

/// An area's code as a part of a file's name.
fn file_name(area: &str) -> String {
    area.chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() || letter == '-' {
                letter
            } else {
                '_'
            }
        })
        .collect()
}
