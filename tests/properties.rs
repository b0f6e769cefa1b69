//! Properties of quotes over random baskets on the real packs. Numbers in the names are those of the project's list of properties.

#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a property that cannot be asked has failed"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "the test reckons beside the engine, on small numbers"
)]
#![expect(clippy::panic, reason = "a basket that is refused has failed the test")]
mod support;

use dutiable::Engine;
use dutiable::assessment::apportion;
use dutiable::calendar::CalendarDate;
use dutiable::decimal::{Decimal, Rounding};
use dutiable::tariff::DutyExpression;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{engine, quote};

/// Codes with plain, specific, compound and remedied duties; six digits where a range is wanted.
const CODES: [&str; 10] = [
    "610910", "640399", "851762", "950300", "420221", "871200", "040690", "220421", "180632",
    "910211",
];
const ORIGINS: [&str; 8] = ["CN", "VN", "US", "JP", "KR", "IN", "GB", "DE"];
const PLACES: [&str; 7] = ["US", "GB", "DE", "FR", "PL", "JP", "RO"];

thread_local!(static ENGINE: Engine = engine().unwrap_or_default());

fn quoted(request: &Value) -> Value {
    ENGINE
        .with(|engine| quote(engine, request))
        .unwrap_or_else(|error| panic!("{error}: {request}"))
}

fn decimal(value: &Value) -> Decimal {
    Decimal::from_str_exact(value.as_str().unwrap_or("0")).unwrap()
}

fn lines(quote: &Value) -> &Vec<Value> {
    quote["lines"].as_array().unwrap()
}

fn sum_of(quote: &Value, kind: &str) -> Decimal {
    lines(quote)
        .iter()
        .filter(|line| line["kind"] == kind)
        .map(|line| decimal(&line["amount"]))
        .sum()
}

prop_compose! {
    fn any_item()(
        code in prop::sample::select(&CODES[..]), origin in prop::sample::select(&ORIGINS[..]), quantity in 1_u32..40,
        cents in 1_i64..40_000, grams in 1_i64..5_000, known in any::<bool>(), claim in any::<bool>()
    ) -> Value {
        let weight = if known { json!(Decimal::new(grams, 3).to_string()) } else { Value::Null };
        json!({ "code": code, "origin": origin, "quantity": quantity.to_string(), "unitPrice": Decimal::new(cents, 2).to_string(),
                "netWeightKg": weight, "supplementary": [{ "unit": "pair", "quantity": "1" }, { "unit": "l", "quantity": "0.75" }],
                "claimPreference": claim })
    }
}

