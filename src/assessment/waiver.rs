//! Charges that are too small to be collected.

use super::Context;
use super::charge::{Assessed, Charge, ChargeKind, OpenCharge};
use super::regime::Treatment;
use super::valuation::sum;
use crate::decimal::Decimal;
use crate::destination::Waiver;
use crate::error::Error;

/// The word for all duties in a waiver.
pub const DUTIES: &str = "duties";

/// When waivers are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// Before taxes: those of duties alone, which then are no part of a tax's base.
    BeforeTaxes,
    /// After taxes: all others.
    AfterTaxes,
}

/// Waives what the law does not collect: such a charge becomes a relief of nothing, with its working. Where a charge that counts is open,
/// and the others are within the limit, it is not known whether they are collected: they are open too.
///
/// # Errors
/// Exchange and overflow errors.
pub fn waive<'a>(
    context: &Context<'a>,
    treatments: &[Treatment<'_>],
    reckoned: &mut Assessed<'a>,
    asked: Asked,
) -> Result<(), Error> {
    let here = |waiver: &&'a Waiver| {
        let of_duties = waiver.of.iter().all(|of| of == DUTIES);
        context.is_in_force(waiver.valid, &waiver.places)
            && of_duties == (asked == Asked::BeforeTaxes)
    };
    let Assessed { charges, open, .. } = reckoned;
    for waiver in context.rules.waiver.iter().filter(here) {
        let counts = |kind: ChargeKind, measure: &str, follows: usize| {
            is_measured(waiver, treatments.get(follows), (kind, measure))
        };
        let measured = |charge: &Charge<'_>| counts(charge.kind, charge.measure, charge.follows);
        let amounts = charges.iter().filter(|charge| measured(charge));
        let total = sum(&mut amounts.map(|charge| charge.amount))?;
        let limit = context.convert(waiver.at_most)?;
        if total.is_zero() || total > limit {
            continue;
        }
        let mut others = open.iter();
        if others.any(|other| counts(other.kind, other.measure, other.follows)) {
            charges.retain(|charge| {
                let is_open = measured(charge) && !charge.amount.is_zero();
                if is_open {
                    open.push(OpenCharge {
                        kind: charge.kind,
                        measure: charge.measure,
                        item: charge.item,
                        follows: charge.follows,
                    });
                }
                !is_open
            });
            continue;
        }
        for charge in charges.iter_mut().filter(|charge| measured(charge)) {
            charge.formula = format!("{} ≤ {}", charge.formula, waiver.at_most);
            charge.kind = ChargeKind::Relief;
            charge.exact = Decimal::ZERO;
            charge.amount = context.minor_unit().apply(Decimal::ZERO)?;
            charge.source = context.law(&waiver.id);
            charge.confidence = charge.confidence.max(waiver.law.confidence);
        }
    }
    Ok(())
}

fn is_measured(
    waiver: &Waiver,
    treatment: Option<&Treatment<'_>>,
    (kind, measure): (ChargeKind, &str),
) -> bool {
    let named = |of: &String| match kind {
        ChargeKind::Duty => of == DUTIES || of == measure,
        ChargeKind::Tax | ChargeKind::Fee => of == measure,
        ChargeKind::Relief => false,
    };
    treatment.is_some_and(|own| own.is_under(&waiver.regimes)) && waiver.of.iter().any(named)
}
