//! The customs value: what the goods are worth to customs, item by item.

use super::Context;
use super::charge::Need;
use super::regime::Treatment;
use crate::basket::Incoterm;
use crate::decimal::{self, Decimal, Rounding};
use crate::destination::CustomsValueBasis;
use crate::error::{Error, ErrorCode};
use crate::money::CurrencyCode;

/// An item's values, in the destination's currency, each a whole number of minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ItemValue {
    /// The goods after their share of the discount: the intrinsic value.
    pub goods: Decimal,
    /// Their share of the freight, where that is known.
    pub freight: Decimal,
    /// Their share of the insurance.
    pub insurance: Decimal,
    /// What customs reckons duty on, where the consignment's is known.
    pub customs_value: Decimal,
}

/// A basket's values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Valuation {
    /// By item.
    pub items: Vec<ItemValue>,
    /// All goods.
    pub goods: Decimal,
    /// All freight; `None` where the buyer bears it and the request does not say what it costs.
    pub freight: Option<Decimal>,
    /// All insurance.
    pub insurance: Decimal,
    /// The consignment's customs value; `None` while a part of it is unknown.
    pub customs_value: Option<Decimal>,
    /// What it is based on.
    pub basis: CustomsValueBasis,
    /// The goods that the same recipient receives apart from these on the same day.
    pub beside: Decimal,
    /// What is missing.
    pub needs: Vec<Need>,
}

/// Values a basket.
///
/// Freight, insurance and discount are shared among the items by the value of their goods; the parts add up to the whole to the
/// minor unit. Each item's goods are converted and rounded half up, once.
///
/// # Errors
/// [`ErrorCode::RuleMissing`] where no basis is in force; [`ErrorCode::ExchangeRateMissing`]; [`ErrorCode::Overflow`];
/// [`ErrorCode::AmountOutOfRange`] at `discount` where more is taken off than the goods cost.
///
/// # Source
/// WTO Customs Valuation Agreement, articles 1 and 8.2 (each territory chooses whether freight and insurance belong).
pub fn value_basket(context: &Context<'_>) -> Result<Valuation, Error> {
    let basket = context.basket;
    let rules = context.rules.customs_value.iter();
    let rule = rules
        .into_iter()
        .find(|rule| rule.valid.contains(context.day()))
        .ok_or(ErrorCode::RuleMissing)?;
    let amounts = Amounts::of(context, context.currency())?;
    // Prices that cover the carriage leave nothing to be charged apart; where they do not, freight that is not stated is not known.
    let borne_by_buyer = basket.incoterm == Incoterm::WithoutCarriage;
    let unknown = borne_by_buyer && basket.freight.is_none();
    let needs = unknown.then(|| Need::of_request("freight", "amount"));
    let cif = rule.basis == CustomsValueBasis::Cif;
    let items = amounts.items(cif)?;
    let total = sum(&mut items.iter().map(|item| item.customs_value))?;
    Ok(Valuation {
        goods: sum(&mut items.iter().map(|item| item.goods))?,
        freight: (!unknown).then_some(amounts.freight),
        insurance: amounts.insurance,
        customs_value: (!(unknown && cif)).then_some(total),
        basis: rule.basis,
        beside: amounts.beside,
        items,
        needs: needs.into_iter().collect(),
    })
}

/// What the goods, the freight and the insurance cost, as the request states them.
///
/// # Errors
/// As [`value_basket`].
pub fn stated_price(context: &Context<'_>) -> Result<[Decimal; 3], Error> {
    let amounts = Amounts::of(context, context.basket.currency)?;
    let goods = sum(&mut amounts.goods.iter().copied())?;
    let goods = decimal::subtract(goods, amounts.discount)?;
    Ok([goods, amounts.freight, amounts.insurance])
}

/// The basket's amounts in one currency.
struct Amounts {
    goods: Vec<Decimal>,
    discount: Decimal,
    freight: Decimal,
    insurance: Decimal,
    beside: Decimal,
    unit: Rounding,
}

impl Amounts {
    fn of(context: &Context<'_>, currency: CurrencyCode) -> Result<Self, Error> {
        let basket = context.basket;
        let unit = Rounding::to_decimals(currency.decimals());
        let rate = context.exchange.rate(basket.currency, currency)?.rate;
        let converted = |amount: Decimal| unit.apply(decimal::multiply(amount, rate)?);
        let mut goods = Vec::with_capacity(basket.items.len());
        for item in &basket.items {
            goods.push(converted(decimal::multiply(
                item.unit_price,
                item.quantity,
            )?)?);
        }
        let amounts = Self {
            goods,
            discount: converted(basket.discount)?,
            freight: converted(basket.freight.unwrap_or_default())?,
            insurance: converted(basket.insurance)?,
            beside: converted(basket.same_day_value)?,
            unit,
        };
        if amounts.discount > sum(&mut amounts.goods.iter().copied())? {
            return Err(Error::at(
                ErrorCode::AmountOutOfRange,
                crate::error::Field::of_request("discount"),
            ));
        }
        Ok(amounts)
    }

