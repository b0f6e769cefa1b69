//! Which regime each item of a consignment falls under, and who collects.

use super::Context;
use super::charge::{ChargeKind, Need, Unsettled};
use super::condition::{AskedOf, Holding, condition_holds};
use super::valuation::Valuation;
use crate::basket::{Basket, Incoterm};
use crate::decimal::Decimal;
use crate::destination::{
    Collection, CollectionModel, Collector, Condition, Moment, Payee, Regime,
};
use crate::error::{Error, ErrorCode, Field};

/// How an item is treated: its regime, and who collects.
#[derive(Clone, Copy, Debug)]
pub struct Treatment<'a> {
    /// The regime.
    pub regime: &'a Regime,
    /// The collection model.
    pub model: CollectionModel,
    /// Who collects duties.
    pub duty: Collector,
    /// Who collects taxes.
    pub tax: Collector,
    /// Who collects fees.
    pub fee: Collector,
}

impl Treatment<'_> {
    /// Whether a rule for these regimes is for the item's; one that names none is for all.
    #[must_use]
    pub fn is_under(&self, regimes: &[String]) -> bool {
        regimes.is_empty() || regimes.contains(&self.regime.id)
    }

    /// Who collects a charge of that kind.
    #[must_use]
    pub const fn collector_of(&self, kind: ChargeKind) -> Collector {
        match kind {
            ChargeKind::Duty | ChargeKind::Relief => self.duty,
            ChargeKind::Tax => self.tax,
            ChargeKind::Fee => self.fee,
        }
    }
}

/// The regimes to choose from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// All that hold.
    AsStated,
    /// None whose limits count what else arrives on the same day: as if that had crossed them.
    LimitsCrossed,
}

/// The treatment of each item.
///
/// # Errors
/// A need while a value or place that decides is unknown; [`ErrorCode::RuleMissing`] where no regime holds;
/// [`ErrorCode::RuleConflict`] where two do and neither replaces the other; and as [`choose_collection`].
pub fn treatments<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    choice: Choice,
) -> Result<Vec<Treatment<'a>>, Unsettled> {
    let count = valuation.items.len();
    let of_items = |regime: &Regime| {
        regime.valid.contains(context.day()) && Condition::is_of_item(&regime.when)
    };
    if !context.rules.regime.iter().any(of_items) {
        return Ok(vec![treatment(context, valuation, 0, choice)?; count]);
    }
    let mut treatments = Vec::with_capacity(count);
    for position in 0..count {
        treatments.push(treatment(context, valuation, position, choice)?);
    }
    Ok(treatments)
}

fn treatment<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    position: usize,
    choice: Choice,
) -> Result<Treatment<'a>, Unsettled> {
    let regime = choose_regime(context, valuation, position, choice)?;
    Ok(choose_collection(context.basket, regime)?)
}

fn choose_regime<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
    position: usize,
    choice: Choice,
) -> Result<&'a Regime, Unsettled> {
    let mut holding: Vec<&Regime> = Vec::new();
    let mut open: Vec<(&Regime, Need)> = Vec::new();
    for regime in &context.rules.regime {
        let skipped = regime.adds_up_same_day && choice == Choice::LimitsCrossed;
        if skipped || !regime.valid.contains(context.day()) {
            continue;
        }
        let beside = if regime.adds_up_same_day {
            valuation.beside
        } else {
            Decimal::ZERO
        };
        let asked = AskedOf::Item(position);
        match condition_holds(context, valuation, &regime.when, asked, beside)? {
            Holding::Yes => holding.push(regime),
            Holding::No => {}
            Holding::Open(need) => open.push((regime, need)),
        }
    }
    let replaced = |regime: &Regime| {
        holding
            .iter()
            .any(|other| other.replaces.contains(&regime.id))
    };
    // One that another takes the place of in any case decides nothing.
    open.retain(|(regime, _)| !replaced(regime));
    if !open.is_empty() {
        let needs = open.into_iter().map(|(_, need)| need);
        return Err(Unsettled::Needs(needs.collect()));
    }
    let mut standing = holding.iter().filter(|regime| !replaced(regime));
    match (standing.next(), standing.next()) {
        (Some(regime), None) => Ok(regime),
        (Some(_), Some(_)) => Err(ErrorCode::RuleConflict.into()),
        (None, _) => Err(ErrorCode::RuleMissing.into()),
    }
}

/// How a regime's charges are collected: as the request asks, by model or by the party that collects the tax, or the first way that is
/// possible. A seller who delivers duty paid collects everything at the checkout.
///
/// # Errors
/// [`ErrorCode::InputChoice`] at `collection` for a way that the regime does not offer; [`ErrorCode::RuleMissing`] where the seller
/// holds none of the registrations that the regime's ways need.
pub fn choose_collection<'a>(basket: &Basket, regime: &'a Regime) -> Result<Treatment<'a>, Error> {
    let possible = |collection: &&Collection| {
        collection
            .needs_registration
            .as_ref()
            .is_none_or(|name| basket.registrations.contains(name))
    };
    let mut ways = regime.collection.iter().filter(possible);
    let way = match &basket.collection {
        None => ways.next().ok_or(ErrorCode::RuleMissing)?,
        Some(asked) => ways
            .find(|way| model_name(way.model) == asked || payee_name(way.tax.by) == asked)
            .ok_or(Error::at(
                ErrorCode::InputChoice,
                Field::of_request("collection"),
            ))?,
    };
    let mut treatment = Treatment {
        regime,
        model: way.model,
        duty: way.duty,
        tax: way.tax,
        fee: way.fee,
    };
    if basket.incoterm == Incoterm::DutyPaid {
        for collector in [&mut treatment.duty, &mut treatment.tax, &mut treatment.fee] {
            if collector.at == Moment::Delivery {
                collector.at = Moment::Checkout;
            }
        }
    }
    Ok(treatment)
}

/// The model's word in the contract.
const fn model_name(model: CollectionModel) -> &'static str {
    match model {
        CollectionModel::Vendor => "vendor",
        CollectionModel::Intermediary => "intermediary",
        CollectionModel::Buyer => "buyer",
        CollectionModel::Border => "border",
    }
}

/// The party's word in the contract; a vendor is asked for as a model.
const fn payee_name(payee: Payee) -> &'static str {
    match payee {
        Payee::Vendor => "vendor",
        Payee::Marketplace => "marketplace",
        Payee::Carrier => "carrier",
        Payee::Post => "post",
        Payee::QualifiedParty => "qualified-party",
        Payee::Customs => "customs",
        Payee::TaxAuthority => "tax-authority",
    }
}
