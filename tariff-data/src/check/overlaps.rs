//! No two measures say different things of the same goods on the same day.

use std::collections::BTreeMap;

use dutiable::tariff::MeasureType;

use super::Report;
use crate::tables::{Measure, Series, Tariff};

/// All that tells one measure from another, but time: type, area, code, circumstances, quota and flags.
type Key<'a> = (MeasureType, &'a str, &'a str, [&'a str; 4], &'a [String]);

/// A period and what is said in it. An open end is later than any date.
type Said<'a> = (&'a str, &'a str, &'a str);

/// Checks that the periods of each measure, area by area, follow one another.
pub fn check(tariff: &Tariff, report: &mut Report) {
    let series: BTreeMap<&str, &Series> = tariff
        .series
        .iter()
        .map(|row| (row.series.as_str(), row))
        .collect();
    let mut periods: BTreeMap<Key<'_>, Vec<Said<'_>>> = BTreeMap::new();
    for measure in &tariff.measures {
        let Some(series) = series.get(measure.series.as_str()) else {
            continue;
        };
        for area in &series.areas {
            let said = (
                series.from.as_str(),
                end(series),
                measure.expression.as_str(),
            );
            periods
                .entry(key(measure, series, area))
                .or_default()
                .push(said);
        }
    }
    for (key, mut said) in periods {
        said.sort_unstable();
        for pair in said.windows(2) {
            if let [(_, first_end, first), (second_start, _, second)] = pair
                && second_start <= first_end
            {
                report.fail(format!(
                    "{} {:?} for {}: \"{first}\" and \"{second}\" overlap",
                    key.2, key.0, key.1
                ));
            }
        }
    }
}

fn key<'a>(measure: &'a Measure, series: &'a Series, area: &'a str) -> Key<'a> {
    let circumstances = [
        measure.additional.as_str(),
        measure.certificate.as_str(),
        measure.condition.as_str(),
        series.order.as_str(),
    ];
    (
        series.measure_type,
        area,
        measure.code.as_str(),
        circumstances,
        &series.flags,
    )
}

fn end(series: &Series) -> &str {
    if series.to.is_empty() {
        "9999-12-31"
    } else {
        &series.to
    }
}
