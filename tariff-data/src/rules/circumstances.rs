//! Which regime holds, in every circumstance that the rules tell apart.
//!
//! Conditions are made of few facts with few values that matter: below, at and above each limit, either answer to each question, each
//! means of transport, none and each of the listed codes. Their combinations are tried on the first and last day of every period.

use std::collections::BTreeSet;

use dutiable::calendar::CalendarDate;
use dutiable::decimal::Decimal;
use dutiable::destination::{
    Band, BuyerKind, Condition, CustomsValueBasis, Regime, Rules, Transport,
};
use dutiable::money::Money;
use dutiable::place::PlaceCode;

use super::in_time::next_day;

/// One circumstance. A basket of one item stands for all: a listed code is in it or none is.
#[derive(Clone, Copy, Debug)]
struct Circumstance<'a> {
    goods: Decimal,
    customs_value: Decimal,
    buyer: BuyerKind,
    gift: bool,
    transport: Option<Transport>,
    registered: Option<&'a str>,
    claims_preference: bool,
    code: &'a str,
    /// The value of one piece: at most the goods'.
    piece: Decimal,
    buyer_registered: Option<&'a str>,
    trusted: bool,
    origin: Option<PlaceCode>,
    ship_from: Option<PlaceCode>,
    region: Option<&'a str>,
}

/// Circumstances in which none or several regimes hold, each named once, and regimes that never do.
pub(super) fn check(rules: &Rules) -> Vec<String> {
    let currencies: BTreeSet<String> = limits(rules)
        .iter()
        .map(|limit| limit.currency.to_string())
        .collect();
    if currencies.len() > 1 {
        return vec![format!(
            "limits are stated in several currencies: {currencies:?}"
        )];
    }
    let mut failures = BTreeSet::new();
    let mut reached = BTreeSet::new();
    for day in days(rules) {
        let regimes: Vec<&Regime> = rules
            .regime
            .iter()
            .filter(|regime| regime.valid.contains(day))
            .collect();
        for circumstance in circumstances(rules, day) {
            let standing = standing(&regimes, &circumstance);
            match standing.as_slice() {
                [only] => {
                    reached.insert((only.id.as_str(), only.valid.from));
                }
                [] => {
                    failures.insert(format!(
                        "{day}: no regime holds, for instance {circumstance:?}"
                    ));
                    break;
                }
                several => {
                    let ids: Vec<&str> = several.iter().map(|regime| regime.id.as_str()).collect();
                    failures.insert(format!(
                        "{day}: {} hold and none replaces the other, for instance {circumstance:?}",
                        ids.join(" and ")
                    ));
                    break;
                }
            }
        }
    }
    for regime in &rules.regime {
        if !reached.contains(&(regime.id.as_str(), regime.valid.from)) {
            failures.insert(format!("regime {}: it never holds", regime.id));
        }
    }
    failures.into_iter().collect()
}

fn standing<'a>(regimes: &[&'a Regime], circumstance: &Circumstance<'_>) -> Vec<&'a Regime> {
    let holding: Vec<&Regime> = regimes
        .iter()
        .copied()
        .filter(|regime| holds(&regime.when, circumstance))
        .collect();
    let replaced = |regime: &Regime| {
        holding
            .iter()
            .any(|other| other.replaces.contains(&regime.id))
    };
    holding
        .iter()
        .copied()
        .filter(|regime| !replaced(regime))
        .collect()
}

