//! Whether a rule's condition is met.

use super::Context;
use super::charge::Need;
use super::valuation::Valuation;
use crate::basket::{Basket, Item};
use crate::decimal::{self, Decimal};
use crate::destination::{Band, Condition};
use crate::error::Error;
use crate::money::Money;
use crate::nomenclature::CommodityCode;
use crate::place::PlaceCode;

/// Whether a condition is met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holding {
    /// All of it.
    Yes,
    /// Some of it is not.
    No,
    /// Something that it asks for is not known, and all else is met.
    Open(Need),
}

impl Holding {
    fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    /// Both: what is not met decides, then what is open.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, other) => other,
            (open, _) => open,
        }
    }

    /// Either: what is met decides, then what is open.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::No, other) => other,
            (open, _) => open,
        }
    }
}

/// Whose condition it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskedOf {
    /// Of this item, by position.
    Item(usize),
    /// Of the consignment: what is asked of an item is met where some item meets it.
    Consignment,
}

/// Whether a condition is met. `beside` is added to the consignment's values: what else arrives on the same day.
///
/// # Errors
/// Where a limit's currency cannot be converted.
pub fn condition_holds(
    context: &Context<'_>,
    valuation: &Valuation,
    condition: &Condition,
    asked: AskedOf,
    beside: Decimal,
) -> Result<Holding, Error> {
    let mut holding = Holding::of(holds_without_values(context.basket, condition));
    if holding == Holding::No {
        return Ok(holding);
    }
    if let Some(band) = &condition.intrinsic_value {
        let value = decimal::add(valuation.goods, beside)?;
        holding = holding.and(Holding::of(within(context, value, band)?));
    }
    if holding == Holding::No {
        return Ok(holding);
    }
    if condition.is_of_item() {
        holding = holding.and(item_holds(context, valuation, condition, asked)?);
    }
    holding = holding.and(places_hold(context.basket, condition));
    if let Some(band) = &condition.customs_value {
        holding = holding.and(match (valuation.customs_value, valuation.needs.first()) {
            (Some(value), _) => {
                let value = decimal::add(value, beside)?;
                Holding::of(within(context, value, band)?)
            }
            (None, Some(need)) => Holding::Open(need.clone()),
            (None, None) => Holding::No,
        });
    }
    Ok(holding)
}

fn holds_without_values(basket: &Basket, condition: &Condition) -> bool {
    let seller = |name: &String| basket.registrations.contains(name);
    let buyer = |name: &String| basket.buyer_registrations.contains(name);
    // Asked for each item of the basket: without codes there is nothing to go through it for.
    let under = |codes: &[String]| {
        !codes.is_empty() && basket.items.iter().any(|item| lies_under(item.code, codes))
    };
    let held =
        |name: &Option<String>, holds: &dyn Fn(&String) -> bool| name.as_ref().is_none_or(holds);
    condition.buyer.is_none_or(|buyer| buyer == basket.buyer)
        && condition.gift.is_none_or(|gift| gift == basket.gift)
        && (condition.transport.is_empty()
            || basket
                .transport
                .is_some_and(|transport| condition.transport.contains(&transport)))
        && held(&condition.registered, &seller)
        && held(&condition.not_registered, &|name| !seller(name))
        && held(&condition.buyer_registered, &buyer)
        && held(&condition.not_buyer_registered, &|name| !buyer(name))
        && condition
            .trusted_trader
            .is_none_or(|trusted| trusted == basket.trusted_trader)
        && condition
            .claims_preference
            .is_none_or(|claims| claims == basket.items.iter().any(|item| item.claim_preference))
        && !under(&condition.without_codes)
        && (condition.with_codes.is_empty() || under(&condition.with_codes))
}

/// Where it comes from and goes to.
fn places_hold(basket: &Basket, condition: &Condition) -> Holding {
    let from = |need| {
        listed(
            basket.ship_from,
            &condition.ship_from,
            &condition.not_ship_from,
            need,
        )
    };
    let region = match &basket.region {
        _ if condition.regions.is_empty() => Holding::Yes,
        Some(region) => Holding::of(condition.regions.contains(region)),
        None => Holding::Open(Need::of_request("region", "region")),
    };
    from(Need::of_request("shipFrom", "place")).and(region)
}

/// Whether a place is among the listed ones and not among the unlisted.
fn listed(place: Option<PlaceCode>, among: &[PlaceCode], not: &[PlaceCode], need: Need) -> Holding {
    match place {
        _ if among.is_empty() && not.is_empty() => Holding::Yes,
        Some(place) => {
            Holding::of((among.is_empty() || among.contains(&place)) && !not.contains(&place))
        }
        None => Holding::Open(need),
    }
}

fn item_holds(
    context: &Context<'_>,
    valuation: &Valuation,
    condition: &Condition,
    asked: AskedOf,
) -> Result<Holding, Error> {
    let items = &context.basket.items;
    let one = |(position, item)| one_item_holds(context, valuation, condition, (position, item));
    if let AskedOf::Item(position) = asked {
        let item = items.get(position);
        return item.map_or(Ok(Holding::No), |item| one((position, item)));
    }
    let mut holding = Holding::No;
    for item in items.iter().enumerate() {
        holding = holding.or(one(item)?);
    }
    Ok(holding)
}

fn one_item_holds(
    context: &Context<'_>,
    valuation: &Valuation,
    condition: &Condition,
    (position, item): (usize, &Item),
) -> Result<Holding, Error> {
    let codes = (condition.item_codes.is_empty() || lies_under(item.code, &condition.item_codes))
        && !lies_under(item.code, &condition.not_item_codes);
    let need = Need::of_item(position, "origin", "place");
    let (among, not) = (&condition.origins, &condition.not_origins);
    let holding = Holding::of(codes).and(listed(item.origin, among, not, need));
    let (Some(band), Some(value)) = (&condition.item_value, valuation.items.get(position)) else {
        return Ok(holding);
    };
    Ok(holding.and(Holding::of(each_within(context, value.goods, item, band)?)))
}

/// Whether one piece of an item lies in a band: the item's goods beside so many times the limit, so that nothing is divided.
fn each_within(
    context: &Context<'_>,
    goods: Decimal,
    item: &Item,
    band: &Band,
) -> Result<bool, Error> {
    let times = |limit: Option<Money>| -> Result<Option<Money>, Error> {
        limit
            .map(|limit| {
                let amount = decimal::multiply(limit.amount, item.quantity)?;
                Ok(Money { amount, ..limit })
            })
            .transpose()
    };
    let band = Band {
        above: times(band.above)?,
        at_least: times(band.at_least)?,
        at_most: times(band.at_most)?,
        below: times(band.below)?,
    };
    within(context, goods, &band)
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
