//! What a duty expression comes to for an item.

use super::Context;
use super::charge::Need;
use super::valuation::in_currency;
use crate::basket::Item;
use crate::decimal::{self, Decimal};
use crate::error::Error;
use crate::money::Percentage;
use crate::tariff::{DutyExpression, Sign, Sum, Term};

/// Decimals that a quotient by units keeps; powers of ten divide exactly.
const QUOTIENT_DECIMALS: u32 = 12;

/// A duty before rounding, and how it was reckoned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Evaluated {
    pub(super) exact: Decimal,
    /// The left side of the formula: `45.60 × 12 % + 1.2 kg × 17.6 EUR/100 kg`.
    pub(super) working: String,
}

/// An item as the evaluation sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Goods<'a> {
    pub(super) position: usize,
    pub(super) item: &'a Item,
    /// What duty is reckoned on, in the destination's currency.
    pub(super) duty_base: Decimal,
}

/// Evaluates an expression: the sum, held up by its floors, held down by its caps. What is missing is returned, all of it at once.
pub(super) fn evaluate(
    context: &Context<'_>,
    goods: Goods<'_>,
    expression: &DutyExpression,
) -> Result<Result<Evaluated, Vec<Need>>, Error> {
    let mut needs = Vec::new();
    let mut sum = |sum: &Sum| evaluate_sum(context, goods, sum, &mut needs);
    let mut result = sum(&expression.base)?;
    for floor in &expression.floors {
        let floor = sum(floor)?;
        if floor.exact > result.exact {
            result = floor;
        }
    }
    for cap in &expression.caps {
        let cap = sum(cap)?;
        if cap.exact < result.exact {
            result = cap;
        }
    }
    result.exact = result.exact.max(Decimal::ZERO);
    Ok(if needs.is_empty() {
        Ok(result)
    } else {
        Err(needs)
    })
}

fn evaluate_sum(
    context: &Context<'_>,
    goods: Goods<'_>,
    sum: &Sum,
    needs: &mut Vec<Need>,
) -> Result<Evaluated, Error> {
    let mut total = Evaluated {
        exact: Decimal::ZERO,
        working: String::new(),
    };
    for (sign, term) in sum {
        let part = match evaluate_term(context, goods, term)? {
            Ok(part) => part,
            Err(need) => {
                if !needs.contains(&need) {
                    needs.push(need);
                }
                continue;
            }
        };
        let (joint, exact) = match sign {
            Sign::Plus => (" + ", decimal::add(total.exact, part.exact)?),
            Sign::Minus => (" − ", decimal::subtract(total.exact, part.exact)?),
        };
        if !total.working.is_empty() {
            total.working.push_str(joint);
        }
        total.working.push_str(&part.working);
        total.exact = exact;
    }
    Ok(total)
}

fn evaluate_term(
    context: &Context<'_>,
    goods: Goods<'_>,
    term: &Term,
) -> Result<Result<Evaluated, Need>, Error> {
    Ok(match term {
        Term::AdValorem { rate, part: None } => Ok(ad_valorem(goods.duty_base, *rate)?),
        Term::AdValorem {
            rate,
            part: Some(part),
        } => match part_value(context, goods, part)? {
            Ok(value) => Ok(ad_valorem(value, *rate)?),
            Err(need) => Err(need),
        },
        Term::Specific {
            amount,
            currency,
            per,
            unit,
        } => match quantity_of(context, goods, unit)? {
            Ok(quantity) => {
                let charged =
                    decimal::multiply(in_currency(context, *amount, *currency)?, quantity.in_unit)?;
                let exact = decimal::divide(
                    charged,
                    decimal::multiply(*per, quantity.divisor)?,
                    QUOTIENT_DECIMALS,
                )?;
                Ok(Evaluated {
                    exact: exact.normalize(),
                    working: format!("{} × {term}", quantity.shown),
                })
            }
            Err(need) => Err(need),
        },
        Term::Component(component) => {
            Err(Need::of_item(goods.position, "dutyRate", component.word()))
        }
    })
}

fn ad_valorem(value: Decimal, rate: Decimal) -> Result<Evaluated, Error> {
    let rate = Percentage(rate);
    Ok(Evaluated {
        exact: rate.of(value)?,
        working: format!("{value} × {rate}"),
    })
}

/// The value of a part of the goods, given as a supplementary quantity `value:strap` in the request's currency, for one piece.
fn part_value(
    context: &Context<'_>,
    goods: Goods<'_>,
    part: &str,
) -> Result<Result<Decimal, Need>, Error> {
    let named = |unit: &str| unit.strip_prefix("value:") == Some(part);
    let Some((_, value)) = goods
        .item
        .supplementary
        .iter()
        .find(|(unit, _)| named(unit))
    else {
        return Ok(Err(Need::of_item(
            goods.position,
            "supplementary",
            format!("value:{part}"),
        )));
    };
    let all = decimal::multiply(*value, goods.item.quantity)?;
    let converted = in_currency(context, all, context.basket.currency)?;
    context.minor_unit().apply(converted).map(Ok)
}

/// How many units of a kind an item is.
struct UnitQuantity {
    /// In base units, to be divided by `divisor` to give units.
    in_unit: Decimal,
    divisor: Decimal,
    shown: String,
}

/// Counts an item in a unit: from its net weight, from its number of pieces, or from a supplementary quantity.
fn quantity_of(
    context: &Context<'_>,
    goods: Goods<'_>,
    name: &str,
) -> Result<Result<UnitQuantity, Need>, Error> {
    let item = goods.item;
    let unit = context.tariff.and_then(|tariff| tariff.unit(name));
    let (base, factor) = unit.map_or((name, Decimal::ONE), |unit| {
        (unit.base.as_str(), unit.factor)
    });
    let stated = item.supplementary.iter().find_map(|(stated, quantity)| {
        let stated_unit = context.tariff.and_then(|tariff| tariff.unit(stated));
        let (stated_base, stated_factor) = stated_unit
            .map_or((stated.as_str(), Decimal::ONE), |u| {
                (u.base.as_str(), u.factor)
            });
        (stated_base == base).then_some((*quantity, stated_factor))
    });
    let one = match (stated, base) {
        (Some((quantity, factor)), _) => decimal::multiply(quantity, factor)?,
        (None, "kg") => match item.net_weight_kg {
            Some(weight) => weight,
            None => {
                return Ok(Err(Need::of_item(
                    goods.position,
                    "netWeightKg",
                    "quantity",
                )));
            }
        },
        // A piece sold is a piece declared.
        (None, "item" | "") => Decimal::ONE,
        (None, _) => return Ok(Err(Need::of_item(goods.position, "supplementary", base))),
    };
    let all = decimal::multiply(one, item.quantity)?.normalize();
    let shown = if base.is_empty() {
        all.to_string()
    } else {
        format!("{all} {base}")
    };
    Ok(Ok(UnitQuantity {
        in_unit: all,
        divisor: factor,
        shown,
    }))
}