    fn items(&self, cif: bool) -> Result<Vec<ItemValue>, Error> {
        let mut net = apportion(self.discount, &self.goods, self.unit)?;
        for (share, goods) in net.iter_mut().zip(&self.goods) {
            *share = decimal::subtract(*goods, *share)?;
        }
        let freights = apportion(self.freight, &net, self.unit)?;
        let insurances = apportion(self.insurance, &net, self.unit)?;
        let mut items = Vec::with_capacity(net.len());
        for (goods, (freight, insurance)) in net.iter().zip(freights.iter().zip(&insurances)) {
            let landed = decimal::add(decimal::add(*goods, *freight)?, *insurance)?;
            items.push(ItemValue {
                goods: *goods,
                freight: *freight,
                insurance: *insurance,
                customs_value: if cif { landed } else { *goods },
            });
        }
        Ok(items)
    }
}

/// Takes an allowance off the customs values of the items that a regime gives it to: each bears its share, by value, and none falls below
/// nothing.
///
/// # Errors
/// Exchange and overflow errors.
pub fn take_allowances(
    context: &Context<'_>,
    valuation: &mut Valuation,
    treatments: &[Treatment<'_>],
) -> Result<(), Error> {
    let mut done: Vec<&str> = Vec::new();
    for treatment in treatments {
        let regime = treatment.regime;
        let Some(allowance) = regime.allowance else {
            continue;
        };
        if done.contains(&regime.id.as_str()) {
            continue;
        }
        done.push(&regime.id);
        let mut weights = Vec::with_capacity(valuation.items.len());
        for (item, own) in valuation.items.iter().zip(treatments) {
            let has_it = own.regime.id == regime.id;
            weights.push(if has_it {
                item.customs_value
            } else {
                Decimal::ZERO
            });
        }
        let total = sum(&mut weights.iter().copied())?;
        let allowance = context.minor_unit().apply(context.convert(allowance)?)?;
        let shares = apportion(allowance.min(total), &weights, context.minor_unit())?;
        for (item, share) in valuation.items.iter_mut().zip(shares) {
            item.customs_value = decimal::subtract(item.customs_value, share)?;
        }
    }
    Ok(())
}

/// The exact sum of amounts.
pub(super) fn sum(amounts: &mut dyn Iterator<Item = Decimal>) -> Result<Decimal, Error> {
    let mut sum = Decimal::ZERO;
    for amount in amounts {
        sum = decimal::add(sum, amount)?;
    }
    Ok(sum)
}

/// Shares an amount by weights, in whole units of `unit`, so that the shares add up to it.
///
/// Each share is rounded towards nothing; the units left over go one each to the largest remainders, the earlier first among equals. A zero
/// weight gets nothing unless all weights are zero; then the shares are as equal as can be. An amount below nothing is shared as its
/// opposite is.
///
/// # Errors
/// [`ErrorCode::Overflow`] past what is computed exactly.
///
/// ```
/// use dutiable::{assessment::apportion, decimal::{Decimal, Rounding}};
/// let weights = [Decimal::ONE, Decimal::ONE, Decimal::ONE];
/// let shares = apportion(Decimal::new(1000, 2), &weights, Rounding::to_decimals(2))?;
/// assert_eq!(shares.map_texts(), ["3.34", "3.33", "3.33"]);
/// # trait Texts { fn map_texts(&self) -> Vec<String>; }
/// # impl Texts for Vec<Decimal> { fn map_texts(&self) -> Vec<String> { self.iter().map(|d| d.to_string()).collect() } }
/// # Ok::<(), dutiable::Error>(())
/// ```
pub fn apportion(
    amount: Decimal,
    weights: &[Decimal],
    unit: Rounding,
) -> Result<Vec<Decimal>, Error> {
    if let [_] = weights {
        return Ok(vec![amount]);
    }
    if amount.is_zero() {
        return Ok(vec![amount; weights.len()]);
    }
    let total = sum(&mut weights.iter().copied())?;
    if total.is_zero() {
        return apportion(amount, &vec![Decimal::ONE; weights.len()], unit);
    }
    let down = Rounding {
        unit: unit.unit,
        mode: decimal::RoundingMode::Down,
    };
    let mut shares = Vec::with_capacity(weights.len());
    let mut remainders = Vec::with_capacity(weights.len());
    for (position, weight) in weights.iter().enumerate() {
        let exact = decimal::divide(decimal::multiply(amount, *weight)?, total, 12)?;
        let share = down.apply(exact)?;
        let remainder = decimal::subtract(exact, share)?.abs();
        remainders.push((core::cmp::Reverse(remainder), position));
        shares.push(share);
    }
    remainders.sort_unstable();
    let mut left = decimal::subtract(amount, sum(&mut shares.iter().copied())?)?;
    let mut one = unit.unit;
    one.set_sign_negative(amount.is_sign_negative());
    for (_, position) in remainders {
        if left.abs() < unit.unit {
            break;
        }
        if let Some(share) = shares.get_mut(position) {
            *share = decimal::add(*share, one)?;
            left = decimal::subtract(left, one)?;
        }
    }
    Ok(shares)
}
