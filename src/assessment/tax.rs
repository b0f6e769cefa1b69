//! Taxes, on what each law says they are charged on.

use super::Context;
use super::charge::{Assessed, Charge, ChargeKind, Need, Notice, OpenCharge, Unsettled, add_needs};
use super::condition::{AskedOf, Holding, condition_holds, lies_under};
use super::regime::Treatment;
use super::tax_rate::{TaxRateOf, rate_of, rated, reduced};
use super::valuation::{Valuation, apportion, sum};
use crate::basket::Item;
use crate::decimal::{self, Decimal};
use crate::destination::{
    Regime, RoundingPoint, Scope, Severity, Tax, TaxBase, TaxRate, TaxTreatment,
};
use crate::error::Error;
use crate::gather::gather;
use crate::money::Percentage;

/// The duties of each item: `None` where they are unknown, so that nothing is said of a tax that rests on them.
pub type DutiesByItem<'a> = &'a [Option<Decimal>];

/// What taxes are reckoned on.
#[derive(Clone, Copy, Debug)]
pub struct Taxable<'a, 'b> {
    /// The values.
    pub valuation: &'b Valuation,
    /// How each item is treated.
    pub treatments: &'b [Treatment<'a>],
    /// The duties of each item.
    pub duties: DutiesByItem<'b>,
    /// The fees, for taxes that are charged on one.
    pub fees: &'b Assessed<'a>,
}

/// The taxes of a consignment.
///
/// A regime's base takes the place of a tax's own where the regime states one; a tax on another tax or on a fee keeps its own. Every tax is
/// reckoned and rounded for each item; where the law adds up the consignment's tax, the items' amounts are then one charge. A tax is open
/// where a part of what it is charged on is not known, and only there.
///
/// # Errors
/// Exchange and overflow errors.
pub fn assess_taxes<'a>(
    context: &Context<'a>,
    taxable: Taxable<'a, '_>,
) -> Result<Assessed<'a>, Error> {
    let mut earlier: Vec<TaxesOfItem<'_>> = Vec::new();
    earlier.resize_with(context.basket.items.len(), Vec::new);
    let mut taxes = Assessed::default();
    let in_force = |tax: &&Tax| context.is_in_force(tax.valid, &tax.places);
    for tax in context.rules.tax.iter().filter(in_force) {
        let mut charged = Vec::new();
        let shares = fee_shares(context, taxable, tax)?;
        for ((position, item), earlier) in context.basket.items.iter().enumerate().zip(&mut earlier)
        {
            let share = |shares: &Vec<Decimal>| shares.get(position).copied().unwrap_or_default();
            let fees = shares.as_ref().map(share);
            match item_tax(context, taxable, tax, (position, item, fees), earlier) {
                Ok(None) => {}
                Ok(Some((charge, whole, notice))) => {
                    earlier.push((&tax.id, Some(whole)));
                    charged.push(charge);
                    // What holds whatever the item, is said once.
                    if let Some(notice) = notice
                        && !taxes.notices.contains(&notice)
                    {
                        taxes.notices.push(notice);
                    }
                }
                Err(Unsettled::Refused(error)) => return Err(error),
                Err(Unsettled::Needs(needs)) => {
                    earlier.push((&tax.id, None));
                    taxes.open.push(OpenCharge {
                        kind: ChargeKind::Tax,
                        measure: &tax.id,
                        item: Some(position),
                        follows: position,
                    });
                    add_needs(&mut taxes.needs, needs);
                }
            }
        }
        let charged = &mut for_consignment(context, charged)?;
        taxes.charges.append(charged);
    }
    Ok(taxes)
}

/// The taxes that an item has so far, as the base of later ones: each by its id, with the whole of it where a regime charges a share, where
/// that is known.
type TaxesOfItem<'a> = Vec<(&'a str, Option<Decimal>)>;

