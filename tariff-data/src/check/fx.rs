//! Exchange rates are positive numbers, one a day and currency; a peg is one a currency and day, and its anchor is no pegged one.

use std::collections::BTreeSet;

use anyhow::Result;

use super::Report;
use super::dates::is_date;
use crate::tables::{FxRate, Peg, TableFolder};

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
        report.expect(is_positive(&row.rate), || {
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
    pegs(&folder.read()?, &currencies, &mut report);
    Ok(report)
}

fn is_positive(text: &str) -> bool {
    let number = dutiable::decimal::parse(text, 8);
    number.is_ok_and(|number| number.is_sign_positive() && !number.is_zero())
}

/// A currency that the publisher has a rate of needs no peg: it would be used before the published rate.
fn pegs(pegs: &[Peg], published: &BTreeSet<&str>, report: &mut Report) {
    let is_anchor = |currency: &str| currency == "EUR" || published.contains(currency);
    for (position, peg) in pegs.iter().enumerate() {
        let what = || format!("peg of {}", peg.currency);
        super::dates::period(&what(), &peg.from, &peg.to, report);
        for number in [&peg.units, &peg.anchor_units] {
            report.expect(is_positive(number), || format!("{}: \"{number}\"", what()));
        }
        report.expect(is_anchor(&peg.anchor), || {
            format!("{}: no rate of its anchor {}", what(), peg.anchor)
        });
        report.expect(!is_anchor(&peg.currency), || {
            format!("{}: it has a rate of its own", what())
        });
        let named =
            peg.url.starts_with("http") && !peg.authority.is_empty() && is_date(&peg.checked_on);
        report.expect(named, || format!("{}: no source", what()));
        let mut earlier = pegs.iter().take(position);
        let twice = earlier.any(|other| {
            let before = |end: &str, from: &str| !end.is_empty() && end < from;
            other.currency == peg.currency
                && !before(&other.to, &peg.from)
                && !before(&peg.to, &other.from)
        });
        report.expect(!twice, || format!("{}: two on one day", what()));
    }
    report.count("pegs", pegs.len());
}
