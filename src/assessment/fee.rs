//! Fees: of the authorities by law, and of carriers as the caller states them.

use super::Context;
use super::charge::{Charge, ChargeKind, Need, SourceId, add_needs};
use super::condition::{AskedOf, Holding, condition_holds};
use super::regime::Treatment;
use super::valuation::Valuation;
use crate::basket::{CarrierFee, CarrierFeeBase};
use crate::confidence::Confidence;
use crate::decimal::{self, Decimal};
use crate::destination::{Fee, FeeCharge, FeeUnit, Moment, RoundingPoint, TaxBase};
use crate::error::Error;
use crate::money::{Money, Percentage};

/// Digits of the code that tell the tariff items of a declaration apart.
pub(crate) const TARIFF_ITEM_DIGITS: u8 = 6;

/// The fees of a consignment. One that is under some regimes is charged once where an item falls under one of them. A fee whose basis is
/// unknown is left out; the quote is partial then in any case. One of which it is open whether it is charged is a need.
///
/// # Errors
/// Exchange and overflow errors.
pub fn assess_fees<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    treatments: &[Treatment<'_>],
) -> Result<(Vec<Charge<'a>>, Vec<Need>), Error> {
    let mut charges = Vec::new();
    let mut needs = Vec::new();
    for fee in context
        .rules
        .fee
        .iter()
        .filter(|fee| fee.valid.contains(context.day()))
    {
        let in_place = fee.places.is_empty() || fee.places.contains(&context.place.code);
        let under =
            |own: &Treatment<'_>| fee.regimes.is_empty() || fee.regimes.contains(&own.regime.id);
        let (true, Some(follows)) = (in_place, treatments.iter().position(under)) else {
            continue;
        };
        let asked = AskedOf::Consignment;
        match condition_holds(context, valuation, &fee.when, asked, Decimal::ZERO)? {
            Holding::Yes => {
                if let Some(reckoned) = fee_charge(context, valuation, fee)? {
                    charges.push(written(context, fee, follows, reckoned)?);
                }
            }
            Holding::No => {}
            Holding::Open(need) => add_needs(&mut needs, vec![need]),
        }
    }
    Ok((charges, needs))
}

fn written<'a>(
    context: &Context<'a>,
    fee: &'a Fee,
    follows: usize,
    reckoned: Reckoned,
) -> Result<Charge<'a>, Error> {
    let amount = context
        .item_rounding(RoundingPoint::Fee)
        .apply(reckoned.exact)?;
    Ok(Charge {
        kind: ChargeKind::Fee,
        measure: &fee.id,
        programme: None,
        item: None,
        follows,
        basis: reckoned.basis,
        rate: reckoned.rate,
        formula: format!("{} = {amount}", reckoned.working),
        exact: reckoned.exact,
        amount,
        source: context.law(&fee.id),
        confidence: fee.law.confidence,
    })
}

fn fee_charge(
    context: &Context<'_>,
    valuation: &Valuation,
    fee: &Fee,
) -> Result<Option<Reckoned>, Error> {
    match &fee.charge {
        FeeCharge::AdValorem {
            rate,
            min,
            max,
            base,
        } => match fee_base(valuation, base)? {
            Some(value) => ad_valorem(context, value, *rate, *min, *max).map(Some),
            None => Ok(None),
        },
        FeeCharge::Fixed { amount, per } => fixed(context, *amount, *per).map(Some),
    }
}

/// What an ad valorem fee is on: the customs value, or the sum of the parts that it names.
fn fee_base(valuation: &Valuation, base: &[TaxBase]) -> Result<Option<Decimal>, Error> {
    if base.is_empty() {
        return Ok(valuation.customs_value);
    }
    let mut sum = Decimal::ZERO;
    for part in base {
        let part = match part {
            TaxBase::CustomsValue => valuation.customs_value,
            TaxBase::Goods => Some(valuation.goods),
            TaxBase::Freight => Some(valuation.freight),
            TaxBase::Insurance => Some(valuation.insurance),
            // The rules' check refuses these in a fee.
            TaxBase::Duty | TaxBase::Tax(_) | TaxBase::Fee(_) | TaxBase::Uplift(_) => None,
        };
        let Some(part) = part else { return Ok(None) };
        sum = decimal::add(sum, part)?;
    }
    Ok(Some(sum))
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
        FeeUnit::Line => context.basket.items.len(),
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
fn tariff_items(context: &Context<'_>, digits: u8) -> usize {
    let mut codes = Vec::with_capacity(context.basket.items.len());
    for item in &context.basket.items {
        codes.push(item.code.prefix(digits).padded());
    }
    codes.sort_unstable();
    let changes = codes.windows(2).filter(|pair| pair.first() != pair.last());
    changes.count().saturating_add(1)
}

/// The fees of carriers, as the caller states them: a fixed amount and a rate, between limits.
///
/// `charges` are the duties and taxes; what a carrier advances of them is what is due at delivery.
///
/// # Errors
/// Exchange and overflow errors.
pub fn carrier_fees<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    treatments: &[Treatment<'_>],
    charges: &[Charge<'_>],
) -> Result<Vec<Charge<'a>>, Error> {
    let mut fees = Vec::new();
    for fee in &context.basket.carrier_fees {
        let value = match fee.of {
            CarrierFeeBase::Goods => valuation.goods,
            CarrierFeeBase::Advanced => advanced(treatments, charges)?,
        };
        if fee.of == CarrierFeeBase::Advanced && value.is_zero() {
            continue;
        }
        fees.push(carrier_fee(context, fee, value)?);
    }
    Ok(fees)
}

/// The duties and taxes that are due at delivery.
fn advanced(treatments: &[Treatment<'_>], charges: &[Charge<'_>]) -> Result<Decimal, Error> {
    let mut sum = Decimal::ZERO;
    for charge in charges {
        let collector = treatments.get(charge.follows).map(|own| match charge.kind {
            ChargeKind::Duty | ChargeKind::Relief => own.duty,
            ChargeKind::Tax => own.tax,
            ChargeKind::Fee => own.fee,
        });
        if collector.is_some_and(|collector| collector.at == Moment::Delivery) {
            sum = decimal::add(sum, charge.amount)?;
        }
    }
    Ok(sum)
}

fn carrier_fee<'a>(
    context: &Context<'a>,
    fee: &'a CarrierFee,
    value: Decimal,
) -> Result<Charge<'a>, Error> {
    let money = |amount| Money {
        amount,
        currency: fee.currency,
    };
    let rate = fee.rate.unwrap_or(Percentage(Decimal::ZERO));
    let limits = (fee.min.map(money), fee.max.map(money));
    let mut reckoned = ad_valorem(context, value, rate, limits.0, limits.1)?;
    if !fee.fixed.is_zero() {
        let fixed = money(fee.fixed);
        reckoned.exact = decimal::add(reckoned.exact, context.convert(fixed)?)?;
        reckoned.working = format!("{} + {fixed}", reckoned.working);
        reckoned.rate = format!("{} + {fixed}", reckoned.rate);
    }
    let amount = context.minor_unit().apply(reckoned.exact)?;
    Ok(Charge {
        kind: ChargeKind::Fee,
        measure: &fee.id,
        programme: None,
        item: None,
        follows: 0,
        basis: reckoned.basis,
        rate: reckoned.rate,
        formula: format!("{} = {amount}", reckoned.working),
        exact: reckoned.exact,
        amount,
        source: SourceId::CALLER,
        confidence: Confidence::Caller,
    })
}
