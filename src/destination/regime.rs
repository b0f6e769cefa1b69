//! Regimes: the ways in which a consignment can be treated, of which one applies.

use super::condition::Condition;
use super::law::Law;
use super::tax::TaxBase;
use crate::calendar::ValidityPeriod;
use crate::money::{Money, Percentage};
use crate::stored::stored;
use crate::tariff::RateText;
use serde::{Deserialize, Serialize};

/// A way in which a consignment is treated.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Regime {
    /// Its id.
    pub id: String,
    /// When it holds.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// For which consignments.
    #[serde(default)]
    pub when: Condition,
    /// The regimes it takes the place of where both would hold.
    #[serde(default)]
    pub replaces: Vec<String>,
    /// What becomes of duties.
    pub duty: DutyTreatment,
    /// The first so much of the customs value is free; duties and taxes are charged on the excess only.
    #[serde(default)]
    pub allowance: Option<Money>,
    /// What becomes of taxes.
    pub tax: TaxTreatment,
    /// Taxes are charged at this share of their rates.
    #[serde(default)]
    pub tax_share: Option<Percentage>,
    /// Parcels of the same recipient that arrive on one day are added up for the limits of `when`.
    #[serde(default)]
    pub adds_up_same_day: bool,
    /// Items under these codes are charged duty and tax in the ordinary way although the regime relieves the others.
    #[serde(default)]
    pub relief_excludes: Vec<String>,
    /// Who can collect, the first that is possible being taken.
    pub collection: Vec<Collection>,
    /// The release category of the World Customs Organization's immediate-release guidelines, 1 to 4.
    pub release_category: u8,
    /// The declaration it is entered on.
    pub declaration: String,
    /// Its source.
    pub law: Law,
}

stored!(struct Regime {
    id, valid, when, replaces, duty, allowance, tax, tax_share, adds_up_same_day, relief_excludes, collection, release_category, declaration,
    law,
});

/// What becomes of the duties of a consignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum DutyTreatment {
    /// The tariff applies.
    Tariff,
    /// None is charged.
    Relieved,
    /// This amount for each tariff item (each different subheading), in place of the tariff.
    FlatPerTariffItem {
        /// The amount.
        amount: Money,
        /// How many digits of the code tell tariff items apart.
        digits: u8,
    },
    /// A rate on the customs value of the consignment, by bands of it, in place of the tariff: the first band that reaches the value.
    Bands(Vec<DutyBand>),
    /// The rates of the rate table of this id, in place of the tariff.
    Rates(String),
    /// The tariff applies, and each item's duties come to no more than this.
    TariffAtMost(RateText),
}

stored!(enum DutyTreatment { Tariff, Relieved, FlatPerTariffItem { amount, digits }, Bands { 0 }, Rates { 0 }, TariffAtMost { 0 } });

/// A rate on the whole customs value of the consignment, for values up to a limit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DutyBand {
    /// The highest value of the band; none for the last.
    #[serde(default)]
    pub up_to: Option<Money>,
    /// The rate.
    pub rate: Percentage,
    /// Taken off the amount.
    #[serde(default)]
    pub less: Option<Money>,
}

stored!(struct DutyBand { up_to, rate, less });

/// What becomes of the taxes of a consignment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TaxTreatment {
    /// The place's taxes apply, on their own bases.
    Charged,
    /// The place's taxes apply, on this base (a supply tax charged by the seller, for instance).
    ChargedOn(Vec<TaxBase>),
    /// None is charged.
    Relieved,
}

stored!(enum TaxTreatment { Charged, ChargedOn { 0 }, Relieved });

/// One way of collecting what is due under a regime.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Collection {
    /// The model.
    pub model: CollectionModel,
    /// The seller's registration it needs.
    #[serde(default)]
    pub needs_registration: Option<String>,
    /// Who collects duties, and when.
    pub duty: Collector,
    /// Who collects taxes, and when.
    pub tax: Collector,
    /// Who collects fees, and when.
    pub fee: Collector,
}

stored!(struct Collection { model, needs_registration, duty, tax, fee });

/// The models of revenue collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CollectionModel {
    /// The seller charges it at the sale and remits it.
    Vendor,
    /// A marketplace, carrier, post or other party remits it in the seller's or buyer's place.
    Intermediary,
    /// The buyer declares and pays.
    Buyer,
    /// It is collected at the border before delivery.
    Border,
}

stored!(
    enum CollectionModel {
        Vendor,
        Intermediary,
        Buyer,
        Border,
    }
);

/// Who collects a charge, from whom it goes where, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Collector {
    /// Who takes the money from the buyer.
    pub by: Payee,
    /// When.
    pub at: Moment,
}

stored!(struct Collector { by, at });

/// A party that money goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Payee {
    /// The seller.
    Vendor,
    /// The marketplace.
    Marketplace,
    /// The carrier.
    Carrier,
    /// The post.
    Post,
    /// A party that the authority has admitted to collect.
    QualifiedParty,
    /// The customs authority.
    Customs,
    /// The tax authority.
    TaxAuthority,
}

stored!(
    enum Payee {
        Vendor,
        Marketplace,
        Carrier,
        Post,
        QualifiedParty,
        Customs,
        TaxAuthority,
    }
);

/// When a charge is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Moment {
    /// With the order.
    Checkout,
    /// Before or at delivery.
    Delivery,
    /// With the buyer's next tax return.
    Return,
}

stored!(
    enum Moment {
        Checkout,
        Delivery,
        Return,
    }
);
