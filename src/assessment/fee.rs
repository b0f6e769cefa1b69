//! Fees: of the authorities by law, and of carriers as the caller states them.

use super::Context;
use super::charge::{Assessed, Charge, ChargeKind, Need, OpenCharge, SourceId, add_needs};
use super::condition::{AskedOf, Holding, condition_holds};
use super::regime::Treatment;
use super::valuation::{Valuation, sum};
use crate::basket::{CarrierFee, CarrierFeeBase, Item};
use crate::confidence::Confidence;
use crate::decimal::{self, Decimal};
use crate::destination::{Fee, FeeCharge, FeeUnit, Moment, RoundingPoint, TaxBase};
use crate::error::Error;
use crate::money::{Money, Percentage};
use crate::place::PlaceCode;

/// Digits of the code that tell the tariff items of a declaration apart.
pub(crate) const TARIFF_ITEM_DIGITS: u8 = 6;

/// The fees of a consignment. One that is under some regimes is charged once where an item falls under one of them. A fee is open where
/// its basis, or whether it is charged, is not known.
///
/// # Errors
/// Exchange and overflow errors.
pub fn assess_fees<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    treatments: &[Treatment<'_>],
) -> Result<Assessed<'a>, Error> {
    let mut fees = Assessed::default();
    let in_force = |fee: &&Fee| context.is_in_force(fee.valid, &fee.places);
    for fee in context.rules.fee.iter().filter(in_force) {
        let under = |own: &Treatment<'_>| own.is_under(&fee.regimes);
        let Some(follows) = treatments.iter().position(under) else {
            continue;
        };
        let asked = AskedOf::Consignment;
        let reckoned = match condition_holds(context, valuation, &fee.when, asked, Decimal::ZERO)? {
            Holding::No => continue,
            Holding::Yes if spares_all(context, fee) => continue,
            Holding::Yes => {
                if fee.charge == FeeCharge::Unknown {
                    fees.needs.push(Need::of_request("fees", &fee.id));
                }
                fee_charge(context, valuation, fee)?
            }
            Holding::Open(need) => {
                add_needs(&mut fees.needs, vec![need]);
                None
            }
        };
        match reckoned {
            Some(reckoned) => fees.charges.push(written(context, fee, follows, reckoned)?),
            None => fees.open.push(open(&fee.id, follows)),
        }
    }
    Ok(fees)
}

/// Whether every item claims what frees it of the fee.
fn spares_all(context: &Context<'_>, fee: &Fee) -> bool {
    let FeeCharge::SparingClaims { origins, .. } = &fee.charge else {
        return false;
    };
    let mut items = context.basket.items.iter();
    items.all(|item| is_spared(item, origins))
}

fn is_spared(item: &Item, origins: &[PlaceCode]) -> bool {
    item.claim_preference && item.origin.is_some_and(|origin| origins.contains(&origin))
}

/// A fee whose amount is not known.
const fn open(measure: &str, follows: usize) -> OpenCharge<'_> {
    OpenCharge {
        kind: ChargeKind::Fee,
        measure,
        item: None,
        follows,
    }
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
        FeeCharge::Unknown => Ok(None),
        FeeCharge::SparingClaims {
            rate,
            min,
            max,
            origins,
        } => {
            if valuation.customs_value.is_none() {
                return Ok(None);
            }
            let items = context.basket.items.iter().zip(&valuation.items);
            let left = items.filter(|(item, _)| !is_spared(item, origins));
            let value = sum(&mut left.map(|(_, own)| own.customs_value))?;
            ad_valorem(context, value, *rate, *min, *max).map(Some)
        }
    }
}

/// What an ad valorem fee is on: the customs value, or the sum of the parts that it names.
fn fee_base(valuation: &Valuation, base: &[TaxBase]) -> Result<Option<Decimal>, Error> {
    if base.is_empty() {
        return Ok(valuation.customs_value);
    }
    let mut total = Decimal::ZERO;
    for part in base {
        let part = match part {
            TaxBase::CustomsValue => valuation.customs_value,
            TaxBase::Goods => Some(valuation.goods),
            TaxBase::Freight => valuation.freight,
            TaxBase::Insurance => Some(valuation.insurance),
            // The rules' check refuses these in a fee.
            TaxBase::Duty | TaxBase::Tax(_) | TaxBase::Fee(_) | TaxBase::Uplift(_) => None,
        };
        let Some(part) = part else { return Ok(None) };
        total = decimal::add(total, part)?;
    }
    Ok(Some(total))
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
/// `advanced` are the duties and taxes; what a carrier advances of them is what is due at delivery. While a part of that is not known, the
/// fee is open.
///
/// # Errors
/// Exchange and overflow errors.
pub fn carrier_fees<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    treatments: &[Treatment<'_>],
    advanced: &Assessed<'_>,
) -> Result<Assessed<'a>, Error> {
    let mut fees = Assessed::default();
    for fee in &context.basket.carrier_fees {
        let value = match fee.of {
            CarrierFeeBase::Goods => Some(valuation.goods),
            CarrierFeeBase::Advanced => due_at_delivery(treatments, advanced)?,
        };
        match value {
            None => fees.open.push(open(&fee.id, 0)),
            Some(value) if fee.of == CarrierFeeBase::Advanced && value.is_zero() => {}
            Some(value) => fees.charges.push(carrier_fee(context, fee, value)?),
        }
    }
    Ok(fees)
}

/// The duties and taxes that are due at delivery; `None` where one of them is not known.
fn due_at_delivery(
    treatments: &[Treatment<'_>],
    charges: &Assessed<'_>,
) -> Result<Option<Decimal>, Error> {
    let is_due = |follows: usize, kind: ChargeKind| {
        let own = treatments.get(follows);
        own.is_some_and(|own| own.collector_of(kind).at == Moment::Delivery)
    };
    let mut open = charges.open.iter();
    if open.any(|charge| is_due(charge.follows, charge.kind)) {
        return Ok(None);
    }
    let due = charges.charges.iter();
    let due = due.filter(|charge| is_due(charge.follows, charge.kind));
    sum(&mut due.map(|charge| charge.amount)).map(Some)
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
