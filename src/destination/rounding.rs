//! Where the law rounds.

use super::law::Law;
use crate::calendar::ValidityPeriod;
use crate::decimal::{self, MAX_AMOUNT_DECIMALS, Rounding, RoundingMode};
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// A point at which an amount is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundingPoint {
    /// The customs value, before duty is reckoned on it.
    DutyBase,
    /// A duty.
    Duty,
    /// A duty as a part of what a tax is reckoned on, where the law rounds it there too: for each item, before the sum is rounded.
    DutyInTaxBase,
    /// The amount a tax is reckoned on.
    TaxBase,
    /// A tax.
    Tax,
    /// A tax as what another tax is reckoned on, where the law rounds it there too.
    TaxInTaxBase,
    /// A fee.
    Fee,
}

stored!(
    enum RoundingPoint {
        DutyBase,
        Duty,
        DutyInTaxBase,
        TaxBase,
        Tax,
        TaxInTaxBase,
        Fee,
    }
);

/// For what an amount is rounded. Where a point has a rule of either scope, each item's amount is rounded first, then their sum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// For each item.
    Item,
    /// For the consignment: the items' exact amounts are added up first.
    Consignment,
}

stored!(
    enum Scope {
        Item,
        Consignment,
    }
);

/// A rounding as the law names it. Without one, an amount is rounded for each item to the currency's minor unit, a half up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RoundingRule {
    /// Where.
    pub at: RoundingPoint,
    /// For what.
    pub scope: Scope,
    /// To which unit, as text: `0.01`, `1000`.
    pub unit: String,
    /// Which way.
    pub mode: RoundingMode,
    /// When it holds.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// Its source.
    pub law: Law,
}

stored!(struct RoundingRule { at, scope, unit, mode, valid, law });

impl RoundingRule {
    /// The rounding; `None` where the unit is not a decimal (a build error, caught before it is packed).
    #[must_use]
    pub fn rounding(&self) -> Option<Rounding> {
        let unit = decimal::parse(&self.unit, MAX_AMOUNT_DECIMALS).ok()?;
        if unit.is_zero() {
            return None;
        }
        Some(Rounding {
            unit,
            mode: self.mode,
        })
    }
}
