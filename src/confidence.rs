//! How sure a fact is.

use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// How sure a fact is, from the surest to the least sure. A quote's line carries the least sure of what it rests on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// As the publisher of the law or the tariff states it.
    #[default]
    Official,
    /// Read in the owner's own text by us.
    VerifiedPrimary,
    /// Read in a trade press, law-firm or vendor text by us.
    VerifiedSecondary,
    /// Worked out by us from surer facts.
    Derived,
    /// Mapped by us between editions of a nomenclature; the codes match one to one.
    DerivedExact,
    /// Mapped by us; one successor, not one to one.
    DerivedInferred,
    /// Mapped by us; only a part of the code's goods.
    DerivedPartial,
    /// An older report of it.
    Reported,
    /// An estimate.
    Estimate,
    /// From memory, not yet verified.
    MemoryUnverified,
    /// Given by the caller.
    Caller,
}

stored!(
    enum Confidence {
        Official,
        VerifiedPrimary,
        VerifiedSecondary,
        Derived,
        DerivedExact,
        DerivedInferred,
        DerivedPartial,
        Reported,
        Estimate,
        MemoryUnverified,
        Caller,
    }
);

impl Confidence {
    /// The word of the tables and the JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::VerifiedPrimary => "verified-primary",
            Self::VerifiedSecondary => "verified-secondary",
            Self::Derived => "derived",
            Self::DerivedExact => "derived-exact",
            Self::DerivedInferred => "derived-inferred",
            Self::DerivedPartial => "derived-partial",
            Self::Reported => "reported",
            Self::Estimate => "estimate",
            Self::MemoryUnverified => "memory-unverified",
            Self::Caller => "caller",
        }
    }
}
