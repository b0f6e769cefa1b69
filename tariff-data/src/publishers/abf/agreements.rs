//! The schedules of Australia's agreements: what they list, and that the rest is free.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use dutiable::confidence::Confidence;
use serde::Deserialize;

use super::{dated, rate, schedule3};
use crate::files;
use crate::publishers::flat_book::{self, Cell, FlatBook};
use crate::tables::Series;

/// A row of the parsed file.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    hs_code: String,
    description: String,
    duty_rate: String,
}

/// A schedule, our area, and whether the clause that frees the rest was read.
const SCHEDULES: [(&str, &str, Confidence); 18] = [
    ("Schedule 4A", "safta", Confidence::DerivedInferred),
    ("Schedule 5", "ausfta", Confidence::DerivedInferred),
    ("Schedule 6", "tafta", Confidence::DerivedInferred),
    ("Schedule 6A", "pafta", Confidence::DerivedInferred),
    ("Schedule 7", "acl-fta", Confidence::DerivedInferred),
    ("Schedule 8", "aanzfta", Confidence::VerifiedPrimary),
    ("Schedule 8A", "pacer", Confidence::DerivedInferred),
    ("Schedule 8B", "cptpp", Confidence::VerifiedPrimary),
    ("Schedule 9", "mafta", Confidence::DerivedInferred),
    ("Schedule 9A", "ia-cepa", Confidence::DerivedInferred),
    ("Schedule 10", "kafta", Confidence::DerivedInferred),
    ("Schedule 10A", "ai-ecta", Confidence::DerivedInferred),
    ("Schedule 11", "jaepa", Confidence::DerivedInferred),
    ("Schedule 12", "chafta", Confidence::VerifiedSecondary),
    ("Schedule 13", "hk-fta", Confidence::DerivedInferred),
    ("Schedule 14", "rcep", Confidence::DerivedInferred),
    ("Schedule 15", "a-ukfta", Confidence::DerivedInferred),
    ("Schedule 16", "uae-cepa", Confidence::DerivedInferred),
];
/// The one agreement with rates of its own for a party, as an area of its own so that they stand in place of the others'.
const PARTS: [&str; 2] = ["cptpp", "cptpp-gb"];

/// Reads the file, schedule by schedule.
pub fn read(path: &Path) -> Result<BTreeMap<String, Vec<Row>>> {
    serde_json::from_str(&files::text(path)?).with_context(|| format!("reading {}", path.display()))
}

/// Enters the schedules on the lines at hand.
pub fn enter(
    book: &mut FlatBook,
    lines: &BTreeSet<String>,
    schedules: BTreeMap<String, Vec<Row>>,
) -> Result<()> {
    let chapters: BTreeSet<&str> = lines.iter().filter_map(|line| line.get(..2)).collect();
    for (schedule, area, confidence) in SCHEDULES {
        for area in parts(area) {
            for chapter in &chapters {
                let facts = Series {
                    confidence,
                    ..schedule3::preference(area, "Customs Tariff Act 1995 s 16(1): otherwise Free")
                };
                book.measure(chapter, &format!("free-{area}"), facts, "0 %".into());
            }
        }
        let rows = schedules
            .get(schedule)
            .with_context(|| format!("there is no {schedule}"))?;
        for row in rows {
            enter_row(book, lines, schedule, area, row).with_context(|| row.hs_code.clone())?;
        }
    }
    Ok(())
}

fn parts(area: &'static str) -> Vec<&'static str> {
    if area == "cptpp" {
        PARTS.to_vec()
    } else {
        vec![area]
    }
}

fn enter_row(
    book: &mut FlatBook,
    lines: &BTreeSet<String>,
    schedule: &str,
    column: &'static str,
    row: &Row,
) -> Result<()> {
    let text = plain(&row.duty_rate);
    let (published, goods) = match row.hs_code.split_once('*') {
        // A mark behind the code: prescribed goods of the line only.
        Some((code, _)) => (code, true),
        None => (row.hs_code.as_str(), false),
    };
    let code = flat_book::code(published)?;
    let cell = Cell {
        column,
        code: &code,
        text: &text,
    };
    if !lines.contains(&code) {
        book.set_aside(cell, "no line at hand");
        return Ok(());
    }
    let description = plain(&row.description);
    let legal = format!("Customs Tariff Act 1995, {schedule}");
    let british = description.contains("United Kingdom:");
    for area in parts(column) {
        let mut facts = schedule3::preference(area, &legal);
        if goods {
            book.enter(
                cell,
                column,
                facts,
                Err("for prescribed goods of the line only"),
            )?;
            continue;
        }
        if british && area != "cptpp-gb" {
            book.enter(
                cell,
                column,
                facts,
                Err("the rate of the other parties is not at hand"),
            )?;
            continue;
        }
        let Some(rate) = dated::current(&text) else {
            book.enter(cell, column, facts, Err("a day that cannot be read"))?;
            continue;
        };
        if rate::holds_until(&code, rate).is_none() {
            facts.flags = vec!["staged".into()];
            facts.confidence = Confidence::Reported;
        }
        schedule3::enter_rate(book, cell, rate, facts)?;
    }
    Ok(())
}

/// A text of the pages without their escapes.
fn plain(text: &str) -> String {
    flat_book::tidy(&text.replace("&#58;", ":").replace("&#160;", " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, description: &str, duty: &str) -> Row {
        Row {
            hs_code: code.into(),
            description: description.into(),
            duty_rate: duty.into(),
        }
    }

    #[test]
    fn escapes_are_undone() {
        assert_eq!(
            plain("From 1&#160;January 2022&#58; \t4%"),
            "From 1 January 2022: 4%"
        );
    }

    #[test]
    fn every_schedule_must_be_there_and_absent_lines_get_no_measure() -> Result<()> {
        let lines: BTreeSet<String> = ["72081000".to_owned()].into();
        let mut schedules: BTreeMap<String, Vec<Row>> = SCHEDULES
            .iter()
            .map(|(schedule, ..)| ((*schedule).to_owned(), Vec::new()))
            .collect();
        let rows = vec![
            row(
                "7208.10.00",
                "7208.10.00 (Rate No. 002) United Kingdom&#58;",
                "From 24 December 2024&#58; 4%",
            ),
            row("9503.00.00", "9503.00.00", "5%"),
        ];
        schedules.insert("Schedule 8B".into(), rows);
        let mut book = FlatBook::default();
        enter(&mut book, &lines, schedules.clone())?;
        assert_eq!(book.said_of("95030000"), Vec::<String>::new());
        assert_eq!(book.said_of("72081000"), ["cptpp ", "cptpp-2 4 %"]);
        schedules.remove("Schedule 5");
        assert!(enter(&mut FlatBook::default(), &lines, schedules).is_err());
        Ok(())
    }
}
