//! All charges of a basket if the open duties fall low, in the middle, or high.

use super::Assessment;
use crate::assessment::{
    Asked, Assessed, Charge, ChargeKind, Context, DUTIES, DutyChoice, FLAT_RATE, ItemDuty,
    OpenCharge, SharedCharge, Taxable, Treatment, add_needs, assess_fees, assess_taxes,
    band_duties, carrier_fees, is_excluded, round_duties, unknown_code, waive,
};
use crate::basket::Item;
use crate::decimal::{self, Decimal};
use crate::destination::{DutyTreatment, RoundingPoint, Scope};
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
    const ALL: [Self; 3] = [Self::Low, Self::Median, Self::High];

    fn choose<'b, 'a>(self, duty: &'b ItemDuty<'a>) -> Option<&'b DutyChoice<'a>> {
        // What comes to the same whichever line it is, is the same in every scenario.
        let scenario = if duty.is_range() { self } else { Self::Median };
        match scenario {
            Self::Low => duty.choices.first(),
            Self::Median => duty.choices.get(duty.choices.len() >> 1),
            Self::High => duty.choices.last(),
        }
    }
}

/// Refuses a code that the tariff does not know, also where the regime asks nothing of it. A tariff that is at hand in part cannot tell.
pub(super) fn known_code(context: &Context<'_>, position: usize, item: &Item) -> Result<(), Error> {
    let Some(tariff) = context.tariff.filter(|_| context.rules.unlisted.is_empty()) else {
        return Ok(());
    };
    let code = item.code.prefix(tariff.dictionary().digits);
    match tariff.lines_under(code).next() {
        Some(_) => Ok(()),
        None => Err(unknown_code(position)),
    }
}

/// The charges of a scenario, in the order the law applies them.
pub(super) fn charges<'a>(
    context: &Context<'a>,
    assessment: &Assessment<'a>,
    scenario: Scenario,
) -> Result<Assessed<'a>, Error> {
    let treatments = &assessment.treatments;
    let valuation = &assessment.valuation;
    let mut reckoned = Assessed::default();
    if treatments.is_empty() {
        return Ok(reckoned);
    }
    for duty in assessment.duties.iter().flatten() {
        for part in scenario
            .choose(duty)
            .iter()
            .flat_map(|choice| &choice.parts)
        {
            let charge = part.charge(context, duty.goods)?;
            reckoned.charges.push(charge);
        }
    }
    let is_alone = |charge: &Charge<'_>| {
        let can_bear = |duty: &&ItemDuty<'_>| {
            let mut choices = Scenario::ALL.iter().filter_map(|one| one.choose(duty));
            choices.any(|choice| choice.parts.iter().any(|part| part.is_charged_as(charge)))
        };
        assessment.duties.iter().flatten().filter(can_bear).count() == 1
    };
    reckoned.charges = round_duties(context, reckoned.charges, &is_alone)?;
    let flat = &mut flat_duties(context, treatments)?;
    reckoned.charges.append(flat);
    let banded = match valuation.customs_value {
        Some(_) => band_duties(context, valuation, treatments)?,
        None => Vec::new(),
    };
    for duty in &banded {
        reckoned.charges.push(duty.charge.clone());
    }
    reckoned.open = open_duties(assessment, scenario);
    waive(context, treatments, &mut reckoned, Asked::BeforeTaxes)?;
    let duties = taxable_duties(context, assessment, scenario, &reckoned, &banded)?;
    reckoned.charges.append(&mut reliefs(context, assessment)?);
    let fees = assess_fees(context, valuation, treatments)?;
    let taxable = Taxable {
        valuation,
        treatments,
        duties: &duties,
        fees: &fees,
    };
    add(&mut reckoned, assess_taxes(context, taxable)?);
    waive(context, treatments, &mut reckoned, Asked::AfterTaxes)?;
    let carriers = carrier_fees(context, valuation, treatments, &reckoned)?;
    add(&mut reckoned, fees);
    add(&mut reckoned, carriers);
    Ok(reckoned)
}

fn add<'a>(reckoned: &mut Assessed<'a>, mut more: Assessed<'a>) {
    reckoned.charges.append(&mut more.charges);
    reckoned.open.append(&mut more.open);
    add_needs(&mut reckoned.needs, more.needs);
    reckoned.notices.append(&mut more.notices);
}

