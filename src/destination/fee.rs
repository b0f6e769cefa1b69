//! Fees of the authorities.

use super::condition::Condition;
use super::law::Law;
use super::tax::TaxBase;
use crate::calendar::ValidityPeriod;
use crate::money::{Money, Percentage};
use crate::place::PlaceCode;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// A fee of an authority. What carriers charge for their own work is not one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Fee {
    /// Its id.
    pub id: String,
    /// The places it is charged in; empty for all of the territory.
    #[serde(default)]
    pub places: Vec<PlaceCode>,
    /// The regimes it is charged under; empty for all.
    #[serde(default)]
    pub regimes: Vec<String>,
    /// When it holds.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// For which consignments.
    #[serde(default)]
    pub when: Condition,
    /// How much.
    pub charge: FeeCharge,
    /// Its source.
    pub law: Law,
}

stored!(struct Fee { id, places, regimes, valid, when, charge, law });

/// How much a fee is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum FeeCharge {
    /// Per cent of the consignment's customs value, or of another base, within limits.
    AdValorem {
        /// The rate.
        rate: Percentage,
        /// At least.
        min: Option<Money>,
        /// At most.
        max: Option<Money>,
        /// What it is charged on, in place of the customs value: the sum of these, of which `duty` and other charges are none.
        #[serde(default)]
        base: Vec<TaxBase>,
    },
    /// A fixed amount for each so-and-so.
    Fixed {
        /// The amount.
        amount: Money,
        /// For each of these.
        per: FeeUnit,
    },
    /// It is due, and how much it is is not known.
    Unknown,
    /// Per cent of the customs values of the items, but those that originate in one of these places and claim a preference; none where all do.
    SparingClaims {
        /// The rate.
        rate: Percentage,
        /// At least.
        min: Option<Money>,
        /// At most.
        max: Option<Money>,
        /// The places.
        origins: Vec<PlaceCode>,
    },
}

stored!(enum FeeCharge {
    AdValorem { rate, min, max, base }, Fixed { amount, per }, Unknown, SparingClaims { rate, min, max, origins },
});

/// What a fixed fee is counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeeUnit {
    /// The consignment: one parcel, one waybill, one entry.
    Consignment,
    /// Each tariff item of the declaration: each different six-digit code.
    TariffItem,
    /// Each line of the basket.
    Line,
}

stored!(
    enum FeeUnit {
        Consignment,
        TariffItem,
        Line,
    }
);
