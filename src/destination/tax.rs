//! Taxes on importation, and supply taxes that take their place.

use super::law::Law;
use crate::calendar::ValidityPeriod;
use crate::money::Percentage;
use crate::place::PlaceCode;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// A tax.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Tax {
    /// Its id: `import-vat`, `consumption-tax`.
    pub id: String,
    /// The places it is charged in; empty for all of the territory.
    #[serde(default)]
    pub places: Vec<PlaceCode>,
    /// When it holds.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// The rate.
    pub rate: TaxRate,
    /// What it is charged on: the sum of these.
    pub base: Vec<TaxBase>,
    /// Reduced rates that exist and are not applied yet, in per cent: the quote says so.
    #[serde(default)]
    pub reduced: Vec<Percentage>,
    /// Its source.
    pub law: Law,
}

stored!(struct Tax { id, places, valid, rate, base, reduced, law });

/// A rate of tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum TaxRate {
    /// In per cent of the base.
    Percent(Percentage),
    /// A fraction of the base: 22/78 of another tax.
    Fraction {
        /// The numerator.
        of: u16,
        /// The denominator.
        over: u16,
    },
}

stored!(enum TaxRate { Percent { 0 }, Fraction { of, over } });

/// A part of what a tax is charged on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaxBase {
    /// The customs value.
    CustomsValue,
    /// The goods, after discount.
    Goods,
    /// International freight.
    Freight,
    /// Insurance.
    Insurance,
    /// All duties.
    Duty,
    /// Another tax, charged before this one.
    Tax(String),
}

stored!(enum TaxBase { CustomsValue, Goods, Freight, Insurance, Duty, Tax { 0 } });