/// The tax on one item, if it is charged on it, and what must be said of its rate. `fees` is the item's share of those in the base.
fn item_tax<'a>(
    context: &Context<'a>,
    taxable: Taxable<'a, '_>,
    tax: &'a Tax,
    (position, item, fees): (usize, &Item, Option<Decimal>),
    earlier: &TaxesOfItem<'_>,
) -> Result<Option<(Charge<'a>, Decimal, Option<Notice<'a>>)>, Unsettled> {
    let Some(treatment) = taxable.treatments.get(position) else {
        return Ok(None);
    };
    let regime = treatment.regime;
    let relieved = regime.tax == TaxTreatment::Relieved && !is_excluded(regime, item);
    if relieved || !treatment.is_under(&tax.regimes) {
        return Ok(None);
    }
    let asked = AskedOf::Item(position);
    match condition_holds(context, taxable.valuation, &tax.when, asked, Decimal::ZERO)? {
        Holding::Yes => {}
        Holding::No => return Ok(None),
        Holding::Open(need) => return Err(need.into()),
    }
    if !tax.regions.is_empty() {
        match &context.basket.region {
            Some(region) if tax.regions.contains(region) => {}
            Some(_) => return Ok(None),
            None => return Err(Need::of_request("region", "region").into()),
        }
    }
    let rate = rate_of(tax, item.code);
    if rate.rate == TaxRate::Unknown {
        let (field, needs) = if rate.is_short {
            ("code", "national-line")
        } else {
            ("taxRate", tax.id.as_str())
        };
        return Err(Need::of_item(position, field, needs).into());
    }
    let base = match &regime.tax {
        TaxTreatment::ChargedOn(base) if !rests_on_others(&tax.base) => base,
        _ => &tax.base,
    };
    let (Some(base), Some(fees)) = (base_of(context, taxable, position, base, earlier)?, fees)
    else {
        // What would settle it is said where it is missing.
        return Err(Unsettled::Needs(Vec::new()));
    };
    let base = decimal::add(base, fees)?;
    let (charge, whole) = tax_charge(context, tax, position, base, &rate, regime.tax_share)?;
    if rate.is_unlisted && !tax.reduced.is_empty() {
        let notice = Notice::new("tax.reduced-rates-exist", Severity::Info)
            .with("tax", &tax.id)
            .with("rates", &reduced(tax));
        return Ok(Some((charge, whole, Some(notice))));
    }
    let notice = rate.other.map(|(other, is_lower)| {
        let (code, severity) = if is_lower {
            ("tax.lower-rate-possible", Severity::Info)
        } else {
            ("tax.higher-rate-possible", Severity::Warning)
        };
        Notice::new(code, severity)
            .with("item", &position)
            .with("tax", &tax.id)
            .with("rate", &other)
    });
    Ok(Some((charge, whole, notice)))
}

/// Whether the regime's relief leaves the item out.
pub fn is_excluded(regime: &Regime, item: &Item) -> bool {
    !regime.relief_excludes.is_empty() && lies_under(item.code, &regime.relief_excludes)
}

fn rests_on_others(base: &[TaxBase]) -> bool {
    base.iter()
        .any(|part| matches!(part, TaxBase::Tax(_) | TaxBase::Fee(_)))
}

/// The sum of the parts of a base; `None` where one of them is not known.
fn base_of(
    context: &Context<'_>,
    taxable: Taxable<'_, '_>,
    position: usize,
    base: &[TaxBase],
    earlier: &TaxesOfItem<'_>,
) -> Result<Option<Decimal>, Error> {
    let valuation = taxable.valuation;
    let Some(value) = valuation.items.get(position) else {
        return Ok(None);
    };
    let customs_value = valuation.customs_value.map(|_| value.customs_value);
    let mut sum = Decimal::ZERO;
    for part in base {
        let amount = match part {
            TaxBase::CustomsValue => customs_value,
            TaxBase::Goods => Some(value.goods),
            TaxBase::Freight => valuation.freight.map(|_| value.freight),
            TaxBase::Insurance => Some(value.insurance),
            TaxBase::Duty => taxable.duties.get(position).copied().flatten(),
            TaxBase::Tax(id) => in_tax_base(context, earlier, id)?,
            // Shared among the items at once.
            TaxBase::Fee(_) => Some(Decimal::ZERO),
            TaxBase::Uplift(rate) => match customs_value {
                Some(value) => Some(context.minor_unit().apply(rate.of(value)?)?),
                None => None,
            },
        };
        let Some(amount) = amount else {
            return Ok(None);
        };
        sum = decimal::add(sum, amount)?;
    }
    Ok(Some(sum))
}

/// A tax as what another is reckoned on: nothing where it is not charged on the item, `None` where it is not known.
fn in_tax_base(
    context: &Context<'_>,
    earlier: &TaxesOfItem<'_>,
    id: &str,
) -> Result<Option<Decimal>, Error> {
    let charged = earlier.iter().find(|(tax, _)| *tax == id);
    let Some(amount) = charged.map_or(Some(Decimal::ZERO), |(_, amount)| *amount) else {
        return Ok(None);
    };
    let rounding = context.rounding(RoundingPoint::TaxInTaxBase, Scope::Item);
    rounding
        .map_or(Ok(amount), |rounding| rounding.apply(amount))
        .map(Some)
}

