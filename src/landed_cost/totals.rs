//! What a quote adds up to.

use super::Assessment;
use crate::assessment::{Assessed, ChargeKind, Context, Treatment, stated_price};
use crate::decimal::{self, Decimal, Rounding};
use crate::destination::Moment;
use crate::error::Error;
use crate::money::{CurrencyCode, as_text, as_text_or_null};
use serde::Serialize;

/// Sums in one currency. `null` where a part of the sum is unknown: an unknown is never counted as nothing, and nulls no sum that it is
/// no part of.
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
    #[serde(serialize_with = "as_text_or_null")]
    pub freight: Option<Decimal>,
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
    /// What the buyer accounts for with its next tax return; left out where that is nothing.
    #[serde(serialize_with = "as_text_or_null", skip_serializing_if = "is_nothing")]
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

fn is_nothing(amount: &Option<Decimal>) -> bool {
    amount.is_some_and(|amount| amount.is_zero())
}

/// What totals are made of, in one currency.
#[derive(Clone, Copy, Debug)]
pub(super) struct Parts {
    goods: Decimal,
    /// `None` where it is not known.
    freight: Option<Decimal>,
    insurance: Decimal,
    /// Duties, taxes, fees: each at checkout, at delivery, on return.
    charged: [[Sum; 3]; 3],
}

/// A sum of charges, and whether one that belongs to it is open.
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    known: Decimal,
    is_open: bool,
}

impl Sum {
    fn of(sums: [Self; 3]) -> Result<Self, Error> {
        let mut sum = Self::default();
        for part in sums {
            sum.known = decimal::add(sum.known, part.known)?;
            sum.is_open |= part.is_open;
        }
        Ok(sum)
    }
}

impl Parts {
    /// Of an assessment and its charges, in the destination's currency. Without a treatment every charge is open.
    pub(super) fn of(assessment: &Assessment<'_>, reckoned: &Assessed<'_>) -> Result<Self, Error> {
        let treatments = &assessment.treatments;
        let nothing = Sum {
            known: Decimal::ZERO,
            is_open: treatments.is_empty(),
        };
        let mut charged = [[nothing; 3]; 3];
        for charge in &reckoned.charges {
            if let Some(sum) = sum_of(&mut charged, treatments.get(charge.follows), charge.kind) {
                sum.known = decimal::add(sum.known, charge.amount)?;
            }
        }
        for charge in &reckoned.open {
            if let Some(sum) = sum_of(&mut charged, treatments.get(charge.follows), charge.kind) {
                sum.is_open = true;
            }
        }
        let valuation = &assessment.valuation;
        Ok(Self {
            goods: valuation.goods,
            freight: valuation.freight,
            insurance: valuation.insurance,
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
            sum.known = unit.apply(decimal::multiply(sum.known, rate)?)?;
        }
        let [goods, freight, insurance] = stated_price(context)?;
        Ok(Self {
            goods,
            freight: self.freight.map(|_| freight),
            insurance,
            charged,
        })
    }

    /// All charges; `None` where one is open.
    pub(super) fn charged(self) -> Result<Option<Decimal>, Error> {
        let [duties, taxes, fees] = self.charged;
        let all = Sum::of([Sum::of(duties)?, Sum::of(taxes)?, Sum::of(fees)?])?;
        Ok((!all.is_open).then_some(all.known))
    }

    /// Adds up, by who collects them when, the parts that are known.
    pub(super) fn so_far(mut self) -> Result<Totals, Error> {
        for sum in self.charged.iter_mut().flatten() {
            sum.is_open = false;
        }
        self.totals_of(true)
    }

    /// Adds the parts up, by who collects them when; nothing is said of a sum that an open part belongs to.
    pub(super) fn totals(self) -> Result<Totals, Error> {
        self.totals_of(self.freight.is_some())
    }

    /// The totals; `has_price` tells whether the price counts as known.
    fn totals_of(self, has_price: bool) -> Result<Totals, Error> {
        let [duties, taxes, fees] = self.charged;
        let mut price = decimal::add(self.goods, self.insurance)?;
        if let Some(freight) = self.freight {
            price = decimal::add(price, freight)?;
        }
        let price = Sum {
            known: price,
            is_open: !has_price,
        };
        let at =
            |moment: fn([Sum; 3]) -> Sum| Sum::of([moment(duties), moment(taxes), moment(fees)]);
        let nothing = Sum::default();
        let checkout = Sum::of([price, at(|[checkout, _, _]| checkout)?, nothing])?;
        let delivery = at(|[_, delivery, _]| delivery)?;
        let on_return = at(|[_, _, on_return]| on_return)?;
        // Sums of nothing have no decimals yet; all are written with as many as the price.
        let nought = Decimal::new(0, price.known.scale());
        let written = |sum: Sum| -> Result<Option<Decimal>, Error> {
            let amount = decimal::add(sum.known, nought)?;
            Ok((!sum.is_open).then_some(amount))
        };
        Ok(Totals {
            currency: None,
            goods: self.goods,
            freight: self.freight,
            insurance: self.insurance,
            duties: written(Sum::of(duties)?)?,
            taxes: written(Sum::of(taxes)?)?,
            fees: written(Sum::of(fees)?)?,
            landed_cost: written(Sum::of([checkout, delivery, on_return])?)?,
            due_at_checkout: written(checkout)?,
            due_at_delivery: written(delivery)?,
            due_on_return: written(on_return)?,
        })
    }
}

/// The sum that a charge of that kind belongs to; a relief belongs to none.
fn sum_of<'b>(
    charged: &'b mut [[Sum; 3]; 3],
    treatment: Option<&Treatment<'_>>,
    kind: ChargeKind,
) -> Option<&'b mut Sum> {
    let [duties, taxes, fees] = charged;
    let [checkout, delivery, on_return] = match kind {
        ChargeKind::Duty => duties,
        ChargeKind::Tax => taxes,
        ChargeKind::Fee => fees,
        ChargeKind::Relief => return None,
    };
    Some(match treatment?.collector_of(kind).at {
        Moment::Checkout => checkout,
        Moment::Delivery => delivery,
        Moment::Return => on_return,
    })
}
