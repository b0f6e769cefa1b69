//! What a duty expression comes to for an item.

use super::Context;
use super::charge::{Need, Unsettled, add_needs};
use crate::basket::Item;
use crate::decimal::{self, Decimal};
use crate::error::Error;
use crate::money::{Money, Percentage};
use crate::tariff::{DutyExpression, Sign, Sum, Term};
use core::fmt::Write as _;

/// Decimals that a quotient by units keeps; powers of ten divide exactly.
const QUOTIENT_DECIMALS: u32 = 12;

/// A duty before rounding, and the sum that decides it: the base, or a floor or cap in its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Evaluated<'a> {
    pub(super) exact: Decimal,
    pub(super) sum: &'a Sum,
}

/// An item as the evaluation sees it.
#[derive(Clone, Copy, Debug)]
pub struct Goods<'a> {
    pub(super) position: usize,
    pub(super) item: &'a Item,
    /// What duty is reckoned on, in the destination's currency.
    pub(super) duty_base: Decimal,
    /// The ordinary duty on them, or the preference in its place; nought until it is reckoned.
    pub(super) ordinary: Decimal,
}

/// Evaluates an expression: the sum, held up by its floors, held down by its caps. What is missing is returned, all of it at once.
pub(super) fn evaluate<'a>(
    context: &Context<'_>,
    goods: Goods<'_>,
    expression: &'a DutyExpression,
) -> Result<Evaluated<'a>, Unsettled> {
    let mut needs = Vec::new();
    let mut result = sum(context, goods, &expression.base, &mut needs)?;
    for floor in &expression.floors {
        let floor = sum(context, goods, floor, &mut needs)?;
        if floor.exact > result.exact {
            result = floor;
        }
    }
    for cap in &expression.caps {
        let cap = sum(context, goods, cap, &mut needs)?;
        if cap.exact < result.exact {
            result = cap;
        }
    }
    if needs.is_empty() {
        result.exact = result.exact.max(Decimal::ZERO);
        Ok(result)
    } else {
        Err(Unsettled::Needs(needs))
    }
}

fn sum<'a>(
    context: &Context<'_>,
    goods: Goods<'_>,
    sum: &'a Sum,
    needs: &mut Vec<Need>,
) -> Result<Evaluated<'a>, Error> {
    let mut exact = Decimal::ZERO;
    for (sign, term) in sum {
        match amount(context, goods, term) {
            Ok(amount) if *sign == Sign::Plus => exact = decimal::add(exact, amount)?,
            Ok(amount) => exact = decimal::subtract(exact, amount)?,
            Err(Unsettled::Refused(error)) => return Err(error),
            Err(Unsettled::Needs(more)) => add_needs(needs, more),
        }
    }
    Ok(Evaluated { exact, sum })
}

/// How the amount came about: `45.60 × 12 % + 1.2 kg × 17.6 EUR/100 kg`.
pub(super) fn working(
    context: &Context<'_>,
    goods: Goods<'_>,
    sum: &Sum,
) -> Result<String, Unsettled> {
    let mut working = String::new();
    for (sign, term) in sum {
        if !working.is_empty() {
            working.push_str(if *sign == Sign::Plus { " + " } else { " − " });
        }
        let counted = counted(context, goods, term)?;
        let gap = if counted.unit.is_empty() { "" } else { " " };
        // Writing to a `String` cannot fail.
        let times = if matches!(term, Term::Ordinary) {
            ""
        } else {
            " × "
        };
        let _ = write!(working, "{}{gap}{}{times}", counted.count, counted.unit);
        let _ = match term {
            Term::AdValorem { rate, .. } => write!(working, "{}", Percentage(*rate)),
            Term::Ordinary => continue,
            other => write!(working, "{other}"),
        };
    }
    Ok(working)
}

