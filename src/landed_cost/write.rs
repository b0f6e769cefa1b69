//! Writing a quote down from its assessment.

use super::Assessment;
use super::lines::{Ends, lines};
use super::quote::{Line, Quote, QuotedRegime, QuotedSource, Status};
use super::scenario::{Scenario, charges};
use super::totals::{Parts, Range, Totals};
use crate::assessment::{Context, ItemDuty, Need, SourceId};
use crate::error::Error;
use crate::exchange::ExchangeRate;
use crate::place::PlaceCode;

/// Writes an assessment down.
pub(super) fn write<'a>(
    context: &Context<'a>,
    assessment: Assessment<'a>,
) -> Result<Quote<'a>, Error> {
    let duties = || assessment.duties.iter().flatten();
    let is_partial = assessment.regime.is_none()
        || assessment.valuation.customs_value.is_none()
        || duties().any(|duty| duty.choices.is_empty());
    let is_range = duties().any(ItemDuty::is_range);
    let (status, unknown) = (status(is_partial, is_range), needs(&assessment));

    let collection = assessment.regime.as_ref().map(|(_, collection)| collection);
    let median = charges(context, &assessment, Scenario::Median)?;
    let parts = Parts::of(&assessment.valuation, &median)?;
    let told = |totals: Totals| {
        if is_partial {
            totals.without_unknown()
        } else {
            totals
        }
    };
    let so_far = parts.totals(collection)?;
    let in_request_currency = parts.in_request_currency(context)?.totals(collection)?;
    let ends = if is_range {
        Some(Ends {
            low: charges(context, &assessment, Scenario::Low)?,
            high: charges(context, &assessment, Scenario::High)?,
        })
    } else {
        None
    };
    let range = match &ends {
        Some(ends) if !is_partial => Some(Range {
            low: Parts::of(&assessment.valuation, &ends.low)?.totals(collection)?,
            high: Parts::of(&assessment.valuation, &ends.high)?.totals(collection)?,
        }),
        _ => None,
    };
    let lines = collection.map(|collection| lines(context, collection, median, ends.as_ref()));
    let lines = lines.unwrap_or_default();
    Ok(Quote {
        status,
        currency: context.currency(),
        regime: assessment.regime.map(|(regime, collection)| QuotedRegime {
            id: &regime.id,
            collection: collection.model,
            release_category: regime.release_category,
            declaration: &regime.declaration,
        }),
        totals: told(so_far),
        totals_in_request_currency: Totals {
            currency: Some(context.basket.currency),
            ..told(in_request_currency)
        },
        so_far: is_partial.then_some(so_far),
        range,
        exchange_rates: exchange_rates(context)?,
        notices: assessment.notices,
        unknown,
        sources: sources(context, &lines),
        lines,
        packs: Vec::new(),
    })
}

const fn status(is_partial: bool, is_range: bool) -> Status {
    match (is_partial, is_range) {
        (true, _) => Status::Partial,
        (false, true) => Status::Range,
        (false, false) => Status::Complete,
    }
}

fn needs(assessment: &Assessment<'_>) -> Vec<Need> {
    let mut needs = assessment.valuation.needs.clone();
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
    Ok(vec![context.exchange.rate(from, to)?])
}

/// The sources that the lines name: the laws here; the engine adds the packs' publishers.
fn sources<'a>(context: &Context<'a>, lines: &[Line<'a>]) -> Vec<(SourceId<'a>, QuotedSource<'a>)> {
    let rules = context.rules;
    let here = |places: &[PlaceCode]| places.is_empty() || places.contains(&context.place.code);
    let regimes = rules.regime.iter();
    let regimes = regimes.map(|rule| (&rule.id, rule.valid, &rule.law, true));
    let taxes = rules.tax.iter();
    let taxes = taxes.map(|rule| (&rule.id, rule.valid, &rule.law, here(&rule.places)));
    let fees = rules.fee.iter();
    let fees = fees.map(|rule| (&rule.id, rule.valid, &rule.law, here(&rule.places)));
    let mut sources = Vec::new();
    for (id, valid, law, is_here) in regimes.chain(taxes).chain(fees) {
        let id = context.law(id);
        if is_here && valid.contains(context.day()) && lines.iter().any(|line| line.source == id) {
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
