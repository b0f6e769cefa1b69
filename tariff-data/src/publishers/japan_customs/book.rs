//! Gathers the measures of all rows, under the series they share.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::agreements::{AGREEMENTS, Agreement};
use super::cell::Cell;
use super::duty::{self, Duty};
use super::rate::Reason;
use super::rows::Row;
use super::shared::{preference, shared, stem};
use super::treatment;
use crate::check::columns;
use crate::publishers::duty_text::proven;
use crate::tables::{Measure, Series, SeriesBook, Unparsed};

/// Measures, their series, and what could not be said.
#[derive(Default)]
pub struct Book {
    series: SeriesBook,
    measures: BTreeSet<Measure>,
    unparsed: BTreeSet<Unparsed>,
    counts: Counts,
}

/// Codes with a filled cell, and those of them whose rate does not apply, by column.
#[derive(Default)]
struct Counts {
    filled: BTreeSet<(&'static str, String)>,
    not_applied: BTreeSet<(&'static str, String)>,
}

impl Book {
    /// Enters all columns of a row.
    pub fn enter(&mut self, row: &Row) -> Result<()> {
        let code = row.code();
        self.third_country(row)
            .and_then(|()| {
                AGREEMENTS
                    .iter()
                    .try_for_each(|agreement| self.agreement(row, agreement))
            })
            .with_context(|| format!("line {code}"))
    }

    /// What the publisher's file counts: filled cells, and those whose rate does not apply.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        let mut counts = BTreeMap::new();
        for (cells, ending) in [
            (&self.counts.filled, columns::CELLS),
            (&self.counts.not_applied, columns::NOT_APPLIED),
        ] {
            for (column, _) in cells {
                let count: &mut usize = counts.entry(format!("{column}{ending}")).or_default();
                *count = count.saturating_add(1);
            }
        }
        counts
    }

    /// The tables.
    pub fn into_tables(self) -> (Vec<Series>, Vec<Measure>, Vec<Unparsed>) {
        (
            self.series.into_rows(),
            self.measures.into_iter().collect(),
            self.unparsed.into_iter().collect(),
        )
    }

    fn third_country(&mut self, row: &Row) -> Result<()> {
        let said = duty::third_country(row);
        let statutory = if row.temporary.is_empty() {
            ("general", said.statutory.is_some())
        } else {
            ("temporary", said.statutory.is_some())
        };
        for ((column, is_said), text) in [
            (statutory, "filled"),
            (("wto", !said.wto.is_empty()), row.wto.as_str()),
        ] {
            let unparsed = said.unparsed.iter().any(|(name, _)| *name == column);
            self.count(row, column, text, is_said || unparsed);
        }
        for (column, reason) in said.unparsed {
            let text = match column {
                "general" => &row.basic,
                "temporary" => &row.temporary,
                _ => &row.wto,
            };
            self.unparsed(row, column, text, reason);
            let (stem, facts) = shared(&Duty::unknown(column), row.within_quota());
            self.measure(row, stem, facts, None, None)?;
        }
        for duty in said.statutory.iter().chain(&said.wto) {
            let (stem, facts) = shared(duty, row.within_quota());
            let expression = Some(duty.expression.as_str());
            self.measure(row, stem, facts, expression, duty.goods.as_deref())?;
        }
        Ok(())
    }

    fn agreement(&mut self, row: &Row, agreement: &Agreement) -> Result<()> {
        let text = (agreement.cell)(row);
        let cases = treatment::read(text);
        let applies = cases.iter().any(|case| case.cell != Cell::NotApplied);
        self.count(row, agreement.name, text, applies);
        for case in &cases {
            match &case.cell {
                Cell::NotApplied => {}
                Cell::Unparsed(reason) => {
                    self.unparsed(row, agreement.name, text, reason);
                    let facts = preference(agreement, case, &cases, false);
                    self.measure(
                        row,
                        stem(agreement, case),
                        facts,
                        None,
                        case.goods.as_deref(),
                    )?;
                }
                Cell::Rate {
                    expression,
                    end_use,
                } => {
                    let facts = preference(agreement, case, &cases, *end_use);
                    let goods = case.goods.as_deref();
                    self.measure(row, stem(agreement, case), facts, Some(expression), goods)?;
                }
            }
        }
        Ok(())
    }

    /// Enters a measure; one without expression says that there is a rate, and that it is not known.
    fn measure(
        &mut self,
        row: &Row,
        stem: String,
        facts: Series,
        expression: Option<&str>,
        goods: Option<&str>,
    ) -> Result<()> {
        let goods = goods.map(|goods| format!("goods {goods}"));
        let conditions: Vec<String> = row.season().into_iter().chain(goods).collect();
        self.measures.insert(Measure {
            code: row.code(),
            series: self.series.name(&stem, facts),
            expression: expression.map_or_else(|| Ok(String::new()), |e| proven(e.to_owned()))?,
            condition: conditions.join(";"),
            ..Measure::default()
        });
        Ok(())
    }

    fn count(&mut self, row: &Row, column: &'static str, text: &str, applies: bool) {
        if !text.is_empty() {
            self.counts.filled.insert((column, row.code()));
            if !applies {
                self.counts.not_applied.insert((column, row.code()));
            }
        }
    }

    fn unparsed(&mut self, row: &Row, column: &str, text: &str, reason: Reason) {
        self.unparsed.insert(Unparsed {
            code: row.code(),
            column: column.into(),
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            reason: reason.into(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::rows::fixture;
    use super::*;

    /// `series: expression (condition)` of every measure of one row with these rates.
    fn entered(rates: &str, title: &str) -> Result<Vec<String>> {
        let units = "\"{\"\"I\"\": \"\"\"\", \"\"II\"\": \"\"KG\"\"}\"";
        let rows = fixture(&[&format!("640391,011,Shoes,{title},{rates},{units}")])?;
        let mut book = Book::default();
        rows.iter().try_for_each(|row| book.enter(row))?;
        let (_, measures, _) = book.into_tables();
        Ok(measures
            .iter()
            .map(|m| format!("{}: {} ({})", m.series, m.expression, m.condition))
            .collect())
    }

    #[test]
    fn the_temporary_rate_displaces_and_the_wto_rate_must_be_lower() -> Result<()> {
        let said = entered("(10%),5%,3.5%,,無税,,,,,", "other")?;
        assert_eq!(said, ["ldc: 0 % ()", "temporary: 5 % ()", "wto: 3.5 % ()"]);
        let not_lower = entered("35%,1%,29.8%,,,,,,,", "other")?;
        assert_eq!(not_lower, ["temporary: 1 % ()"]);
        let depends = entered("(466円/kg),26%+130円/kg,*396円/kg,,,,,,,", "other")?;
        assert_eq!(
            depends,
            [
                "temporary: 26 % + 130 JPY/kg ()",
                "wto: 396 JPY/kg MAX 26 % + 130 JPY/kg ()"
            ]
        );
        Ok(())
    }

    #[test]
    fn a_quotas_own_line_has_no_third_country_duty() -> Result<()> {
        let said = entered("60%,21.6%,(21.6%),,,,,,,", "− 共通の限度数量以内のもの")?;
        assert_eq!(said, ["temporary-quota: 21.6 % ()"]);
        Ok(())
    }

    #[test]
    fn what_is_not_said_is_a_measure_without_expression() -> Result<()> {
        let said = entered("5%,,●2%〜3%,,,(73.70円−課税価格)/kg,,,,", "other")?;
        assert_eq!(said, ["cptpp:  ()", "general: 5 % ()", "wto:  ()"]);
        Ok(())
    }
}