fn holds(when: &Condition, circumstance: &Circumstance<'_>) -> bool {
    let within = |band: &Option<Band>, value: Decimal| {
        band.as_ref().is_none_or(|band| {
            band.above.is_none_or(|limit| value > limit.amount)
                && band.at_least.is_none_or(|limit| value >= limit.amount)
                && band.at_most.is_none_or(|limit| value <= limit.amount)
                && band.below.is_none_or(|limit| value < limit.amount)
        })
    };
    let registered = |name: &Option<String>| {
        name.as_deref()
            .is_none_or(|name| circumstance.registered == Some(name))
    };
    let not_registered = |name: &Option<String>| {
        name.as_deref()
            .is_none_or(|name| circumstance.registered != Some(name))
    };
    let under = |codes: &[String]| {
        !circumstance.code.is_empty()
            && codes
                .iter()
                .any(|code| circumstance.code.starts_with(code.as_str()))
    };
    let among = |place: Option<PlaceCode>, listed: &[PlaceCode], not: &[PlaceCode]| {
        // A place that no rule names stands for all others.
        (listed.is_empty() || place.is_some_and(|place| listed.contains(&place)))
            && place.is_none_or(|place| !not.contains(&place))
    };
    let named = |name: &Option<String>, own: Option<&str>| {
        name.as_deref().is_none_or(|name| own == Some(name))
    };
    let not_named = |name: &Option<String>, own: Option<&str>| {
        name.as_deref().is_none_or(|name| own != Some(name))
    };
    within(&when.intrinsic_value, circumstance.goods)
        && within(&when.item_value, circumstance.piece)
        && among(circumstance.origin, &when.origins, &when.not_origins)
        && among(circumstance.ship_from, &when.ship_from, &when.not_ship_from)
        && (when.regions.is_empty()
            || circumstance
                .region
                .is_some_and(|region| when.regions.iter().any(|other| other == region)))
        && named(&when.buyer_registered, circumstance.buyer_registered)
        && not_named(&when.not_buyer_registered, circumstance.buyer_registered)
        && when
            .trusted_trader
            .is_none_or(|trusted| trusted == circumstance.trusted)
        && (when.item_codes.is_empty() || under(&when.item_codes))
        && !under(&when.not_item_codes)
        && within(&when.customs_value, circumstance.customs_value)
        && when.buyer.is_none_or(|buyer| buyer == circumstance.buyer)
        && when.gift.is_none_or(|gift| gift == circumstance.gift)
        && (when.transport.is_empty()
            || circumstance
                .transport
                .is_some_and(|transport| when.transport.contains(&transport)))
        && registered(&when.registered)
        && not_registered(&when.not_registered)
        && when
            .claims_preference
            .is_none_or(|claims| claims == circumstance.claims_preference)
        && !under(&when.without_codes)
        && (when.with_codes.is_empty() || under(&when.with_codes))
}

fn circumstances(rules: &Rules, day: CalendarDate) -> impl Iterator<Item = Circumstance<'_>> {
    let whens: Vec<&Condition> = rules
        .regime
        .iter()
        .filter(|regime| regime.valid.contains(day))
        .map(|regime| &regime.when)
        .collect();
    let has = |asks: fn(&Condition) -> bool| whens.iter().any(|when| asks(when));
    let either = |asked: bool| {
        if asked {
            vec![false, true]
        } else {
            vec![false]
        }
    };
    let gifts = either(has(|when| when.gift.is_some()));
    let claims = either(has(|when| when.claims_preference.is_some()));
    let buyers = if has(|when| when.buyer.is_some()) {
        vec![BuyerKind::Consumer, BuyerKind::Business]
    } else {
        vec![BuyerKind::Consumer]
    };
    let mut transports = vec![None];
    for transport in whens.iter().flat_map(|when| &when.transport) {
        if !transports.contains(&Some(*transport)) {
            transports.push(Some(*transport));
        }
    }
    let mut registrations = vec![None];
    for name in whens
        .iter()
        .flat_map(|when| [&when.registered, &when.not_registered])
        .flatten()
    {
        if !registrations.contains(&Some(name.as_str())) {
            registrations.push(Some(name.as_str()));
        }
    }
    let mut codes: BTreeSet<&str> = BTreeSet::from([""]);
    for when in &whens {
        codes.extend(when.without_codes.iter().map(String::as_str));
        codes.extend(when.with_codes.iter().map(String::as_str));
        codes.extend(when.item_codes.iter().map(String::as_str));
        codes.extend(when.not_item_codes.iter().map(String::as_str));
    }
    let trusted = either(has(|when| when.trusted_trader.is_some()));
    let buyers_registered = asked(whens.iter().flat_map(|when| {
        let names = [&when.buyer_registered, &when.not_buyer_registered];
        names.into_iter().flatten().map(String::as_str)
    }));
    let origins = asked(
        whens
            .iter()
            .flat_map(|when| when.origins.iter().chain(&when.not_origins).copied()),
    );
    let ship_from = asked(
        whens
            .iter()
            .flat_map(|when| when.ship_from.iter().chain(&when.not_ship_from).copied()),
    );
    let regions = asked(
        whens
            .iter()
            .flat_map(|when| when.regions.iter().map(String::as_str)),
    );
    let pieces = points(whens.iter().filter_map(|when| when.item_value.as_ref()));
    let fob = rules
        .customs_value
        .iter()
        .any(|rule| rule.valid.contains(day) && rule.basis == CustomsValueBasis::Fob);
    let goods = points(
        whens
            .iter()
            .filter_map(|when| when.intrinsic_value.as_ref()),
    );
    let values = points(whens.iter().filter_map(|when| when.customs_value.as_ref()));
    let pairs: Vec<(Decimal, Decimal)> = goods
        .iter()
        .flat_map(|goods| values.iter().map(|value| (*goods, (*value).max(*goods))))
        .map(|(goods, value)| if fob { (goods, goods) } else { (goods, value) })
        .collect();
    let mut all = vec![Circumstance {
        goods: Decimal::ZERO,
        customs_value: Decimal::ZERO,
        buyer: BuyerKind::Consumer,
        gift: false,
        transport: None,
        registered: None,
        claims_preference: false,
        code: "",
        piece: Decimal::ZERO,
        buyer_registered: None,
        trusted: false,
        origin: None,
        ship_from: None,
        region: None,
    }];
    spread(&mut all, &pairs, |one, (goods, customs_value)| {
        (one.goods, one.customs_value) = (goods, customs_value);
    });
    spread(&mut all, &pieces, |one, piece| {
        one.piece = piece.min(one.goods)
    });
    spread(&mut all, &buyers, |one, buyer| one.buyer = buyer);
    spread(&mut all, &gifts, |one, gift| one.gift = gift);
    spread(&mut all, &transports, |one, by| one.transport = by);
    spread(&mut all, &registrations, |one, name| one.registered = name);
    spread(&mut all, &claims, |one, claims| {
        one.claims_preference = claims
    });
    let codes: Vec<&str> = codes.into_iter().collect();
    spread(&mut all, &codes, |one, code| one.code = code);
    spread(&mut all, &buyers_registered, |one, name| {
        one.buyer_registered = name
    });
    spread(&mut all, &trusted, |one, trusted| one.trusted = trusted);
    spread(&mut all, &origins, |one, origin| one.origin = origin);
    spread(&mut all, &ship_from, |one, from| one.ship_from = from);
    spread(&mut all, &regions, |one, region| one.region = region);
    all.into_iter()
}

