//! What a quote adds up to.

use super::Assessment;
use super::lines::collector;
use crate::assessment::{Charge, ChargeKind, Context, stated_price};
use crate::decimal::{self, Decimal, Rounding};
use crate::destination::Moment;
use crate::error::Error;
use crate::money::{CurrencyCode, as_text, as_text_or_null};
use serde::Serialize;

/// Sums in one currency. `null` where a part of the sum is unknown: an unknown is never counted as nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// The currency, where it is not the quote's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub currency: Option<CurrencyCode>,
    /// The goods after discount.
    #[serde(serialize_with = "as_text")]
    pub goods: Decimal,
    /// Freight that is charged apart.
    #[serde(serialize_with = "as_text")]
    pub freight: Decimal,
    /// Insurance that is charged apart.
    #[serde(serialize_with = "as_text")]
    pub insurance: Decimal,
    /// Duties.
    #[serde(serialize_with = "as_text_or_null")]
    pub duties: Option<Decimal>,
    /// Taxes.
    #[serde(serialize_with = "as_text_or_null")]
    pub taxes: Option<Decimal>,
    /// Fees of the authorities.
    #[serde(serialize_with = "as_text_or_null")]
    pub fees: Option<Decimal>,
    /// Everything.
    #[serde(serialize_with = "as_text_or_null")]
    pub landed_cost: Option<Decimal>,
    /// What is paid with the order.
    #[serde(serialize_with = "as_text_or_null")]
    pub due_at_checkout: Option<Decimal>,
    /// What is paid before or at delivery.
    #[serde(serialize_with = "as_text_or_null")]
    pub due_at_delivery: Option<Decimal>,
    /// What the buyer accounts for with its next tax return, where anything is.
    #[serde(
        serialize_with = "as_text_or_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub due_on_return: Option<Decimal>,
}

/// The totals if every open duty falls low, and if every one falls high.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// At the lowest.
    pub low: Totals,
    /// At the highest.
    pub high: Totals,
}

/// What totals are made of, in one currency.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    /// Goods, freight, insurance.
    price: [Decimal; 3],
    /// Duties, taxes, fees: each at checkout, at delivery, on return.
    charged: [[Decimal; 3]; 3],
}

impl Parts {
    /// Of an assessment and its charges, in the destination's currency.
    pub(super) fn of(assessment: &Assessment<'_>, charges: &[Charge<'_>]) -> Result<Self, Error> {
        let mut charged = [[Decimal::ZERO; 3]; 3];
        let [duties, taxes, fees] = &mut charged;
        for charge in charges {
            let [checkout, delivery, on_return] = match charge.kind {
                ChargeKind::Duty => &mut *duties,
                ChargeKind::Tax => &mut *taxes,
                ChargeKind::Fee => &mut *fees,
                ChargeKind::Relief => continue,
            };
            let Some(treatment) = assessment.treatments.get(charge.follows) else {
                continue;
            };
            let sum = match collector(treatment, charge).0.at {
                Moment::Checkout => checkout,
                Moment::Delivery => delivery,
                Moment::Return => on_return,
            };
            *sum = decimal::add(*sum, charge.amount)?;
        }
        let valuation = &assessment.valuation;
        Ok(Self {
            price: [valuation.goods, valuation.freight, valuation.insurance],
            charged,
        })
    }

    /// The same in the request's currency: the price as the request states it, each sum of charges converted and rounded half up.
    pub(super) fn in_request_currency(self, context: &Context<'_>) -> Result<Self, Error> {
        let currency = context.basket.currency;
        let unit = Rounding::to_decimals(currency.decimals());
        let rate = context.exchange.rate(context.currency(), currency)?.rate;
        let mut charged = self.charged;
        for sum in charged.iter_mut().flatten() {
            *sum = unit.apply(decimal::multiply(*sum, rate)?)?;
        }
        Ok(Self {
            price: stated_price(context)?,
            charged,
        })
    }

    /// All charges.
    pub(super) fn charged(self) -> Result<Decimal, Error> {
        total(self.charged.into_iter().flatten())
    }

    /// Adds the parts up, by who collects them when.
    pub(super) fn totals(self) -> Result<Totals, Error> {
        let [goods, freight, insurance] = self.price;
        let [duties, taxes, fees] = self.charged;
        let price = total(self.price.into_iter())?;
        let moment = |at: fn([Decimal; 3]) -> Decimal| total(self.charged.into_iter().map(at));
        let checkout = decimal::add(price, moment(|[checkout, _, _]| checkout)?)?;
        let delivery = moment(|[_, delivery, _]| delivery)?;
        let on_return = moment(|[_, _, on_return]| on_return)?;
        // Sums of nothing have no decimals yet; all are written with as many as the price.
        let nought = Decimal::new(0, price.scale());
        let written = |amount| decimal::add(amount, nought).map(Some);
        let paid = decimal::add(checkout, delivery)?;
        Ok(Totals {
            currency: None,
            goods,
            freight,
            insurance,
            duties: written(total(duties.into_iter())?)?,
            taxes: written(total(taxes.into_iter())?)?,
            fees: written(total(fees.into_iter())?)?,
            landed_cost: written(decimal::add(paid, on_return)?)?,
            due_at_checkout: written(checkout)?,
            due_at_delivery: written(delivery)?,
            due_on_return: if on_return.is_zero() {
                None
            } else {
                written(on_return)?
            },
        })
    }
}

fn total(mut amounts: impl Iterator<Item = Decimal>) -> Result<Decimal, Error> {
    amounts.try_fold(Decimal::ZERO, decimal::add)
}

impl Totals {
    /// The same with nothing said of what an unknown would change.
    pub(super) const fn without_unknown(self) -> Self {
        Self {
            duties: None,
            taxes: None,
            fees: None,
            landed_cost: None,
            due_at_checkout: None,
            due_at_delivery: None,
            due_on_return: None,
            ..self
        }
    }
}
