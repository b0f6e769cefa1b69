//! What a quote adds up to.

use crate::assessment::{Charge, ChargeKind, Valuation};
use crate::decimal::{self, Decimal, Rounding};
use crate::destination::{Collection, Moment};
use crate::error::Error;
use crate::money::{CurrencyCode, as_text};
use serde::{Serialize, Serializer};

/// Sums in one currency. `null` where a part of the sum is unknown: an unknown is never counted as nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
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

/// The totals in the request's currency: each converted and rounded half up by itself, so they may miss their sum by a minor unit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RequestTotals {
    /// The request's currency.
    pub currency: CurrencyCode,
    /// The totals.
    #[serde(flatten)]
    pub totals: Totals,
}

/// The totals if every open duty falls low, and if every one falls high.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Range {
    /// At the lowest.
    pub low: Totals,
    /// At the highest.
    pub high: Totals,
}

#[expect(clippy::ref_option, reason = "serde hands fields by reference")]
fn as_text_or_null<S: Serializer>(
    value: &Option<Decimal>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}

impl Totals {
    /// Adds up a valuation and its charges.
    pub(super) fn of(
        valuation: &Valuation,
        charges: &[Charge],
        collection: Option<&Collection>,
    ) -> Result<Self, Error> {
        let of_kind = |kind: ChargeKind| {
            charges
                .iter()
                .filter(|charge| charge.kind == kind)
                .try_fold(Decimal::ZERO, |sum, charge| {
                    decimal::add(sum, charge.amount)
                })
        };
        let price = decimal::add(
            decimal::add(valuation.goods, valuation.freight)?,
            valuation.insurance,
        )?;
        let (duties, taxes, fees) = (
            of_kind(ChargeKind::Duty)?,
            of_kind(ChargeKind::Tax)?,
            of_kind(ChargeKind::Fee)?,
        );
        let landed_cost = decimal::add(decimal::add(decimal::add(price, duties)?, taxes)?, fees)?;
        let (mut checkout, mut delivery) = (price, Decimal::ZERO);
        if let Some(collection) = collection {
            for (collector, amount) in [
                (collection.duty, duties),
                (collection.tax, taxes),
                (collection.fee, fees),
            ] {
                let due = if collector.at == Moment::Checkout {
                    &mut checkout
                } else {
                    &mut delivery
                };
                *due = decimal::add(*due, amount)?;
            }
        }
        let mut zeros = delivery;
        zeros.rescale(price.scale());
        Ok(Self {
            goods: valuation.goods,
            freight: valuation.freight,
            insurance: valuation.insurance,
            duties: Some(scaled(duties, price)),
            taxes: Some(scaled(taxes, price)),
            fees: Some(scaled(fees, price)),
            landed_cost: Some(scaled(landed_cost, price)),
            due_at_checkout: Some(scaled(checkout, price)),
            due_at_delivery: Some(zeros),
        })
    }

    /// The same with nothing said of what an unknown would change.
    pub(super) fn without_unknown(&self) -> Self {
        Self {
            duties: None,
            taxes: None,
            fees: None,
            landed_cost: None,
            due_at_checkout: None,
            due_at_delivery: None,
            ..self.clone()
        }
    }

    /// Converted at a rate.
    pub(super) fn converted(&self, rate: Decimal, unit: Rounding) -> Result<Self, Error> {
        let convert = |amount: Decimal| unit.apply(decimal::multiply(amount, rate)?);
        let maybe = |amount: Option<Decimal>| amount.map(convert).transpose();
        Ok(Self {
            goods: convert(self.goods)?,
            freight: convert(self.freight)?,
            insurance: convert(self.insurance)?,
            duties: maybe(self.duties)?,
            taxes: maybe(self.taxes)?,
            fees: maybe(self.fees)?,
            landed_cost: maybe(self.landed_cost)?,
            due_at_checkout: maybe(self.due_at_checkout)?,
            due_at_delivery: maybe(self.due_at_delivery)?,
        })
    }
}

/// The amount with as many decimals as the price has.
fn scaled(mut amount: Decimal, price: Decimal) -> Decimal {
    amount.rescale(price.scale());
    amount
}
