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
    within(&when.intrinsic_value, circumstance.goods)
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
    }
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
    let mut all = Vec::new();
    for (goods, customs_value) in pairs {
        for buyer in &buyers {
            for gift in &gifts {
                for transport in &transports {
                    for registered in &registrations {
                        for claims_preference in &claims {
                            all.extend(codes.iter().map(|code| Circumstance {
                                goods,
                                customs_value,
                                buyer: *buyer,
                                gift: *gift,
                                transport: *transport,
                                registered: *registered,
                                claims_preference: *claims_preference,
                                code,
                            }));
                        }
                    }
                }
            }
        }
    }
    all.into_iter()
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
        .flat_map(|regime| [&regime.when.intrinsic_value, &regime.when.customs_value])
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
