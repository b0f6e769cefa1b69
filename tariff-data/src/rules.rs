//! The rules of the destinations, read and proved: `rules/*.toml` in the words of `RULES.md`.
//!
//! What a parser can refuse (an unknown word, a missing `checked-on`, an impossible date) is refused on reading. [`check`] refuses the rest:
//! circumstances for which two regimes hold or none does, rules that contradict each other in time, and rules without a source.

mod circumstances;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use dutiable::calendar::{CalendarDate, ValidityPeriod};
use dutiable::decimal::Decimal;
use dutiable::destination::{Condition, FeeCharge, Law, Rules, TaxBase};
use dutiable::place::PlaceCode;

use crate::check::Report;

/// Reads a rules file.
#[allow(
    dead_code,
    reason = "the packer is to read rules; until then the tests do"
)]
pub fn read(path: &Path) -> Result<Rules> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    parse(&text).with_context(|| path.display().to_string())
}

/// Reads rules from text; the first contradiction found refuses them.
#[allow(dead_code, reason = "as `read`")]
fn parse(text: &str) -> Result<Rules> {
    let rules: Rules = toml::from_str(text)?;
    let failures = check(&rules);
    if let Some(first) = failures.first() {
        bail!("{first} ({} failures)", failures.len());
    }
    Ok(rules)
}

/// Proves every rules file of a folder, and returns how many failures there are.
pub fn check_folder(folder: &Path) -> Result<usize> {
    let mut failures = 0_usize;
    let entries: Vec<_> = std::fs::read_dir(folder)?.collect::<std::io::Result<_>>()?;
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path)?;
        let rules: Rules = toml::from_str(&text).with_context(|| path.display().to_string())?;
        let mut report = Report::new(&format!("rules/{}", rules.territory));
        report.count("places", rules.place.len());
        report.count("regimes", rules.regime.len());
        report.count("taxes", rules.tax.len());
        report.count("fees", rules.fee.len());
        report.count("roundings", rules.rounding.len());
        report.count("notices", rules.notice.len());
        for failure in check(&rules) {
            report.fail(failure);
        }
        failures = failures.saturating_add(report.print());
    }
    Ok(failures)
}

/// All that is wrong with a territory's rules.
#[must_use]
pub fn check(rules: &Rules) -> Vec<String> {
    let mut failures = Vec::new();
    let mut expect = |holds: bool, what: String| {
        if !holds {
            failures.push(what);
        }
    };
    for (what, law) in laws(rules) {
        let address = ["http://", "https://"]
            .iter()
            .any(|scheme| law.url.len() > scheme.len() && law.url.starts_with(scheme));
        expect(address, format!("{what}: the law has no address"));
        expect(
            !law.title.trim().is_empty(),
            format!("{what}: the law has no title"),
        );
    }
    for (what, valid) in periods(rules) {
        let ordered = !matches!((valid.from, valid.to), (Some(from), Some(to)) if to < from);
        expect(ordered, format!("{what}: it ends before it begins"));
    }
    for (what, codes) in code_lists(rules) {
        for code in codes {
            let digits =
                (2..=10).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit());
            expect(digits, format!("{what}: `{code}` is not 2 to 10 digits"));
        }
    }
    for (what, places) in place_lists(rules) {
        for place in places {
            expect(
                rules.place(*place).is_some(),
                format!("{what}: {place} is not a place of the territory"),
            );
        }
    }
    references(rules, &mut expect);
    roundings(rules, &mut expect);
    in_time(rules, &mut expect);
    failures.extend(circumstances::check(rules));
    failures
}

fn references(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    let regimes: BTreeSet<&str> = rules
        .regime
        .iter()
        .map(|regime| regime.id.as_str())
        .collect();
    for regime in &rules.regime {
        let what = format!("regime {}", regime.id);
        for other in &regime.replaces {
            let known = regimes.contains(other.as_str()) && *other != regime.id;
            expect(
                known,
                format!("{what}: replaces `{other}`, which is no other regime"),
            );
        }
        expect(
            (1..=4).contains(&regime.release_category),
            format!("{what}: release categories are 1 to 4"),
        );
        expect(
            !regime.declaration.trim().is_empty(),
            format!("{what}: no declaration is named"),
        );
        let open = regime.collection.iter().any(|way| {
            way.needs_registration.is_none() || way.needs_registration == regime.when.registered
        });
        expect(
            open,
            format!("{what}: nobody collects where the seller is not registered"),
        );
    }
    for fee in &rules.fee {
        for regime in &fee.regimes {
            expect(
                regimes.contains(regime.as_str()),
                format!("fee {}: `{regime}` is no regime", fee.id),
            );
        }
        let crossed = matches!(
            &fee.charge,
            FeeCharge::AdValorem { min: Some(min), max: Some(max), .. } if max.amount < min.amount
        );
        expect(
            !crossed,
            format!("fee {}: its cap is below its floor", fee.id),
        );
    }
    for (position, tax) in rules.tax.iter().enumerate() {
        for part in &tax.base {
            if let TaxBase::Tax(id) = part {
                let earlier = rules.tax.iter().take(position).any(|other| other.id == *id);
                expect(
                    earlier,
                    format!("tax {}: its base `{id}` is no tax before it", tax.id),
                );
            }
        }
        expect(
            !tax.base.is_empty(),
            format!("tax {}: it has no base", tax.id),
        );
    }
}