fn amount(context: &Context<'_>, goods: Goods<'_>, term: &Term) -> Result<Decimal, Unsettled> {
    let counted = counted(context, goods, term)?;
    match term {
        Term::AdValorem { rate, .. } => Ok(Percentage(*rate).of(counted.count)?),
        Term::Specific {
            amount,
            currency,
            per,
            ..
        } => {
            let each = context.convert(Money {
                amount: *amount,
                currency: *currency,
            })?;
            let charged = decimal::multiply(each, counted.count)?;
            let per = decimal::multiply(*per, counted.factor)?;
            Ok(decimal::divide(charged, per, QUOTIENT_DECIMALS)?.normalize())
        }
        Term::Ordinary => Ok(counted.count),
        Term::Component(_) => Ok(Decimal::ZERO),
    }
}

/// What a term is multiplied by.
struct Counted<'a> {
    /// The value, or how many of the unit.
    count: Decimal,
    unit: &'a str,
    /// How many of the unit make one of the term's own.
    factor: Decimal,
}

impl Counted<'_> {
    const fn value(count: Decimal) -> Self {
        Self {
            count,
            unit: "",
            factor: Decimal::ONE,
        }
    }
}

fn counted<'a>(
    context: &Context<'a>,
    goods: Goods<'_>,
    term: &'a Term,
) -> Result<Counted<'a>, Unsettled> {
    match term {
        Term::AdValorem { part: None, .. } => Ok(Counted::value(goods.duty_base)),
        Term::AdValorem {
            part: Some(part), ..
        } => part_value(context, goods, part).map(Counted::value),
        Term::Specific { unit, .. } => count(context, goods, unit),
        Term::Ordinary => Ok(Counted::value(goods.ordinary)),
        Term::Component(component) => {
            Err(Need::of_item(goods.position, "dutyRate", component.word()).into())
        }
    }
}

/// The value of a part of the goods, given as a supplementary quantity `value:strap` in the request's currency, for one piece.
pub(super) fn part_value(
    context: &Context<'_>,
    goods: Goods<'_>,
    part: &str,
) -> Result<Decimal, Unsettled> {
    for (unit, value) in &goods.item.supplementary {
        if unit.strip_prefix("value:") == Some(part) {
            let amount = decimal::multiply(*value, goods.item.quantity)?;
            let currency = context.basket.currency;
            let converted = context.convert(Money { amount, currency })?;
            return Ok(context.minor_unit().apply(converted)?);
        }
    }
    let mut needs = String::from("value:");
    needs.push_str(part);
    Err(Need::of_item(goods.position, "supplementary", &needs).into())
}

/// Counts an item in a unit: from its net weight, from its number of pieces, or from a supplementary quantity.
fn count<'a>(
    context: &Context<'a>,
    goods: Goods<'_>,
    name: &'a str,
) -> Result<Counted<'a>, Unsettled> {
    let item = goods.item;
    let (unit, factor) = base(context, name);
    let mut one = None;
    for (stated, quantity) in &item.supplementary {
        let (stated, factor) = base(context, stated);
        if stated == unit && one.is_none() {
            one = Some(decimal::multiply(*quantity, factor)?);
        }
    }
    let one = match (one, unit) {
        (Some(one), _) => one,
        (None, "kg") => item
            .net_weight_kg
            .ok_or_else(|| Need::of_item(goods.position, "netWeightKg", "quantity"))?,
        // A piece sold is a piece declared.
        (None, "item" | "") => Decimal::ONE,
        (None, _) => return Err(Need::of_item(goods.position, "supplementary", unit).into()),
    };
    Ok(Counted {
        count: decimal::multiply(one, item.quantity)?.normalize(),
        unit,
        factor,
    })
}

/// The base of a unit, and how many of it make one.
fn base<'a>(context: &Context<'a>, name: &'a str) -> (&'a str, Decimal) {
    let unit = context.tariff.and_then(|tariff| tariff.unit(name));
    unit.map_or((name, Decimal::ONE), |unit| (&unit.base, unit.factor))
}
