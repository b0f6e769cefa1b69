//! The European Union's tables account for every row of the measures file, and every line has a duty or a reason.

use std::collections::{BTreeMap, BTreeSet};

use dutiable::tariff::MeasureType;

use super::Report;
use crate::tables::{Line, PublisherRows, Tariff};

/// Why a declarable line has no third-country duty on the day of the snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Reason {
    /// Chapters 98 and 99: codes for statistics and reliefs.
    NoGoods,
    /// The line is a season, and the day is out of it.
    OutOfSeason,
    /// Other lines of its eight digits have rates of their own: the line has ended since the nomenclature's edition.
    Ended,
}

/// Compares the tables with what the publisher's file counts, and explains the lines without a duty.
pub fn check(tariff: &Tariff, rows: &[PublisherRows], report: &mut Report) {
    account(tariff, rows, report);
    unrated(tariff, report);
}

fn account(tariff: &Tariff, rows: &[PublisherRows], report: &mut Report) {
    let sum = |of: fn(&PublisherRows) -> u32| {
        let total: u64 = rows.iter().map(|row| u64::from(of(row))).sum();
        usize::try_from(total).unwrap_or(usize::MAX)
    };
    let published = tariff.manifest.counts.get("rows").copied();
    let accounted = sum(|row| row.kept).saturating_add(sum(|row| row.left_out));
    report.against(
        "rows kept and left out",
        accounted,
        published.unwrap_or_default(),
    );
    report.against("rows kept", tariff.measures.len(), sum(|row| row.kept));
    report.against(
        "rows unparsed",
        tariff.unparsed.len(),
        sum(|row| row.unparsed),
    );
    for row in rows {
        let figure = format!("{} of {}", row.kept, row.rows);
        report.figure(&format!("  type {}", row.kind), figure);
        let whole = row.kept.saturating_add(row.left_out) == row.rows;
        report.expect(whole, || format!("type {}: rows lost", row.kind));
        report.expect(row.left_out == 0 || !row.remark.is_empty(), || {
            format!("type {}: left out without a reason", row.kind)
        });
    }
}

fn unrated(tariff: &Tariff, report: &mut Report) {
    let rated = rated(tariff);
    let mut reasons: BTreeMap<Reason, Vec<&str>> = BTreeMap::new();
    for line in tariff.lines.iter().filter(|line| line.declarable) {
        let has_duty = (2..=line.code.len())
            .filter_map(|length| line.code.get(..length))
            .any(|code| rated.contains(code));
        if has_duty {
            continue;
        }
        match reason(line, &rated) {
            Some(reason) => reasons.entry(reason).or_default().push(&line.code),
            None => report.fail(format!("line {} has no third-country duty", line.code)),
        }
    }
    for (reason, codes) in reasons {
        report.figure(
            &format!("  without duty: {}", said(reason)),
            codes.len().to_string(),
        );
        if reason != Reason::NoGoods {
            report.figure(&format!("    {}", codes.join(" ")), String::new());
        }
    }
}

fn rated(tariff: &Tariff) -> BTreeSet<&str> {
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

fn reason(line: &Line, rated: &BTreeSet<&str>) -> Option<Reason> {
    const MONTHS: [&str; 4] = ["January", "August", "September", "December"];
    let eight = line.code.get(..8);
    let siblings = || {
        eight.is_some_and(|eight| {
            rated
                .iter()
                .any(|code| code.len() == 10 && code.starts_with(eight))
        })
    };
    if line.code.starts_with("98") || line.code.starts_with("99") {
        Some(Reason::NoGoods)
    } else if MONTHS.iter().any(|month| line.title.contains(month)) {
        Some(Reason::OutOfSeason)
    } else {
        siblings().then_some(Reason::Ended)
    }
}

fn said(reason: Reason) -> &'static str {
    match reason {
        Reason::NoGoods => "chapters 98, 99",
        Reason::OutOfSeason => "out of season",
        Reason::Ended => "ended since the nomenclature",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(code: &str, title: &str) -> Line {
        Line {
            code: code.into(),
            declarable: true,
            title: title.into(),
            ..Line::default()
        }
    }

    #[test]
    fn every_reason_is_told_from_the_next() {
        let rated = ["2903998010"].into_iter().collect();
        let told = |code, title| reason(&line(code, title), &rated);
        assert_eq!(told("988001", "Plant"), Some(Reason::NoGoods));
        let cider = "Cider apples, in bulk, from 16 September to 15 December";
        assert_eq!(told("08081010", cider), Some(Reason::OutOfSeason));
        assert_eq!(told("2903998050", "Fluorobenzene"), Some(Reason::Ended));
        assert_eq!(told("29040000", "Other"), None);
    }
}
