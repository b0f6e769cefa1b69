//! Writing a quote down from its assessment.

use super::Assessment;
use super::lines::{Ends, lines};
use super::quote::{Line, Quote, QuotedRegime, QuotedSource, Status};
use super::scenario::{Scenario, charges};
use super::totals::{Parts, Range, Totals};
use super::trust;
use crate::assessment::{
    Assessed, Context, ItemDuty, Need, OpenCharge, SourceId, Treatment, UNLISTED, add_needs,
};
use crate::error::Error;
use crate::exchange::ExchangeRate;
use crate::gather::gather;
use crate::place::PlaceCode;

/// Writes an assessment down.
pub(super) fn write<'a>(
    context: &Context<'a>,
    mut assessment: Assessment<'a>,
) -> Result<Quote<'a>, Error> {
    let mut median = charges(context, &assessment, Scenario::Median)?;
    let mut others = None;
    if assessment.duties.iter().flatten().any(ItemDuty::is_range) {
        let mut low = charges(context, &assessment, Scenario::Low)?;
        let mut high = charges(context, &assessment, Scenario::High)?;
        open_together(&mut [&mut low, &mut median, &mut high]);
        others = Some((low, high));
    }
    let parts = Parts::of(&assessment, &median)?;
    add_needs(&mut assessment.needs, median.needs);
    assessment.notices.append(&mut median.notices);
    let is_partial = !assessment.needs.is_empty()
        || assessment.valuation.freight.is_none()
        || !median.open.is_empty();
    let mut ends = None;
    let mut range = None;
    if let Some((low, high)) = others {
        let totals = Range {
            low: Parts::of(&assessment, &low)?.totals()?,
            high: Parts::of(&assessment, &high)?.totals()?,
        };
        let both = Ends::of(low.charges, high.charges, context.basket.items.len());
        // What the law rounds away, or does not collect, is no range.
        if !both.are_same() {
            (ends, range) = (Some(both), Some(totals));
        }
    }
    let is_range = ends.is_some();
    if !is_partial && !is_range {
        for duty in assessment.duties.iter_mut().flatten() {
            duty.needs.clear();
        }
    }
    let (status, unknown) = (status(is_partial, is_range), needs(&assessment));
    let so_far = if is_partial {
        Some(parts.so_far()?)
    } else {
        None
    };
    let charges = median.charges;
    let lines = lines(context, &assessment.treatments, charges, ends.as_ref());
    let trust = trust::notices(context, &assessment.treatments, &lines);
    assessment.notices.extend(trust);
    Ok(Quote {
        status,
        currency: context.currency(),
        regime: quoted_regime(&assessment.treatments),
        item_regimes: item_regimes(context, &assessment.treatments),
        totals: parts.totals()?,
        totals_in_request_currency: Totals {
            currency: Some(context.basket.currency),
            ..parts.in_request_currency(context)?.totals()?
        },
        so_far,
        range,
        exchange_rates: exchange_rates(context)?,
        notices: assessment.notices,
        unknown,
        sources: sources(context, &lines),
        lines,
        packs: Vec::new(),
    })
}

/// What is open in one scenario is known in none: whether it is waived can hang on which way another duty falls.
fn open_together<'a>(scenarios: &mut [&mut Assessed<'a>]) {
    let mut open: Vec<OpenCharge<'a>> = Vec::new();
    for one in scenarios.iter() {
        open.extend_from_slice(&one.open);
    }
    for one in scenarios {
        if one.open.len() < open.len() {
            one.charges
                .retain(|charge| !open.iter().any(|other| other.is_of(charge)));
            one.open = open.clone();
        }
    }
}

/// The consignment's regime: of several the one of the highest release category, whose declaration takes them all.
fn quoted_regime<'a>(treatments: &[Treatment<'a>]) -> Option<QuotedRegime<'a>> {
    let mut highest: Option<&Treatment<'a>> = None;
    for treatment in treatments {
        let category = treatment.regime.release_category;
        if highest.is_none_or(|other| other.regime.release_category < category) {
            highest = Some(treatment);
        }
    }
    highest.map(QuotedRegime::of)
}

/// Each item's own regime, where they differ.
fn item_regimes<'a>(
    context: &Context<'a>,
    treatments: &[Treatment<'a>],
) -> Vec<(&'a str, QuotedRegime<'a>)> {
    let ids = || treatments.iter().map(|treatment| &treatment.regime.id);
    if ids().all(|id| Some(id) == ids().next()) {
        return Vec::new();
    }
    let items = context.basket.items.iter().zip(treatments);
    gather(&mut items.map(|(item, treatment)| (item.id.as_str(), QuotedRegime::of(treatment))))
}

const fn status(is_partial: bool, is_range: bool) -> Status {
    match (is_partial, is_range) {
        (true, _) => Status::Partial,
        (false, true) => Status::Range,
        (false, false) => Status::Complete,
    }
}

fn needs(assessment: &Assessment<'_>) -> Vec<Need> {
    let mut needs = assessment.needs.clone();
    add_needs(&mut needs, assessment.valuation.needs.clone());
    for duty in assessment.duties.iter().flatten() {
        needs.extend_from_slice(&duty.needs);
    }
    needs
}

fn exchange_rates<'a>(context: &Context<'a>) -> Result<Vec<ExchangeRate<'a>>, Error> {
    let (from, to) = (context.basket.currency, context.currency());
    if from == to {
        return Ok(Vec::new());
    }
    let used = context.exchange.rate(from, to)?;
    let mut rates = vec![used];
    rates.append(&mut context.exchange.pegs_behind(&used)?);
    Ok(rates)
}

/// The sources that the lines name: the laws here; the engine adds the packs' publishers.
fn sources<'a>(context: &Context<'a>, lines: &[Line<'a>]) -> Vec<(SourceId<'a>, QuotedSource<'a>)> {
    let rules = context.rules;
    let everywhere: &[PlaceCode] = &[];
    let regimes = rules.regime.iter();
    let regimes = regimes.map(|rule| (rule.id.as_str(), rule.valid, everywhere, &rule.law));
    let taxes = rules.tax.iter();
    let taxes = taxes.map(|rule| (rule.id.as_str(), rule.valid, &*rule.places, &rule.law));
    let fees = rules.fee.iter();
    let fees = fees.map(|rule| (rule.id.as_str(), rule.valid, &*rule.places, &rule.law));
    let waivers = rules.waiver.iter();
    let waivers = waivers.map(|rule| (rule.id.as_str(), rule.valid, &*rule.places, &rule.law));
    let tables = rules.rate_table.iter();
    let tables = tables.map(|rule| (rule.id.as_str(), rule.valid, everywhere, &rule.law));
    let unlisted = rules.unlisted.iter();
    let unlisted = unlisted.map(|rule| (UNLISTED, rule.valid, everywhere, &rule.law));
    let all = regimes.chain(taxes).chain(fees);
    let all = all.chain(waivers).chain(tables).chain(unlisted);
    let mut sources = Vec::new();
    for (id, valid, places, law) in all {
        let id = context.law(id);
        if context.is_in_force(valid, places) && lines.iter().any(|line| line.source == id) {
            let source = QuotedSource {
                title: &law.title,
                publisher: "",
                url: &law.url,
                as_of: Some(law.checked_on),
            };
            sources.push((id, source));
        }
    }
    sources
}