fn roundings(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    for (position, rule) in rules.rounding.iter().enumerate() {
        let what = format!("rounding {:?}", rule.at);
        expect(
            is_power_of_ten(&rule.unit),
            format!("{what}: `{}` is not a power of ten", rule.unit),
        );
        let clash = rules.rounding.iter().take(position).any(|other| {
            other.at == rule.at && other.scope == rule.scope && other.valid.overlaps(rule.valid)
        });
        expect(!clash, format!("{what}: stated twice for one day"));
    }
}

fn is_power_of_ten(text: &str) -> bool {
    Decimal::from_str_exact(text).is_ok_and(|unit| {
        let unit = unit.normalize();
        let mut mantissa = unit.mantissa();
        while mantissa > 1 && mantissa.checked_rem(10) == Some(0) {
            mantissa = mantissa.saturating_div(10);
        }
        mantissa == 1
    })
}

/// Rules of one id must not overlap, and must follow each other without a hole.
fn in_time(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
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
        let taxes: BTreeSet<&str> = rules.tax.iter().map(|tax| tax.id.as_str()).collect();
        for id in taxes {
            let same = rules
                .tax
                .iter()
                .filter(|tax| tax.id == id && here(&tax.places, place));
            chain(
                &format!("tax {id} in {place}"),
                same.clone().map(|tax| tax.valid),
                expect,
            );
            let spans = same.clone().next().is_none()
                || same.clone().any(|tax| tax.valid.from <= first)
                    && same.clone().any(|tax| tax.valid.to.is_none());
            expect(
                spans,
                format!("tax {id} in {place}: it does not span the days of the regimes"),
            );
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
fn next_day(day: CalendarDate) -> CalendarDate {
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

fn laws(rules: &Rules) -> Vec<(String, &Law)> {
    let values = rules
        .customs_value
        .iter()
        .map(|rule| ("customs value".into(), &rule.law));
    let regimes = rules
        .regime
        .iter()
        .map(|rule| (format!("regime {}", rule.id), &rule.law));
    let taxes = rules
        .tax
        .iter()
        .map(|rule| (format!("tax {}", rule.id), &rule.law));
    let fees = rules
        .fee
        .iter()
        .map(|rule| (format!("fee {}", rule.id), &rule.law));
    let roundings = rules
        .rounding
        .iter()
        .map(|rule| (format!("rounding {:?}", rule.at), &rule.law));
    let notices = rules
        .notice
        .iter()
        .map(|rule| (format!("notice {}", rule.code), &rule.law));
    values
        .chain(regimes)
        .chain(taxes)
        .chain(fees)
        .chain(roundings)
        .chain(notices)
        .collect()
}

fn periods(rules: &Rules) -> Vec<(String, ValidityPeriod)> {
    let places = rules
        .place
        .iter()
        .map(|rule| (format!("place {}", rule.code), rule.valid));
    let values = rules
        .customs_value
        .iter()
        .map(|rule| ("customs value".into(), rule.valid));
    let regimes = rules
        .regime
        .iter()
        .map(|rule| (format!("regime {}", rule.id), rule.valid));
    let taxes = rules
        .tax
        .iter()
        .map(|rule| (format!("tax {}", rule.id), rule.valid));
    let fees = rules
        .fee
        .iter()
        .map(|rule| (format!("fee {}", rule.id), rule.valid));
    let roundings = rules
        .rounding
        .iter()
        .map(|rule| (format!("rounding {:?}", rule.at), rule.valid));
    let notices = rules
        .notice
        .iter()
        .map(|rule| (format!("notice {}", rule.code), rule.valid));
    places
        .chain(values)
        .chain(regimes)
        .chain(taxes)
        .chain(fees)
        .chain(roundings)
        .chain(notices)
        .collect()
}

fn conditions(rules: &Rules) -> impl Iterator<Item = (String, &Condition)> {
    let regimes = rules
        .regime
        .iter()
        .map(|rule| (format!("regime {}", rule.id), &rule.when));
    let fees = rules
        .fee
        .iter()
        .map(|rule| (format!("fee {}", rule.id), &rule.when));
    let notices = rules
        .notice
        .iter()
        .map(|rule| (format!("notice {}", rule.code), &rule.when));
    regimes.chain(fees).chain(notices)
}

fn code_lists(rules: &Rules) -> Vec<(String, &[String])> {
    let mut lists: Vec<(String, &[String])> = Vec::new();
    for (what, when) in conditions(rules) {
        lists.push((what.clone(), &when.without_codes));
        lists.push((what, &when.with_codes));
    }
    for regime in &rules.regime {
        lists.push((format!("regime {}", regime.id), &regime.relief_excludes));
    }
    lists
}

fn place_lists(rules: &Rules) -> Vec<(String, &[PlaceCode])> {
    let taxes = rules
        .tax
        .iter()
        .map(|rule| (format!("tax {}", rule.id), rule.places.as_slice()));
    let fees = rules
        .fee
        .iter()
        .map(|rule| (format!("fee {}", rule.id), rule.places.as_slice()));
    let notices = rules
        .notice
        .iter()
        .map(|rule| (format!("notice {}", rule.code), rule.places.as_slice()));
    taxes.chain(fees).chain(notices).collect()
}
