//! A short schedule of our own making, through the whole reader.

use anyhow::Result;
use dutiable::tariff::MeasureType;

use super::*;
use crate::tables::{Line, Measure, Unparsed};

const SCHEDULE: &str = r#"[
 {"htsno":"9101","indent":"0","description":"Watches:","units":[],"general":"","special":"","other":""},
 {"htsno":"","indent":"1","description":"I. A SUBCHAPTER","units":[],"general":"","special":"","other":""},
 {"htsno":"9101.11","indent":"1","description":"Wrist:","units":[],"general":"","special":"","other":""},
 {"htsno":"","indent":"2","description":"With one  jewel:","units":[],"general":"","special":"","other":""},
 {"htsno":"9101.11.40","indent":"4","description":"Cheap","units":[],"general":"51¢ each + 5.3% on the battery",
  "special":"Free (AU, A,C,J) 3% (JP) See 9908.01.01 (IL)","other":"33 1/3%"},
 {"htsno":"9101.11.40.10","indent":"5","description":"Gold","units":["No."],"general":"","special":"","other":""},
 {"htsno":"9101.11.80.00","indent":"4","description":"Other","units":["doz.","kg"],"general":"See note 1",
  "special":" ","other":"Free, under bond"},
 {"htsno":"9801.00.10","indent":"0","description":"Returned","units":[],"general":"Free","special":"","other":""}
]"#;

fn made() -> Result<(Vec<Line>, Measures)> {
    let entries = schedule::parse(SCHEDULE)?;
    let programmes = ["A", "AU", "C", "JP", "IL"].map(str::to_owned).into();
    let lines = lines::lines(&entries)?;
    Ok((
        lines,
        measures::measures(&entries, "2026-06-08", &programmes)?,
    ))
}

#[test]
fn lines_keep_order_and_lose_subchapters() -> Result<()> {
    let (lines, _) = made()?;
    let shown: Vec<String> = lines
        .iter()
        .map(|line| {
            let mark = if line.declarable { "y" } else { "" };
            format!(
                "{}|{}|{mark}|{}|{}",
                line.code, line.depth, line.supplementary, line.title
            )
        })
        .collect();
    let expected = [
        "9101|0|||Watches",
        "910111|1|||Wrist",
        "|2|||With one jewel",
        "91011140|3|||Cheap",
        "9101114010|4|y|item|Gold",
        "91011180|3|y|dozen|Other",
    ];
    assert_eq!(shown, expected);
    Ok(())
}

#[test]
fn every_rate_is_a_measure_or_has_a_reason() -> Result<()> {
    let (_, made) = made()?;
    let shown: Vec<String> = made
        .measures
        .iter()
        .map(
            |Measure {
                 code,
                 series,
                 expression,
                 ..
             }| {
                let facts = made.series.iter().find(|row| row.series == *series);
                let areas = facts.map(|row| row.areas.join(";")).unwrap_or_default();
                format!("{code}|{areas}|{expression}")
            },
        )
        .collect();
    let expected = [
        "91011140|all|0.51 USD/item + 5.3 % of battery",
        "91011140|column-2|33.33333333 %",
        "91011140|A;AU|0 %",
        "91011140|all|0 %",
        "91011140|JP|3 %",
        "91011140|IL|",
        "91011180|all|",
        "91011180|column-2|0 %",
    ];
    assert_eq!(shown, expected);
    let left: Vec<String> = made
        .unparsed
        .iter()
        .map(
            |Unparsed {
                 code, column, text, ..
             }| format!("{code}|{column}|{text}"),
        )
        .collect();
    let expected = [
        "91011140|special:J|Free",
        "91011140|special:IL|See 9908.01.01",
        "91011180|general|See note 1",
    ];
    assert_eq!(left, expected);
    Ok(())
}

#[test]
fn conditions_are_flags_of_the_series() -> Result<()> {
    let (_, made) = made()?;
    let flags = |name: &str| {
        made.series
            .iter()
            .find(|row| row.series == name)
            .map(|row| (row.measure_type, row.flags.join(";")))
    };
    assert_eq!(
        flags("special-C"),
        Some((MeasureType::Preference, "end-use;airworthiness".into()))
    );
    assert_eq!(
        flags("column-2-end-use"),
        Some((MeasureType::Column2Duty, "end-use".into()))
    );
    assert_eq!(
        flags("general"),
        Some((MeasureType::ThirdCountryDuty, String::new()))
    );
    Ok(())
}

#[test]
fn ordinary_chapters_after_the_special_ones_are_an_error() {
    let entry = |code: &str| {
        format!(
            r#"{{"htsno":"{code}","indent":"0","description":"","units":[],"general":"","special":"","other":""}}"#
        )
    };
    let text = format!("[{},{}]", entry("9801"), entry("0101"));
    assert!(schedule::parse(&text).is_err());
}
