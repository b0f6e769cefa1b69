//! Rules in time: what is stated for one day is stated once, and what follows follows at once.

use std::collections::BTreeSet;

use dutiable::calendar::{CalendarDate, ValidityPeriod};
use dutiable::destination::Rules;
use dutiable::place::PlaceCode;

/// Rules of one id must not overlap, and must follow each other without a hole.
pub(super) fn check(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    let here =
        |places: &[PlaceCode], place: PlaceCode| places.is_empty() || places.contains(&place);
    let first = rules
        .regime
        .iter()
        .map(|regime| regime.valid.from)
        .min()
        .flatten();
    let codes: BTreeSet<PlaceCode> = rules.place.iter().map(|place| place.code).collect();
    for place in codes {
        let places = rules.place.iter().filter(|other| other.code == place);
        chain(
            &format!("place {place}"),
            places.map(|place| place.valid),
            expect,
        );
        for failure in taxes(rules, place, first) {
            expect(false, failure);
        }
        let fees: BTreeSet<&str> = rules.fee.iter().map(|fee| fee.id.as_str()).collect();
        for id in fees {
            let same = rules
                .fee
                .iter()
                .filter(|fee| fee.id == id && here(&fee.places, place));
            chain(
                &format!("fee {id} in {place}"),
                same.map(|fee| fee.valid),
                expect,
            );
        }
    }
    let ids: BTreeSet<&str> = rules
        .regime
        .iter()
        .map(|regime| regime.id.as_str())
        .collect();
    for id in ids {
        let same = rules.regime.iter().filter(|regime| regime.id == id);
        chain(
            &format!("regime {id}"),
            same.map(|regime| regime.valid),
            expect,
        );
    }
    expect(!rules.customs_value.is_empty(), "no customs value".into());
    chain(
        "customs value",
        rules.customs_value.iter().map(|rule| rule.valid),
        expect,
    );
}

/// What is wrong with a place's taxes in time. One id may have other rates in other regions and under other regimes: it is asked in each
/// region and under each regime by itself.
fn taxes(rules: &Rules, place: PlaceCode, first: Option<CalendarDate>) -> BTreeSet<String> {
    let among = |listed: &[String], one: &str| {
        listed.is_empty() || listed.iter().any(|listed| listed == one)
    };
    let of_place = rules.place.iter().filter(|other| other.code == place);
    let mut regions: BTreeSet<&str> = of_place
        .flat_map(|place| place.regions.iter().map(String::as_str))
        .collect();
    // Where there are no regions, no tax is in one.
    regions.insert("");
    let ids: BTreeSet<&str> = rules.tax.iter().map(|tax| tax.id.as_str()).collect();
    let regimes: BTreeSet<&str> = rules.regime.iter().map(|rule| rule.id.as_str()).collect();
    let mut failures = BTreeSet::new();
    for (id, region, regime) in ids.iter().flat_map(|id| {
        let both = regions
            .iter()
            .flat_map(|region| regimes.iter().map(move |regime| (region, regime)));
        both.map(move |(region, regime)| (*id, *region, *regime))
    }) {
        let same = rules.tax.iter().filter(|tax| {
            tax.id == id
                && (tax.places.is_empty() || tax.places.contains(&place))
                && among(&tax.regions, region)
                && among(&tax.regimes, regime)
        });
        let mut expect = |holds: bool, what: String| {
            if !holds {
                failures.insert(what);
            }
        };
        let periods = same.clone().map(|tax| tax.valid);
        chain(&format!("tax {id} in {place}"), periods, &mut expect);
        let spans = same.clone().next().is_none()
            || same.clone().any(|tax| tax.valid.from <= first)
                && same.clone().any(|tax| tax.valid.to.is_none());
        expect(
            spans,
            format!("tax {id} in {place}: it does not span the days of the regimes"),
        );
    }
    failures
}

fn chain(
    what: &str,
    periods: impl Iterator<Item = ValidityPeriod>,
    expect: &mut impl FnMut(bool, String),
) {
    let mut periods: Vec<ValidityPeriod> = periods.collect();
    periods.sort_by_key(|period| period.from);
    for (earlier, later) in periods.iter().zip(periods.iter().skip(1)) {
        expect(
            !earlier.overlaps(*later),
            format!("{what}: stated twice for one day"),
        );
        let follows = earlier.to.map(next_day) == later.from || earlier.overlaps(*later);
        expect(follows, format!("{what}: a gap after {:?}", earlier.to));
    }
}

/// The day after; the last day of the calendar has itself.
pub(super) fn next_day(day: CalendarDate) -> CalendarDate {
    let text = day.to_string();
    let mut parts = text.split('-').filter_map(|part| part.parse::<u16>().ok());
    let (Some(year), Some(month), Some(of_month)) = (parts.next(), parts.next(), parts.next())
    else {
        return day;
    };
    [
        (year, month, of_month.saturating_add(1)),
        (year, month.saturating_add(1), 1),
        (year.saturating_add(1), 1, 1),
    ]
    .into_iter()
    .find_map(|(year, month, of_month)| {
        CalendarDate::parse(&format!("{year:04}-{month:02}-{of_month:02}")).ok()
    })
    .unwrap_or(day)
}
