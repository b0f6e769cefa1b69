//! Programmes of additional duties: every name resolves, nobody gives way to a later one, no two headings of one programme reach the
//! same goods on the same day without a claim, and every published list is accounted for.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use crate::tables::{AdditionalDuties, Heading, HeadingList, Programme, Tariff};

/// Checks the tables of additional duties against each other and against the tariff.
pub fn check(tariff: &Tariff, additional: &AdditionalDuties, report: &mut Report) {
    if additional.programmes.is_empty() {
        return;
    }
    report.count(
        "programmes of additional duties",
        additional.programmes.len(),
    );
    report.count("headings of additional duties", additional.headings.len());
    programmes(tariff, additional, report);
    headings(additional, report);
    lists(additional, report);
    alternatives(tariff, additional, report);
}

fn programmes(tariff: &Tariff, additional: &AdditionalDuties, report: &mut Report) {
    let mut by_id: BTreeMap<&str, &Programme> = BTreeMap::new();
    let mut orders = BTreeSet::new();
    for row in &additional.programmes {
        let is_new = by_id.insert(&row.programme, row).is_none();
        report.expect(is_new, || format!("programme {} twice", row.programme));
        report.expect(orders.insert(row.order), || {
            format!(
                "programme {}: {} is another's place",
                row.programme, row.order
            )
        });
        report.expect(super::dates::is_date(&row.as_of), || {
            format!("programme {}: as of \"{}\"", row.programme, row.as_of)
        });
        report.expect(row.url.starts_with("https://"), || {
            format!("programme {} has no address", row.programme)
        });
    }
    let areas: BTreeSet<&str> = tariff.areas.iter().map(|row| row.area.as_str()).collect();
    for row in &additional.programmes {
        for other in &row.displaced_by {
            let earlier = by_id
                .get(other.as_str())
                .is_some_and(|other| other.order < row.order);
            report.expect(earlier, || {
                format!(
                    "programme {}: {other} is no earlier programme",
                    row.programme
                )
            });
        }
        for area in &row.freed_by {
            report.expect(areas.contains(area.as_str()), || {
                format!("programme {}: area {area} has no members", row.programme)
            });
        }
        let used = additional
            .headings
            .iter()
            .any(|heading| heading.programme == row.programme);
        report.expect(used, || {
            format!("programme {} has no heading", row.programme)
        });
    }
    for heading in &additional.headings {
        report.expect(by_id.contains_key(heading.programme.as_str()), || {
            format!(
                "heading {}: no programme {}",
                heading.series, heading.programme
            )
        });
    }
}

fn headings(additional: &AdditionalDuties, report: &mut Report) {
    for row in &additional.headings {
        let named = row.heading.starts_with("99") && !row.law.is_empty();
        report.expect(named, || {
            format!("heading {}: no heading or no law", row.series)
        });
        report.expect(!row.from.is_empty(), || {
            format!("heading {}: it begins on no day", row.series)
        });
    }
}

/// Every list's published codes are kept or named as not in the tariff, and every list is used.
fn lists(additional: &AdditionalDuties, report: &mut Report) {
    let mut kept: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &additional.codes {
        let count = kept.entry(&row.list).or_default();
        *count = count.saturating_add(1);
    }
    let cells = additional
        .headings
        .iter()
        .flat_map(|row| row.codes.iter().chain(&row.without));
    let named: BTreeSet<&str> = cells
        .filter_map(|cell| cell.strip_prefix("list:"))
        .collect();
    let mut published = 0_usize;
    let mut accounted = 0_usize;
    for HeadingList {
        list,
        published: all,
        kept: stated,
        not_in_tariff,
        ..
    } in &additional.lists
    {
        let own = kept.remove(list.as_str()).unwrap_or_default();
        report.expect(own == *stated, || {
            format!("list {list}: {own} codes, not {stated}")
        });
        published = published.saturating_add(*all);
        accounted = accounted
            .saturating_add(own)
            .saturating_add(not_in_tariff.len());
        report.expect(own.saturating_add(not_in_tariff.len()) == *all, || {
            format!("list {list}: {all} published, {own} kept")
        });
        report.expect(named.contains(list.as_str()), || {
            format!("list {list}: no heading names it")
        });
    }
    for list in kept.keys() {
        report.fail(format!("list {list} is not in heading_lists.csv"));
    }
    report.against("codes of published lists", accounted, published);
}

/// Two headings on the same code for the same area and days, neither waiting for a claim, would say two things of the same goods.
fn alternatives(tariff: &Tariff, additional: &AdditionalDuties, report: &mut Report) {
    let rows: BTreeMap<&str, &Heading> = additional
        .headings
        .iter()
        .map(|row| (row.series.as_str(), row))
        .collect();
    let mut on_code: BTreeMap<(&str, &str), Vec<&Heading>> = BTreeMap::new();
    for measure in &tariff.measures {
        if let Some(row) = rows.get(measure.series.as_str()) {
            on_code
                .entry((row.programme.as_str(), measure.code.as_str()))
                .or_default()
                .push(row);
        }
    }
    for ((programme, code), headings) in on_code {
        for (position, one) in headings.iter().enumerate() {
            for other in headings.iter().skip(position.saturating_add(1)) {
                if !compete(one, other) {
                    continue;
                }
                report.fail(format!(
                    "{programme} on {code}: {} and {} overlap",
                    one.series, other.series
                ));
            }
        }
    }
}

fn compete(one: &Heading, other: &Heading) -> bool {
    let end = |row: &Heading| {
        if row.to.is_empty() {
            "9999-12-31".to_owned()
        } else {
            row.to.clone()
        }
    };
    one.certificate.is_empty()
        && other.certificate.is_empty()
        && one.areas.iter().any(|area| other.areas.contains(area))
        && one.from <= end(other)
        && other.from <= end(one)
}
