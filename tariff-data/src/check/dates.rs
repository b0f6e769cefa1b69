//! Dates are real ISO dates, and no period ends before it begins.

use dutiable::calendar::CalendarDate;

use super::Report;
use crate::tables::Tariff;

/// Checks the periods of series and area members.
pub fn check(tariff: &Tariff, report: &mut Report) {
    for row in &tariff.series {
        period(
            &format!("series {}", row.series),
            &row.from,
            &row.to,
            report,
        );
    }
    for row in &tariff.areas {
        period(
            &format!("area {} member {}", row.area, row.member),
            &row.from,
            &row.to,
            report,
        );
    }
}

/// A period's days, each where it is stated, in order.
pub(super) fn period(what: &str, from: &str, to: &str, report: &mut Report) {
    for date in [from, to] {
        report.expect(date.is_empty() || is_date(date), || {
            format!("{what}: \"{date}\" is no date")
        });
    }
    let ordered = from.is_empty() || to.is_empty() || from <= to;
    report.expect(ordered, || format!("{what}: {from} is after {to}"));
}

/// A date that the engine can hold; as text such dates compare in the order of time.
pub(super) fn is_date(text: &str) -> bool {
    CalendarDate::parse(text).is_ok()
}