/// No answer, and each of those that rules name.
fn asked<T: Ord + Copy>(named: impl Iterator<Item = T>) -> Vec<Option<T>> {
    let named: BTreeSet<T> = named.collect();
    core::iter::once(None)
        .chain(named.into_iter().map(Some))
        .collect()
}

/// Each circumstance with each value of one more fact.
fn spread<'a, T: Copy>(
    all: &mut Vec<Circumstance<'a>>,
    values: &[T],
    set: impl Fn(&mut Circumstance<'a>, T),
) {
    let before = core::mem::take(all);
    for one in before {
        for value in values {
            let mut one = one;
            set(&mut one, *value);
            all.push(one);
        }
    }
}

/// Nothing, and below, at and above each limit.
fn points<'a>(bands: impl Iterator<Item = &'a Band>) -> Vec<Decimal> {
    let mut points = BTreeSet::from([Decimal::ZERO]);
    for limit in bands.flat_map(of_band) {
        let unit = Decimal::new(1, limit.currency.decimals());
        points.insert(limit.amount.saturating_sub(unit));
        points.insert(limit.amount);
        points.insert(limit.amount.saturating_add(unit));
    }
    points.into_iter().collect()
}

fn of_band(band: &Band) -> impl Iterator<Item = Money> + use<> {
    [band.above, band.at_least, band.at_most, band.below]
        .into_iter()
        .flatten()
}

fn limits(rules: &Rules) -> Vec<Money> {
    rules
        .regime
        .iter()
        .flat_map(|regime| {
            let when = &regime.when;
            [&when.intrinsic_value, &when.item_value, &when.customs_value]
        })
        .flatten()
        .flat_map(of_band)
        .collect()
}

/// The first and last day of every regime's period, the day after, and the calendar's last.
fn days(rules: &Rules) -> BTreeSet<CalendarDate> {
    let mut days = BTreeSet::new();
    let mut first = None;
    for regime in &rules.regime {
        let from = regime
            .valid
            .from
            .or_else(|| CalendarDate::parse("1990-01-01").ok());
        first = match (first, from) {
            (None, from) => from,
            (Some(first), Some(from)) => Some(from.min(first)),
            (first, None) => first,
        };
        days.extend(from);
        if let Some(to) = regime.valid.to {
            days.extend([to, next_day(to)]);
        }
    }
    days.extend(CalendarDate::parse("2099-12-31"));
    days.into_iter()
        .filter(|day| first.is_none_or(|first| first <= *day))
        .collect()
}
