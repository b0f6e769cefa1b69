//! What is bought, from where, by whom: the request, parsed once into types that cannot hold a bad value.

mod carrier_fee;
mod item;
mod limits;
mod object;
mod read;
mod words;

pub use limits::{MAX_ID, MAX_ITEMS, MAX_SUPPLEMENTARY, MAX_TEXT};

use crate::calendar::CalendarDate;
use crate::decimal::Decimal;
use crate::destination::{BuyerKind, Transport};
use crate::money::{CurrencyCode, Percentage};
use crate::nomenclature::CommodityCode;
use crate::place::PlaceCode;

/// A request for a quote.
#[derive(Clone, Debug)]
pub struct Basket {
    /// The day for which the law is asked.
    pub date: CalendarDate,
    /// Where the goods go.
    pub destination: PlaceCode,
    /// A part of the destination with taxes of its own.
    pub region: Option<String>,
    /// Where they are sent from.
    pub ship_from: Option<PlaceCode>,
    /// The currency of every amount of the request.
    pub currency: CurrencyCode,
    /// What is bought; at least one.
    pub items: Vec<Item>,
    /// Freight that is charged apart from the goods; `None` where the request does not say.
    pub freight: Option<Decimal>,
    /// Insurance that is charged apart; none was taken out where the request does not say.
    pub insurance: Decimal,
    /// Taken off the goods' prices together.
    pub discount: Decimal,
    /// What the prices cover.
    pub incoterm: Incoterm,
    /// How the goods travel.
    pub transport: Option<Transport>,
    /// Who buys.
    pub buyer: BuyerKind,
    /// The buyer's registrations, such as a VAT number's (`VAT`).
    pub buyer_registrations: Vec<String>,
    /// The value of the goods that the same recipient receives apart from these on the same day.
    pub same_day_value: Decimal,
    /// What carriers charge for their own work, as the caller states it.
    pub carrier_fees: Vec<CarrierFee>,
    /// The seller's registrations, such as `IOSS`.
    pub registrations: Vec<String>,
    /// Whether the seller is an authorised economic operator.
    pub trusted_trader: bool,
    /// The collection model asked for; `None` for the one the rules take first.
    pub collection: Option<String>,
    /// Whether it is a gift between private persons.
    pub gift: bool,
    /// Exchange rates of the caller's own.
    pub exchange_rates: Vec<(CurrencyCode, CurrencyCode, Decimal)>,
}

/// A line of the basket.
#[derive(Clone, Debug)]
pub struct Item {
    /// The caller's id, or the position where there is none.
    pub id: String,
    /// The commodity code, 6 to 10 digits.
    pub code: CommodityCode,
    /// Where the goods were made; `None` where the request does not say.
    pub origin: Option<PlaceCode>,
    /// How many.
    pub quantity: Decimal,
    /// The price of one.
    pub unit_price: Decimal,
    /// The net weight of one, in kilograms.
    pub net_weight_kg: Option<Decimal>,
    /// Other quantities of one: pairs, litres, the value of a part.
    pub supplementary: Vec<(String, Decimal)>,
    /// Whether a preference is claimed.
    pub claim_preference: bool,
    /// A duty rate of the caller's own.
    pub duty_rate: Option<Percentage>,
    /// An additional code, for instance of the producer.
    pub additional_code: Option<String>,
    /// Documents that are presented.
    pub certificates: Vec<String>,
}

/// What a carrier or post charges for clearing a consignment: a matter of its price list, so the caller's own.
#[derive(Clone, Debug)]
pub struct CarrierFee {
    /// Its id.
    pub id: String,
    /// A fixed amount, in the request's currency unless it names its own.
    pub fixed: Decimal,
    /// Per cent of what it is charged on.
    pub rate: Option<Percentage>,
    /// What the rate is on.
    pub of: CarrierFeeBase,
    /// At least.
    pub min: Option<Decimal>,
    /// At most.
    pub max: Option<Decimal>,
    /// The currency of its amounts.
    pub currency: CurrencyCode,
}

/// What a carrier's rate is charged on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CarrierFeeBase {
    /// The duties and taxes that the carrier pays in advance: all that are due at delivery.
    Advanced,
    /// The goods.
    Goods,
}

/// What the prices cover, by the Incoterms 2020 rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Incoterm {
    /// The buyer bears the main carriage: EXW, FCA, FAS, FOB.
    WithoutCarriage,
    /// The seller bears the main carriage: CFR, CPT, CIF, CIP, DAP, DPU.
    WithCarriage,
    /// The seller also bears duty and tax: DDP.
    DutyPaid,
}
