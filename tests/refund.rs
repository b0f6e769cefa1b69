//! What comes back when goods are returned, on a place that the test states itself: worked by hand, and as properties.

#![cfg(feature = "cli")]
#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "the test reckons beside the engine, on small numbers"
)]

use dutiable::Engine;
use dutiable::basket::Basket;
use dutiable::calendar::{CalendarDate, ValidityPeriod};
use dutiable::decimal::{self, Decimal};
use dutiable::destination::Rules;
use dutiable::engine::sections::RULES;
use dutiable::landed_cost::Returned;
use dutiable::pack::{About, PackKind, PackWriter};
use proptest::prelude::*;
use serde_json::{Value, json};

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

const LAW: &str = r#"{ title = "A law of the test", url = "https://example.org/", confidence = "derived", checked-on = "2026-11-27" }"#;

/// Duty 10 % by the request, or 3 euros a tariff item up to 150; VAT of 20 %; four fees. VAT comes back from the seller where the seller
/// collects it, duty at 99 % on a claim within 90 days; the levy does not; of the handling fee the whole; of the others no rule speaks.
fn place() -> Outcome<Engine> {
    let collector = |by: &str, at: &str| format!("{{ by = \"{by}\", at = \"{at}\" }}");
    let way = |model: &str, by: &str, at: &str| {
        let one = collector(by, at);
        format!("{{ model = \"{model}\", duty = {one}, tax = {one}, fee = {one} }}")
    };
    let border = way("border", "carrier", "delivery");
    let vendor = way("vendor", "vendor", "checkout");
    let fee = |id: &str, charge: &str| {
        format!("[[fee]]\nid = \"{id}\"\ncharge = {charge}\nlaw = {LAW}\n")
    };
    let fixed = |per: &str| format!("{{ fixed = {{ amount = \"2 EUR\", per = \"{per}\" }} }}");
    let text = format!(
        r#"
territory = "zz"
title = "A place of the test"
place = [{{ code = "ZZ", currency = "EUR" }}, {{ code = "ZJ", currency = "JPY" }}]
[[customs-value]]
basis = "FOB"
law = {LAW}
[[regime]]
id = "ordinary"
duty = "tariff"
tax = "charged"
release-category = 4
declaration = "Declaration"
collection = [{border}, {vendor}]
law = {LAW}
[[regime]]
id = "flat"
when = {{ gift = false, intrinsic-value = {{ at-most = "150 EUR" }} }}
replaces = ["ordinary"]
duty = {{ flat-per-tariff-item = {{ amount = "3 EUR", digits = 6 }} }}
tax = "charged"
release-category = 3
declaration = "Short"
collection = [{border}, {vendor}]
law = {LAW}
[[tax]]
id = "vat"
rate = {{ percent = "20 %" }}
base = ["customs-value", "duty"]
law = {LAW}
{}{}{}{}
[[refund]]
of = ["vat"]
models = ["vendor"]
how = "seller"
law = {LAW}
[[refund]]
of = ["duties"]
how = "claim"
share = "99 %"
within-days = 90
proof = "Proof of export"
law = {LAW}
[[refund]]
of = ["levy"]
how = "no"
law = {LAW}
[[refund]]
of = ["handling", "by-item"]
how = "drawback"
law = {LAW}
"#,
        fee("levy", "{ ad-valorem = { rate = \"1 %\" } }"),
        fee("handling", &fixed("consignment")),
        fee("by-item", &fixed("tariff-item")),
        fee("by-line", &fixed("line")),
    );
    let rules: Rules = toml::from_str(&text)?;
    let about = About {
        id: "zz.rules".into(),
        tariff: "zz".into(),
        destinations: None,
        origins: None,
        language: None,
        edition: 0,
        as_of: CalendarDate::parse("2026-11-27")?,
        covers: ValidityPeriod::default(),
        sources: Vec::new(),
    };
    let writer = PackWriter::new(PackKind::Rules, &about)?;
    let mut engine = Engine::new();
    engine.open_pack(writer.value(RULES, &rules)?.seal()?, None)?;
    Ok(engine)
}

