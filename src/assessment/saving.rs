//! What a claim under a preference programme would save, and what it needs.

use super::Context;
use super::charge::Notice;
use super::duty_part::DutyPart;
use crate::decimal;
use crate::destination::{PreferenceRule, Severity};
use crate::error::Error;
use crate::tariff::Measure;

/// The notice that a preference could be claimed: with the saving, where the ordinary duty and the programme's are certain; nothing where it
/// saves nothing.
///
/// # Errors
/// On overflow.
pub(super) fn notice<'a>(
    context: &Context<'a>,
    item: usize,
    claimable: &[Vec<Measure<'a>>],
    duties: Option<(DutyPart<'a>, DutyPart<'a>)>,
) -> Result<Option<Notice<'a>>, Error> {
    let notice = Notice::new(PREFERENCE_AVAILABLE, Severity::Info).with("item", &item);
    let Some((ordinary, preferential)) = duties else {
        return Ok(Some(notice));
    };
    if preferential.amount >= ordinary.amount {
        return Ok(None);
    }
    let saving = decimal::subtract(ordinary.amount, preferential.amount)?;
    let notice = notice
        .with("saving", &saving)
        .with("currency", &context.currency());
    let areas = claimable.iter().flatten();
    let mut areas = areas.flat_map(|measure| measure.geographical_areas());
    let Some(rule) = areas.find_map(|area| rule_of(context, &area.code)) else {
        return Ok(Some(notice));
    };
    let mut notice = notice
        .with("programme", &rule.title)
        .with("originTest", &rule.origin_test.as_str())
        .with("proof", &rule.proof);
    if let Some(limit) = rule.no_proof_up_to {
        notice = notice.with("noProofUpTo", &limit);
    }
    if rule.direct_transport {
        notice = notice.with("directTransport", &true);
    }
    Ok(Some(notice))
}

/// The notice's code.
pub(super) const PREFERENCE_AVAILABLE: &str = "preference.available";

fn rule_of<'a>(context: &Context<'a>, area: &str) -> Option<&'a PreferenceRule> {
    let mut rules = context.rules.preference.iter();
    rules.find(|rule| rule.area == area && rule.valid.contains(context.day()))
}
