//! How a territory values goods.

use super::law::Law;
use crate::calendar::ValidityPeriod;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// What the customs value includes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum CustomsValueBasis {
    /// Cost, insurance and freight to the place of importation.
    Cif,
    /// Free on board: without international freight and insurance.
    Fob,
}

stored!(
    enum CustomsValueBasis {
        Cif,
        Fob,
    }
);

/// The basis of the customs value, and since when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CustomsValueRule {
    /// The basis.
    pub basis: CustomsValueBasis,
    /// The period.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// Its source.
    pub law: Law,
}

stored!(struct CustomsValueRule { basis, valid, law });
