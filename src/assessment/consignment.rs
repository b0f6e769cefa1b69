//! Amounts that the law adds up over the consignment before it rounds them.

use super::Context;
use super::charge::Charge;
use super::valuation::sum;
use crate::destination::{RoundingPoint, Scope};
use crate::error::Error;

/// Replaces duties of one measure on several items by one charge, where the law rounds the consignment's duty and not each item's.
/// A basket of one item keeps the item's name on the line.
///
/// # Errors
/// On overflow.
pub fn round_duties(context: &Context<'_>, charges: Vec<Charge>) -> Result<Vec<Charge>, Error> {
    let Some(rounding) = context.rounding(RoundingPoint::Duty, Scope::Consignment) else {
        return Ok(charges);
    };
    let mut measures: Vec<String> = Vec::new();
    for charge in &charges {
        if !measures.contains(&charge.measure) {
            measures.push(charge.measure.clone());
        }
    }
    let mut rounded = Vec::with_capacity(measures.len());
    for measure in measures {
        let same: Vec<&Charge> = charges
            .iter()
            .filter(|charge| charge.measure == measure)
            .collect();
        let Some(first) = same.first() else { continue };
        let exact = sum(same.iter().map(|charge| charge.exact))?;
        let amount = rounding.apply(exact)?;
        let workings: Vec<&str> = same
            .iter()
            .filter_map(|charge| charge.formula.rsplit_once(" = "))
            .map(|(left, _)| left)
            .collect();
        rounded.push(Charge {
            item: first.item.filter(|_| same.len() == 1),
            basis: sum(same.iter().map(|charge| charge.basis))?,
            rate: if same.iter().all(|charge| charge.rate == first.rate) {
                first.rate.clone()
            } else {
                String::new()
            },
            formula: format!(
                "{} = {} → {amount}",
                workings.join(" + "),
                exact.normalize()
            ),
            confidence: same
                .iter()
                .map(|charge| charge.confidence)
                .max()
                .unwrap_or_default(),
            exact,
            amount,
            ..(*first).clone()
        });
    }
    Ok(rounded)
}
