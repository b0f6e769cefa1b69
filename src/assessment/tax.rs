//! Taxes, on what each law says they are charged on.

use super::Context;
use super::charge::{Charge, ChargeKind, Need, Notice, Unsettled, add_needs};
use super::condition::{AskedOf, Holding, condition_holds, lies_under};
use super::regime::Treatment;
use super::tax_rate::{TaxRateOf, rate_of, rated};
use super::valuation::{ItemValue, Valuation, apportion, sum};
use crate::basket::Item;
use crate::decimal::{self, Decimal};
use crate::destination::{Regime, RoundingPoint, Scope, Severity, Tax, TaxBase, TaxTreatment};
use crate::error::Error;
use crate::money::Percentage;

/// The duties of each item: `None` where they are unknown, so that nothing is said of its tax.
pub type DutiesByItem<'a> = &'a [Option<Decimal>];

/// What taxes come to.
#[derive(Clone, Debug, Default)]
pub struct Taxes<'a> {
    /// The taxes.
    pub charges: Vec<Charge<'a>>,
    /// What is missing for some of them.
    pub needs: Vec<Need>,
    /// What must be said: a lower rate that some goods under a code have.
    pub notices: Vec<Notice<'a>>,
}

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
    pub fees: &'b [Charge<'a>],
}

/// The taxes of a consignment.
///
/// A regime's base takes the place of a tax's own where the regime states one; a tax on another tax or on a fee keeps its own. Every tax is
/// reckoned and rounded for each item; where the law adds up the consignment's tax, the items' amounts are then one charge.
///
/// # Errors
/// Exchange and overflow errors.
pub fn assess_taxes<'a>(
    context: &Context<'a>,
    taxable: Taxable<'a, '_>,
) -> Result<Taxes<'a>, Error> {
    let mut earlier: Vec<ChargedTax<'_>> = Vec::new();
    let mut taxes = Taxes::default();
    for tax in &context.rules.tax {
        let in_place = tax.places.is_empty() || tax.places.contains(&context.place.code);
        if !in_place || !tax.valid.contains(context.day()) {
            continue;
        }
        let mut charged = Vec::new();
        let shares = fee_shares(context, taxable, tax)?;
        for (position, item) in context.basket.items.iter().enumerate() {
            let fees = shares.get(position).copied().unwrap_or_default();
            match item_tax(context, taxable, tax, (position, item, fees), &earlier) {
                Ok(None) => {}
                Ok(Some((charge, notice))) => {
                    charged.push(charge);
                    taxes.notices.extend(notice);
                }
                Err(Unsettled::Refused(error)) => return Err(error),
                Err(Unsettled::Needs(needs)) => add_needs(&mut taxes.needs, needs),
            }
        }
        for charge in &charged {
            earlier.push((charge.measure, charge.item, charge.amount));
        }
        taxes.charges.extend(for_consignment(context, charged)?);
    }
    Ok(taxes)
}

/// A tax on an item, as the base of a later one: its id, the item's position, its amount.
type ChargedTax<'a> = (&'a str, Option<usize>, Decimal);

