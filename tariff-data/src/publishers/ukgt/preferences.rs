//! The preferential rates of March 2022.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use dutiable::confidence::Confidence;
use dutiable::tariff::MeasureType;
use serde::Deserialize;

use super::agreements;
use super::rate;
use super::season;
use crate::files;
use crate::publishers::duty_text::proven;
use crate::tables::{Measure, Series, SeriesBook, Unparsed};

#[derive(Debug, Clone, Deserialize)]
struct Row {
    agreement_country: String,
    code: String,
    duty: String,
    validity: String,
    staging: String,
    notes: String,
}

/// What the table says, row by row.
#[derive(Debug, Default)]
pub struct Preferences {
    /// The rates.
    pub measures: BTreeSet<Measure>,
    /// Rows that make no measure.
    pub unparsed: BTreeSet<Unparsed>,
}

impl Preferences {
    /// Reads the table. `lines` are the beginnings of the codes of today.
    pub fn read(path: &Path, lines: &BTreeSet<&str>, series: &mut SeriesBook) -> Result<Self> {
        let text = files::text(path)?;
        let rows: Vec<Row> = csv::Reader::from_reader(text.as_bytes())
            .deserialize()
            .enumerate()
            .map(|(at, row)| {
                row.with_context(|| format!("{} row {}", path.display(), at.saturating_add(2)))
            })
            .collect::<Result<_>>()?;
        let duties = duties(&rows);
        let mut read = Self::default();
        for row in &rows {
            let place = || format!("{} {}", row.agreement_country, row.code);
            let several = duties
                .get(&row.key())
                .is_some_and(|duties| duties.len() > 1);
            let said = if several {
                Err("two-rates-for-one-code")
            } else {
                row.measure(lines, series).with_context(place)?
            };
            match said {
                Ok(measure) => drop(read.measures.insert(measure)),
                Err(reason) => {
                    read.unparsed.insert(row.unparsed(reason)?);
                    read.measures.extend(row.unknown(lines, series)?);
                }
            }
        }
        Ok(read)
    }
}

type Key<'a> = (&'a str, &'a str, &'a str);

/// The duties given to one code of one agreement for one time of the year: one, or the table contradicts itself.
fn duties(rows: &[Row]) -> BTreeMap<Key<'_>, BTreeSet<&str>> {
    let mut duties: BTreeMap<Key, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        duties.entry(row.key()).or_default().insert(&row.duty);
    }
    duties
}

impl Row {
    fn key(&self) -> Key<'_> {
        (&self.agreement_country, &self.code, &self.validity)
    }

    fn digits(&self) -> String {
        self.code.chars().filter(char::is_ascii_digit).collect()
    }

    fn measure(
        &self,
        lines: &BTreeSet<&str>,
        series: &mut SeriesBook,
    ) -> Result<Result<Measure, &'static str>> {
        let digits = self.digits();
        let (line, goods) = match digits.split_at_checked(8) {
            // A part of the line, which has no code of its own in the list of today.
            Some((line, part)) if !part.is_empty() && part != "00" => {
                (line, format!("goods {digits}"))
            }
            Some((line, _)) => (line, String::new()),
            None => (digits.as_str(), String::new()),
        };
        if !lines.contains(line) {
            return Ok(Err("code-not-in-2026"));
        }
        let (duty, end_use) = match self.duty.strip_suffix("(end-use)") {
            Some(duty) => (duty.trim(), true),
            None => (self.duty.trim(), false),
        };
        let Some(expression) = rate::expression(duty) else {
            return Ok(Err("unknown-shape"));
        };
        let season = match self.validity.as_str() {
            "-" => String::new(),
            dates => season::condition(dates).with_context(|| format!("dates \"{dates}\""))?,
        };
        let conditions = [season, goods];
        let said: Vec<&str> = conditions
            .iter()
            .map(String::as_str)
            .filter(|condition| !condition.is_empty())
            .collect();
        Ok(Ok(Measure {
            code: line.to_owned(),
            series: self.series(end_use, series)?,
            expression: proven(expression)?,
            condition: said.join(";"),
            ..Measure::default()
        }))
    }

    fn series(&self, end_use: bool, series: &mut SeriesBook) -> Result<String> {
        let area = agreements::area(&self.agreement_country)?;
        Ok(series.name(area, self.facts(area, end_use)))
    }

    fn facts(&self, area: &str, end_use: bool) -> Series {
        let shared = Series {
            measure_type: MeasureType::Preference,
            areas: vec![area.into()],
            ..Series::default()
        };
        if area == "eu" {
            return Series {
                legal: "UK-EU TCA art. 21".into(),
                confidence: Confidence::VerifiedSecondary,
                ..shared
            };
        }
        let mut flags = vec!["reported-2022".to_owned()];
        flags.extend(end_use.then(|| "end-use".to_owned()));
        // Only rates above nought have a stage: they were still on the way down in 2022.
        flags.extend((self.staging != "-").then(|| "staged".to_owned()));
        flags.extend((self.notes != "-").then(|| "footnote-not-at-hand".to_owned()));
        Series {
            flags,
            confidence: Confidence::Reported,
            ..shared
        }
    }

    /// There is a rate, and it is not known: a measure that says nothing, where the line still exists.
    fn unknown(&self, lines: &BTreeSet<&str>, series: &mut SeriesBook) -> Result<Option<Measure>> {
        let code = self.digits();
        if !lines.contains(code.as_str()) {
            return Ok(None);
        }
        Ok(Some(Measure {
            code,
            series: self.series(false, series)?,
            ..Measure::default()
        }))
    }

    fn unparsed(&self, reason: &str) -> Result<Unparsed> {
        Ok(Unparsed {
            code: self.digits(),
            column: agreements::area(&self.agreement_country)?.into(),
            text: self.duty.clone(),
            reason: reason.into(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(agreement: &str, code: &str, duty: &str, validity: &str, staging: &str) -> Row {
        Row {
            agreement_country: agreement.into(),
            code: code.into(),
            duty: duty.into(),
            validity: validity.into(),
            staging: staging.into(),
            notes: "-".into(),
        }
    }

    fn read(row: &Row) -> Result<Result<Measure, &'static str>> {
        let lines = ["03", "0303", "030354", "03035410"].into();
        row.measure(&lines, &mut SeriesBook::default())
    }

    #[test]
    fn a_longer_code_is_a_part_of_the_line() -> Result<()> {
        let part = row("Faroe Islands", "0303.54.10.20", "0", "16-06 to 31-12", "-");
        let measure = read(&part)?.unwrap_or_default();
        assert_eq!(measure.code, "03035410");
        assert_eq!(measure.condition, "06-16..12-31;goods 0303541020");
        assert_eq!(measure.expression, "0 %");
        Ok(())
    }

    #[test]
    fn codes_that_are_gone_and_misprints_have_reasons() -> Result<()> {
        let gone = row("Chile", "0803.90.10", "0", "-", "-");
        assert_eq!(read(&gone)?, Err("code-not-in-2026"));
        let misprint = row("Chile", "0303", "9.70.00 GBP / 100 kg", "-", "-");
        assert_eq!(read(&misprint)?, Err("unknown-shape"));
        Ok(())
    }

    #[test]
    fn flags_say_how_far_to_trust() {
        let staged = row("Japan", "0303", "0.02", "-", "X").facts("japan", false);
        assert_eq!(staged.flags, ["reported-2022", "staged"]);
        let union = row("EU", "03", "0", "-", "-").facts("eu", false);
        assert!(union.flags.is_empty());
        assert_eq!(union.confidence, Confidence::VerifiedSecondary);
    }
}
