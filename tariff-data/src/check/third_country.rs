//! Every declarable line has a third-country duty, or a reason why not.

use std::collections::BTreeSet;

use dutiable::tariff::MeasureType;

use super::Report;
use crate::tables::Tariff;

/// Counts the lines with a duty, those that are a quota's own, and those without a rate; none may be passed over.
pub fn check(tariff: &Tariff, report: &mut Report) {
    let rated = codes(tariff, MeasureType::ThirdCountryDuty);
    let quotas = codes(tariff, MeasureType::Quota);
    let unparsed: BTreeSet<&str> = tariff
        .unparsed
        .iter()
        .map(|row| row.code.as_str())
        .collect();
    let (mut with, mut quota, mut without) = (0_usize, 0_usize, 0_usize);
    for line in tariff.lines.iter().filter(|line| line.declarable) {
        let place = if begins(&rated, &line.code) {
            &mut with
        } else if begins(&quotas, &line.code) {
            &mut quota
        } else {
            report.expect(unparsed.contains(line.code.as_str()), || {
                format!("line {} has no duty and no reason", line.code)
            });
            &mut without
        };
        *place = place.saturating_add(1);
    }
    report.count("lines with a third-country rate", with);
    report.count("lines of a tariff quota", quota);
    report.count("lines whose rate is unparsed, with its reason", without);
}

/// In a schedule with a row for a line, every line has a measure of its own, be it one that says nothing.
pub fn every_line(tariff: &Tariff, report: &mut Report) {
    let series: BTreeSet<&str> = tariff
        .series
        .iter()
        .filter(|series| series.measure_type == MeasureType::ThirdCountryDuty)
        .map(|series| series.series.as_str())
        .collect();
    let measured: BTreeSet<&str> = tariff
        .measures
        .iter()
        .filter(|measure| series.contains(measure.series.as_str()))
        .map(|measure| measure.code.as_str())
        .collect();
    for line in tariff.lines.iter().filter(|line| line.declarable) {
        report.expect(measured.contains(line.code.as_str()), || {
            format!("line {} has no measure of its own", line.code)
        });
    }
}

/// The codes under which a type has a rate.
fn codes(tariff: &Tariff, measure_type: MeasureType) -> BTreeSet<&str> {
    let series: BTreeSet<&str> = tariff
        .series
        .iter()
        .filter(|series| series.measure_type == measure_type)
        .map(|series| series.series.as_str())
        .collect();
    tariff
        .measures
        .iter()
        .filter(|measure| {
            series.contains(measure.series.as_str()) && !measure.expression.is_empty()
        })
        .map(|measure| measure.code.as_str())
        .collect()
}

fn begins(codes: &BTreeSet<&str>, line: &str) -> bool {
    (2..=line.len()).any(|length| line.get(..length).is_some_and(|code| codes.contains(code)))
}
