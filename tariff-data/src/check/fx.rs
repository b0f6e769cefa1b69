//! Exchange rates are positive numbers, one a day and currency.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Report;
use super::dates::is_date;
use crate::tables::{FxRate, TableFolder};

/// Checks `tables/fx`.
pub fn check(folder: &TableFolder) -> Result<Report> {
    let mut report = Report::new("fx");
    let rates: Vec<FxRate> = folder.read()?;
    let mut seen = BTreeSet::new();
    let mut days = BTreeSet::new();
    let mut currencies = BTreeSet::new();
    for row in &rates {
        let what = || format!("{} {}", row.date, row.currency);
        report.expect(seen.insert((&row.date, &row.currency)), || {
            format!("{} twice", what())
        });
        report.expect(is_date(&row.date), || format!("{} is no date", row.date));
        let rate = dutiable::decimal::parse(&row.rate, 8);
        let positive = rate.is_ok_and(|rate| rate.is_sign_positive() && !rate.is_zero());
        report.expect(positive, || {
            format!("{}: \"{}\" is no rate", what(), row.rate)
        });
        days.insert(row.date.as_str());
        currencies.insert(row.currency.as_str());
    }
    report.count("rates", rates.len());
    report.count("currencies", currencies.len());
    report.count("days", days.len());
    report.figure(
        "first day",
        days.first().copied().unwrap_or_default().to_owned(),
    );
    report.figure(
        "last day",
        days.last().copied().unwrap_or_default().to_owned(),
    );
    Ok(report)
}
