//! All charges of a basket if the open duties fall low, in the middle, or high.

use super::Assessment;
use crate::assessment::{
    Charge, ChargeKind, Context, DutyChoice, ItemDuty, assess_fees, assess_taxes, round_duties,
    unknown_code,
};
use crate::basket::Item;
use crate::decimal::{self, Decimal};
use crate::destination::{DutyTreatment, Regime, RoundingPoint, Scope, TaxTreatment};
use crate::error::Error;
use crate::nomenclature::CommodityCode;

/// The measure of a flat amount for each tariff item.
const FLAT_DUTY: &str = "flat-duty";

/// Which way open duties fall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scenario {
    Low,
    Median,
    High,
}

impl Scenario {
    fn choose<'b, 'a>(self, duty: &'b ItemDuty<'a>) -> Option<&'b DutyChoice<'a>> {
        match self {
            Self::Low => duty.choices.first(),
            Self::Median => duty.choices.get(duty.choices.len() >> 1),
            Self::High => duty.choices.last(),
        }
    }
}

/// Whether the regime's relief leaves the item out.
pub(super) fn is_excluded(regime: &Regime, item: &Item) -> bool {
    let listed =
        |code: &String| CommodityCode::parse(code).is_ok_and(|code| code.covers(item.code));
    regime.relief_excludes.iter().any(listed)
}

/// Refuses a code that the tariff does not know, also where the regime asks nothing of it.
pub(super) fn known_code(context: &Context<'_>, position: usize, item: &Item) -> Result<(), Error> {
    match context.tariff {
        Some(tariff) if tariff.lines_under(item.code).next().is_none() => {
            Err(unknown_code(position))
        }
        _ => Ok(()),
    }
}

/// The charges of a scenario, in the order the law applies them.
pub(super) fn charges<'a>(
    context: &Context<'a>,
    assessment: &Assessment<'a>,
    scenario: Scenario,
) -> Result<Vec<Charge<'a>>, Error> {
    let Some((regime, _)) = &assessment.regime else {
        return Ok(Vec::new());
    };
    if assessment.valuation.customs_value.is_none() {
        return Ok(Vec::new());
    }
    let flat = match &regime.duty {
        DutyTreatment::FlatPerTariffItem { .. } => flat_duties(context, regime)?,
        _ => Vec::new(),
    };
    let mut by_tariff = Vec::new();
    for duty in assessment.duties.iter().flatten() {
        if let Some(choice) = scenario.choose(duty) {
            for part in &choice.parts {
                by_tariff.push(part.charge(context, duty.goods)?);
            }
        }
    }
    let mut charges = round_duties(context, by_tariff)?;
    charges.extend(flat);
    let taxable = taxable_duties(context, assessment, regime, scenario, &charges)?;
    let base = match &regime.tax {
        TaxTreatment::ChargedOn(base) => Some(base.as_slice()),
        _ => None,
    };
    charges.extend(relief(assessment, context, regime));
    charges.extend(assess_taxes(
        context,
        &assessment.valuation,
        &taxable,
        base,
    )?);
    charges.extend(assess_fees(context, &assessment.valuation, regime)?);
    Ok(charges)
}

/// A flat amount for each tariff item, on the line of the first item of its code.
fn flat_duties<'a>(context: &Context<'a>, regime: &'a Regime) -> Result<Vec<Charge<'a>>, Error> {
    let DutyTreatment::FlatPerTariffItem { amount, digits } = &regime.duty else {
        return Ok(Vec::new());
    };
    let each = context.convert(*amount)?;
    let rounded = context.minor_unit().apply(each)?;
    let mut seen: Vec<CommodityCode> = Vec::new();
    let mut charges = Vec::new();
    for (position, item) in context.basket.items.iter().enumerate() {
        let code = item.code.prefix(*digits);
        if seen.contains(&code) {
            continue;
        }
        seen.push(code);
        charges.push(Charge {
            kind: ChargeKind::Duty,
            measure: FLAT_DUTY,
            programme: None,
            item: Some(position),
            basis: Decimal::ONE,
            rate: amount.to_string(),
            formula: format!("1 × {amount} = {rounded}"),
            exact: each,
            amount: rounded,
            source: context.law(&regime.id),
            confidence: regime.law.confidence,
        });
    }
    Ok(charges)
}

/// Each taxable item's share of the duties; `None` for an item that is not taxed or whose duty is unknown.
fn taxable_duties(
    context: &Context<'_>,
    assessment: &Assessment<'_>,
    regime: &Regime,
    scenario: Scenario,
    charged: &[Charge<'_>],
) -> Result<Vec<Option<Decimal>>, Error> {
    let mut shares = duty_shares(context, assessment, scenario, charged)?;
    for ((share, item), duty) in shares
        .iter_mut()
        .zip(&context.basket.items)
        .zip(&assessment.duties)
    {
        let unknown = duty.as_ref().is_some_and(|duty| duty.choices.is_empty());
        let untaxed = regime.tax == TaxTreatment::Relieved && !is_excluded(regime, item);
        if unknown || untaxed {
            *share = None;
        }
    }
    Ok(shares)
}

/// The duties by item, as a tax's base takes them. A duty that is charged for the consignment is taken from the items' own duties,
/// rounded as the law rounds them there.
fn duty_shares(
    context: &Context<'_>,
    assessment: &Assessment<'_>,
    scenario: Scenario,
    charged: &[Charge<'_>],
) -> Result<Vec<Option<Decimal>>, Error> {
    let by_consignment = context
        .rounding(RoundingPoint::Duty, Scope::Consignment)
        .is_some();
    let in_base = context.rounding(RoundingPoint::DutyInTaxBase, Scope::Item);
    let mut shares = vec![Decimal::ZERO; context.basket.items.len()];
    for charge in charged
        .iter()
        .filter(|charge| !by_consignment || charge.measure == FLAT_DUTY)
    {
        if let Some(share) = charge.item.and_then(|position| shares.get_mut(position)) {
            *share = decimal::add(*share, charge.amount)?;
        }
    }
    if by_consignment {
        for (share, duty) in shares.iter_mut().zip(&assessment.duties) {
            if let Some(choice) = duty.as_ref().and_then(|duty| scenario.choose(duty)) {
                *share = decimal::add(*share, choice.total)?;
            }
        }
    }
    let mut rounded = Vec::with_capacity(shares.len());
    for share in shares {
        rounded.push(Some(match in_base {
            Some(rounding) => rounding.apply(share)?,
            None => share,
        }));
    }
    Ok(rounded)
}

/// Says that duties are relieved, and on what ground.
fn relief<'a>(
    assessment: &Assessment<'_>,
    context: &Context<'a>,
    regime: &'a Regime,
) -> Option<Charge<'a>> {
    if regime.duty != DutyTreatment::Relieved {
        return None;
    }
    let nothing = context
        .minor_unit()
        .apply(Decimal::ZERO)
        .unwrap_or_default();
    Some(Charge {
        kind: ChargeKind::Relief,
        measure: &regime.id,
        programme: None,
        item: None,
        basis: assessment.valuation.goods,
        rate: String::new(),
        formula: String::new(),
        exact: Decimal::ZERO,
        amount: nothing,
        source: context.law(&regime.id),
        confidence: regime.law.confidence,
    })
}
