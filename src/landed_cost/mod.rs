//! The quote: what is due, line by line with its working, and what it adds up to.

mod lines;
mod quote;
mod scenario;
mod totals;
mod write;

pub use quote::{Line, Quote, QuotedPack, QuotedRegime, QuotedSource, Status};
pub use totals::{Range, Totals};

use crate::assessment::{
    Context, ItemDuty, Notice, Valuation, assess_duty, choose_collection, choose_regime,
    condition_holds, value_basket,
};
use crate::destination::{Collection, DutyTreatment, Regime, Severity};
use crate::error::Error;

/// What a quote is made of, before it is written down.
#[derive(Debug)]
pub(crate) struct Assessment<'a> {
    pub(crate) valuation: Valuation,
    /// `None` while the value that decides is unknown.
    pub(crate) regime: Option<(&'a Regime, Collection)>,
    /// The duty of each item; `None` where the regime charges none by the tariff.
    pub(crate) duties: Vec<Option<ItemDuty<'a>>>,
    pub(crate) notices: Vec<Notice<'a>>,
}

/// Quotes a basket.
///
/// # Errors
/// What is wrong with the request as a whole: an unknown code, a missing exchange rate, rules that contradict each other. What is
/// only missing for one item is no error: the rest is quoted and the quote is partial.
pub fn quote<'a>(context: &Context<'a>) -> Result<Quote<'a>, Error> {
    let valuation = value_basket(context)?;
    let regime = match choose_regime(context, &valuation)? {
        Some(regime) => Some((regime, choose_collection(context.basket, regime)?)),
        None => None,
    };
    let mut notices = stated_notices(context, &valuation)?;
    let duties = match &regime {
        Some((regime, _)) => item_duties(context, &valuation, regime)?,
        None => Vec::new(),
    };
    for duty in duties.iter().flatten() {
        notices.extend_from_slice(&duty.notices);
    }
    let assessment = Assessment {
        valuation,
        regime,
        duties,
        notices,
    };
    write::write(context, assessment)
}

fn stated_notices<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
) -> Result<Vec<Notice<'a>>, Error> {
    let mut notices = Vec::new();
    for rule in &context.rules.notice {
        let here = rule.places.is_empty() || rule.places.contains(&context.place.code);
        if here
            && rule.valid.contains(context.day())
            && condition_holds(context, valuation, &rule.when)? == Some(true)
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
    regime: &Regime,
) -> Result<Vec<Option<ItemDuty<'a>>>, Error> {
    let mut duties = Vec::with_capacity(valuation.items.len());
    for (item, value) in context.basket.items.iter().zip(&valuation.items) {
        let position = duties.len();
        let by_tariff = match regime.duty {
            DutyTreatment::Tariff => true,
            DutyTreatment::Relieved => scenario::is_excluded(regime, item),
            DutyTreatment::FlatPerTariffItem { .. } => false,
        };
        duties.push(if by_tariff {
            Some(assess_duty(context, position, item, *value)?)
        } else {
            scenario::known_code(context, position, item)?;
            None
        });
    }
    Ok(duties)
}
