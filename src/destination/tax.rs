//! Taxes on importation, and supply taxes that take their place.

use super::condition::Condition;
use super::law::Law;
use crate::calendar::ValidityPeriod;
use crate::confidence::Confidence;
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
    /// The regions of the place it is charged in; empty for all.
    #[serde(default)]
    pub regions: Vec<String>,
    /// The regimes it is charged under; empty for all.
    #[serde(default)]
    pub regimes: Vec<String>,
    /// When it holds.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// For which items.
    #[serde(default)]
    pub when: Condition,
    /// The rate.
    pub rate: TaxRate,
    /// Other rates for the goods under listed codes; of several that list an item, the longest code decides.
    #[serde(default)]
    pub by_code: Vec<RateByCode>,
    /// What it is charged on: the sum of these.
    pub base: Vec<TaxBase>,
    /// Whether the tax belongs to its own base: the base without it is divided by one less the rate.
    #[serde(default)]
    pub gross_up: bool,
    /// Lower rates that exist and that no listed code has: the quote says so of goods that no code lists.
    #[serde(default)]
    pub reduced: Vec<Percentage>,
    /// Its source.
    pub law: Law,
}

stored!(struct Tax { id, places, regions, regimes, valid, when, rate, by_code, base, gross_up, reduced, law });

/// A rate for the goods under listed codes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RateByCode {
    /// The codes, 2 to 10 digits.
    pub codes: Vec<String>,
    /// The rate.
    pub rate: TaxRate,
    /// Whether it holds for all goods under the codes.
    pub applies: Applies,
    /// How sure it is.
    pub confidence: Confidence,
}

stored!(struct RateByCode { codes, rate, applies, confidence });

/// Whether a rate holds for all goods under a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applies {
    /// To all of them: it is charged.
    Always,
    /// To some of them, which the code does not tell: the ordinary rate is charged, and the quote says what could be saved.
    Sometimes,
}

stored!(
    enum Applies {
        Always,
        Sometimes,
    }
);

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
    /// The tax is due, and what it comes to is not known.
    Unknown,
}

stored!(enum TaxRate { Percent { 0 }, Fraction { of, over }, Unknown });

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
    /// A fee, shared among the items by their customs values.
    Fee(String),
    /// So much of the customs value on top of it.
    Uplift(Percentage),
}

stored!(enum TaxBase { CustomsValue, Goods, Freight, Insurance, Duty, Tax { 0 }, Fee { 0 }, Uplift { 0 } });
