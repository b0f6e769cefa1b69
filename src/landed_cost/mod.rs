//! The quote: what is due, line by line with its working, and what it adds up to.

mod lines;
mod quote;
#[cfg(feature = "cli")]
mod refund;
mod same_day;
mod scenario;
mod totals;
mod trust;
mod write;

pub use quote::{Line, Quote, QuotedPack, QuotedRegime, QuotedSource, Status};
#[cfg(feature = "cli")]
pub use refund::{Refund, RefundLaw, RefundLine, RefundTotals, Returned, refund};
pub use totals::{Range, Totals};

use crate::assessment::{
    AskedOf, Choice, Context, Holding, ItemDuty, Need, Notice, Treatment, Unsettled, Valuation,
    add_needs, assess_duty, condition_holds, is_excluded, take_allowances, treatments,
    value_basket,
};
use crate::decimal::Decimal;
use crate::destination::{DutyTreatment, Severity};
use crate::error::{Error, ErrorCode, Field};

/// What a quote is made of, before it is written down.
#[derive(Debug)]
pub(crate) struct Assessment<'a> {
    pub(crate) valuation: Valuation,
    /// By item; none while a value or place that decides is unknown.
    pub(crate) treatments: Vec<Treatment<'a>>,
    /// The duty of each item; `None` where the regime charges none by the tariff.
    pub(crate) duties: Vec<Option<ItemDuty<'a>>>,
    pub(crate) notices: Vec<Notice<'a>>,
    /// What is missing for the regime.
    pub(crate) needs: Vec<Need>,
}

/// Quotes a basket.
///
/// # Errors
/// What is wrong with the request as a whole: an unknown code, a missing exchange rate, rules that contradict each other. What is
/// only missing for one item is no error: the rest is quoted and the quote is partial.
pub fn quote<'a>(context: &Context<'a>) -> Result<Quote<'a>, Error> {
    covered_day(context)?;
    known_region(context)?;
    let valuation = value_basket(context)?;
    let notices = stated_notices(context, &valuation)?;
    let stated = notices.len();
    let adds_up = context
        .rules
        .regime
        .iter()
        .any(|regime| regime.adds_up_same_day);
    let valued = adds_up.then(|| valuation.clone());
    let mut assessment = assess(context, valuation, notices, Choice::AsStated)?;
    if let Some(valued) = valued
        && let Some(notice) = same_day::notice(context, &valued, &assessment)?
    {
        assessment.notices.insert(stated, notice);
    }
    write::write(context, assessment)
}

/// Assesses a basket that is valued.
fn assess<'a>(
    context: &Context<'a>,
    mut valuation: Valuation,
    mut notices: Vec<Notice<'a>>,
    choice: Choice,
) -> Result<Assessment<'a>, Error> {
    let mut needs = Vec::new();
    let treatments = match treatments(context, &valuation, choice) {
        Ok(treatments) => treatments,
        Err(Unsettled::Refused(error)) => return Err(error),
        Err(Unsettled::Needs(open)) => {
            add_needs(&mut needs, open);
            Vec::new()
        }
    };
    take_allowances(context, &mut valuation, &treatments)?;
    let duties = item_duties(context, &valuation, &treatments)?;
    for duty in duties.iter().flatten() {
        notices.extend_from_slice(&duty.notices);
    }
    Ok(Assessment {
        valuation,
        treatments,
        duties,
        notices,
        needs,
    })
}

/// Refuses a day of which the rules say nothing.
fn covered_day(context: &Context<'_>) -> Result<(), Error> {
    let mut regimes = context.rules.regime.iter();
    if regimes.any(|regime| regime.valid.contains(context.day())) {
        return Ok(());
    }
    let field = Field::of_request("date");
    Err(Error::at(ErrorCode::DateOutsideCoverage, field))
}

/// Refuses a region that the place does not have.
fn known_region(context: &Context<'_>) -> Result<(), Error> {
    let regions = &context.place.regions;
    match &context.basket.region {
        Some(region) if !regions.is_empty() && !regions.contains(region) => Err(Error::at(
            ErrorCode::InputChoice,
            Field::of_request("region"),
        )),
        _ => Ok(()),
    }
}

fn stated_notices<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
) -> Result<Vec<Notice<'a>>, Error> {
    let mut notices = Vec::new();
    for rule in &context.rules.notice {
        let here = rule.places.is_empty() || rule.places.contains(&context.place.code);
        let asked = AskedOf::Consignment;
        if here
            && rule.valid.contains(context.day())
            && condition_holds(context, valuation, &rule.when, asked, Decimal::ZERO)?
                == Holding::Yes
        {
            notices.push(Notice::new(&rule.code, rule.severity));
        }
    }
    if context
        .basket
        .items
        .iter()
        .any(|item| item.duty_rate.is_some())
    {
        notices.push(Notice::new("duty-rate.caller", Severity::Warning));
    }
    Ok(notices)
}

fn item_duties<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    treatments: &[Treatment<'a>],
) -> Result<Vec<Option<ItemDuty<'a>>>, Error> {
    let mut duties = Vec::with_capacity(valuation.items.len());
    let items = context.basket.items.iter().zip(&valuation.items);
    for ((item, value), treatment) in items.zip(treatments) {
        let position = duties.len();
        let regime = treatment.regime;
        let by_item = match regime.duty {
            DutyTreatment::Tariff | DutyTreatment::Rates(_) | DutyTreatment::TariffAtMost(_) => {
                true
            }
            DutyTreatment::Relieved => is_excluded(regime, item),
            DutyTreatment::FlatPerTariffItem { .. } | DutyTreatment::Bands(_) => false,
        };
        duties.push(if by_item {
            Some(assess_duty(context, position, item, *value, regime)?)
        } else {
            scenario::known_code(context, position, item)?;
            None
        });
    }
    Ok(duties)
}
