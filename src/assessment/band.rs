//! A rate on the customs value of the consignment, by bands of it.

use super::Context;
use super::charge::{Charge, ChargeKind};
use super::regime::Treatment;
use super::valuation::{Valuation, apportion, sum};
use crate::decimal::{self, Decimal};
use crate::destination::{DutyBand, DutyTreatment};
use crate::error::Error;
use crate::money::Money;

/// The measure of such a duty.
pub const FLAT_RATE: &str = "flat-rate";

/// A charge on several items, and the share of each.
#[derive(Clone, Debug)]
pub struct SharedCharge<'a> {
    /// The charge.
    pub charge: Charge<'a>,
    /// By item; nothing for those that it is not on.
    pub shares: Vec<Decimal>,
}

/// The duties by bands: one for each regime that has them.
///
/// # Errors
/// Exchange and overflow errors.
pub fn band_duties<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    treatments: &[Treatment<'a>],
) -> Result<Vec<SharedCharge<'a>>, Error> {
    let mut charges: Vec<SharedCharge<'a>> = Vec::new();
    for (position, treatment) in treatments.iter().enumerate() {
        let regime = treatment.regime;
        let source = context.law(&regime.id);
        let DutyTreatment::Bands(bands) = &regime.duty else {
            continue;
        };
        if charges.iter().any(|other| other.charge.source == source) {
            continue;
        }
        let mut values = Vec::with_capacity(treatments.len());
        for (item, own) in valuation.items.iter().zip(treatments) {
            let has_it = own.regime.id == regime.id;
            values.push(if has_it {
                item.customs_value
            } else {
                Decimal::ZERO
            });
        }
        let value = sum(&mut values.iter().copied())?;
        let Some(band) = band_of(context, bands, value)? else {
            continue;
        };
        let (exact, working) = amount(context, band, value)?;
        let amount = context.minor_unit().apply(exact)?;
        let charge = Charge {
            kind: ChargeKind::Duty,
            measure: FLAT_RATE,
            programme: None,
            item: (treatments.len() == 1).then_some(position),
            follows: position,
            basis: value,
            rate: stated(band),
            formula: format!("{working} = {amount}"),
            exact,
            amount,
            source,
            confidence: regime.law.confidence,
        };
        let shares = apportion(amount, &values, context.minor_unit())?;
        charges.push(SharedCharge { charge, shares });
    }
    Ok(charges)
}

/// The first band that reaches the value.
fn band_of<'b>(
    context: &Context<'_>,
    bands: &'b [DutyBand],
    value: Decimal,
) -> Result<Option<&'b DutyBand>, Error> {
    for band in bands {
        let reaches = match band.up_to {
            Some(limit) => value <= context.convert(limit)?,
            None => true,
        };
        if reaches {
            return Ok(Some(band));
        }
    }
    Ok(None)
}

fn amount(
    context: &Context<'_>,
    band: &DutyBand,
    value: Decimal,
) -> Result<(Decimal, String), Error> {
    let exact = band.rate.of(value)?;
    let working = format!("{value} × {}", band.rate);
    let Some(less) = band.less else {
        return Ok((exact, working));
    };
    let reduced = decimal::subtract(exact, context.convert(less)?)?;
    Ok((reduced.max(Decimal::ZERO), format!("{working} − {less}")))
}

fn stated(band: &DutyBand) -> String {
    let less = |less: Money| format!("{} − {less}", band.rate);
    band.less.map_or_else(|| band.rate.to_string(), less)
}
