//! What readers of plain schedules share: a code, a column and a text go in; measures, reasons and counts come out.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use dutiable::confidence::Confidence;
use dutiable::tariff::MeasureType;

use super::duty_text::proven;
use super::gather::gathered;
use crate::check::columns;
use crate::tables::{Measure, Series, SeriesBook, Unparsed};

/// Why a cell has no duty expression.
pub type Reason = &'static str;

/// A cell of the publisher's: the code, the column it stands in, and what it says.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// The code, in our digits.
    pub code: &'a str,
    /// The column's name in our tables: its series are called by it.
    pub column: &'a str,
    /// The text as published.
    pub text: &'a str,
}

/// Measures, their series, what could not be said, and how many cells there were.
#[derive(Default)]
pub struct Rates {
    series: SeriesBook,
    measures: BTreeSet<Measure>,
    unparsed: BTreeSet<Unparsed>,
    counts: BTreeMap<String, usize>,
}

/// The tables that [`Rates`] make.
pub struct Tables {
    /// `series.csv`.
    pub series: Vec<Series>,
    /// `measures.csv`.
    pub measures: Vec<Measure>,
    /// `unparsed.csv`.
    pub unparsed: Vec<Unparsed>,
    /// The manifest's counts.
    pub counts: BTreeMap<String, usize>,
}

impl Rates {
    /// Enters a cell under a series called by its column and `suffix`. One that no expression says is a measure that says nothing, and
    /// its reason.
    pub fn enter(
        &mut self,
        cell: Cell<'_>,
        suffix: &str,
        facts: Series,
        said: Result<String, Reason>,
    ) -> Result<()> {
        self.count(cell.column, columns::CELLS);
        self.also(cell, suffix, facts, said)
    }

    /// As [`Rates::enter`], for a cell that has been counted: its rate is for other areas too.
    pub fn also(
        &mut self,
        cell: Cell<'_>,
        suffix: &str,
        facts: Series,
        said: Result<String, Reason>,
    ) -> Result<()> {
        let expression = match said {
            Ok(expression) => proven(expression)
                .with_context(|| format!("line {}, column {}", cell.code, cell.column))?,
            Err(reason) => {
                self.note(cell, reason);
                String::new()
            }
        };
        self.measures.insert(Measure {
            code: cell.code.into(),
            series: self.series.name(&format!("{}{suffix}", cell.column), facts),
            expression,
            ..Measure::default()
        });
        Ok(())
    }

    /// Counts a cell whose rate does not apply.
    pub fn not_applied(&mut self, column: &str) {
        self.count(column, columns::CELLS);
        self.count(column, columns::NOT_APPLIED);
    }

    /// Notes why a text has no expression, without a measure.
    pub fn note(&mut self, cell: Cell<'_>, reason: Reason) {
        self.unparsed.insert(Unparsed {
            code: cell.code.into(),
            column: cell.column.into(),
            text: cell.text.split_whitespace().collect::<Vec<_>>().join(" "),
            reason: reason.into(),
        });
    }

    /// The tables, a measure a cell.
    pub fn into_tables(self) -> Tables {
        Tables {
            series: self.series.into_rows(),
            measures: self.measures.into_iter().collect(),
            unparsed: self.unparsed.into_iter().collect(),
            counts: self.counts,
        }
    }

    /// The tables, with one measure for all lines of a chapter, heading or subheading where a series says the same of each of them.
    pub fn into_gathered_tables(self, lines: &BTreeSet<&str>) -> Tables {
        let mut by_series: BTreeMap<&str, BTreeMap<&str, &str>> = BTreeMap::new();
        // What is not known is not gathered: its reason stands by line.
        let (known, unknown): (Vec<&Measure>, Vec<&Measure>) = self
            .measures
            .iter()
            .partition(|measure| !measure.expression.is_empty());
        let mut measures: Vec<Measure> = unknown.into_iter().cloned().collect();
        for measure in known {
            by_series
                .entry(&measure.series)
                .or_default()
                .insert(&measure.code, &measure.expression);
        }
        for (series, said) in by_series {
            for (code, expression) in gathered(&said, lines) {
                measures.push(Measure {
                    code: code.into(),
                    series: series.into(),
                    expression: expression.into(),
                    ..Measure::default()
                });
            }
        }
        Tables {
            measures,
            ..self.into_tables()
        }
    }

    fn count(&mut self, column: &str, ending: &str) {
        let count = self.counts.entry(format!("{column}{ending}")).or_default();
        *count = count.saturating_add(1);
    }
}

/// The series of a duty that everyone pays.
pub fn for_all(legal: &str, confidence: Confidence) -> Series {
    Series {
        measure_type: MeasureType::ThirdCountryDuty,
        areas: vec!["all".into()],
        legal: legal.into(),
        confidence,
        ..Series::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_a_measure_and_a_text_that_is_not_said_has_its_reason() -> Result<()> {
        let mut rates = Rates::default();
        let cell = |code, text| Cell {
            code,
            column: "mfn",
            text,
        };
        let facts = || for_all("Law", Confidence::Official);
        rates.enter(cell("010121", "5"), "", facts(), Ok("5 %".into()))?;
        rates.enter(cell("010129", "see note"), "", facts(), Err("reference"))?;
        rates.not_applied("mfn");
        let tables = rates.into_tables();
        let said: Vec<_> = tables
            .measures
            .iter()
            .map(|m| (m.code.as_str(), m.series.as_str(), m.expression.as_str()))
            .collect();
        assert_eq!(said, [("010121", "mfn", "5 %"), ("010129", "mfn", "")]);
        let reasons: Vec<_> = tables.unparsed.iter().map(|row| &row.reason).collect();
        assert_eq!(reasons, ["reference"]);
        assert_eq!(tables.counts.get("mfn-cells"), Some(&3));
        assert_eq!(tables.counts.get("mfn-not-applied"), Some(&1));
        Ok(())
    }

    #[test]
    fn what_is_no_expression_is_refused() {
        let cell = Cell {
            code: "010121",
            column: "mfn",
            text: "5",
        };
        let facts = for_all("Law", Confidence::Official);
        let entered = Rates::default().enter(cell, "", facts, Ok("5%".into()));
        assert!(entered.is_err());
    }
}
