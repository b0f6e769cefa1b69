//! The tariff of the Southern African Customs Union: Schedule No. 1 Part 1, with its five preferential columns.

mod areas;
mod rate;

use anyhow::{Context, Result};
use dutiable::confidence::Confidence;
use dutiable::tariff::MeasureType;
use serde::Deserialize;

use self::rate::Rate;
use super::Job;
use super::flat_book::{self, Cell, Edition, FlatBook};
use crate::provenance::Publication;
use crate::tables::{Line, Series};

const PUBLICATION: Publication = Publication {
    id: "sacu/schedule-1-part-1",
    title: "Customs and Excise Act, 1964, Schedule No. 1 Part 1: ordinary customs duty",
    publisher: "South African Revenue Service; parsed by seanmking/hs-classification-mvp (c837ce20)",
    licence: "South African government's public text",
    edition: "as published on 2025-05-09",
    as_of: "2025-05-09",
    url: "https://www.sars.gov.za/legal-counsel/primary-legislation/schedules-to-the-customs-and-excise-act-1964/",
    remarks: "Rated lines only: headings and groups are not in the parsed file, so designations such as \"Other\" stand alone. \
              Amendments after 2025-05-09 are not known. Of two rates parted by \"or\" the one that gives the greater duty is \
              taken; the rule was not read in the Act, and the series of such rates are marked so. \"Less\" takes a share of \
              the value off an amount by weight, and never below nothing. Schedule No. 1 parts 2 to 8 (excise, ad valorem \
              excise, levies) and Schedule No. 2 (trade remedies) are not here. A duty for each kilogram net is for each \
              kilogram. The European Union and the United Kingdom share one column.",
};

#[derive(Debug, Deserialize)]
struct Row {
    code: String,
    description: String,
    unit: String,
    general: String,
    eu_uk: String,
    efta: String,
    sadc: String,
    mercosur: String,
    afcfta: String,
}

/// Writes the tables from the publisher's file.
pub fn normalise(job: &Job) -> Result<()> {
    let path = job.files.only()?;
    let mut book = FlatBook::default();
    for row in flat_book::rows::<Row>(path)? {
        enter(&mut book, &row).with_context(|| row.code.clone())?;
    }
    let sources = [job.main_source(&PUBLICATION, &[path])?];
    book.write(
        job,
        &Edition {
            place: "sacu",
            title: "Tariff of the Southern African Customs Union",
            publisher: "South African Revenue Service",
            digits: 8,
            currency: "ZAR",
            covers: ("2025-05-09", None),
            language: "en",
            areas: &areas::LISTS,
            sources: &sources,
            also: &[],
        },
    )
}

fn enter(book: &mut FlatBook, row: &Row) -> Result<()> {
    let code = flat_book::code(&row.code)?;
    let unit = unit(row.unit.trim());
    let title = match row.description.trim() {
        // The text of one line stands in the column of units.
        "" => &row.unit,
        text => text,
    };
    book.line(Line {
        code: code.clone(),
        depth: 0,
        declarable: true,
        supplementary: unit.unwrap_or_default().into(),
        title: flat_book::tidy(title),
    });
    for (column, text, areas) in [
        ("general", &row.general, &["all"][..]),
        ("eu-uk", &row.eu_uk, &["eu", "gb"]),
        ("efta", &row.efta, &["efta"]),
        ("sadc", &row.sadc, &["sadc"]),
        ("mercosur", &row.mercosur, &["mercosur"]),
        ("afcfta", &row.afcfta, &["afcfta"]),
    ] {
        let cell = Cell {
            column,
            code: &code,
            text,
        };
        if text.trim().is_empty() {
            continue;
        }
        match rate::read(text) {
            Some(rate) => {
                let areas = if rate.only.is_empty() {
                    areas
                } else {
                    &rate.only
                };
                let stem = stem(column, &rate);
                let facts = facts(column, areas, rate.alternative);
                book.enter(cell, &stem, facts, Ok(rate.expression))?;
            }
            None => {
                let facts = facts(column, areas, false);
                book.enter(cell, column, facts, Err("unknown-shape"))?;
            }
        }
    }
    Ok(())
}

fn stem(column: &str, rate: &Rate) -> String {
    match (rate.alternative, rate.only.is_empty()) {
        (true, _) => format!("{column}-alternative"),
        (_, false) => format!("{column}-parties"),
        _ => column.to_owned(),
    }
}

fn facts(column: &str, areas: &[&str], alternative: bool) -> Series {
    let doubtful = alternative || column == "afcfta";
    Series {
        measure_type: if column == "general" {
            MeasureType::ThirdCountryDuty
        } else {
            MeasureType::Preference
        },
        areas: areas.iter().map(|area| (*area).to_owned()).collect(),
        legal: "Customs and Excise Act 91 of 1964, Schedule No. 1 Part 1".into(),
        confidence: if doubtful {
            Confidence::MemoryUnverified
        } else {
            Confidence::Official
        },
        ..Series::default()
    }
}

/// The unit of the declaration; nothing where the column holds something else.
fn unit(text: &str) -> Option<&'static str> {
    Some(match text {
        "kg" => "kg",
        "u" => "item",
        "2u" => "pair",
        "li" => "l",
        "m" => "m",
        "m²" => "m2",
        "m³" | "m³/101.3kP" => "m3",
        "carat" => "carat",
        "t" => "t",
        "1000 kW.h" => "mwh",
        "1000 u" => "thousand",
        "u (jue/pack)" => "pack",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_sure_is_marked() {
        let official = facts("general", &["all"], false);
        assert_eq!(official.confidence, Confidence::Official);
        assert_eq!(official.measure_type, MeasureType::ThirdCountryDuty);
        for series in [
            facts("general", &["all"], true),
            facts("afcfta", &["afcfta"], false),
        ] {
            assert_eq!(series.confidence, Confidence::MemoryUnverified);
        }
    }

    #[test]
    fn a_row_gives_a_line_and_a_measure_a_column() -> Result<()> {
        let mut book = FlatBook::default();
        let row = Row {
            code: "6402.19".into(),
            description: "Other  shoes".into(),
            unit: "2u".into(),
            general: "30% or500c/2u".into(),
            eu_uk: "free".into(),
            efta: "20%".into(),
            sadc: "free".into(),
            mercosur: "36% toParaguay,Uruguay".into(),
            afcfta: "by leave".into(),
        };
        enter(&mut book, &row)?;
        assert_eq!(book.declarable().collect::<Vec<_>>(), ["640219"]);
        assert_eq!(
            book.said_of("640219"),
            [
                "afcfta ",
                "efta 20 %",
                "eu-uk 0 %",
                "general-alternative 30 % MIN 5 ZAR/pair",
                "mercosur-parties 36 %",
                "sadc 0 %"
            ]
        );
        Ok(())
    }
}