/// The duties that are not known: of items whose own is not, and of those in a band of a customs value that is not.
fn open_duties<'a>(assessment: &Assessment<'_>, scenario: Scenario) -> Vec<OpenCharge<'a>> {
    let no_value = assessment.valuation.customs_value.is_none();
    let mut open = Vec::new();
    for (position, (duty, own)) in assessment
        .duties
        .iter()
        .zip(&assessment.treatments)
        .enumerate()
    {
        let is_open = match duty {
            Some(duty) => scenario.choose(duty).is_none(),
            None => no_value && matches!(own.regime.duty, DutyTreatment::Bands(_)),
        };
        if is_open {
            open.push(OpenCharge {
                kind: ChargeKind::Duty,
                measure: DUTIES,
                item: Some(position),
                follows: position,
            });
        }
    }
    open
}

/// A flat amount for each tariff item, on the line of the first item of its code.
fn flat_duties<'a>(
    context: &Context<'a>,
    treatments: &[Treatment<'a>],
) -> Result<Vec<Charge<'a>>, Error> {
    let mut seen: Vec<(&str, CommodityCode)> = Vec::new();
    let mut charges = Vec::new();
    for (position, (item, treatment)) in context.basket.items.iter().zip(treatments).enumerate() {
        let regime = treatment.regime;
        let DutyTreatment::FlatPerTariffItem { amount, digits } = &regime.duty else {
            continue;
        };
        let key = (regime.id.as_str(), item.code.prefix(*digits));
        let Err(place) = seen.binary_search(&key) else {
            continue;
        };
        seen.insert(place, key);
        let each = context.convert(*amount)?;
        let rounded = context.minor_unit().apply(each)?;
        charges.push(Charge {
            kind: ChargeKind::Duty,
            measure: FLAT_DUTY,
            programme: None,
            item: Some(position),
            follows: position,
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

/// Each item's share of the duties; `None` for an item of which a duty is open.
fn taxable_duties(
    context: &Context<'_>,
    assessment: &Assessment<'_>,
    scenario: Scenario,
    reckoned: &Assessed<'_>,
    banded: &[SharedCharge<'_>],
) -> Result<Vec<Option<Decimal>>, Error> {
    let charged = &reckoned.charges;
    let mut shares = duty_shares(context, assessment, scenario, charged, banded)?;
    for open in &reckoned.open {
        for (position, share) in shares.iter_mut().enumerate() {
            if open.item.is_none_or(|item| item == position) {
                *share = None;
            }
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
    banded: &[SharedCharge<'_>],
) -> Result<Vec<Option<Decimal>>, Error> {
    let by_consignment = context
        .rounding(RoundingPoint::Duty, Scope::Consignment)
        .is_some();
    let in_base = context.rounding(RoundingPoint::DutyInTaxBase, Scope::Item);
    let mut shares = vec![Decimal::ZERO; context.basket.items.len()];
    let own = |charge: &&Charge<'_>| {
        charge.measure != FLAT_RATE && (!by_consignment || charge.measure == FLAT_DUTY)
    };
    for charge in charged.iter().filter(own) {
        if let Some(share) = charge.item.and_then(|position| shares.get_mut(position)) {
            *share = decimal::add(*share, charge.amount)?;
        }
    }
    for duty in banded {
        let charged = charged
            .iter()
            .any(|charge| charge.source == duty.charge.source && charge.kind == ChargeKind::Duty);
        for (share, part) in shares.iter_mut().zip(&duty.shares).filter(|_| charged) {
            *share = decimal::add(*share, *part)?;
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

/// Says that duties are relieved, on what ground and of which goods: once for each regime that relieves some.
fn reliefs<'a>(
    context: &Context<'a>,
    assessment: &Assessment<'a>,
) -> Result<Vec<Charge<'a>>, Error> {
    let nothing = context.minor_unit().apply(Decimal::ZERO)?;
    let mut reliefs: Vec<Charge<'a>> = Vec::new();
    let items = context.basket.items.iter().zip(&assessment.valuation.items);
    for (position, ((item, value), own)) in items.zip(&assessment.treatments).enumerate() {
        let regime = own.regime;
        if regime.duty != DutyTreatment::Relieved || is_excluded(regime, item) {
            continue;
        }
        if let Some(relief) = reliefs
            .iter_mut()
            .find(|relief| relief.measure == regime.id)
        {
            relief.basis = decimal::add(relief.basis, value.goods)?;
            continue;
        }
        reliefs.push(Charge {
            kind: ChargeKind::Relief,
            measure: &regime.id,
            programme: None,
            item: None,
            follows: position,
            basis: value.goods,
            rate: String::new(),
            formula: String::new(),
            exact: Decimal::ZERO,
            amount: nothing,
            source: context.law(&regime.id),
            confidence: regime.law.confidence,
        });
    }
    Ok(reliefs)
}
