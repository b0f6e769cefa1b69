//! Random requests to every place that has rules.

use dutiable::calendar::CalendarDate;
use dutiable::decimal::Decimal;
use dutiable::money::CurrencyCode;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::world::{DAYS, FIRST, Territory, day, world};

const ORIGINS: [&str; 20] = [
    "CN", "VN", "US", "JP", "KR", "IN", "GB", "DE", "TR", "MX", "CA", "AU", "BR", "TH", "BD", "CH",
    "TW", "RU", "ZA", "MA",
];
/// With no, two and three decimals.
const CURRENCIES: [&str; 8] = ["EUR", "USD", "GBP", "JPY", "KRW", "KWD", "TND", "CNY"];
const TRANSPORTS: [&str; 6] = ["post", "express", "air", "sea", "road", "rail"];
const TERMS: [&str; 7] = ["DAP", "DAP", "DDP", "FOB", "CIF", "EXW", "CPT"];
/// Quantities that settle most specific duties; no two measure the same.
const UNITS: [(&str, &str); 8] = [
    ("pair", "1"),
    ("l", "0.75"),
    ("m2", "1.8"),
    ("m", "3"),
    ("l-alcohol", "0.3"),
    ("kg-drained", "0.4"),
    ("m3", "0.01"),
    ("value:strap", "0.5"),
];

/// Numbers from which an item is made once its place is known.
#[derive(Clone, Debug)]
pub(crate) struct Drawn {
    pick: usize,
    origin: usize,
    digits: u8,
    met: bool,
    quantity: u32,
    units: i64,
    grams: Option<i64>,
    supplementary: bool,
    claim: bool,
    rate: Option<i64>,
}

fn drawn() -> impl Strategy<Value = Drawn> {
    // Prices are as often small as large, so that every regime is met.
    let units = (0_u32..6).prop_flat_map(|digits| 1_i64..=10_i64.pow(digits + 1));
    let of_code = (
        any::<usize>(),
        0..ORIGINS.len(),
        prop::sample::select(vec![6_u8, 6, 8, 10]),
        any::<bool>(),
    );
    let of_goods = (
        1_u32..20,
        units,
        prop::option::weighted(0.7, 1_i64..5_000),
        any::<bool>(),
        any::<bool>(),
    );
    let rate = prop::option::weighted(0.1, 0_i64..300);
    (of_code, of_goods, rate).prop_map(
        |((pick, origin, digits, met), (quantity, units, grams, supplementary, claim), rate)| {
            Drawn {
                pick,
                origin,
                digits,
                met,
                quantity,
                units,
                grams,
                supplementary,
                claim,
                rate,
            }
        },
    )
}

impl Drawn {
    fn item(&self, territory: &Territory, position: usize) -> Value {
        let code = territory.codes[self.pick % territory.codes.len()].clone();
        let mut item = json!({ "origin": ORIGINS[self.origin] });
        let mut code = code;
        if self.met && !territory.met.is_empty() {
            let met = &territory.met[self.pick % territory.met.len()];
            code.clone_from(&met.code);
            item["origin"] = json!(met.origin);
            if self.pick & 16 == 0 && !met.additional.is_empty() {
                item["additionalCode"] = json!(met.additional);
            }
            if self.pick & 32 == 0 && !met.certificate.is_empty() {
                item["certificates"] = json!([met.certificate]);
            }
        }
        code.truncate(usize::from(self.digits));
        item["id"] = json!(position.to_string());
        item["code"] = json!(code);
        item["quantity"] = json!(self.quantity.to_string());
        item["unitPrice"] = json!(Decimal::new(self.units, 2).to_string());
        if let Some(grams) = self.grams {
            item["netWeightKg"] = json!(Decimal::new(grams, 3).to_string());
        }
        if self.supplementary {
            let units = UNITS.map(|(unit, quantity)| json!({ "unit": unit, "quantity": quantity }));
            item["supplementary"] = json!(units);
        }
        item["claimPreference"] = json!(self.claim);
        let no_tariff = territory.rules.tariff.is_empty() && !self.pick.is_multiple_of(5);
        if let Some(rate) = self
            .rate
            .or(no_tariff.then_some(i64::from(self.digits) * 7))
        {
            item["dutyRate"] = json!(Decimal::new(rate, 1).to_string());
        }
        item
    }
}

/// One of a list, by a number that is drawn before the list is known.
fn one_of<T>(list: &[T], pick: usize) -> Option<&T> {
    list.get(pick.checked_rem(list.len())?)
}

pub(crate) fn any_request() -> impl Strategy<Value = Value> {
    requests(1..5)
}

/// A request with one item.
pub(crate) fn one_item() -> impl Strategy<Value = Value> {
    requests(1..2)
}

