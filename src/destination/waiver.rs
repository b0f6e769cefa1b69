//! Amounts too small to be collected.

use super::law::Law;
use crate::calendar::ValidityPeriod;
use crate::money::Money;
use crate::place::PlaceCode;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// Charges that are not collected where together they are small: a floor on the amount, not on the value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Waiver {
    /// Its id.
    pub id: String,
    /// The charges whose sum over the consignment is measured: ids of taxes, and `duties` for all duties.
    pub of: Vec<String>,
    /// The highest sum that is not collected.
    pub at_most: Money,
    /// The places it holds in; empty for all of the territory.
    #[serde(default)]
    pub places: Vec<PlaceCode>,
    /// The regimes it holds under; empty for all.
    #[serde(default)]
    pub regimes: Vec<String>,
    /// When it holds.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// Its source.
    pub law: Law,
}

stored!(struct Waiver { id, of, at_most, places, regimes, valid, law });