prop_compose! {
    fn any_request()(
        items in prop::collection::vec(any_item(), 1..6), place in prop::sample::select(&PLACES[..]), freight in 0_i64..20_000,
        insurance in 0_i64..500, ioss in any::<bool>(), business in any::<bool>(),
        transport in prop::sample::select(vec!["post", "express", "air", "sea"])
    ) -> Value {
        let mut items = items;
        for (position, item) in items.iter_mut().enumerate() {
            item["id"] = json!(position.to_string());
        }
        json!({ "date": "2026-10-30", "destination": place, "shipFrom": "CN", "currency": "EUR", "items": items,
                "freight": Decimal::new(freight, 2).to_string(), "insurance": Decimal::new(insurance, 2).to_string(),
                "transport": transport, "buyer": { "kind": if business { "business" } else { "consumer" } },
                "seller": { "registrations": if ioss { json!(["IOSS"]) } else { json!([]) } } })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// 1, 11: what the lines say adds up to the totals; nothing is negative.
    #[test]
    fn lines_add_up_to_totals(request in any_request()) {
        let quote = quoted(&request);
        let totals = if quote["status"] == "partial" { &quote["soFar"] } else { &quote["totals"] };
        for (kind, total) in [("duty", "duties"), ("tax", "taxes"), ("fee", "fees")] {
            prop_assert_eq!(sum_of(&quote, kind), decimal(&totals[total]), "{}", total);
        }
        let parts = ["goods", "freight", "insurance", "duties", "taxes", "fees"].map(|key| decimal(&totals[key]));
        prop_assert_eq!(parts.iter().sum::<Decimal>(), decimal(&totals["landedCost"]));
        let due = decimal(&totals["dueAtCheckout"]) + decimal(&totals["dueAtDelivery"]);
        prop_assert_eq!(due, decimal(&totals["landedCost"]));
        prop_assert!(lines(&quote).iter().all(|line| decimal(&line["amount"]) >= Decimal::ZERO));
    }

    /// 4: neither the sum nor the set of charges depends on the order of the items, but for the share of a cent that apportioning
    /// gives the earlier of equals.
    #[test]
    fn the_order_of_items_does_not_matter(request in any_request()) {
        let mut turned = request.clone();
        turned["items"].as_array_mut().unwrap().reverse();
        turned["freight"] = json!("0");
        turned["insurance"] = json!("0");
        let mut straight = request;
        straight["freight"] = json!("0");
        straight["insurance"] = json!("0");
        let (a, b) = (quoted(&straight), quoted(&turned));
        prop_assert_eq!(&a["status"], &b["status"]);
        prop_assert_eq!(&a["totals"], &b["totals"]);
    }

    /// 12: a reader who takes the displayed base and rate of a per cent tax gets the displayed tax.
    #[test]
    fn a_tax_can_be_reckoned_from_its_line(request in any_request()) {
        let quote = quoted(&request);
        for line in lines(&quote).iter().filter(|line| line["kind"] == "tax" && !line["item"].is_null()) {
            let rate = line["rate"].as_str().unwrap().strip_suffix(" %").unwrap();
            let exact = decimal(&line["basis"]) * Decimal::from_str_exact(rate).unwrap() * Decimal::new(1, 2);
            let decimals = Rounding::to_decimals(if quote["currency"] == "JPY" { 0 } else { 2 });
            prop_assert_eq!(decimals.apply(exact).unwrap(), decimal(&line["amount"]), "{}", line);
        }
    }

    /// 13: terms move the moment of payment, never the price.
    #[test]
    fn delivered_duty_paid_costs_the_same(request in any_request()) {
        let mut paid = request.clone();
        paid["incoterm"] = json!("DDP");
        let (unpaid, paid) = (quoted(&request), quoted(&paid));
        prop_assert_eq!(&unpaid["totals"]["landedCost"], &paid["totals"]["landedCost"]);
        if paid["status"] != "partial" {
            prop_assert_eq!(decimal(&paid["totals"]["dueAtDelivery"]), Decimal::ZERO);
        }
    }

    /// 25: a claim that is granted never raises the duty.
    #[test]
    fn a_claim_never_raises_the_duty(request in any_request()) {
        let set = |claim: bool| {
            let mut request = request.clone();
            for item in request["items"].as_array_mut().unwrap() {
                item["claimPreference"] = json!(claim);
            }
            quoted(&request)
        };
        let (without, with) = (set(false), set(true));
        let same_regime = without["regime"]["id"] == with["regime"]["id"];
        if same_regime && without["status"] == "complete" && with["status"] == "complete" {
            prop_assert!(decimal(&with["totals"]["duties"]) <= decimal(&without["totals"]["duties"]));
        }
    }

    /// 27: what is known without a fact holds with it: a weight that is withheld gives an unknown, or the same answer.
    #[test]
    fn withholding_a_weight_never_changes_an_answer(request in any_request()) {
        let mut without = request.clone();
        let mut with = request;
        for item in with["items"].as_array_mut().unwrap() {
            item["netWeightKg"] = json!("0.5");
        }
        for item in without["items"].as_array_mut().unwrap() {
            item["netWeightKg"] = Value::Null;
        }
        let (without, with) = (quoted(&without), quoted(&with));
        if without["status"] != "partial" {
            prop_assert_eq!(&without["totals"], &with["totals"]);
        } else {
            prop_assert!(without["totals"]["landedCost"].is_null());
            prop_assert!(!without["unknown"].as_array().unwrap().is_empty());
        }
    }

    /// A range holds its median, and every known part of a range lies between its limits.
    #[test]
    fn a_range_holds_its_median(request in any_request()) {
        let quote = quoted(&request);
        if quote["status"] == "range" {
            let at = |end: &str| decimal(&quote["range"][end]["landedCost"]);
            let median = decimal(&quote["totals"]["landedCost"]);
            prop_assert!(at("low") <= median && median <= at("high"), "{} {} {}", at("low"), median, at("high"));
        }
        for line in lines(&quote).iter().filter(|line| !line["low"].is_null()) {
            prop_assert!(decimal(&line["low"]) <= decimal(&line["amount"]) && decimal(&line["amount"]) <= decimal(&line["high"]));
        }
    }

    /// 29: the same request gives the same bytes.
    #[test]
    fn the_same_request_gives_the_same_bytes(request in any_request()) {
        prop_assert_eq!(quoted(&request).to_string(), quoted(&request).to_string());
    }

    /// A bad item does not void the basket: the others are priced as they are without it.
    #[test]
    fn an_unknown_item_leaves_the_others_priced(request in any_request()) {
        let mut more = request.clone();
        let unknown = json!({ "id": "x", "code": "610910", "quantity": "1", "unitPrice": "0" });
        more["items"].as_array_mut().unwrap().push(unknown);
        let (one, other) = (quoted(&request), quoted(&more));
        let duty = |quote: &Value| {
            let own = lines(quote).iter().filter(|line| line["kind"] == "duty" && line["item"] != "x" && line["measure"] != "flat-duty");
            own.map(|line| line["amount"].clone()).collect::<Vec<_>>()
        };
        if one["currency"] != "JPY" {
            prop_assert_eq!(duty(&one), duty(&other));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    /// 2, 3: shares add up, each within a unit of exact, a zero weight gets nothing, and moving weights moves shares.
    #[test]
    fn shares_add_up(cents in 0_i64..1_000_000_000, weights in prop::collection::vec(0_i64..1_000_000, 1..30)) {
        let amount = Decimal::new(cents, 2);
        let weights: Vec<Decimal> = weights.into_iter().map(|weight| Decimal::new(weight, 2)).collect();
        let shares = apportion(amount, &weights, Rounding::to_decimals(2)).unwrap();
        prop_assert_eq!(shares.iter().sum::<Decimal>(), amount);
        let total: Decimal = weights.iter().sum();
        if !total.is_zero() && weights.len() > 1 {
            for (share, weight) in shares.iter().zip(&weights) {
                prop_assert!((*share - amount * *weight / total).abs() <= Decimal::new(1, 2));
                prop_assert!(!weight.is_zero() || share.is_zero());
            }
        }
    }

    /// Dates: every day of the calendar is read back as it is written, and the days count up by one.
    #[test]
    fn dates_are_read_back(year in 1900_u32..2100, month in 1_u32..13, day in 1_u32..32) {
        let text = format!("{year:04}-{month:02}-{day:02}");
        if let Ok(date) = CalendarDate::parse(&text) {
            prop_assert_eq!(date.to_string(), text);
            let next = [format!("{year:04}-{month:02}-{:02}", day + 1), format!("{year:04}-{:02}-01", month + 1), format!("{:04}-01-01", year + 1)];
            if let Some(next) = next.iter().find_map(|next| CalendarDate::parse(next).ok()) {
                prop_assert_eq!(next.days_since(date), 1);
                prop_assert_eq!(date.plus_days(1), Some(next));
                prop_assert_eq!(next.plus_days(-1), Some(date));
            }
            let first = CalendarDate::parse("1970-01-01").unwrap();
            prop_assert_eq!(first.plus_days(date.days()), Some(date));
        }
    }

    /// 32: a duty expression is read back as it is written.
    #[test]
    fn expressions_are_read_back(rates in prop::collection::vec((0_i64..100_000, 0_u32..4, 0_u8..4), 1..5)) {
        let term = |(mantissa, scale, form): &(i64, u32, u8)| {
            let number = Decimal::new(*mantissa, *scale).normalize();
            match form {
                0 => format!("{number} %"),
                1 => format!("{number} EUR/100 kg"),
                2 => format!("{number} USD/pair"),
                _ => format!("{number} % of strap"),
            }
        };
        let joints = [" + ", " MIN ", " MAX ", " MAX "];
        let mut text = term(&rates[0]);
        for (position, rate) in rates.iter().skip(1).enumerate() {
            text.push_str(joints[position]);
            text.push_str(&term(rate));
        }
        prop_assert_eq!(DutyExpression::parse(&text).unwrap().to_string(), text);
    }
}

/// 16: exchange there and back is exact to half a unit on either side; rate one is the identity.
#[test]
fn rate_one_is_the_identity() {
    let request = |rate: &str| {
        json!({ "date": "2026-10-30", "destination": "GB", "currency": "USD", "exchangeRates": { "USD/GBP": rate },
                "items": [{ "code": "61091000", "origin": "CN", "quantity": "1", "unitPrice": "200.01" }] })
    };
    let quote = quoted(&request("1"));
    assert_eq!(quote["totals"]["goods"], "200.01");
    assert_eq!(
        quote["totalsInRequestCurrency"]["landedCost"],
        quote["totals"]["landedCost"]
    );
}
