//! Every filled cell of a publisher's column is a measure, a reason, or a rate that does not apply.

use std::collections::BTreeSet;

use super::Report;
use crate::tables::Tariff;

/// What the manifest calls the filled cells of a column, counted by code.
pub const CELLS: &str = "-cells";
/// What it calls those of them whose rate does not apply.
pub const NOT_APPLIED: &str = "-not-applied";

/// Compares the manifest's counts with the tables.
///
/// The series of a column are called by it, alone or with a suffix.
pub fn check(tariff: &Tariff, report: &mut Report) {
    for (name, cells) in &tariff.manifest.counts {
        let Some(column) = name.strip_suffix(CELLS) else {
            continue;
        };
        let not_applied = tariff
            .manifest
            .counts
            .get(&format!("{column}{NOT_APPLIED}"));
        let not_applied = not_applied.copied().unwrap_or_default();
        let said = said(tariff, column);
        let unparsed: BTreeSet<&str> = tariff
            .unparsed
            .iter()
            .filter(|row| row.column == column)
            .map(|row| row.code.as_str())
            .collect();
        let accounted = said.union(&unparsed).count().saturating_add(not_applied);
        report.expect(accounted == *cells, || {
            format!("column {column}: {accounted} of {cells} filled cells are accounted for")
        });
        report.figure(
            &format!("{column}: cells said, not applied, unparsed"),
            format!("{} {} {}", said.len(), not_applied, unparsed.len()),
        );
    }
}

/// The declarable lines below the codes that the column's series speak of.
fn said<'a>(tariff: &'a Tariff, column: &str) -> BTreeSet<&'a str> {
    let of_column = |series: &str| {
        series
            .strip_prefix(column)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
    };
    let lines: BTreeSet<&str> = tariff
        .lines
        .iter()
        .filter(|line| line.declarable)
        .map(|line| line.code.as_str())
        .collect();
    tariff
        .measures
        .iter()
        .filter(|measure| of_column(&measure.series) && !measure.expression.is_empty())
        .flat_map(|measure| {
            let code = measure.code.as_str();
            lines
                .range(code..)
                .take_while(move |line| line.starts_with(code))
        })
        .copied()
        .collect()
}
