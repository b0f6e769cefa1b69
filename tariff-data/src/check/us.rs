//! The United States' tables account for every rate text of the schedule.

use std::collections::BTreeSet;

use dutiable::tariff::MeasureType;

use super::Report;
use crate::tables::Tariff;

/// At least so many of ten thousand rated lines have a duty expression.
const LEAST_PARSED: usize = 9_950;

/// Compares the tables with what the publisher's file counts.
pub fn check(tariff: &Tariff, report: &mut Report) {
    let published = |name: &str| {
        tariff
            .manifest
            .counts
            .get(name)
            .copied()
            .unwrap_or_default()
    };
    let lines = published("rows").saturating_sub(published("subchapters"));
    report.against(
        "rows that are no subchapter titles",
        tariff.lines.len(),
        lines,
    );
    for (column, measure_type) in [
        ("general", MeasureType::ThirdCountryDuty),
        ("other", MeasureType::Column2Duty),
    ] {
        let (rated, parsed) = counts(tariff, measure_type);
        report.against(&format!("rated lines, {column}"), rated, published(column));
        report.figure(
            &format!("of them with a duty expression, {column}"),
            share(parsed, rated),
        );
        report.expect(
            parsed.saturating_mul(10_000) >= rated.saturating_mul(LEAST_PARSED),
            || {
                format!(
                    "{column}: only {} have a duty expression",
                    share(parsed, rated)
                )
            },
        );
    }
    special(tariff, published("special"), report);
}

/// Lines with a measure of the type, and those of them whose duty is an expression.
fn counts(tariff: &Tariff, measure_type: MeasureType) -> (usize, usize) {
    let series = series_of(tariff, measure_type);
    let measures = tariff
        .measures
        .iter()
        .filter(|row| series.contains(row.series.as_str()));
    let (parsed, unknown): (Vec<_>, Vec<_>) = measures.partition(|row| !row.expression.is_empty());
    (parsed.len().saturating_add(unknown.len()), parsed.len())
}

fn special(tariff: &Tariff, published: usize, report: &mut Report) {
    let series = series_of(tariff, MeasureType::Preference);
    let preferences: Vec<_> = tariff
        .measures
        .iter()
        .filter(|row| series.contains(row.series.as_str()))
        .collect();
    let left = tariff
        .unparsed
        .iter()
        .filter(|row| row.column.starts_with("special"));
    let mut codes: BTreeSet<&str> = preferences.iter().map(|row| row.code.as_str()).collect();
    codes.extend(left.clone().map(|row| row.code.as_str()));
    report.against("rated lines, special", codes.len(), published);
    let parsed = preferences
        .iter()
        .filter(|row| !row.expression.is_empty())
        .count();
    report.figure(
        "special rates with a duty expression",
        share(parsed, parsed.saturating_add(left.clone().count())),
    );
    let references = left.filter(|row| row.text.starts_with("See ")).count();
    report.count("special rates that refer to chapters 98 and 99", references);
}

fn series_of(tariff: &Tariff, measure_type: MeasureType) -> BTreeSet<&str> {
    let rows = tariff
        .series
        .iter()
        .filter(|row| row.measure_type == measure_type);
    rows.map(|row| row.series.as_str()).collect()
}

/// `11369 of 11414 (99.60 %)`, cut, not rounded.
fn share(part: usize, whole: usize) -> String {
    let hundredths = part
        .saturating_mul(10_000)
        .checked_div(whole)
        .unwrap_or_default();
    format!(
        "{part} of {whole} ({}.{:02} %)",
        hundredths / 100,
        hundredths % 100
    )
}
