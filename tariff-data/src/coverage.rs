//! What is covered, place by place, as a table of README: made from the data, so that it cannot say more than they do.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use dutiable::confidence::Confidence;
use dutiable::destination::{Rules, TaxRate};

use crate::rules;
use crate::tables::{TableFolder, Tariff};

const BEGIN: &str = "<!-- coverage: written by `cargo tariff coverage` -->\n";
const END: &str = "<!-- end of coverage -->\n";

/// Writes the table into README, between its marks.
///
/// # Errors
/// Tables or rules that cannot be read, a README without the marks.
pub(crate) fn write(folder: &Path, readme: &Path) -> Result<()> {
    std::fs::write(readme, with_table(folder, readme)?)?;
    Ok(())
}

/// Refuses a README whose table is not that of the data.
///
/// # Errors
/// As [`write()`], and where the table is another.
pub(crate) fn check(folder: &Path, readme: &Path) -> Result<()> {
    let same = with_table(folder, readme)? == std::fs::read_to_string(readme)?;
    ensure!(
        same,
        "README's coverage is not that of the data: `cargo tariff coverage` writes it"
    );
    Ok(())
}

fn with_table(folder: &Path, readme: &Path) -> Result<String> {
    let text = std::fs::read_to_string(readme)?;
    let (before, rest) = text
        .split_once(BEGIN)
        .context("README has no mark where the coverage begins")?;
    let (_, after) = rest
        .split_once(END)
        .context("README has no mark where the coverage ends")?;
    Ok(format!("{before}{BEGIN}{}{END}{after}", table(folder)?))
}

fn table(folder: &Path) -> Result<String> {
    let tables = TableFolder::new(folder.join("tables"));
    let tariffs = Tariff::places(&tables)?;
    let mut text = String::from(
        "| places | tariff, as of | lines | rates | regimes | taxes | fees | least sure |\n|---|---|--:|---|---|---|---|---|\n",
    );
    for rules in rules::read_folder(&folder.join("rules"))? {
        let known = tariffs.contains(&rules.tariff);
        let tariff = known
            .then(|| Tariff::read(&tables.place(&rules.tariff)))
            .transpose()?;
        let (edition, lines, rates) = tariff.as_ref().map_or_else(without_tariff, of_tariff);
        // Writing to a `String` cannot fail.
        let _ = writeln!(
            text,
            "| {} | {edition} | {lines} | {rates} | {} | {} | {} | {} |",
            places(&rules),
            regimes(&rules),
            taxes(&rules),
            fees(&rules),
            least_sure(&rules).as_str()
        );
    }
    Ok(text)
}

fn without_tariff() -> (String, String, String) {
    let rates = "the caller's, or by the rules' own tables".to_owned();
    ("none at hand".to_owned(), "–".to_owned(), rates)
}

fn of_tariff(tariff: &Tariff) -> (String, String, String) {
    let manifest = &tariff.manifest;
    let edition = format!("{}, {}", manifest.id, manifest.as_of);
    let lines = tariff.lines.iter().filter(|line| line.declarable);
    let types: BTreeSet<String> = tariff
        .series
        .iter()
        .map(|series| series.measure_type.as_str().to_owned())
        .filter(|name| name != "supplementary-unit")
        .collect();
    let mut rates = types.into_iter().collect::<Vec<_>>().join(", ");
    if !tariff.unparsed.is_empty() {
        let _ = write!(rates, "; {} texts unsaid", tariff.unparsed.len());
    }
    (edition, lines.count().to_string(), rates)
}

fn places(rules: &Rules) -> String {
    let codes: BTreeSet<&str> = rules
        .place
        .iter()
        .map(|place| place.code.as_str())
        .collect();
    codes.into_iter().collect::<Vec<_>>().join(" ")
}

fn regimes(rules: &Rules) -> String {
    let ids: BTreeSet<&str> = rules
        .regime
        .iter()
        .map(|regime| regime.id.as_str())
        .collect();
    let since = rules
        .regime
        .iter()
        .filter_map(|regime| regime.valid.from)
        .min();
    let since = since.map_or_else(String::new, |day| format!(" from {day}"));
    format!("{}{since}", ids.len())
}

/// The latest rate of each tax: what holds today, or will.
fn taxes(rules: &Rules) -> String {
    let mut stated: Vec<(String, String)> = Vec::new();
    for tax in &rules.tax {
        let rate = match tax.rate {
            TaxRate::Percent(rate) => rate.to_string(),
            TaxRate::Fraction { of, over } => format!("{of}/{over}"),
            TaxRate::Unknown => "by code".to_owned(),
        };
        match stated.iter_mut().find(|(id, _)| *id == tax.id) {
            Some((_, rates)) if rates.split(", ").any(|other| other == rate) => {}
            Some((_, rates)) => {
                let _ = write!(rates, ", {rate}");
            }
            None => stated.push((tax.id.clone(), rate)),
        }
    }
    let stated: Vec<String> = stated
        .into_iter()
        .map(|(id, rates)| format!("{id} {rates}"))
        .collect();
    if stated.is_empty() {
        return "none".to_owned();
    }
    stated.join("; ")
}

fn fees(rules: &Rules) -> String {
    let ids: BTreeSet<&str> = rules.fee.iter().map(|fee| fee.id.as_str()).collect();
    if ids.is_empty() {
        return "none".to_owned();
    }
    ids.into_iter().collect::<Vec<_>>().join(", ")
}

/// The least sure of the rules that money rests on.
fn least_sure(rules: &Rules) -> Confidence {
    let regimes = rules.regime.iter().map(|regime| regime.law.confidence);
    let taxes = rules.tax.iter().map(|tax| tax.law.confidence);
    let fees = rules.fee.iter().map(|fee| fee.law.confidence);
    let values = rules.customs_value.iter().map(|rule| rule.law.confidence);
    let all = regimes.chain(taxes).chain(fees).chain(values);
    all.max().unwrap_or_default()
}
