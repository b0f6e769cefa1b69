//! From basket and rules to charges, in the order the law applies them: valuation, regime, duty, tax, fee.
//!
//! Pure: everything an assessment needs is in [`Context`] and the basket; nothing is looked up elsewhere. What cannot be known is a
//! [`Need`], never a zero.

mod alternatives;
mod applicable;
mod band;
mod charge;
mod condition;
mod consignment;
mod duty;
mod duty_part;
mod evaluation;
mod fee;
mod listed;
mod rate_table;
mod regime;
mod remedy;
mod saving;
mod stack;
mod tax;
mod tax_rate;
mod valuation;
mod waiver;

pub use applicable::{Applicable, PreferenceRefusal, applicable};
pub use band::{FLAT_RATE, SharedCharge, band_duties};
pub(crate) use charge::add_needs;
pub use charge::{
    Assessed, Charge, ChargeKind, Need, Notice, OpenCharge, SourceId, Unsettled, as_object,
};
pub use condition::{AskedOf, Holding, condition_holds};
pub use consignment::round_duties;
pub(crate) use duty::unknown_code;
pub use duty::{DutyChoice, ItemDuty, assess_duty};
pub use duty_part::DutyPart;
pub use evaluation::Goods;
#[cfg(feature = "cli")]
pub(crate) use fee::TARIFF_ITEM_DIGITS;
pub use fee::{assess_fees, carrier_fees};
pub(crate) use rate_table::UNLISTED;
pub use regime::{Choice, Treatment, choose_collection, treatments};
pub use remedy::Remedy;
pub use tax::{DutiesByItem, Taxable, assess_taxes, is_excluded};
pub use valuation::{ItemValue, Valuation, apportion, stated_price, take_allowances, value_basket};
pub use waiver::{Asked, DUTIES, waive};

use crate::basket::Basket;
use crate::calendar::{CalendarDate, ValidityPeriod};
use crate::decimal::{Decimal, Rounding};
use crate::destination::{Place, RoundingPoint, RoundingRule, Rules, Scope};
use crate::error::Error;
use crate::exchange::Exchange;
use crate::money::{CurrencyCode, Money};
use crate::place::PlaceCode;
use crate::tariff::Tariff;

/// All that an assessment rests on.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The rules of the customs territory.
    pub rules: &'a Rules,
    /// The place the goods go to.
    pub place: &'a Place,
    /// The tariff, where one is open.
    pub tariff: Option<&'a Tariff>,
    /// Exchange rates.
    pub exchange: Exchange<'a>,
    /// The request.
    pub basket: &'a Basket,
}

impl<'a> Context<'a> {
    /// The day for which the law is asked.
    #[must_use]
    pub const fn day(&self) -> CalendarDate {
        self.basket.date
    }

    /// Whether a rule of this period and these places holds on the day and at the place; without places it holds in all of the territory.
    #[must_use]
    pub fn is_in_force(&self, valid: ValidityPeriod, places: &[PlaceCode]) -> bool {
        valid.contains(self.day()) && (places.is_empty() || places.contains(&self.place.code))
    }

    /// The currency that everything is reckoned in.
    #[must_use]
    pub const fn currency(&self) -> CurrencyCode {
        self.place.currency
    }

    /// An amount in the destination's currency, exact.
    ///
    /// # Errors
    /// Where there is no exchange rate.
    pub fn convert(&self, money: Money) -> Result<Decimal, Error> {
        if money.currency == self.currency() {
            return Ok(money.amount);
        }
        let rate = self.exchange.rate(money.currency, self.currency())?.rate;
        crate::decimal::multiply(money.amount, rate)
    }

    /// The source that a rule of these rules has.
    pub(crate) fn law(&self, id: &'a str) -> SourceId<'a> {
        SourceId::of_law(&self.rules.territory, id)
    }

    /// The rounding that the law names at a point, for each item or for the consignment.
    #[must_use]
    pub fn rounding(&self, at: RoundingPoint, scope: Scope) -> Option<Rounding> {
        let rules = self
            .rules
            .rounding
            .iter()
            .filter(|rule| rule.at == at && rule.scope == scope);
        let rounding = rules
            .filter(|rule| rule.valid.contains(self.day()))
            .find_map(RoundingRule::rounding)?;
        // Amounts are written with the currency's decimals, also where the law rounds to whole units.
        let nought = Decimal::new(0, self.currency().decimals());
        let unit = crate::decimal::add(rounding.unit, nought).unwrap_or(rounding.unit);
        Some(Rounding { unit, ..rounding })
    }

    /// The rounding of one item's amount: the law's, or to the minor unit.
    #[must_use]
    pub fn item_rounding(&self, at: RoundingPoint) -> Rounding {
        self.rounding(at, Scope::Item)
            .unwrap_or_else(|| self.minor_unit())
    }

    /// To the minor unit of the destination's currency, a half up.
    #[must_use]
    pub fn minor_unit(&self) -> Rounding {
        Rounding::to_decimals(self.currency().decimals())
    }
}
