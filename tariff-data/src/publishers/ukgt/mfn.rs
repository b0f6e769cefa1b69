//! The UK Global Tariff of 2021 on the codes of April 2026.

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context, Result, bail};
use dutiable::confidence::Confidence;
use dutiable::tariff::MeasureType;
use serde::Deserialize;

use super::rate;
use super::season;
use crate::files;
use crate::publishers::duty_text::proven;
use crate::tables::{Line, Measure, Series, SeriesBook, Unparsed};

#[derive(Debug, Deserialize)]
struct Row {
    cn8: String,
    description: String,
    uk_ukgt_2021: String,
    r#match: String,
}

/// The lines and their third-country duty.
#[derive(Debug, Default)]
pub struct Mfn {
    /// The lines, in the list's order.
    pub lines: Vec<Line>,
    /// The duties.
    pub measures: Vec<Measure>,
    /// Lines whose duty is unknown.
    pub unparsed: Vec<Unparsed>,
}

impl Mfn {
    /// Reads the mapped list.
    pub fn read(path: &Path, series: &mut SeriesBook) -> Result<Self> {
        let text = files::text(path)?;
        let mut mfn = Self::default();
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        for (at, row) in reader.deserialize::<Row>().enumerate() {
            let place = || format!("{} row {}", path.display(), at.saturating_add(2));
            let row = row.with_context(place)?;
            mfn.enter(&row, series).with_context(place)?;
        }
        Ok(mfn)
    }

    /// All prefixes of two digits and more that a line begins with.
    pub fn prefixes(&self) -> BTreeSet<&str> {
        self.lines
            .iter()
            .flat_map(|line| [2, 4, 6, 8].map(|length| line.code.get(..length)))
            .flatten()
            .collect()
    }

    fn enter(&mut self, row: &Row, series: &mut SeriesBook) -> Result<()> {
        if row.cn8.len() != 8 || !row.cn8.chars().all(|c| c.is_ascii_digit()) {
            bail!("\"{}\" is no code", row.cn8);
        }
        self.lines.push(line(row));
        let (stem, confidence) = grade(&row.r#match)?;
        let name = series.name(stem, facts(confidence));
        if stem == AMBIGUOUS {
            self.unknown(row, &name, "ambiguous-correlation");
            return Ok(());
        }
        let Some(parts) = season::parts(&row.uk_ukgt_2021) else {
            self.unknown(row, &name, "unknown-shape");
            return Ok(());
        };
        for (duty, condition) in parts {
            match rate::expression(&duty) {
                Some(expression) => self.measures.push(Measure {
                    code: row.cn8.clone(),
                    series: name.clone(),
                    expression: proven(expression)?,
                    condition,
                    ..Measure::default()
                }),
                None => self.unknown(row, &name, "unknown-shape"),
            }
        }
        Ok(())
    }

    /// There is a duty, and it is not known: a measure that says nothing, and the reason.
    fn unknown(&mut self, row: &Row, series: &str, reason: &str) {
        self.measures.push(Measure {
            code: row.cn8.clone(),
            series: series.into(),
            ..Measure::default()
        });
        self.unparsed.push(Unparsed {
            code: row.cn8.clone(),
            column: "ukgt".into(),
            text: row.uk_ukgt_2021.clone(),
            reason: reason.into(),
        });
    }
}

/// A line. The list has no nodes above its codes, so nothing stands below anything.
fn line(row: &Row) -> Line {
    Line {
        code: row.cn8.clone(),
        depth: 0,
        declarable: true,
        supplementary: String::new(),
        // The list writes a bar for a space that must not break.
        title: row
            .description
            .replace('|', " ")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
    }
}

/// The series of lines for which two rates of 2021 are possible.
const AMBIGUOUS: &str = "ukgt-ambiguous";

/// How well the codes of 2021 and 2026 match, as the series and its confidence.
fn grade(text: &str) -> Result<(&'static str, Confidence)> {
    Ok(match text {
        "exact" => ("ukgt-exact", Confidence::DerivedExact),
        "inferred_unique" => ("ukgt-inferred", Confidence::DerivedInferred),
        "inferred_partial" => ("ukgt-partial", Confidence::DerivedPartial),
        "ambiguous" => (AMBIGUOUS, Confidence::Estimate),
        other => bail!("unknown grade of match \"{other}\""),
    })
}

fn facts(confidence: Confidence) -> Series {
    Series {
        measure_type: MeasureType::ThirdCountryDuty,
        areas: vec!["all".into()],
        legal: "Customs Tariff (Establishment) (EU Exit) Regulations 2020, SI 2020/1430".into(),
        confidence,
        ..Series::default()
    }
}
