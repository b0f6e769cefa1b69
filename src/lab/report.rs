//! What a run says.

use crate::calendar::CalendarDate;
use crate::decimal::{self, Decimal};
use crate::error::Error;
use crate::money::{CurrencyCode, Money, as_text};
use serde::Serialize;
use std::collections::BTreeMap;

/// Rule set A beside rule set B over one sample: sums are exact, and in an order that depends on nothing but what is summed.
///
/// Sums are over the baskets that are known under both; what could not be compared is counted in [`Counts`].
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    /// What the reform does.
    pub title: String,
    /// The engine's version.
    pub engine: &'static str,
    /// The territory whose rules are reformed.
    pub territory: String,
    /// The first day on which the reform can change anything.
    pub from: Option<CalendarDate>,
    /// Rule set A.
    pub base: SetUsed,
    /// The patches, one upon the other.
    pub patches: Vec<PatchUsed>,
    /// Rule set B.
    pub reform: SetUsed,
    /// The sample.
    pub sample: SetUsed,
    /// The packs that the quotes rest on.
    pub packs: Vec<SetUsed>,
    /// How many baskets were compared, and what became of the others.
    pub counts: Counts,
    /// What a reader must know, by stable code, and of how many baskets it is true.
    pub warnings: BTreeMap<&'static str, u64>,
    /// What goes to the authorities, by currency and kind.
    pub revenue: Vec<Revenue>,
    /// All charges, carriers' fees included, by currency and by who bears them.
    pub charges: Vec<Revenue>,
    /// Goods, freight, insurance and charges together, by currency.
    pub landed_cost: Vec<Revenue>,
    /// Declarations, by release category.
    pub declarations: Vec<Declarations>,
    /// Declarations by collection model, and what they cost who makes them, on the caller's own assumption.
    pub collection: Vec<Cost>,
    /// The share of parcels on which something is charged.
    pub parcels_charged: ParcelsCharged,
    /// By country of origin.
    pub by_origin: Vec<Group>,
    /// By chapter of the nomenclature.
    pub by_chapter: Vec<Group>,
    /// By the value of the goods.
    pub by_value: Vec<Group>,
    /// How many changed quotes cite each patched rule.
    pub cited: BTreeMap<String, u64>,
    /// Each quote that changed.
    pub changes: Vec<Change>,
}

/// Something that is known by its hash.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct SetUsed {
    /// Its name.
    pub id: String,
    /// SHA-256, in hexadecimal.
    pub sha256: String,
}

/// A patch that was applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PatchUsed {
    /// What it does.
    pub title: String,
    /// SHA-256 of its text, in hexadecimal.
    pub sha256: String,
    /// The id of the rules with it.
    pub gives: String,
}

/// What became of the sample's baskets.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Counts {
    /// All of the sample.
    pub baskets: u64,
    /// Lines that are no request, by error.
    pub unreadable: BTreeMap<&'static str, u64>,
    /// Those to places of other territories; they were not quoted.
    pub outside: u64,
    /// Those dated before the reform.
    pub before: u64,
    /// Quoted under both rule sets, and known under both.
    pub compared: u64,
    /// Of these, quoted as a range under either: they are in the sums at the median.
    pub ranges: u64,
    /// Refused under A, by error.
    pub refused_base: BTreeMap<&'static str, u64>,
    /// Refused under B, by error.
    pub refused_reform: BTreeMap<&'static str, u64>,
    /// With a charge that is unknown, or goods that are prohibited, under A.
    pub open_base: u64,
    /// The same under B.
    pub open_reform: u64,
    /// Those whose answers are the same byte for byte.
    pub unchanged: u64,
    /// Those whose answers differ.
    pub changed: u64,
}

/// A sum under A and under B.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Pair {
    /// Under A.
    #[serde(serialize_with = "as_text")]
    pub base: Decimal,
    /// Under B.
    #[serde(serialize_with = "as_text")]
    pub reform: Decimal,
    /// B less A.
    #[serde(serialize_with = "as_text")]
    pub difference: Decimal,
}

impl Pair {
    /// Adds to either side.
    ///
    /// # Errors
    /// Where a sum has more digits than a decimal holds.
    pub fn add(&mut self, base: Decimal, reform: Decimal) -> Result<(), Error> {
        self.base = decimal::add(self.base, base)?;
        self.reform = decimal::add(self.reform, reform)?;
        self.difference = decimal::subtract(self.reform, self.base)?;
        Ok(())
    }
}

/// A sum, by currency and something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Revenue {
    /// The currency.
    pub currency: CurrencyCode,
    /// What is summed: `duty`, `tax`, `fee`; who pays; `total`.
    pub of: String,
    /// The sums.
    #[serde(flatten)]
    pub sums: Pair,
}

/// How many consignments are entered on a declaration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Declarations {
    /// The release category of the World Customs Organization's guidelines.
    pub release_category: u8,
    /// The declaration.
    pub declaration: String,
    /// Under A.
    pub base: u64,
    /// Under B.
    pub reform: u64,
}

/// What collecting costs who collects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Cost {
    /// The collection model.
    pub model: String,
    /// Consignments under A.
    pub base: u64,
    /// Consignments under B.
    pub reform: u64,
    /// What one costs, as the caller assumes; `null` where nothing is assumed.
    pub each: Option<Money>,
    /// What they cost; `null` where nothing is assumed, for an unknown cost is not none.
    pub cost: Option<Pair>,
}

/// The parcels on which something is charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct ParcelsCharged {
    /// Under A.
    pub base: Share,
    /// Under B.
    pub reform: Share,
}

/// Of the parcels that were compared.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Share {
    /// With any charge of an authority.
    pub any: u64,
    /// With a duty.
    pub duty: u64,
    /// With a tax.
    pub tax: u64,
    /// Of so many.
    pub of: u64,
    /// The share with any charge, to four decimals.
    #[serde(serialize_with = "as_text")]
    pub share: Decimal,
}

/// The baskets that have something in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What they have in common; `several` where a basket's items differ.
    pub key: String,
    /// The currency.
    pub currency: CurrencyCode,
    /// How many there are.
    pub baskets: u64,
    /// How many of their quotes changed.
    pub changed: u64,
    /// What goes to the authorities.
    #[serde(flatten)]
    pub revenue: Pair,
}

/// A quote that changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// The basket.
    pub id: String,
    /// Its regime under A, or the error.
    pub base: String,
    /// Its regime under B, or the error.
    pub reform: String,
    /// The currency; `null` where a side is refused.
    pub currency: Option<CurrencyCode>,
    /// The landed cost; `null` where a side is refused or open.
    pub landed_cost: Option<Pair>,
    /// The patched rules that either quote cites.
    pub cites: Vec<String>,
}
