//! Parcels that are added up: what it would cost if another of the same day crossed the limit.

use super::scenario::{Scenario, charges};
use super::totals::Parts;
use super::{Assessment, assess};
use crate::assessment::{Choice, Context, Notice, Valuation};
use crate::decimal;
use crate::destination::Severity;
use crate::error::Error;

/// Says what the goods would cost in duties, taxes and fees on top if what else arrives on the same day crossed the limits of their regime;
/// nothing where no limit adds up, or where it makes no difference. `valued` is the basket before its allowances.
pub(super) fn notice<'a>(
    context: &Context<'a>,
    valued: &Valuation,
    as_stated: &Assessment<'a>,
) -> Result<Option<Notice<'a>>, Error> {
    let own = &as_stated.treatments;
    let Some(adding) = own.iter().find(|own| own.regime.adds_up_same_day) else {
        return Ok(None);
    };
    let notice = Notice::new("threshold.same-day", Severity::Info);
    let when = &adding.regime.when;
    let bands = [&when.intrinsic_value, &when.customs_value];
    let limit = bands
        .into_iter()
        .flatten()
        .find_map(|band| band.at_most.or(band.below));
    let Some(limit) = limit else {
        return Ok(None);
    };
    let notice = notice.with("limit", &limit);
    // What cannot be said of the other case is no reason to refuse this one.
    let as_is = charged(context, as_stated)?;
    let crossed = assess(context, valued.clone(), Vec::new(), Choice::LimitsCrossed)
        .and_then(|crossed| charged(context, &crossed));
    let crossed = crossed.ok().flatten();
    Ok(match (as_is, crossed) {
        (Some(as_is), Some(crossed)) if crossed == as_is => None,
        (Some(as_is), Some(crossed)) => {
            let cost = decimal::subtract(crossed, as_is)?;
            Some(
                notice
                    .with("cost", &cost)
                    .with("currency", &context.currency()),
            )
        }
        _ => Some(notice),
    })
}

/// All charges of the middle scenario; `None` where one is unknown.
fn charged(
    context: &Context<'_>,
    assessment: &Assessment<'_>,
) -> Result<Option<decimal::Decimal>, Error> {
    let reckoned = charges(context, assessment, Scenario::Median)?;
    Parts::of(assessment, &reckoned)?.charged()
}
