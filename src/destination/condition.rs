//! For which consignments a rule holds.

use crate::money::Money;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// For which consignments a rule holds. All that is stated must be met; an empty condition is always met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Condition {
    /// The intrinsic value of the consignment: the goods, without freight, insurance and taxes that are stated apart.
    #[serde(default)]
    pub intrinsic_value: Option<Band>,
    /// The customs value of the consignment.
    #[serde(default)]
    pub customs_value: Option<Band>,
    /// Who buys.
    #[serde(default)]
    pub buyer: Option<BuyerKind>,
    /// Whether it is a gift between private persons.
    #[serde(default)]
    pub gift: Option<bool>,
    /// One of these means of transport.
    #[serde(default)]
    pub transport: Vec<Transport>,
    /// The seller holds this registration.
    #[serde(default)]
    pub registered: Option<String>,
    /// The seller does not hold this registration.
    #[serde(default)]
    pub not_registered: Option<String>,
    /// Whether any item claims a preference.
    #[serde(default)]
    pub claims_preference: Option<bool>,
    /// No item lies under one of these codes (excise goods, for instance).
    #[serde(default)]
    pub without_codes: Vec<String>,
    /// Some item lies under one of these codes.
    #[serde(default)]
    pub with_codes: Vec<String>,
}

stored!(struct Condition { intrinsic_value, customs_value, buyer, gift, transport, registered, not_registered, claims_preference, without_codes, with_codes });

/// A range of amounts. Both limits are optional; each says itself whether it is included.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Band {
    /// More than this.
    #[serde(default)]
    pub above: Option<Money>,
    /// This or more.
    #[serde(default)]
    pub at_least: Option<Money>,
    /// This or less.
    #[serde(default)]
    pub at_most: Option<Money>,
    /// Less than this.
    #[serde(default)]
    pub below: Option<Money>,
}

stored!(struct Band { above, at_least, at_most, below });

/// Who buys.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BuyerKind {
    /// A private person.
    #[default]
    Consumer,
    /// A taxable person, buying for the business.
    Business,
}

stored!(
    enum BuyerKind {
        Consumer,
        Business,
    }
);

/// How the goods travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Transport {
    /// By the postal operators.
    Post,
    /// By an express carrier.
    Express,
    /// As air freight.
    Air,
    /// As sea freight.
    Sea,
    /// By road.
    Road,
    /// By rail.
    Rail,
}

stored!(
    enum Transport {
        Post,
        Express,
        Air,
        Sea,
        Road,
        Rail,
    }
);
