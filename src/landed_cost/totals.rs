//! What a quote adds up to.

use crate::assessment::{Charge, ChargeKind, Context, Valuation, stated_price};
use crate::decimal::{self, Decimal, Rounding};
use crate::destination::{Collection, Collector, Moment};
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
    /// Duties, taxes, fees.
    charged: [Decimal; 3],
}

impl Parts {
    /// Of a valuation and its charges, in the destination's currency.
    pub(super) fn of(valuation: &Valuation, charges: &[Charge<'_>]) -> Result<Self, Error> {
        let mut charged = [Decimal::ZERO; 3];
        let [duties, taxes, fees] = &mut charged;
        for charge in charges {
            let sum = match charge.kind {
                ChargeKind::Duty => &mut *duties,
                ChargeKind::Tax => &mut *taxes,
                ChargeKind::Fee => &mut *fees,
                ChargeKind::Relief => continue,
            };
            *sum = decimal::add(*sum, charge.amount)?;
        }
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
        for sum in &mut charged {
            *sum = unit.apply(decimal::multiply(*sum, rate)?)?;
        }
        Ok(Self {
            price: stated_price(context)?,
            charged,
        })
    }

    /// Adds the parts up, by who collects them when.
    pub(super) fn totals(self, collection: Option<&Collection>) -> Result<Totals, Error> {
        let [goods, freight, insurance] = self.price;
        let [duties, taxes, fees] = self.charged;
        let mut checkout = decimal::add(decimal::add(goods, freight)?, insurance)?;
        let mut delivery = Decimal::ZERO;
        let scale = checkout.scale();
        let collectors: [Option<Collector>; 3] = [
            collection.map(|collection| collection.duty),
            collection.map(|collection| collection.tax),
            collection.map(|collection| collection.fee),
        ];
        for (collector, amount) in collectors.into_iter().zip(self.charged) {
            let at_checkout = collector.is_none_or(|collector| collector.at == Moment::Checkout);
            let due = if at_checkout {
                &mut checkout
            } else {
                &mut delivery
            };
            *due = decimal::add(*due, amount)?;
        }
        // Sums of nothing have no decimals yet; all are written with as many as the price.
        let nought = Decimal::new(0, scale);
        let written = |amount| decimal::add(amount, nought).map(Some);
        Ok(Totals {
            currency: None,
            goods,
            freight,
            insurance,
            duties: written(duties)?,
            taxes: written(taxes)?,
            fees: written(fees)?,
            landed_cost: written(decimal::add(checkout, delivery)?)?,
            due_at_checkout: written(checkout)?,
            due_at_delivery: written(delivery)?,
        })
    }
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
            ..self
        }
    }
}
