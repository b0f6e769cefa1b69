//! Fees of the authorities.

use super::Context;
use super::charge::{Charge, ChargeKind};
use super::regime::condition_holds;
use super::valuation::Valuation;
use crate::decimal::{self, Decimal};
use crate::destination::{Fee, FeeCharge, FeeUnit, Regime, RoundingPoint};
use crate::error::Error;
use crate::money::{Money, Percentage};

/// Digits of the code that tell the tariff items of a declaration apart.
const TARIFF_ITEM_DIGITS: u8 = 6;

/// The fees of a consignment under a regime. A fee whose basis is unknown is left out; the quote is partial then in any case.
///
/// # Errors
/// Exchange and overflow errors.
pub fn assess_fees<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    regime: &Regime,
) -> Result<Vec<Charge<'a>>, Error> {
    let mut charges = Vec::new();
    for fee in context
        .rules
        .fee
        .iter()
        .filter(|fee| fee.valid.contains(context.day()))
    {
        let in_place = fee.places.is_empty() || fee.places.contains(&context.place.code);
        let in_regime = fee.regimes.is_empty() || fee.regimes.contains(&regime.id);
        if !in_place || !in_regime || condition_holds(context, valuation, &fee.when)? != Some(true)
        {
            continue;
        }
        charges.extend(fee_charge(context, valuation, fee)?);
    }
    Ok(charges)
}

fn fee_charge<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    fee: &'a Fee,
) -> Result<Option<Charge<'a>>, Error> {
    let reckoned = match &fee.charge {
        FeeCharge::AdValorem { rate, min, max } => match valuation.customs_value {
            Some(value) => ad_valorem(context, value, *rate, *min, *max)?,
            None => return Ok(None),
        },
        FeeCharge::Fixed { amount, per } => fixed(context, *amount, *per)?,
    };
    let amount = context
        .item_rounding(RoundingPoint::Fee)
        .apply(reckoned.exact)?;
    Ok(Some(Charge {
        kind: ChargeKind::Fee,
        measure: &fee.id,
        programme: None,
        item: None,
        basis: reckoned.basis,
        rate: reckoned.rate,
        formula: format!("{} = {amount}", reckoned.working),
        exact: reckoned.exact,
        amount,
        source: context.law(&fee.id),
        confidence: fee.law.confidence,
    }))
}

/// A fee before rounding.
struct Reckoned {
    basis: Decimal,
    rate: String,
    exact: Decimal,
    working: String,
}

fn ad_valorem(
    context: &Context<'_>,
    value: Decimal,
    rate: Percentage,
    min: Option<Money>,
    max: Option<Money>,
) -> Result<Reckoned, Error> {
    let mut exact = rate.of(value)?;
    let mut working = format!("{value} × {rate}");
    let mut shown = rate.to_string();
    if let Some(limit) = min {
        shown = format!("{shown}, at least {limit}");
        let least = context.convert(limit)?;
        if exact < least {
            working = format!("{working} < {limit}");
            exact = least;
        }
    }
    if let Some(limit) = max {
        shown = format!("{shown}, at most {limit}");
        let most = context.convert(limit)?;
        if exact > most {
            working = format!("{working} > {limit}");
            exact = most;
        }
    }
    Ok(Reckoned {
        basis: value,
        rate: shown,
        exact,
        working,
    })
}

fn fixed(context: &Context<'_>, amount: Money, per: FeeUnit) -> Result<Reckoned, Error> {
    let count = match per {
        FeeUnit::Consignment => 1,
        FeeUnit::TariffItem => tariff_items(context, TARIFF_ITEM_DIGITS),
    };
    let basis = Decimal::from(count);
    let exact = decimal::multiply(context.convert(amount)?, basis)?;
    Ok(Reckoned {
        basis,
        rate: amount.to_string(),
        exact,
        working: format!("{count} × {amount}"),
    })
}

/// How many different codes the basket has, at so many digits.
pub(super) fn tariff_items(context: &Context<'_>, digits: u8) -> usize {
    let mut codes = Vec::with_capacity(context.basket.items.len());
    for item in &context.basket.items {
        codes.push(item.code.prefix(digits).padded());
    }
    codes.sort_unstable();
    let changes = codes.windows(2).filter(|pair| pair.first() != pair.last());
    changes.count().saturating_add(1)
}