fn item(id: &str, code: &str, quantity: u64, price: &str) -> Value {
    json!({ "id": id, "code": code, "origin": "CN", "quantity": quantity.to_string(), "unitPrice": price, "dutyRate": "10" })
}

fn request(items: &[Value], returned: &[(&str, &str)]) -> Value {
    let entry = |(id, quantity): &(&str, &str)| json!({ "id": id, "quantity": quantity });
    let returned: Vec<Value> = returned.iter().map(entry).collect();
    json!({ "date": "2026-11-27", "destination": "ZZ", "currency": "EUR", "items": items, "returned": returned })
}

fn refunded(engine: &Engine, request: &Value) -> Outcome<Value> {
    let text = request.to_string();
    let basket = Basket::parse(&text)?;
    let returned = Returned::parse(&text, &basket)?;
    Ok(serde_json::to_value(engine.refund(&basket, &returned)?)?)
}

fn lines(refund: &Value) -> impl Iterator<Item = &Value> {
    refund["lines"].as_array().into_iter().flatten()
}

/// What comes back of a measure, on its lines; `?` where it is unknown.
fn back(refund: &Value, measure: &str) -> String {
    let of = lines(refund).filter(|line| line["measure"] == measure);
    let shown: Vec<&str> = of
        .map(|line| line["back"].as_str().unwrap_or("?"))
        .collect();
    shown.join(" ")
}

/// Two of three coats at 100 euros go back: duty 30, VAT 66 on 330, levy 3, three fees of 2 each.
#[test]
fn a_part_of_an_ordinary_basket() -> Outcome {
    let engine = place()?;
    let mut request = request(&[item("coat", "620111", 3, "100")], &[("coat", "2")]);
    request["releasedOn"] = json!("2026-12-20");
    let refund = refunded(&engine, &request)?;
    // 30 × 2 / 3 × 99 % = 19.80.
    assert_eq!(back(&refund, "third-country-duty"), "19.80", "{refund}");
    let duty = lines(&refund)
        .find(|line| line["kind"] == "duty")
        .ok_or("no duty")?;
    assert_eq!(duty["formula"], "30.00 × 2 / 3 × 99 % = 19.80");
    assert_eq!(duty["how"], "claim");
    assert_eq!(duty["lastDay"], "2027-03-20");
    assert_eq!(duty["proof"], "Proof of export");
    assert_eq!(duty["law"]["confidence"], "derived");
    // At the border no rule speaks of VAT.
    assert_eq!(back(&refund, "vat"), "?");
    assert_eq!(back(&refund, "levy"), "0.00");
    // One coat is kept, and with it the parcel, the tariff item and the line.
    assert_eq!(back(&refund, "handling"), "0.00");
    assert_eq!(back(&refund, "by-item"), "0.00");
    assert_eq!(back(&refund, "by-line"), "?");
    let totals = json!({ "charged": "105.00", "onReturned": "66.00", "back": "19.80", "notBack": "2.20", "unknown": "44.00" });
    assert_eq!(refund["totals"], totals);
    Ok(())
}

/// The seller gives VAT back where the seller collects, and what the seller bore comes back to the seller.
#[test]
fn who_gives_back_and_to_whom() -> Outcome {
    let engine = place()?;
    let mut request = request(&[item("coat", "620111", 3, "100")], &[("coat", "3")]);
    request["collection"] = json!("vendor");
    let refund = refunded(&engine, &request)?;
    assert_eq!(back(&refund, "vat"), "66.00");
    assert!(lines(&refund).all(|line| line["to"] == "buyer"));
    assert_eq!(back(&refund, "handling"), "2.00");
    assert_eq!(refund["releaseAssumed"], true);
    assert_eq!(refund["releasedOn"], "2026-11-27");
    request["incoterm"] = json!("DDP");
    let refund = refunded(&engine, &request)?;
    assert!(lines(&refund).all(|line| line["to"] == "vendor"));
    Ok(())
}

