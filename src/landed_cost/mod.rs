//! The quote: what is due, line by line with its working, and what it adds up to.

mod quote;
mod scenario;
mod totals;

pub use quote::{Line, Quote, QuotedPack, QuotedRegime, QuotedSource, Status, UnknownField};
pub use totals::{Range, RequestTotals, Totals};

use crate::assessment::{
    Context, ItemDuty, ItemValue, Notice, Valuation, assess_duty, choose_collection, choose_regime,
    condition_holds, value_basket,
};
use crate::basket::Item;
use crate::destination::{Collection, DutyTreatment, Regime, Severity};
use crate::error::Error;

/// What a quote is made of, before it is written down.
#[derive(Debug)]
pub(crate) struct Assessment<'a> {
    pub(crate) valuation: Valuation,
    /// `None` while the value that decides is unknown.
    pub(crate) regime: Option<(&'a Regime, Collection)>,
    /// The duty of each item; `None` where the regime charges none by the tariff.
    pub(crate) duties: Vec<Option<ItemDuty>>,
    pub(crate) notices: Vec<Notice>,
}

/// Quotes a basket.
///
/// # Errors
/// What is wrong with the request as a whole: an unknown code, a missing exchange rate, rules that contradict each other. What is
/// only missing for one item is no error: the rest is quoted and the quote is partial.
pub fn quote(context: &Context<'_>) -> Result<Quote, Error> {
    let valuation = value_basket(context)?;
    let regime = match choose_regime(context, &valuation)? {
        Some(regime) => Some((regime, choose_collection(context.basket, regime)?)),
        None => None,
    };
    let mut notices = stated_notices(context, &valuation)?;
    let duties = item_duties(
        context,
        &valuation,
        regime.as_ref().map(|(regime, _)| *regime),
    )?;
    notices.extend(
        duties
            .iter()
            .flatten()
            .flat_map(|duty| duty.notices.iter().cloned()),
    );
    let assessment = Assessment {
        valuation,
        regime,
        duties,
        notices,
    };
    quote::write(context, assessment)
}

fn stated_notices(context: &Context<'_>, valuation: &Valuation) -> Result<Vec<Notice>, Error> {
    let mut notices = Vec::new();
    for rule in context
        .rules
        .notice
        .iter()
        .filter(|rule| rule.valid.contains(context.day()))
    {
        let here = rule.places.is_empty() || rule.places.contains(&context.place.code);
        if here && condition_holds(context, valuation, &rule.when)? == Some(true) {
            notices.push(Notice::new(rule.code.clone(), rule.severity));
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

fn item_duties(
    context: &Context<'_>,
    valuation: &Valuation,
    regime: Option<&Regime>,
) -> Result<Vec<Option<ItemDuty>>, Error> {
    let Some(regime) = regime else {
        return Ok(vec![None; valuation.items.len()]);
    };
    let items = context
        .basket
        .items
        .iter()
        .zip(&valuation.items)
        .enumerate();
    let duty = |(position, (item, value)): (usize, (&Item, &ItemValue))| -> Result<Option<ItemDuty>, Error> {
        let excluded = scenario::is_excluded(regime, item);
        match regime.duty {
            DutyTreatment::Tariff => assess_duty(context, position, item, *value).map(Some),
            DutyTreatment::Relieved if excluded => {
                assess_duty(context, position, item, *value).map(Some)
            }
            DutyTreatment::Relieved | DutyTreatment::FlatPerTariffItem { .. } => {
                scenario::known_code(context, position, item).map(|()| None)
            }
        }
    };
    items.map(duty).collect()
}
