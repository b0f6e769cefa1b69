//! For which consignments a rule holds.

use crate::money::Money;
use crate::place::PlaceCode;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// For which consignments a rule holds. All that is stated must be met; an empty condition is always met.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Condition {
    /// The intrinsic value of the consignment: the goods, without freight, insurance and taxes that are stated apart.
    #[serde(default)]
    pub intrinsic_value: Option<Band>,
    /// The intrinsic value of one piece of the item.
    #[serde(default)]
    pub item_value: Option<Band>,
    /// The customs value of the consignment.
    #[serde(default)]
    pub customs_value: Option<Band>,
    /// Who buys.
    #[serde(default)]
    pub buyer: Option<BuyerKind>,
    /// The buyer holds this registration: a VAT number, a customs code of persons.
    #[serde(default)]
    pub buyer_registered: Option<String>,
    /// The buyer does not hold this registration.
    #[serde(default)]
    pub not_buyer_registered: Option<String>,
    /// Whether it is a gift between private persons.
    #[serde(default)]
    pub gift: Option<bool>,
    /// One of these means of transport.
    #[serde(default)]
    pub transport: Vec<Transport>,
    /// Sent from one of these places; open where the request does not say.
    #[serde(default)]
    pub ship_from: Vec<PlaceCode>,
    /// Sent from none of these places; open where the request does not say.
    #[serde(default)]
    pub not_ship_from: Vec<PlaceCode>,
    /// The item originates in one of these places; open where the request does not say.
    #[serde(default)]
    pub origins: Vec<PlaceCode>,
    /// The item originates in none of these places; open where the request does not say.
    #[serde(default)]
    pub not_origins: Vec<PlaceCode>,
    /// It goes to one of these regions of the place; open where the request does not say.
    #[serde(default)]
    pub regions: Vec<String>,
    /// The seller holds this registration.
    #[serde(default)]
    pub registered: Option<String>,
    /// The seller does not hold this registration.
    #[serde(default)]
    pub not_registered: Option<String>,
    /// Whether the seller is an authorised economic operator.
    #[serde(default)]
    pub trusted_trader: Option<bool>,
    /// Whether any item claims a preference.
    #[serde(default)]
    pub claims_preference: Option<bool>,
    /// No item lies under one of these codes (excise goods, for instance).
    #[serde(default)]
    pub without_codes: Vec<String>,
    /// Some item lies under one of these codes.
    #[serde(default)]
    pub with_codes: Vec<String>,
    /// The item itself lies under one of these codes.
    #[serde(default)]
    pub item_codes: Vec<String>,
    /// The item itself lies under none of these codes.
    #[serde(default)]
    pub not_item_codes: Vec<String>,
}

stored!(struct Condition {
    intrinsic_value, item_value, customs_value, buyer, buyer_registered, not_buyer_registered, gift, transport, ship_from, not_ship_from,
    origins, not_origins, regions, registered, not_registered, trusted_trader, claims_preference, without_codes, with_codes, item_codes,
    not_item_codes,
});

impl Condition {
    /// Whether the condition asks something of the item itself, so that items of one basket can differ.
    #[must_use]
    pub const fn is_of_item(&self) -> bool {
        self.item_value.is_some()
            || !self.origins.is_empty()
            || !self.not_origins.is_empty()
            || !self.item_codes.is_empty()
            || !self.not_item_codes.is_empty()
    }
}

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