/// A flat duty is for all items of its code, a fee by the item for those of which nothing is kept.
#[test]
fn what_is_fixed_comes_back_whole_or_not() -> Outcome {
    let engine = place()?;
    let items = [
        item("black", "610910", 1, "20"),
        item("white", "610910", 1, "20"),
        item("watch", "910211", 1, "50"),
    ];
    let of = |returned: &[(&str, &str)]| refunded(&engine, &request(&items, returned));
    let one = of(&[("black", "1")])?;
    assert_eq!(back(&one, "flat-duty"), "0.00 0.00");
    assert_eq!(back(&one, "by-item"), "0.00");
    let both = of(&[("white", "1"), ("black", "1")])?;
    assert_eq!(back(&both, "flat-duty"), "2.97 0.00");
    assert_eq!(back(&both, "by-item"), "2.00");
    assert_eq!(back(&both, "handling"), "0.00");
    let all = of(&[("white", "1"), ("black", "1"), ("watch", "1")])?;
    assert_eq!(back(&all, "flat-duty"), "2.97 2.97");
    assert_eq!(back(&all, "by-item"), "4.00");
    assert_eq!(back(&all, "handling"), "2.00");
    // Two of three lines come back: 6 × 2 / 3.
    let fee = lines(&both)
        .find(|line| line["measure"] == "by-line")
        .ok_or("no fee")?;
    assert_eq!(fee["onReturned"], "4.00");
    Ok(())
}

/// A yen has no cents: 1/3 of 1000 is 333, and 99 % of it 330.
#[test]
fn amounts_are_rounded_down_to_the_minor_unit() -> Outcome {
    let engine = place()?;
    let mut request = request(&[item("coat", "620111", 3, "10000")], &[("coat", "1")]);
    request["destination"] = json!("ZJ");
    request["currency"] = json!("JPY");
    request["gift"] = json!(true);
    request["exchangeRates"] = json!({ "EUR/JPY": "160" });
    request["items"][0]["dutyRate"] = json!("3.333333");
    let refund = refunded(&engine, &request)?;
    let duty = lines(&refund)
        .find(|line| line["kind"] == "duty")
        .ok_or("no duty")?;
    assert_eq!(
        (&duty["amount"], &duty["onReturned"], &duty["back"]),
        (&json!("1000"), &json!("333"), &json!("330"))
    );
    Ok(())
}

#[test]
fn what_cannot_be_returned_is_refused() -> Outcome {
    let engine = place()?;
    let items = [item("coat", "620111", 3, "100")];
    let refused = |request: Value| match refunded(&engine, &request) {
        Ok(_) => "accepted".to_owned(),
        Err(error) => error.to_string(),
    };
    assert_eq!(
        refused(request(&items, &[("hat", "1")])),
        "input.choice at returned"
    );
    assert_eq!(
        refused(request(&items, &[("coat", "4")])),
        "amount.out-of-range at returned"
    );
    assert_eq!(
        refused(request(&items, &[("coat", "-1")])),
        "amount.negative at returned"
    );
    assert_eq!(
        refused(request(&items, &[("coat", "one")])),
        "amount.malformed at returned"
    );
    assert_eq!(
        refused(request(&items, &[("coat", "1"), ("coat", "1")])),
        "item.duplicate at returned"
    );
    let mut without = request(&items, &[]);
    without["returned"] = Value::Null;
    assert_eq!(refused(without), "input.missing at returned");
    let mut number = request(&items, &[]);
    number["returned"] = json!([{ "id": "coat", "quantity": 1 }]);
    assert_eq!(refused(number), "input.type at returned");
    let mut day = request(&items, &[]);
    day["releasedOn"] = json!("2026-02-30");
    assert_eq!(refused(day), "date.impossible at releasedOn");
    Ok(())
}

fn amount(value: &Value) -> Decimal {
    decimal::parse(value.as_str().unwrap_or("0"), 4).unwrap_or_default()
}

const CODES: [&str; 3] = ["610910", "620111", "910211"];

prop_compose! {
    fn any_item()(code in prop::sample::select(&CODES[..]), quantity in 1_u64..7, cents in 0_i64..9_000, back in 0_u64..7) -> (&'static str, u64, i64, u64) {
        (code, quantity, cents, back.min(quantity))
    }
}

