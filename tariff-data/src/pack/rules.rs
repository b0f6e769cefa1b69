//! The packs of rules: one a customs territory.

use anyhow::{Context, Result};
use dutiable::calendar::{CalendarDate, ValidityPeriod};
use dutiable::destination::Rules;
use dutiable::engine::sections::RULES;
use dutiable::pack::{About, PackKind, PackWriter};
use dutiable::place::PlaceCode;

use super::Built;

/// The places whose territory uses a tariff.
pub(crate) fn destinations(territories: &[Rules], tariff: &str) -> Vec<PlaceCode> {
    let users = territories.iter().filter(|rules| rules.tariff == tariff);
    users
        .flat_map(|rules| &rules.place)
        .map(|place| place.code)
        .collect()
}

/// Packs the rules of every territory.
///
/// # Errors
/// Rules that cannot be packed, by territory.
pub(crate) fn build(territories: &[Rules]) -> Result<Vec<Built>> {
    territories
        .iter()
        .map(|rules| {
            pack(rules).with_context(|| format!("packing the rules of {}", rules.territory))
        })
        .collect()
}

fn pack(rules: &Rules) -> Result<Built> {
    let about = About {
        id: format!("{}.rules", rules.territory),
        tariff: rules.territory.clone(),
        destinations: Some(rules.place.iter().map(|place| place.code).collect()),
        origins: None,
        language: None,
        edition: 0,
        as_of: last_checked(rules).context("no rule says when it was checked")?,
        covers: ValidityPeriod::default(),
        sources: Vec::new(),
    };
    Built::verify(
        PackWriter::new(PackKind::Rules, &about)?
            .value(RULES, rules)?
            .seal()?,
    )
}

/// The latest day on which a rule of the territory was checked.
fn last_checked(rules: &Rules) -> Option<CalendarDate> {
    let regimes = rules.regime.iter().map(|regime| regime.law.checked_on);
    let taxes = rules.tax.iter().map(|tax| tax.law.checked_on);
    let fees = rules.fee.iter().map(|fee| fee.law.checked_on);
    regimes.chain(taxes).chain(fees).max()
}
