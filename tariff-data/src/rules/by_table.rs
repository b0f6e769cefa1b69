//! Rates of a tax by code that stand in the tariff's tables: `by-table` in a rules file, `by-code` in its pack.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use dutiable::confidence::Confidence;
use dutiable::destination::{Applies, RateByCode, Rules, TaxRate};
use dutiable::money::Percentage;
use serde::Deserialize;

use crate::tables::{TableFolder, Tax};

/// The word.
const WORD: &str = "by-table";

/// Which rows of `taxes.csv` a tax takes.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ByTable {
    /// The tax's name in the table.
    tax: String,
    /// How sure the rates are.
    confidence: Confidence,
    /// The one rate that is charged; all others are unknown, for it is not known what they are charged on, and with them what the table
    /// lacks of their headings.
    #[serde(default)]
    only: Option<String>,
}

/// Reads rules as they are written, with the rates by code that they name a table for.
///
/// # Errors
/// What is no rules file, and a table without the tax.
pub(super) fn read(text: &str, tables: &TableFolder) -> Result<Rules> {
    if !text.contains(WORD) {
        return Ok(toml::from_str(text)?);
    }
    let mut written: toml::Table = toml::from_str(text)?;
    let taxes = written.get_mut("tax").and_then(toml::Value::as_array_mut);
    let mut named = BTreeMap::new();
    for (position, tax) in taxes.into_iter().flatten().enumerate() {
        if let Some(by_table) = tax.as_table_mut().and_then(|tax| tax.remove(WORD)) {
            named.insert(position, by_table.try_into::<ByTable>()?);
        }
    }
    let mut rules: Rules = written.try_into()?;
    let rows: Vec<Tax> = tables.place(&rules.tariff).read()?;
    for (position, tax) in rules.tax.iter_mut().enumerate() {
        if let Some(by_table) = named.get(&position) {
            let added = rates(by_table, &tax.by_code, &rows);
            tax.by_code
                .extend(added.with_context(|| format!("tax {}", tax.id))?);
        }
    }
    Ok(rules)
}

/// The table's rates, each with its codes; what the rules state of a code themselves holds for the codes below it too.
fn rates(by_table: &ByTable, stated: &[RateByCode], rows: &[Tax]) -> Result<Vec<RateByCode>> {
    let own: BTreeSet<&String> = stated.iter().flat_map(|rate| &rate.codes).collect();
    let mut by_rate: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.tax == by_table.tax) {
        if !own.iter().any(|code| row.code.starts_with(code.as_str())) {
            let codes = by_rate.entry(row.rate.as_str()).or_default();
            codes.push(row.code.clone());
        }
    }
    ensure!(
        !by_rate.is_empty(),
        "taxes.csv has no rows of `{}`",
        by_table.tax
    );
    let other = |text: &str| by_table.only.as_deref().is_some_and(|only| only != text);
    let rate = |text: &str| match text {
        "NT" => TaxRate::Percent(Percentage(0.into())),
        text if other(text) => TaxRate::Unknown,
        // An amount for a quantity, or a rate that the source lacks.
        text => Percentage::parse(text).map_or(TaxRate::Unknown, TaxRate::Percent),
    };
    let taxed = by_rate.iter().filter(|(text, _)| other(text));
    let headings = taxed.flat_map(|(_, codes)| codes.iter().filter_map(|code| code.get(..4)));
    let listed: BTreeSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    let lacking: BTreeSet<String> = headings
        .filter(|heading| !listed.contains(heading))
        .map(str::to_owned)
        .collect();
    if !lacking.is_empty() {
        by_rate.entry("").or_default().extend(lacking);
    }
    let rates = by_rate.into_iter().map(|(text, codes)| RateByCode {
        codes,
        rate: rate(text),
        applies: Applies::Always,
        confidence: by_table.confidence,
    });
    Ok(rates.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, rate: &str) -> Tax {
        Tax {
            code: code.into(),
            tax: "excise".into(),
            rate: rate.into(),
        }
    }

    fn by_table(only: Option<&str>) -> ByTable {
        ByTable {
            tax: "excise".into(),
            confidence: Confidence::Official,
            only: only.map(str::to_owned),
        }
    }

    /// The rate of a code: of the rows that list it.
    fn of(rates: &[RateByCode], code: &str) -> Vec<TaxRate> {
        let listed = rates
            .iter()
            .filter(|rate| rate.codes.iter().any(|c| c == code));
        listed.map(|rate| rate.rate).collect()
    }

    #[test]
    fn rates_not_taxed_and_amounts_are_told_apart() -> Result<()> {
        let rows = [
            row("01", "NT"),
            row("2203", "1.5 CNY/l"),
            row("2204", ""),
            row("3304", "15 %"),
        ];
        let rates = rates(&by_table(None), &[], &rows)?;
        let percent = |text| Percentage::parse(text).map(TaxRate::Percent);
        assert_eq!(of(&rates, "01"), [percent("0 %")?]);
        assert_eq!(of(&rates, "2203"), [TaxRate::Unknown]);
        assert_eq!(of(&rates, "2204"), [TaxRate::Unknown]);
        assert_eq!(of(&rates, "3304"), [percent("15 %")?]);
        Ok(())
    }

    #[test]
    fn what_the_rules_state_holds_for_the_codes_below() -> Result<()> {
        let stated = [RateByCode {
            codes: vec!["9101".into()],
            rate: TaxRate::Unknown,
            applies: Applies::Always,
            confidence: Confidence::Official,
        }];
        let rows = [row("910111", "20 %"), row("9102", "20 %")];
        let rates = rates(&by_table(None), &stated, &rows)?;
        assert!(of(&rates, "910111").is_empty());
        assert_eq!(of(&rates, "9102").len(), 1);
        Ok(())
    }

    #[test]
    fn with_only_the_rest_of_a_taxed_heading_is_unknown() -> Result<()> {
        let rows = [
            row("85395121", "0 %"),
            row("85395129", "12 %"),
            row("640391", "0 %"),
        ];
        let rates = rates(&by_table(Some("0 %")), &[], &rows)?;
        assert_eq!(of(&rates, "8539"), [TaxRate::Unknown]);
        assert_eq!(of(&rates, "85395129"), [TaxRate::Unknown]);
        assert_ne!(of(&rates, "85395121"), [TaxRate::Unknown]);
        assert!(of(&rates, "6403").is_empty());
        Ok(())
    }

    #[test]
    fn a_tax_that_the_table_lacks_is_refused() {
        let mut other = by_table(None);
        other.tax = "vat".into();
        assert!(rates(&other, &[], &[row("01", "0 %")]).is_err());
    }
}
