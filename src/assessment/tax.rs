//! Taxes, on what each law says they are charged on.

use super::Context;
use super::charge::{Charge, ChargeKind};
use super::valuation::{ItemValue, Valuation, sum};
use crate::decimal::{self, Decimal};
use crate::destination::{RoundingPoint, Scope, Tax, TaxBase, TaxRate};
use crate::error::Error;

/// Decimals that a fraction of a base keeps before it is rounded.
const FRACTION_DECIMALS: u32 = 12;

/// The duties of each taxable item: `None` for an item that is not taxed, or whose duty is unknown, so that nothing is said of its tax.
pub type DutiesByItem<'a> = &'a [Option<Decimal>];

/// The taxes of a consignment.
///
/// `base` takes the place of the taxes' own base where the regime says so; a tax on another tax keeps its own. Every tax is reckoned
/// and rounded for each item; where the law adds up the consignment's tax, the items' amounts are then one charge.
///
/// # Errors
/// On overflow.
pub fn assess_taxes<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    duties: DutiesByItem<'_>,
    base: Option<&[TaxBase]>,
) -> Result<Vec<Charge<'a>>, Error> {
    let taxes = context
        .rules
        .tax
        .iter()
        .filter(|tax| tax.valid.contains(context.day()));
    let in_place = |tax: &&Tax| tax.places.is_empty() || tax.places.contains(&context.place.code);
    let mut earlier: Vec<ChargedTax<'_>> = Vec::new();
    let mut charges = Vec::new();
    for tax in taxes.filter(in_place) {
        let base = base.filter(|_| !is_on_tax(&tax.base)).unwrap_or(&tax.base);
        let mut charged = Vec::new();
        for (position, (value, duty)) in valuation.items.iter().zip(duties).enumerate() {
            if let Some(duty) = duty {
                let base = base_of(context, (position, *value, *duty), base, &earlier)?;
                charged.push(tax_charge(context, tax, position, base)?);
            }
        }
        for charge in &charged {
            earlier.push((charge.measure, charge.item, charge.amount));
        }
        charges.extend(for_consignment(context, charged)?);
    }
    Ok(charges)
}

/// A tax on an item, as the base of a later one: its id, the item's position, its amount.
type ChargedTax<'a> = (&'a str, Option<usize>, Decimal);

fn is_on_tax(base: &[TaxBase]) -> bool {
    base.iter().any(|part| matches!(part, TaxBase::Tax(_)))
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
    };
    base.iter()
        .try_fold(Decimal::ZERO, |sum, next| decimal::add(sum, part(next)?))
}

/// A tax on one item.
fn tax_charge<'a>(
    context: &Context<'a>,
    tax: &'a Tax,
    position: usize,
    base: Decimal,
) -> Result<Charge<'a>, Error> {
    let rounding = context
        .rounding(RoundingPoint::TaxBase, Scope::Item)
        .filter(|_| !is_on_tax(&tax.base));
    let basis = rounding.map_or(Ok(base), |rounding| rounding.apply(base))?;
    let (exact, rate) = rated(basis, tax.rate)?;
    let amount = context.item_rounding(RoundingPoint::Tax).apply(exact)?;
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
        basis,
        formula: format!("{fall}{basis} × {rate} = {amount}"),
        rate,
        exact: amount,
        amount,
        source: context.law(&tax.id),
        confidence: tax.law.confidence,
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
    Ok(vec![Charge {
        item: None,
        basis,
        formula,
        exact,
        amount,
        ..first.clone()
    }])
}

fn rated(basis: Decimal, rate: TaxRate) -> Result<(Decimal, String), Error> {
    match rate {
        TaxRate::Percent(rate) => Ok((rate.of(basis)?, rate.to_string())),
        TaxRate::Fraction { of, over } => {
            let whole = decimal::multiply(basis, Decimal::from(of))?;
            Ok((
                decimal::divide(whole, Decimal::from(over), FRACTION_DECIMALS)?,
                format!("{of}/{over}"),
            ))
        }
    }
}
