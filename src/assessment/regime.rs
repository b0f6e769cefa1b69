//! Which regime a consignment falls under, and who collects.

use super::Context;
use super::valuation::Valuation;
use crate::basket::{Basket, Incoterm};
use crate::decimal::Decimal;
use crate::destination::{Band, Collection, CollectionModel, Condition, Moment, Regime};
use crate::error::{Error, ErrorCode, Field};
use crate::money::Money;
use crate::nomenclature::CommodityCode;

/// The one regime that holds for the consignment; `None` while the value that decides is unknown.
///
/// # Errors
/// [`ErrorCode::RuleMissing`] where none holds; [`ErrorCode::RuleConflict`] where two do and neither replaces the other.
pub fn choose_regime<'a>(
    context: &Context<'a>,
    valuation: &Valuation,
) -> Result<Option<&'a Regime>, Error> {
    let mut holding: Vec<&Regime> = Vec::new();
    for regime in context
        .rules
        .regime
        .iter()
        .filter(|regime| regime.valid.contains(context.day()))
    {
        match condition_holds(context, valuation, &regime.when)? {
            Some(true) => holding.push(regime),
            Some(false) => {}
            None => return Ok(None),
        }
    }
    let replaced = |regime: &Regime| {
        holding
            .iter()
            .any(|other| other.replaces.contains(&regime.id))
    };
    let mut standing = holding.iter().filter(|regime| !replaced(regime));
    match (standing.next(), standing.next()) {
        (Some(regime), None) => Ok(Some(regime)),
        (Some(_), Some(_)) => Err(ErrorCode::RuleConflict.into()),
        (None, _) => Err(ErrorCode::RuleMissing.into()),
    }
}

/// Whether a condition is met; `None` while a value that it asks for is unknown.
///
/// # Errors
/// Where a limit's currency cannot be converted.
pub fn condition_holds(
    context: &Context<'_>,
    valuation: &Valuation,
    condition: &Condition,
) -> Result<Option<bool>, Error> {
    if !holds_without_values(context.basket, condition) {
        return Ok(Some(false));
    }
    if let Some(band) = &condition.intrinsic_value
        && !within(context, valuation.goods, band)?
    {
        return Ok(Some(false));
    }
    match (&condition.customs_value, valuation.customs_value) {
        (None, _) => Ok(Some(true)),
        (Some(band), Some(value)) => within(context, value, band).map(Some),
        (Some(_), None) => Ok(None),
    }
}

fn holds_without_values(basket: &Basket, condition: &Condition) -> bool {
    let registered = |name: &String| basket.registrations.contains(name);
    let under = |codes: &[String]| basket.items.iter().any(|item| lies_under(item.code, codes));
    condition.buyer.is_none_or(|buyer| buyer == basket.buyer)
        && condition.gift.is_none_or(|gift| gift == basket.gift)
        && (condition.transport.is_empty()
            || basket
                .transport
                .is_some_and(|transport| condition.transport.contains(&transport)))
        && condition.registered.as_ref().is_none_or(registered)
        && condition
            .not_registered
            .as_ref()
            .is_none_or(|name| !registered(name))
        && condition
            .claims_preference
            .is_none_or(|claims| claims == basket.items.iter().any(|item| item.claim_preference))
        && !under(&condition.without_codes)
        && (condition.with_codes.is_empty() || under(&condition.with_codes))
}

/// Whether a code lies under one of the listed ones, or may: a short code that covers one counts too.
pub(super) fn lies_under(code: CommodityCode, listed: &[String]) -> bool {
    let meets = |listed: CommodityCode| listed.covers(code) || code.covers(listed);
    listed
        .iter()
        .filter_map(|listed| CommodityCode::parse(listed).ok())
        .any(meets)
}

fn within(context: &Context<'_>, value: Decimal, band: &Band) -> Result<bool, Error> {
    let meets = |limit: Option<Money>, meets: fn(&Decimal, &Decimal) -> bool| match limit {
        Some(limit) => context.convert(limit).map(|limit| meets(&value, &limit)),
        None => Ok(true),
    };
    Ok(meets(band.above, Decimal::gt)?
        && meets(band.at_least, Decimal::ge)?
        && meets(band.at_most, Decimal::le)?
        && meets(band.below, Decimal::lt)?)
}

/// How a regime's charges are collected: as the request asks, or the first way that is possible. A seller who delivers duty paid
/// collects everything at the checkout.
///
/// # Errors
/// [`ErrorCode::InputChoice`] at `collection` for a model that the regime does not offer; [`ErrorCode::RuleMissing`] where the seller
/// holds none of the registrations that the regime's ways need.
pub fn choose_collection(basket: &Basket, regime: &Regime) -> Result<Collection, Error> {
    let possible = |collection: &&Collection| {
        collection
            .needs_registration
            .as_ref()
            .is_none_or(|name| basket.registrations.contains(name))
    };
    let mut ways = regime.collection.iter().filter(possible);
    let mut chosen = match &basket.collection {
        None => ways.next().cloned().ok_or(ErrorCode::RuleMissing)?,
        Some(asked) => ways
            .find(|way| model_name(way.model) == asked)
            .cloned()
            .ok_or(Error::at(
                ErrorCode::InputChoice,
                Field::of_request("collection"),
            ))?,
    };
    if basket.incoterm == Incoterm::DutyPaid {
        for collector in [&mut chosen.duty, &mut chosen.tax, &mut chosen.fee] {
            collector.at = Moment::Checkout;
        }
    }
    Ok(chosen)
}

/// The model's word in the contract.
pub(super) const fn model_name(model: CollectionModel) -> &'static str {
    match model {
        CollectionModel::Vendor => "vendor",
        CollectionModel::Intermediary => "intermediary",
        CollectionModel::Buyer => "buyer",
        CollectionModel::Border => "border",
    }
}
