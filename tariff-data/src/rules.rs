//! The rules of the destinations, read and proved: `rules/*.toml` in the words of `RULES.md`.
//!
//! What a parser can refuse (an unknown word, a missing `checked-on`, an impossible date) is refused on reading. [`check`] refuses the rest:
//! circumstances for which two regimes hold or none does, rules that contradict each other in time, and rules without a source.

mod by_table;
mod circumstances;
mod in_time;
mod lists;
mod named;
mod reform;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use dutiable::decimal::Decimal;
use dutiable::destination::Rules;

use crate::check::Report;
use crate::tables::TableFolder;
use lists::{code_lists, laws, periods, place_lists};
pub use reform::check_reform;

/// Reads every rules file of a folder, in the order of their names, and refuses the first that does not hold.
pub fn read_folder(folder: &Path) -> Result<Vec<Rules>> {
    files(folder)?.iter().map(|path| read(path)).collect()
}

/// Reads a rules file; the first contradiction found refuses it.
fn read(path: &Path) -> Result<Rules> {
    as_written(path)
        .and_then(proved)
        .with_context(|| path.display().to_string())
}

/// Proves every rules file of a folder, and returns how many failures there are.
pub fn check_folder(folder: &Path) -> Result<usize> {
    let mut failures = 0_usize;
    for path in files(folder)? {
        let rules = as_written(&path).with_context(|| path.display().to_string())?;
        let mut report = Report::new(&format!("rules/{}", rules.territory));
        report.count("places", rules.place.len());
        report.count("regimes", rules.regime.len());
        report.count("taxes", rules.tax.len());
        report.count("fees", rules.fee.len());
        report.count("waivers", rules.waiver.len());
        report.count("rate tables", rules.rate_table.len());
        report.count("preferences", rules.preference.len());
        report.count("refunds", rules.refund.len());
        report.count("roundings", rules.rounding.len());
        report.count("notices", rules.notice.len());
        for failure in check(&rules) {
            report.fail(failure);
        }
        failures = failures.saturating_add(report.print());
    }
    Ok(failures)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = std::fs::read_dir(folder).with_context(|| folder.display().to_string())?;
    let entries: Vec<_> = entries.collect::<std::io::Result<_>>()?;
    let mut paths: Vec<_> = entries.into_iter().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "toml"));
    paths.sort();
    Ok(paths)
}

fn as_written(path: &Path) -> Result<Rules> {
    let text = std::fs::read_to_string(path)?;
    let tables = path.parent().and_then(Path::parent).unwrap_or(path);
    by_table::read(&text, &TableFolder::new(tables.join("tables")))
}

fn proved(rules: Rules) -> Result<Rules> {
    let failures = check(&rules);
    if let Some(first) = failures.first() {
        bail!("{first} ({} failures)", failures.len());
    }
    Ok(rules)
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
    regimes(rules, &mut expect);
    named::check(rules, &mut expect);
    roundings(rules, &mut expect);
    in_time::check(rules, &mut expect);
    failures.extend(dutiable::lab::faults(rules));
    failures.extend(circumstances::check(rules));
    failures
}

/// What a regime says of itself.
fn regimes(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    for regime in &rules.regime {
        let what = format!("regime {}", regime.id);
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
}

fn roundings(rules: &Rules, expect: &mut impl FnMut(bool, String)) {
    for rule in &rules.rounding {
        let (at, unit) = (rule.at, &rule.unit);
        expect(
            is_power_of_ten(unit),
            format!("rounding {at:?}: `{unit}` is not a power of ten"),
        );
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
