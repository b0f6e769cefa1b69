//! Charges that are too small to be collected.

use super::Context;
use super::charge::{Charge, ChargeKind};
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

/// Waives what the law does not collect: such a charge becomes a relief of nothing, with its working.
///
/// # Errors
/// Exchange and overflow errors.
pub fn waive<'a>(
    context: &Context<'a>,
    treatments: &[Treatment<'_>],
    charges: &mut [Charge<'a>],
    asked: Asked,
) -> Result<(), Error> {
    let here = |waiver: &&'a Waiver| {
        let of_duties = waiver.of.iter().all(|of| of == DUTIES);
        waiver.valid.contains(context.day())
            && (waiver.places.is_empty() || waiver.places.contains(&context.place.code))
            && of_duties == (asked == Asked::BeforeTaxes)
    };
    for waiver in context.rules.waiver.iter().filter(here) {
        let measured = |charge: &Charge<'_>| is_measured(waiver, treatments, charge);
        let amounts = charges.iter().filter(|charge| measured(charge));
        let total = sum(&mut amounts.map(|charge| charge.amount))?;
        let limit = context.convert(waiver.at_most)?;
        if total.is_zero() || total > limit {
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

fn is_measured(waiver: &Waiver, treatments: &[Treatment<'_>], charge: &Charge<'_>) -> bool {
    let regime = treatments.get(charge.follows).map(|own| &own.regime.id);
    let under =
        waiver.regimes.is_empty() || regime.is_some_and(|regime| waiver.regimes.contains(regime));
    let named = |of: &String| match charge.kind {
        ChargeKind::Duty => of == DUTIES || of == charge.measure,
        ChargeKind::Tax | ChargeKind::Fee => of == charge.measure,
        ChargeKind::Relief => false,
    };
    under && waiver.of.iter().any(named)
}
