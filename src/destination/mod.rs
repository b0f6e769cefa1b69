//! A customs territory's rules as data: the closed vocabulary that `tariff-data/rules/*.toml` is written in.
//!
//! The same types are read from TOML when packs are built and from the postcard format when they are opened; a key that is not in the
//! vocabulary is a build error. Every rule carries its validity, its source and its confidence. No place's name is known here.

mod condition;
mod fee;
mod law;
mod preference;
mod rate_table;
mod refund;
mod regime;
mod rounding;
mod tax;
mod valuation;
mod waiver;

pub use condition::{Band, BuyerKind, Condition, Transport};
pub use fee::{Fee, FeeCharge, FeeUnit};
pub use law::Law;
pub use preference::{OriginTest, PreferenceRule};
pub use rate_table::{RateTable, TableRate, UnlistedDuty};
pub use refund::{RefundRule, RefundWay};
pub use regime::{
    Collection, CollectionModel, Collector, DutyBand, DutyTreatment, Moment, Payee, Regime,
    TaxTreatment,
};
pub use rounding::{RoundingPoint, RoundingRule, Scope};
pub use tax::{Applies, RateByCode, Tax, TaxBase, TaxRate};
pub use valuation::{CustomsValueBasis, CustomsValueRule};
pub use waiver::Waiver;

use crate::calendar::ValidityPeriod;
use crate::money::CurrencyCode;
use crate::place::PlaceCode;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// The rules of one customs territory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rules {
    /// The territory's id: `us`, `eu`.
    pub territory: String,
    /// Its name.
    pub title: String,
    /// The tariff that applies; empty where none is at hand.
    #[serde(default)]
    pub tariff: String,
    /// The places that belong to it.
    pub place: Vec<Place>,
    /// How goods are valued.
    pub customs_value: Vec<CustomsValueRule>,
    /// How a consignment can be treated.
    pub regime: Vec<Regime>,
    /// Taxes.
    #[serde(default)]
    pub tax: Vec<Tax>,
    /// Fees.
    #[serde(default)]
    pub fee: Vec<Fee>,
    /// Amounts too small to be collected.
    #[serde(default)]
    pub waiver: Vec<Waiver>,
    /// Duties by code in place of the tariff, which regimes name.
    #[serde(default)]
    pub rate_table: Vec<RateTable>,
    /// The duty of goods whose line the tariff at hand lacks.
    #[serde(default)]
    pub unlisted: Vec<UnlistedDuty>,
    /// What claims under preference programmes need.
    #[serde(default)]
    pub preference: Vec<PreferenceRule>,
    /// What comes back when goods are returned.
    #[serde(default)]
    pub refund: Vec<RefundRule>,
    /// Where amounts are rounded; each other amount is rounded for each item to the currency's minor unit, a half up.
    #[serde(default)]
    pub rounding: Vec<RoundingRule>,
    /// What a quote must say plainly.
    #[serde(default)]
    pub notice: Vec<NoticeRule>,
}

stored!(struct Rules {
    territory, title, tariff, place, customs_value, regime, tax, fee, waiver, rate_table, unlisted, preference, refund, rounding, notice,
});

/// A place of the territory.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Place {
    /// Its code.
    pub code: PlaceCode,
    /// The currency its customs reckons in, and since when.
    pub currency: CurrencyCode,
    /// The period.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// Its regions, where taxes differ among them.
    #[serde(default)]
    pub regions: Vec<String>,
}

stored!(struct Place { code, currency, valid, regions });

/// Something a quote must say plainly: a limit, a charge that is not included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct NoticeRule {
    /// The notice's stable dotted code; its sentence lives at the edge.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// The places it is said for; empty for all of the territory.
    #[serde(default)]
    pub places: Vec<PlaceCode>,
    /// When it holds.
    #[serde(default)]
    pub valid: ValidityPeriod,
    /// For which consignments.
    #[serde(default)]
    pub when: Condition,
    /// Why.
    pub law: Law,
}

stored!(struct NoticeRule { code, severity, places, valid, when, law });

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Good to know.
    Info,
    /// The amount may differ.
    Warning,
}

stored!(
    enum Severity {
        Info,
        Warning,
    }
);

impl Rules {
    /// The place of that code, if it belongs to the territory.
    #[must_use]
    pub fn place(&self, code: PlaceCode) -> Option<&Place> {
        self.place.iter().find(|place| place.code == code)
    }
}
