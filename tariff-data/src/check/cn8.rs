//! The European Union's third-country duties against the Commission's own summary by eight digits.
//!
//! `cargo tariff check eu --cross-check eu_mfn_cn8_2026-07-12.csv.gz`

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use dutiable::tariff::MeasureType;
use serde::Deserialize;

use super::Report;
use crate::files;
use crate::publishers::taric_duty;
use crate::tables::{Measure, Series, Tariff};

/// A row of the summary; columns that are not compared are not named.
#[derive(Debug, Deserialize)]
struct Summary {
    code: String,
    /// One rate, or several with ` | ` between.
    mfn: String,
    /// `1001912010=95 EUR TNE ; 1001912020=0 EUR TNE`.
    ten_digit_splits: String,
}

/// Compares each row of the summary with the tables.
pub fn check(tariff: &Tariff, path: &Path, report: &mut Report) -> Result<()> {
    let duties = Duties::of(tariff);
    let mut classes: BTreeMap<&str, Class> = BTreeMap::new();
    let bytes = files::bytes(path)?;
    for (row, read) in csv::Reader::from_reader(bytes.as_slice())
        .deserialize::<Summary>()
        .enumerate()
    {
        let place = || format!("{} line {}", path.display(), row.saturating_add(2));
        let summary = read.with_context(place)?;
        let wanted = wanted(&summary).with_context(place)?;
        let ours = duties.at(&summary.code, !summary.ten_digit_splits.is_empty());
        let class = classes.entry(class(&summary)).or_default();
        if ours.rates() == wanted {
            class.agree = class.agree.saturating_add(1);
        } else if ours.explain(&wanted) {
            class.one_of_several = class.one_of_several.saturating_add(1);
        } else {
            let ours = ours.rates();
            class.differ.push(format!(
                "{}: summary {wanted:?}, tables {ours:?}",
                summary.code
            ));
        }
    }
    for (name, class) in classes {
        class.tell(name, report);
    }
    Ok(())
}

/// How the rows of one class compare.
#[derive(Debug, Default)]
struct Class {
    agree: usize,
    /// The summary gives one of the rates that an additional code, a document or a price tells apart.
    one_of_several: usize,
    differ: Vec<String>,
}

impl Class {
    fn tell(self, name: &str, report: &mut Report) {
        let figure = format!(
            "{} agree, {} give one of several rates, {} differ",
            self.agree,
            self.one_of_several,
            self.differ.len()
        );
        report.figure(&format!("summary: {name}"), figure);
        for what in self.differ {
            report.fail(format!("{name}: {what}"));
        }
    }
}

/// Rates by ten-digit code (empty for the eight digits), each with whether it hangs on a circumstance.
#[derive(Debug, Default)]
struct Rates(BTreeMap<(String, String), bool>);

impl Rates {
    fn add(&mut self, code: &str, measure: &Measure) {
        let circumstances = [
            &measure.additional,
            &measure.certificate,
            &measure.condition,
        ];
        let hangs = circumstances.iter().any(|said| !said.is_empty());
        self.0
            .insert((code.to_owned(), measure.expression.clone()), hangs);
    }

    fn rates(&self) -> BTreeSet<(String, String)> {
        self.0.keys().cloned().collect()
    }

    /// Whether the summary's rates are some of these, for the same codes, and at most one rate of a code hangs on nothing.
    fn explain(&self, wanted: &BTreeSet<(String, String)>) -> bool {
        let ours = self.rates();
        let codes = |rates: &BTreeSet<(String, String)>| -> BTreeSet<String> {
            rates.iter().map(|(code, _)| code.clone()).collect()
        };
        let plain = self.0.iter().filter(|(_, hangs)| !**hangs);
        let plain: Vec<&String> = plain.map(|((code, _), _)| code).collect();
        let once = plain.iter().collect::<BTreeSet<_>>().len() == plain.len();
        !wanted.is_empty() && wanted.is_subset(&ours) && codes(wanted) == codes(&ours) && once
    }
}

fn class(summary: &Summary) -> &'static str {
    if !summary.ten_digit_splits.is_empty() {
        "split at ten digits"
    } else if summary.mfn.is_empty() {
        "blank (out of season)"
    } else if summary.mfn.contains('|') {
        "several rates"
    } else if summary.mfn.ends_with(" %") && !summary.mfn.contains(['+', 'M']) {
        "one percentage"
    } else {
        "one other rate"
    }
}

