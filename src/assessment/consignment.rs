//! Amounts that the law adds up over the consignment before it rounds them.

use super::Context;
use super::charge::Charge;
use crate::decimal;
use crate::destination::{RoundingPoint, Scope};
use crate::error::Error;

/// Replaces duties of one measure on several items by one charge, where the law rounds the consignment's duty and not each item's.
/// A basket of one item keeps the item's name on the line.
///
/// # Errors
/// On overflow.
pub fn round_duties<'a>(
    context: &Context<'a>,
    charges: Vec<Charge<'a>>,
) -> Result<Vec<Charge<'a>>, Error> {
    let Some(rounding) = context.rounding(RoundingPoint::Duty, Scope::Consignment) else {
        return Ok(charges);
    };
    let mut sums: Vec<Charge<'a>> = Vec::new();
    for mut charge in charges {
        charge.formula = left_side(&charge.formula).to_owned();
        match sums
            .iter_mut()
            .find(|sum| (sum.measure, sum.programme) == (charge.measure, charge.programme))
        {
            Some(sum) => add_charge(sum, &charge)?,
            None => sums.push(charge),
        }
    }
    for sum in &mut sums {
        sum.amount = rounding.apply(sum.exact)?;
        let result = format!(" = {} → {}", sum.exact.normalize(), sum.amount);
        sum.formula.push_str(&result);
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
    sum.item = None;
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
