//! Preference programmes: what a claim needs.

use super::law::Law;
use crate::calendar::ValidityPeriod;
use crate::money::Money;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// What a claim under a preference programme needs. The programme's rates and members are the tariff's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct PreferenceRule {
    /// The programme: the code of the tariff's area.
    pub area: String,
    /// Its name.
    pub title: String,
    /// When it holds.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// What makes goods originate.
    pub origin_test: OriginTest,
    /// The proof that is presented, in our words.
    pub proof: String,
    /// Goods up to this value need no such proof.
    #[serde(default)]
    pub no_proof_up_to: Option<Money>,
    /// Whether the goods must come directly, or pass others under customs supervision only.
    pub direct_transport: bool,
    /// Its source.
    pub law: Law,
}

stored!(struct PreferenceRule { area, title, valid, origin_test, proof, no_proof_up_to, direct_transport, law });

/// What makes goods originate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OriginTest {
    /// Wholly obtained there, or made there to a rule for the product.
    ProductSpecificRule,
    /// Wholly obtained there, or made there with enough added value.
    AddedValue,
    /// In free circulation in the customs union.
    FreeCirculation,
}

stored!(
    enum OriginTest {
        ProductSpecificRule,
        AddedValue,
        FreeCirculation,
    }
);

impl OriginTest {
    /// The test as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ProductSpecificRule => "product-specific-rule",
            Self::AddedValue => "added-value",
            Self::FreeCirculation => "free-circulation",
        }
    }
}