/// The rates the summary states, in our words, each with the ten-digit code it is split to.
fn wanted(summary: &Summary) -> Result<BTreeSet<(String, String)>> {
    let said =
        |text: &str| taric_duty(text).with_context(|| format!("\"{text}\" is no duty expression"));
    if summary.ten_digit_splits.is_empty() {
        let rates = summary.mfn.split('|').map(str::trim);
        return rates
            .filter(|rate| !rate.is_empty())
            .map(|rate| Ok((String::new(), said(rate)?)))
            .collect();
    }
    let mut wanted = BTreeSet::new();
    for split in summary.ten_digit_splits.split(';') {
        let (code, rates) = split.trim().split_once('=').context("a split has no =")?;
        for rate in rates.split('|').map(str::trim) {
            wanted.insert((code.to_owned(), said(rate)?));
        }
    }
    Ok(wanted)
}

/// Third-country duties for goods of any origin, by code.
struct Duties<'a> {
    general: BTreeMap<&'a str, Vec<&'a Measure>>,
    end_use: BTreeMap<&'a str, Vec<&'a Measure>>,
}

impl<'a> Duties<'a> {
    fn of(tariff: &'a Tariff) -> Self {
        let series: BTreeMap<&str, &Series> = tariff
            .series
            .iter()
            .filter(|row| row.measure_type == MeasureType::ThirdCountryDuty && row.areas == ["all"])
            .map(|row| (row.series.as_str(), row))
            .collect();
        let mut duties = Self {
            general: BTreeMap::new(),
            end_use: BTreeMap::new(),
        };
        for measure in &tariff.measures {
            let Some(row) = series.get(measure.series.as_str()) else {
                continue;
            };
            let under = if row.flags.iter().any(|flag| flag == "end-use") {
                &mut duties.end_use
            } else {
                &mut duties.general
            };
            under.entry(&measure.code).or_default().push(measure);
        }
        duties
    }

    /// The rates on a line of eight digits, or on the ten-digit lines below it. The summary takes the end-use rate where
    /// there is no other.
    fn at(&self, cn8: &str, split: bool) -> Rates {
        let pick = |of: &BTreeMap<&str, Vec<&Measure>>| -> Rates {
            if split {
                return below(of, cn8);
            }
            let longest = [8, 6, 4, 2]
                .into_iter()
                .filter_map(|length| of.get(cn8.get(..length)?))
                .next();
            let mut rates = Rates::default();
            for measure in longest.into_iter().flatten() {
                rates.add("", measure);
            }
            rates
        };
        let general = pick(&self.general);
        if general.0.is_empty() {
            pick(&self.end_use)
        } else {
            general
        }
    }
}

fn below(of: &BTreeMap<&str, Vec<&Measure>>, cn8: &str) -> Rates {
    let mut rates = Rates::default();
    let lines = of
        .range(cn8..)
        .take_while(|(code, _)| code.starts_with(cn8))
        .filter(|(code, _)| code.len() == 10);
    for measure in lines.flat_map(|(_, measures)| measures) {
        rates.add(&measure.code, measure);
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(mfn: &str, splits: &str) -> Summary {
        Summary {
            code: "07020000".into(),
            mfn: mfn.into(),
            ten_digit_splits: splits.into(),
        }
    }

    #[test]
    fn the_summary_is_read_in_our_words() -> Result<()> {
        let pair = |code: &str, said: &str| (code.to_owned(), said.to_owned());
        assert_eq!(
            wanted(&summary("14.4 % | 14.4 % + 1.1 EUR DTN", ""))?,
            [pair("", "14.4 %"), pair("", "14.4 % + 1.1 EUR/100 kg")].into()
        );
        assert_eq!(
            wanted(&summary("", "1001912010=95 EUR TNE ; 1001912020=0 EUR TNE"))?,
            [
                pair("1001912010", "95 EUR/t"),
                pair("1001912020", "0 EUR/t")
            ]
            .into()
        );
        assert!(wanted(&summary("", ""))?.is_empty());
        assert!(wanted(&summary("12 XYZ", "")).is_err());
        Ok(())
    }

    #[test]
    fn one_of_several_rates_is_explained_by_what_tells_them_apart() {
        let measure = |expression: &str, certificate: &str| Measure {
            expression: expression.into(),
            certificate: certificate.into(),
            ..Measure::default()
        };
        let mut rates = Rates::default();
        rates.add("", &measure("3.2 %", ""));
        rates.add("", &measure("50 %", "Y155"));
        let one = |rate: &str| [(String::new(), rate.to_owned())].into();
        assert!(rates.explain(&one("50 %")));
        assert!(!rates.explain(&one("5 %")));
        rates.add("", &measure("4 %", ""));
        assert!(!rates.explain(&one("50 %")));
    }

    #[test]
    fn classes_are_told_apart() {
        assert_eq!(class(&summary("12 %", "")), "one percentage");
        assert_eq!(
            class(&summary("9 % + EA + ADSZ MAX 18.7 %", "")),
            "one other rate"
        );
        assert_eq!(class(&summary("0 % | 50 %", "")), "several rates");
        assert_eq!(class(&summary("", "")), "blank (out of season)");
    }
}
