//! What comes back when goods are returned.

use super::law::Law;
use super::regime::CollectionModel;
use crate::calendar::ValidityPeriod;
use crate::money::Percentage;
use crate::place::PlaceCode;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// What comes back of some charges when goods are returned. Of several rules for one charge the first that holds is taken; where none
/// holds, whether it comes back is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RefundRule {
    /// The charges: ids of taxes, fees and duties' measures, and `duties` for all duties, `taxes`, `fees`.
    pub of: Vec<String>,
    /// The places it holds in; empty for all of the territory.
    #[serde(default)]
    pub places: Vec<PlaceCode>,
    /// The regimes it holds under; empty for all.
    #[serde(default)]
    pub regimes: Vec<String>,
    /// The collection models it holds under; empty for all.
    #[serde(default)]
    pub models: Vec<CollectionModel>,
    /// When it holds.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// How it comes back.
    pub how: RefundWay,
    /// The share that comes back; all where it is not stated.
    #[serde(default)]
    pub share: Option<Percentage>,
    /// Days within which it must be claimed, from the release of the goods; open where it is not stated.
    #[serde(default)]
    pub within_days: Option<u16>,
    /// What proves it, in our words.
    #[serde(default)]
    pub proof: String,
    /// Its source.
    pub law: Law,
}

stored!(struct RefundRule { of, places, regimes, models, valid, how, share, within_days, proof, law });

/// How a charge comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RefundWay {
    /// The seller gives it back and corrects its own return.
    Seller,
    /// On a claim to the authority.
    Claim,
    /// As drawback on exportation.
    Drawback,
    /// With the buyer's own tax return.
    Return,
    /// Not at all.
    No,
}

stored!(
    enum RefundWay {
        Seller,
        Claim,
        Drawback,
        Return,
        No,
    }
);

impl RefundWay {
    /// The way as it is written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Seller => "seller",
            Self::Claim => "claim",
            Self::Drawback => "drawback",
            Self::Return => "return",
            Self::No => "no",
        }
    }
}