/// Each item's share of the fees that a tax is charged on, each shared by customs value; empty where it is charged on none, `None` where
/// they are not known.
fn fee_shares(
    context: &Context<'_>,
    taxable: Taxable<'_, '_>,
    tax: &Tax,
) -> Result<Option<Vec<Decimal>>, Error> {
    let names = |fee: &str| {
        let mut base = tax.base.iter();
        base.any(|part| matches!(part, TaxBase::Fee(id) if id == fee))
    };
    if taxable.fees.open.iter().any(|fee| names(fee.measure)) {
        return Ok(None);
    }
    let mut shares: Vec<Decimal> = Vec::new();
    let fees = taxable.fees.charges.iter();
    for fee in fees.filter(|fee| names(fee.measure)) {
        let values = taxable.valuation.items.iter();
        let weights = gather(&mut values.map(|item| item.customs_value));
        if taxable.valuation.customs_value.is_none() && weights.len() > 1 {
            return Ok(None);
        }
        let own = apportion(fee.amount, &weights, context.minor_unit())?;
        shares.resize(own.len(), Decimal::ZERO);
        for (share, own) in shares.iter_mut().zip(own) {
            *share = decimal::add(*share, own)?;
        }
    }
    Ok(Some(shares))
}

/// A tax on one item, and the whole of it where a share is charged.
fn tax_charge<'a>(
    context: &Context<'a>,
    tax: &'a Tax,
    position: usize,
    base: Decimal,
    rate: &TaxRateOf,
    share: Option<Percentage>,
) -> Result<(Charge<'a>, Decimal), Error> {
    let rounding = context
        .rounding(RoundingPoint::TaxBase, Scope::Item)
        .filter(|_| !rests_on_others(&tax.base));
    let basis = rounding.map_or(Ok(base), |rounding| rounding.apply(base))?;
    let (mut exact, mut working, stated) = rated(basis, rate.rate, tax.gross_up)?;
    let rounding = context.item_rounding(RoundingPoint::Tax);
    let whole = rounding.apply(exact)?;
    if let Some(share) = share {
        exact = share.of(exact)?;
        working = format!("{working} × {share}");
    }
    let by_item = context.rounding(RoundingPoint::Tax, Scope::Item);
    let by_consignment = context.rounding(RoundingPoint::Tax, Scope::Consignment);
    let amount = rounding.apply(exact)?;
    // Where the law rounds the consignment's tax alone, the items' are added up as they are.
    let summed = if by_item.is_none() && by_consignment.is_some() {
        exact.normalize()
    } else {
        amount
    };
    let fall = if basis == base {
        String::new()
    } else {
        format!("{base} → ")
    };
    let charge = Charge {
        kind: ChargeKind::Tax,
        measure: &tax.id,
        programme: None,
        item: Some(position),
        follows: position,
        basis,
        formula: format!("{fall}{working} = {summed}"),
        rate: stated,
        exact: summed,
        amount,
        source: context.law(&tax.id),
        confidence: tax.law.confidence.max(rate.confidence),
    };
    Ok((charge, whole))
}

/// The items' charges as one, where the law adds them up before it rounds.
fn for_consignment<'a>(
    context: &Context<'a>,
    charges: Vec<Charge<'a>>,
) -> Result<Vec<Charge<'a>>, Error> {
    let rounding = context.rounding(RoundingPoint::Tax, Scope::Consignment);
    let (Some(rounding), Some(first)) = (rounding, charges.first()) else {
        return Ok(charges);
    };
    let exact = sum(&mut charges.iter().map(|charge| charge.exact))?;
    let amount = rounding.apply(exact)?;
    let mut formula = first.formula.clone();
    for charge in charges.iter().skip(1) {
        formula.push_str("; ");
        formula.push_str(&charge.formula);
    }
    formula.push_str(&if charges.len() > 1 {
        format!("; together {exact} → {amount}")
    } else {
        format!(" → {amount}")
    });
    let basis = sum(&mut charges.iter().map(|charge| charge.basis))?;
    let mut whole = Charge {
        item: None,
        basis,
        formula,
        exact,
        amount,
        ..first.clone()
    };
    for charge in &charges {
        whole.confidence = whole.confidence.max(charge.confidence);
        // A rate that is not all items' would not give the tax.
        if charge.rate != first.rate {
            whole.rate.clear();
        }
    }
    Ok(vec![whole])
}