fn requests(items: core::ops::Range<usize>) -> impl Strategy<Value = Value> {
    let place = 0..world().places.len();
    let items = prop::collection::vec(drawn(), items);
    let money = (
        prop::option::of(0_i64..20_000),
        0_i64..500,
        prop::option::weighted(0.3, 1_i64..40),
    );
    let words = (0..CURRENCIES.len(), 0..TRANSPORTS.len() + 1, 0..TERMS.len());
    let parties = (
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.5),
        prop::bool::weighted(0.3),
        prop::bool::weighted(0.15),
    );
    let picks = (
        any::<usize>(),
        0..DAYS,
        any::<usize>(),
        prop::collection::vec((1_i64..100_000, 0_u32..4), 24),
    );
    (place, items, money, words, parties, picks).prop_map(|(place, items, (freight, insurance, discount), words, parties, picks)| {
        let (place, position) = &world().places[place];
        let territory = &world().territories[*position];
        let (currency, transport, terms) = words;
        let (business, registered, trusted, gift) = parties;
        let (pick, days, aim, rates) = picks;
        let home = home(territory, place);
        let currency = if pick.is_multiple_of(2) { home.clone() } else { CURRENCIES[currency].to_owned() };
        let items: Vec<Value> = items.iter().enumerate().map(|(at, item)| item.item(territory, at)).collect();
        let mut request = json!({ "date": date(territory, pick, days), "destination": place, "currency": currency, "items": items });
        request["shipFrom"] = json!(ORIGINS.get(pick % (ORIGINS.len() + 2)));
        request["transport"] = json!(TRANSPORTS.get(transport));
        request["incoterm"] = json!(TERMS[terms]);
        request["freight"] = json!(freight.map(|freight| Decimal::new(freight, 2).to_string()));
        request["insurance"] = json!(Decimal::new(insurance, 2).to_string());
        if let Some(per_cent) = discount {
            let goods: Decimal = goods(&request).iter().sum();
            request["discount"] = json!((goods * Decimal::new(per_cent, 2)).trunc_with_scale(2).to_string());
        }
        request["buyer"] = json!({ "kind": if business { "business" } else { "consumer" },
            "registrations": if pick & 4 == 0 { territory.buyer_registrations.clone() } else { Vec::new() } });
        request["seller"] = json!({ "registrations": if registered { territory.seller_registrations.clone() } else { Vec::new() }, "trustedTrader": trusted });
        request["gift"] = json!(gift);
        request["exchangeRates"] = exchange(territory, &currency, &home, &rates);
        let of_place = territory.rules.place.iter().find(|own| own.code.as_str() == place);
        request["region"] = json!(of_place.and_then(|own| one_of(&own.regions, pick >> 3)));
        if aim.is_multiple_of(3) {
            take_aim(&mut request, territory, &home, aim);
        }
        request
    })
}

/// What the place's customs reckons in on the days that are tried.
pub(crate) fn home(territory: &Territory, place: &str) -> String {
    let mut places = territory
        .rules
        .place
        .iter()
        .filter(|own| own.code.as_str() == place);
    let today = day("2026-09-01");
    let own = places
        .clone()
        .find(|own| own.valid.contains(today))
        .or_else(|| places.next());
    own.unwrap().currency.to_string()
}

/// Mostly a day of the window; else the first day of something, or the day before.
fn date(territory: &Territory, pick: usize, days: i32) -> String {
    let edges: Vec<CalendarDate> = territory
        .edges
        .iter()
        .copied()
        .filter(|edge| edge.year() >= 1990)
        .collect();
    let edge = one_of(&edges, pick >> 5).filter(|_| pick.is_multiple_of(5));
    let date = match edge {
        Some(edge) => edge.plus_days(i32::from(pick.is_multiple_of(2)) - 1),
        None => day(FIRST).plus_days(days),
    };
    date.filter(|date| date.year() >= 1990)
        .unwrap_or(day(FIRST))
        .to_string()
}

/// A rate for every currency that the basket can need.
fn exchange(territory: &Territory, currency: &str, home: &str, rates: &[(i64, u32)]) -> Value {
    let mut given = json!({});
    let named = territory.currencies.iter().map(String::as_str);
    for (other, (mantissa, scale)) in named
        .chain([currency])
        .filter(|other| *other != home)
        .zip(rates.iter().cycle())
    {
        given[format!("{other}/{home}")] = json!(Decimal::new(*mantissa, *scale).to_string());
    }
    given
}

/// Brings the goods to a limit of the rules, or a minor unit beside it.
fn take_aim(request: &mut Value, territory: &Territory, home: &str, aim: usize) {
    let Some(limit) = one_of(&territory.limits, aim / 3).map(|limit| limit.at) else {
        return;
    };
    let rate = rate_to(request, limit.currency.as_str(), home);
    let Some(exact) = limit.amount.checked_mul(rate) else {
        return;
    };
    let unit = unit_of(home);
    let goal = exact.round_dp(unit.scale())
        + unit * Decimal::from(i64::try_from(aim / 3 % 3).unwrap() - 1);
    let Some(mut item) = request["items"].get(0).cloned() else {
        return;
    };
    if goal <= Decimal::ZERO || goal >= Decimal::from(1_000_000_000_i64) {
        return;
    }
    item["quantity"] = json!("1");
    item["unitPrice"] = json!(goal.to_string());
    request["currency"] = json!(home);
    request["items"] = json!([item]);
    request["discount"] = json!("0");
}

/// What one unit of a currency is at home, by the request's own rates.
pub(crate) fn rate_to(request: &Value, currency: &str, home: &str) -> Decimal {
    if currency == home {
        return Decimal::ONE;
    }
    let rate = &request["exchangeRates"][format!("{currency}/{home}")];
    Decimal::from_str_exact(rate.as_str().unwrap_or("1")).unwrap()
}

/// The minor unit of a currency.
pub(crate) fn unit_of(currency: &str) -> Decimal {
    Decimal::new(1, CurrencyCode::parse(currency).unwrap().decimals())
}

/// Price times quantity of each item.
pub(crate) fn goods(request: &Value) -> Vec<Decimal> {
    let number = |value: &Value| Decimal::from_str_exact(value.as_str().unwrap_or("0")).unwrap();
    request["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| number(&item["unitPrice"]) * number(&item["quantity"]))
        .collect()
}

/// The same request in the destination's own currency.
pub(crate) fn at_home(mut request: Value) -> Value {
    let place = request["destination"].as_str().unwrap().to_owned();
    request["currency"] = json!(home(world().territory_of(&place), &place));
    request
}
