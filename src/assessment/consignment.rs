//! Amounts that the law adds up over the consignment before it rounds them.

use super::Context;
use super::charge::Charge;
use crate::decimal::{self, Decimal};
use crate::destination::{RoundingPoint, Scope};
use crate::error::Error;

/// Replaces duties of one measure on several items by one charge, where the law rounds the consignment's duty and not each item's; the
/// duties of several measures are rounded together.
/// A line keeps its item's name where no other item can have the measure, whichever way open duties fall: `is_alone` tells.
///
/// # Errors
/// On overflow.
pub fn round_duties<'a>(
    context: &Context<'a>,
    charges: Vec<Charge<'a>>,
    is_alone: &dyn Fn(&Charge<'_>) -> bool,
) -> Result<Vec<Charge<'a>>, Error> {
    let Some(rounding) = context.rounding(RoundingPoint::Duty, Scope::Consignment) else {
        return Ok(charges);
    };
    let mut sums: Vec<Charge<'a>> = Vec::new();
    for mut charge in charges {
        charge.formula = left_side(&charge.formula).to_owned();
        if !is_alone(&charge) {
            charge.item = None;
        }
        match sums
            .iter_mut()
            .find(|sum| (sum.measure, sum.programme) == (charge.measure, charge.programme))
        {
            Some(sum) => add_charge(sum, &charge)?,
            None => sums.push(charge),
        }
    }
    // The law rounds the duties together: each line takes what the sum so far comes to above the lines before it.
    let (mut exact, mut charged) = (Decimal::ZERO, Decimal::ZERO);
    for sum in &mut sums {
        exact = decimal::add(exact, sum.exact)?;
        let together = rounding.apply(exact)?;
        sum.amount = decimal::subtract(together, charged)?;
        let own = sum.exact.normalize();
        let result = if charged.is_zero() {
            format!(" = {own} → {together}")
        } else {
            format!(
                " = {own}; together {} → {together}, less {charged}",
                exact.normalize()
            )
        };
        sum.formula.push_str(&result);
        charged = together;
    }
    Ok(sums)
}

fn left_side(formula: &str) -> &str {
    formula
        .rsplit_once('=')
        .map_or(formula, |(left, _)| left.trim_end())
}

/// Adds a charge of the same measure on another item; a rate that is not both items' is left out.
fn add_charge(sum: &mut Charge<'_>, charge: &Charge<'_>) -> Result<(), Error> {
    sum.basis = decimal::add(sum.basis, charge.basis)?;
    sum.exact = decimal::add(sum.exact, charge.exact)?;
    sum.confidence = sum.confidence.max(charge.confidence);
    if sum.rate != charge.rate {
        sum.rate.clear();
    }
    sum.formula.push_str(" + ");
    sum.formula.push_str(&charge.formula);
    Ok(())
}