fn asked(
    items: &[(&'static str, u64, i64, u64)],
    vendor: bool,
    back: impl Fn(usize, u64, u64) -> u64,
) -> Value {
    let bought: Vec<Value> = items
        .iter()
        .enumerate()
        .map(|(at, (code, quantity, cents, _))| {
            item(
                &at.to_string(),
                code,
                *quantity,
                &Decimal::new(*cents, 2).to_string(),
            )
        })
        .collect();
    let returned: Vec<(String, String)> = items
        .iter()
        .enumerate()
        .map(|(at, (_, quantity, _, of))| (at.to_string(), back(at, *quantity, *of).to_string()))
        .collect();
    let returned: Vec<(&str, &str)> = returned
        .iter()
        .map(|(id, quantity)| (id.as_str(), quantity.as_str()))
        .collect();
    let mut request = request(&bought, &returned);
    request["collection"] = json!(if vendor { "vendor" } else { "border" });
    request["carrierFees"] = json!([{ "id": "advance", "fixed": "5" }]);
    request
}

thread_local!(static ENGINE: Engine = place().unwrap_or_default());

fn reckoned(request: &Value) -> Result<Value, TestCaseError> {
    let refund = ENGINE.with(|engine| refunded(engine, request));
    refund.map_err(|error| TestCaseError::fail(format!("{error}: {request}")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// Nothing returned, nothing back; all returned, at most what was charged; more returned, no less back.
    #[test]
    fn more_goods_bring_no_less_back(items in prop::collection::vec(any_item(), 1..5), vendor in any::<bool>(), which in 0_usize..4) {
        let none = reckoned(&asked(&items, vendor, |_, _, _| 0))?;
        prop_assert!(["back", "notBack", "unknown", "onReturned"].iter().all(|sum| amount(&none["totals"][sum]).is_zero()));
        let all = reckoned(&asked(&items, vendor, |_, quantity, _| quantity))?;
        for line in lines(&all) {
            prop_assert_eq!(amount(&line["onReturned"]), amount(&line["amount"]), "{}", line);
            prop_assert!(amount(&line["back"]) <= amount(&line["amount"]));
        }
        let some = reckoned(&asked(&items, vendor, |_, _, of| of))?;
        let more = reckoned(&asked(&items, vendor, |at, quantity, of| if at == which { quantity.min(of + 1) } else { of }))?;
        for (fewer, more) in lines(&some).zip(lines(&more)) {
            prop_assert!(amount(&fewer["back"]) <= amount(&more["back"]), "{} {}", fewer, more);
            prop_assert!(amount(&fewer["onReturned"]) <= amount(&more["onReturned"]));
            prop_assert_eq!(&fewer["how"], &more["how"]);
        }
    }

    /// What is on the returned goods comes back, does not, or is unknown; each line says how as the quote does.
    #[test]
    fn sums_are_those_of_the_lines(items in prop::collection::vec(any_item(), 1..5), vendor in any::<bool>()) {
        let request = asked(&items, vendor, |_, _, of| of);
        let refund = reckoned(&request)?;
        let totals = &refund["totals"];
        let parts = ["back", "notBack", "unknown"].map(|sum| amount(&totals[sum]));
        prop_assert_eq!(parts.iter().sum::<Decimal>(), amount(&totals["onReturned"]));
        for (sum, field) in [("charged", "amount"), ("onReturned", "onReturned"), ("back", "back")] {
            prop_assert_eq!(lines(&refund).map(|line| amount(&line[field])).sum::<Decimal>(), amount(&totals[sum]));
        }
        let basket = Basket::parse(&request.to_string()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        ENGINE.with(|engine| {
            let quote = engine.quote(&basket).map_err(|error| TestCaseError::fail(error.to_string()))?;
            let quoted = quote.lines.iter().filter(|line| line.refund.is_some());
            let ruled = lines(&refund).filter(|line| !line["law"].is_null());
            for (line, ruled) in quoted.zip(ruled) {
                prop_assert_eq!(&ruled["how"], line.refundable);
            }
            Ok(())
        })?;
    }
}
