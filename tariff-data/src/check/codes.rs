//! Codes are codes, and every measure stands above a line that can be declared.

use std::collections::BTreeSet;

use dutiable::tariff::MeasureType;

use super::Report;
use crate::tables::{ALL_GOODS, Line, Measure, Tariff};

/// Checks the nomenclature and where the measures hang in it.
pub fn check(tariff: &Tariff, report: &mut Report) {
    let declarable: BTreeSet<&str> = declarable(&tariff.lines).collect();
    report.count("declarable lines", declarable.len());
    well_formed(tariff, report);
    let on_a_code = |measure: &&Measure| measure.code != ALL_GOODS;
    for measure in tariff.measures.iter().filter(on_a_code) {
        report.expect(begins_any(&declarable, &measure.code), || {
            format!(
                "measure on {} ({}): no declarable line begins so",
                measure.code, measure.series
            )
        });
    }
    let rated = rated_codes(tariff);
    let without = declarable
        .iter()
        .filter(|code| !prefixes(code).any(|part| rated.contains(part)));
    report.count(
        "declarable lines without third-country duty",
        without.count(),
    );
}

fn declarable(lines: &[Line]) -> impl Iterator<Item = &str> {
    lines
        .iter()
        .filter(|line| line.declarable)
        .map(|line| line.code.as_str())
}

fn well_formed(tariff: &Tariff, report: &mut Report) {
    let most = usize::from(tariff.manifest.digits);
    // A publisher who gives codes only gives no title at all; one title missing among others was lost.
    let titled = tariff.lines.iter().any(|line| !line.title.is_empty());
    let mut seen = BTreeSet::new();
    let mut depth_above = None;
    for line in &tariff.lines {
        let code = &line.code;
        let digits = code.bytes().all(|byte| byte.is_ascii_digit()) && code.len() <= most;
        report.expect(digits, || {
            format!("line \"{code}\" is no code of at most {most} digits")
        });
        report.expect(code.is_empty() || seen.insert(code), || {
            format!("line {code} twice")
        });
        report.expect(!titled || !line.title.is_empty(), || {
            format!("line {code} has no title")
        });
        report.expect(!line.declarable || !code.is_empty(), || {
            "a declarable line without code".into()
        });
        let deepest = depth_above.map_or(0, |depth: u8| depth.saturating_add(1));
        report.expect(line.depth <= deepest, || {
            format!("line {code} {}: depth jumps", line.title)
        });
        depth_above = Some(line.depth);
    }
}

/// Codes that carry a third-country duty, one that no expression says included.
fn rated_codes(tariff: &Tariff) -> BTreeSet<&str> {
    let series: BTreeSet<&str> = tariff
        .series
        .iter()
        .filter(|row| row.measure_type == MeasureType::ThirdCountryDuty)
        .map(|row| row.series.as_str())
        .collect();
    let measures = tariff
        .measures
        .iter()
        .filter(|row| series.contains(row.series.as_str()));
    measures.map(|row| row.code.as_str()).collect()
}

/// Whether any of the codes begins with `prefix`.
fn begins_any(codes: &BTreeSet<&str>, prefix: &str) -> bool {
    let from = (
        std::ops::Bound::Included(prefix),
        std::ops::Bound::Unbounded,
    );
    codes
        .range::<str, _>(from)
        .next()
        .is_some_and(|code| code.starts_with(prefix))
}

fn prefixes(code: &str) -> impl Iterator<Item = &str> {
    (1..=code.len()).filter_map(|length| code.get(..length))
}