/// The tax on one item, if it is charged on it, and what must be said of its rate.
fn item_tax<'a>(
    context: &Context<'a>,
    taxable: Taxable<'a, '_>,
    tax: &'a Tax,
    (position, item, fees): (usize, &Item, Decimal),
    earlier: &[ChargedTax<'_>],
) -> Result<Option<(Charge<'a>, Option<Notice<'a>>)>, Unsettled> {
    let values = taxable.valuation.items.get(position);
    let treatment = taxable.treatments.get(position);
    let duty = taxable.duties.get(position).copied().flatten();
    let (Some(value), Some(treatment), Some(duty)) = (values, treatment, duty) else {
        return Ok(None);
    };
    let regime = treatment.regime;
    let relieved = regime.tax == TaxTreatment::Relieved && !is_excluded(regime, item);
    if relieved || !(tax.regimes.is_empty() || tax.regimes.contains(&regime.id)) {
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
    let base = match &regime.tax {
        TaxTreatment::ChargedOn(base) if !rests_on_others(&tax.base) => base,
        _ => &tax.base,
    };
    let base = base_of(context, (position, *value, duty), base, earlier)?;
    let base = decimal::add(base, fees)?;
    let rate = rate_of(tax, item.code);
    let charge = tax_charge(context, tax, position, base, &rate, regime.tax_share)?;
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
    Ok(Some((charge, notice)))
}

/// Whether the regime's relief leaves the item out.
pub fn is_excluded(regime: &Regime, item: &Item) -> bool {
    !regime.relief_excludes.is_empty() && lies_under(item.code, &regime.relief_excludes)
}

fn rests_on_others(base: &[TaxBase]) -> bool {
    base.iter()
        .any(|part| matches!(part, TaxBase::Tax(_) | TaxBase::Fee(_)))
}

fn base_of(
    context: &Context<'_>,
    (position, value, duty): (usize, ItemValue, Decimal),
    base: &[TaxBase],
    earlier: &[ChargedTax<'_>],
) -> Result<Decimal, Error> {
    let of_tax = |id: &String| -> Result<Decimal, Error> {
        let charged = earlier
            .iter()
            .find(|(tax, item, _)| *item == Some(position) && tax == id);
        let amount = charged.map_or(Decimal::ZERO, |(_, _, amount)| *amount);
        context
            .rounding(RoundingPoint::TaxInTaxBase, Scope::Item)
            .map_or(Ok(amount), |rounding| rounding.apply(amount))
    };
    let part = |part: &TaxBase| match part {
        TaxBase::CustomsValue => Ok(value.customs_value),
        TaxBase::Goods => Ok(value.goods),
        TaxBase::Freight => Ok(value.freight),
        TaxBase::Insurance => Ok(value.insurance),
        TaxBase::Duty => Ok(duty),
        TaxBase::Tax(id) => of_tax(id),
        // Shared among the items at once.
        TaxBase::Fee(_) => Ok(Decimal::ZERO),
        TaxBase::Uplift(rate) => context.minor_unit().apply(rate.of(value.customs_value)?),
    };
    base.iter()
        .try_fold(Decimal::ZERO, |sum, next| decimal::add(sum, part(next)?))
}

/// Each item's share of the fees that a tax is charged on, each shared by customs value; empty where it is charged on none.
fn fee_shares(
    context: &Context<'_>,
    taxable: Taxable<'_, '_>,
    tax: &Tax,
) -> Result<Vec<Decimal>, Error> {
    let mut shares: Vec<Decimal> = Vec::new();
    for fee in taxable.fees {
        let names = |part: &TaxBase| matches!(part, TaxBase::Fee(id) if id == fee.measure);
        if !tax.base.iter().any(names) {
            continue;
        }
        let values = taxable.valuation.items.iter();
        let weights: Vec<Decimal> = values.map(|item| item.customs_value).collect();
        let own = apportion(fee.amount, &weights, context.minor_unit())?;
        shares.resize(own.len(), Decimal::ZERO);
        for (share, own) in shares.iter_mut().zip(own) {
            *share = decimal::add(*share, own)?;
        }
    }
    Ok(shares)
}

/// A tax on one item.
fn tax_charge<'a>(
    context: &Context<'a>,
    tax: &'a Tax,
    position: usize,
    base: Decimal,
    rate: &TaxRateOf,
    share: Option<Percentage>,
) -> Result<Charge<'a>, Error> {
    let rounding = context
        .rounding(RoundingPoint::TaxBase, Scope::Item)
        .filter(|_| !rests_on_others(&tax.base));
    let basis = rounding.map_or(Ok(base), |rounding| rounding.apply(base))?;
    let (mut exact, mut working, stated) = rated(basis, rate.rate, tax.gross_up)?;
    if let Some(share) = share {
        exact = share.of(exact)?;
        working = format!("{working} × {share}");
    }
    let by_item = context.rounding(RoundingPoint::Tax, Scope::Item);
    let by_consignment = context.rounding(RoundingPoint::Tax, Scope::Consignment);
    let amount = context.item_rounding(RoundingPoint::Tax).apply(exact)?;
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
    Ok(Charge {
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
    })
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
