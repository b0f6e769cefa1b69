//! All charges of a basket if the open duties fall low, in the middle, or high.

use super::Assessment;
use crate::assessment::{
    Charge, ChargeKind, Context, DutyChoice, ItemDuty, assess_fees, assess_taxes, round_duties,
};
use crate::basket::Item;
use crate::decimal::{self, Decimal};
use crate::destination::{DutyTreatment, Regime, RoundingPoint, Scope, TaxTreatment};
use crate::error::{Error, ErrorCode, Field};
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
    fn choose(self, duty: &ItemDuty) -> Option<&DutyChoice> {
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
            let item = u32::try_from(position).unwrap_or(u32::MAX);
            Err(Error::at(
                ErrorCode::CodeUnknown,
                Field::of_item(item, "code"),
            ))
        }
        _ => Ok(()),
    }
}

/// The charges of a scenario, in the order the law applies them.
pub(super) fn charges(
    context: &Context<'_>,
    assessment: &Assessment<'_>,
    scenario: Scenario,
) -> Result<Vec<Charge>, Error> {
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
    let by_tariff = assessment
        .duties
        .iter()
        .flatten()
        .filter_map(|duty| scenario.choose(duty));
    let by_tariff: Vec<Charge> = by_tariff
        .flat_map(|choice| choice.charges.iter().cloned())
        .collect();
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
fn flat_duties(context: &Context<'_>, regime: &Regime) -> Result<Vec<Charge>, Error> {
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
            measure: FLAT_DUTY.to_owned(),
            item: Some(position),
            basis: Decimal::ONE,
            rate: amount.to_string(),
            formula: format!("1 × {amount} = {rounded}"),
            exact: each,
            amount: rounded,
            source: format!("{}/{}", context.rules.territory, regime.id),
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
    charged: &[Charge],
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
    charged: &[Charge],
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
    let rounded = |share| {
        in_base
            .map_or(Ok(share), |rounding| rounding.apply(share))
            .map(Some)
    };
    shares.into_iter().map(rounded).collect()
}

/// Says that duties are relieved, and on what ground.
fn relief(assessment: &Assessment<'_>, context: &Context<'_>, regime: &Regime) -> Option<Charge> {
    if regime.duty != DutyTreatment::Relieved {
        return None;
    }
    let nothing = context
        .minor_unit()
        .apply(Decimal::ZERO)
        .unwrap_or_default();
    Some(Charge {
        kind: ChargeKind::Relief,
        measure: regime.id.clone(),
        item: None,
        basis: assessment.valuation.goods,
        rate: String::new(),
        formula: String::new(),
        exact: Decimal::ZERO,
        amount: nothing,
        source: format!("{}/{}", context.rules.territory, regime.id),
        confidence: regime.law.confidence,
    })
}
