//! What is not known is never nothing, and takes no sum with it that it is no part of.

#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "the place that the test states is sound, or the test has failed"
)]

#[path = "support/stated.rs"]
mod stated;
mod support;

use serde_json::{Value, json};
use stated::{BORDER, LAW, place_on};
use support::{engine, quote};

const ON_DUTY: &str = "rate = { percent = \"20 %\" }\nbase = [\"customs-value\", \"duty\"]";
const ON_VALUE: &str = "rate = { percent = \"10 %\" }\nbase = [\"customs-value\"]";
const FEE: &str = "charge = { fixed = { amount = \"3 EUR\", per = \"consignment\" } }";

fn rule(kind: &str, id: &str, keys: &str) -> String {
    format!("[[{kind}]]\nid = \"{id}\"\nlaw = {LAW}\n{keys}\n")
}

/// An item of 100 euro; without a rate of the caller's own its duty is not known, for the place has no tariff.
fn item(id: &str, duty_rate: Option<&str>) -> Value {
    json!({ "id": id, "code": "610910", "origin": "CN", "quantity": "1", "unitPrice": "100.00", "dutyRate": duty_rate })
}

fn request(items: &[Value]) -> Value {
    json!({ "date": "2026-11-27", "destination": "ZZ", "currency": "EUR", "items": items, "freight": "10.00" })
}

fn without_freight(items: &[Value], incoterm: &str) -> Value {
    let mut request = request(items);
    request["freight"] = Value::Null;
    request["incoterm"] = json!(incoterm);
    request
}

/// On that day all lines of the heading have rates for what quotas admit, and none an ordinary rate.
#[test]
fn goods_whose_lines_are_all_for_quotas_are_asked_about() -> Result<(), String> {
    let item = json!({ "id": "a", "code": "31052010", "origin": "TR", "quantity": "1", "unitPrice": "100.00", "claimPreference": true, "netWeightKg": "10" });
    let request = json!({ "date": "2027-12-30", "destination": "FR", "shipFrom": "TR", "currency": "EUR", "items": [item], "freight": "10.00" });
    let quote = quote(&engine()?, &request)?;
    assert_eq!(quote["status"], "partial");
    assert!(asks_for(&quote, "items[0].code"), "{}", quote["unknown"]);
    Ok(())
}

/// What the totals say, by name: `null` where they say nothing.
fn said(totals: &Value, names: &[&str]) -> Vec<Value> {
    names.iter().map(|name| totals[name].clone()).collect()
}

fn asks_for(quote: &Value, field: &str) -> bool {
    let unknown = quote["unknown"].as_array();
    unknown.is_some_and(|all| all.iter().any(|one| one["field"] == field))
}

fn texts(values: &[&str]) -> Vec<Value> {
    values
        .iter()
        .map(|text| match *text {
            "" => Value::Null,
            text => json!(text),
        })
        .collect()
}

const ALL: [&str; 7] = [
    "freight",
    "duties",
    "taxes",
    "fees",
    "landedCost",
    "dueAtCheckout",
    "dueAtDelivery",
];

#[test]
fn freight_that_is_not_known_is_not_nothing() -> Result<(), String> {
    let rules = rule("tax", "vat", ON_DUTY) + &rule("fee", "handling", FEE);
    let engine = place_on("CIF", &rules);
    let asked = without_freight(&[item("a", Some("10"))], "FOB");
    let quote = quote(&engine, &asked)?;
    assert_eq!(quote["status"], "partial");
    assert!(asks_for(&quote, "freight"));
    let expected = texts(&["", "", "", "3.00", "", "", ""]);
    assert_eq!(said(&quote["totals"], &ALL), expected);
    assert_eq!(said(&quote["totalsInRequestCurrency"], &ALL), expected);
    let so_far = texts(&["", "0.00", "0.00", "3.00", "103.00", "100.00", "3.00"]);
    assert_eq!(said(&quote["soFar"], &ALL), so_far);
    Ok(())
}

/// A fee is shared by the customs values; where these are not known one item bears it whole, and of two none knows its share.
#[test]
fn a_tax_on_a_fee_is_known_where_one_item_bears_it() -> Result<(), String> {
    let on_fee = "rate = { percent = \"10 %\" }\nbase = [{ fee = \"handling\" }]";
    let rules = rule("fee", "handling", FEE) + &rule("tax", "on-fee", on_fee);
    let engine = place_on("CIF", &rules);
    let taxes = |items: &[Value]| -> Result<Value, String> {
        let quote = quote(&engine, &without_freight(items, "FOB"))?;
        Ok(quote["totals"]["taxes"].clone())
    };
    assert_eq!(taxes(&[item("a", Some("10"))])?, "0.30");
    assert_eq!(
        taxes(&[item("a", Some("10")), item("b", Some("10"))])?,
        Value::Null
    );
    Ok(())
}

/// Where the customs value is without freight, duty and tax are known; the price at the door is not.
#[test]
fn freight_is_a_part_of_the_price_at_the_door() -> Result<(), String> {
    let rules = rule("tax", "vat", ON_DUTY)
        + &rule(
            "tax",
            "on-freight",
            "rate = { percent = \"5 %\" }\nbase = [\"freight\"]",
        );
    let engine = place_on("FOB", &rules);
    let quote = quote(&engine, &without_freight(&[item("a", Some("10"))], "EXW"))?;
    assert_eq!(quote["status"], "partial");
    assert!(asks_for(&quote, "freight"));
    let expected = texts(&["", "10.00", "", "0.00", "", "", ""]);
    assert_eq!(said(&quote["totals"], &ALL), expected);
    let so_far = texts(&["", "10.00", "22.00", "0.00", "132.00", "100.00", "32.00"]);
    assert_eq!(said(&quote["soFar"], &ALL), so_far);
    Ok(())
}

/// Prices that cover the carriage leave nothing to be charged apart.
#[test]
fn a_price_that_covers_the_carriage_needs_no_freight() -> Result<(), String> {
    let engine = place_on("CIF", &rule("tax", "vat", ON_DUTY));
    for incoterm in ["DAP", "DDP", "CIF"] {
        let quote = quote(
            &engine,
            &without_freight(&[item("a", Some("10"))], incoterm),
        )?;
        assert_eq!(quote["status"], "complete", "{incoterm}");
        assert_eq!(quote["totals"]["freight"], "0.00", "{incoterm}");
        assert_eq!(quote["totals"]["landedCost"], "132.00", "{incoterm}");
    }
    Ok(())
}

#[test]
fn an_unknown_duty_takes_only_what_rests_on_it() -> Result<(), String> {
    let rules = [
        rule("tax", "levy", ON_VALUE),
        rule(
            "tax",
            "on-levy",
            "rate = { percent = \"50 %\" }\nbase = [{ tax = \"levy\" }]",
        ),
        rule("tax", "vat", ON_DUTY),
        rule(
            "tax",
            "on-vat",
            "rate = { percent = \"50 %\" }\nbase = [{ tax = \"vat\" }]",
        ),
        rule("fee", "handling", FEE),
    ];
    let engine = place_on("CIF", &rules.concat());
    let quote = quote(&engine, &request(&[item("a", Some("10")), item("b", None)]))?;
    assert_eq!(quote["status"], "partial");
    let charged = |measure: &str, item: &str| {
        let mut lines = quote["lines"].as_array().into_iter().flatten();
        let line = lines.find(|line| line["measure"] == measure && line["item"] == item);
        line.map(|line| line["amount"].clone())
    };
    // 105 each: the freight is shared.
    assert_eq!(charged("levy", "a"), Some(json!("10.50")));
    assert_eq!(charged("levy", "b"), Some(json!("10.50")));
    assert_eq!(charged("on-levy", "b"), Some(json!("5.25")));
    assert_eq!(charged("vat", "a"), Some(json!("23.10")));
    assert_eq!(charged("on-vat", "a"), Some(json!("11.55")));
    assert_eq!(charged("vat", "b"), None);
    assert_eq!(charged("on-vat", "b"), None);
    let expected = texts(&["10.00", "", "", "3.00", "", "210.00", ""]);
    assert_eq!(said(&quote["totals"], &ALL), expected);
    let so_far = texts(&[
        "10.00", "10.50", "66.15", "3.00", "289.65", "210.00", "79.65",
    ]);
    assert_eq!(said(&quote["soFar"], &ALL), so_far);
    Ok(())
}

/// What is paid when is told apart: a tax with the order is known whatever the duty at delivery comes to.
#[test]
fn a_moment_without_an_unknown_is_stated() -> Result<(), String> {
    let rules = rule("tax", "levy", ON_VALUE);
    let way = r#"[{ model = "vendor", duty = { by = "carrier", at = "delivery" }, tax = { by = "vendor", at = "checkout" }, fee = { by = "carrier", at = "delivery" } }]"#;
    let regime = format!(
        "[[regime]]\nid = \"at-the-sale\"\nreplaces = [\"ordinary\"]\nduty = \"tariff\"\ntax = \"charged\"\nrelease-category = 3\ndeclaration = \"D\"\ncollection = {way}\nlaw = {LAW}\n"
    );
    let engine = place_on("CIF", &(regime + &rules));
    let quote = quote(&engine, &request(&[item("a", None)]))?;
    let expected = texts(&["10.00", "", "11.00", "0.00", "", "121.00", ""]);
    assert_eq!(said(&quote["totals"], &ALL), expected);
    Ok(())
}

/// A tax on the buyer's own return that is not known is said to be unknown, not left out as nothing.
#[test]
fn an_unknown_tax_on_the_return_is_null() -> Result<(), String> {
    let way = r#"[{ model = "buyer", duty = { by = "carrier", at = "delivery" }, tax = { by = "tax-authority", at = "return" }, fee = { by = "carrier", at = "delivery" } }]"#;
    let regime = format!(
        "[[regime]]\nid = \"postponed\"\nreplaces = [\"ordinary\"]\nduty = \"tariff\"\ntax = \"charged\"\nrelease-category = 4\ndeclaration = \"D\"\ncollection = {way}\nlaw = {LAW}\n"
    );
    let engine = place_on("CIF", &(regime + &rule("tax", "vat", ON_DUTY)));
    let open = quote(&engine, &request(&[item("a", None)]))?;
    assert_eq!(open["totals"].get("dueOnReturn"), Some(&Value::Null));
    assert_eq!(open["totals"]["dueAtCheckout"], "110.00");
    let known = quote(&engine, &request(&[item("a", Some("0"))]))?;
    assert_eq!(known["totals"]["dueOnReturn"], "22.00");
    let free = quote(&place_on("CIF", ""), &request(&[item("a", Some("0"))]))?;
    assert_eq!(free["totals"].get("dueOnReturn"), None);
    Ok(())
}

/// A fee on what the carrier advances is as open as that is; one on the goods is not.
#[test]
fn a_carriers_fee_on_an_unknown_is_unknown() -> Result<(), String> {
    let engine = place_on("CIF", "");
    let mut asked = request(&[item("a", Some("10")), item("b", None)]);
    asked["carrierFees"] = json!([{ "id": "advance", "rate": "2.5", "fixed": "8" }]);
    let open = quote(&engine, &asked)?;
    assert_eq!(open["totals"]["fees"], Value::Null);
    asked["carrierFees"] = json!([{ "id": "service", "rate": "1", "of": "goods" }]);
    let known = quote(&engine, &asked)?;
    assert_eq!(known["totals"]["fees"], "2.00");
    Ok(())
}

/// Whether a sum stays below a limit is not known while a part of it is not: nothing is waived, and nothing is claimed to be due.
#[test]
fn a_waiver_waits_for_what_is_unknown() -> Result<(), String> {
    let waiver = rule("waiver", "small", "of = [\"vat\"]\nat-most = \"50 EUR\"");
    let rules = rule("tax", "vat", ON_DUTY) + &rule("tax", "levy", ON_VALUE) + &waiver;
    let engine = place_on("CIF", &rules);
    let both = [item("a", Some("10")), item("b", None)];
    let quote_of = |items: &[Value]| quote(&engine, &request(items));
    let in_doubt = quote_of(&both)?;
    let taxes = |quote: &Value| {
        let lines = quote["lines"].as_array().into_iter().flatten();
        lines.filter(|line| line["measure"] == "vat").count()
    };
    assert_eq!(taxes(&in_doubt), 0);
    assert_eq!(in_doubt["totals"]["taxes"], Value::Null);
    // The waiver is not of the levy.
    let lines = in_doubt["lines"].as_array().into_iter().flatten();
    assert_eq!(lines.filter(|line| line["measure"] == "levy").count(), 2);
    // Alone it is waived; past the limit it is due, whatever the other comes to.
    let alone = quote_of(&both[..1])?;
    assert_eq!(alone["totals"]["taxes"], "11.00");
    let mut dear = item("a", Some("10"));
    dear["unitPrice"] = json!("1000.00");
    let past = quote_of(&[dear, item("b", None)])?;
    assert_eq!(taxes(&past), 1);
    Ok(())
}

/// A duty between two ends keeps its ends where something else is unknown.
#[test]
fn a_range_beside_an_unknown_keeps_its_ends() -> Result<(), String> {
    let regional = rule(
        "tax",
        "north",
        "rate = { percent = \"13 %\" }\nregions = [\"N\"]\nbase = [\"customs-value\", \"duty\"]",
    );
    let table = format!(
        "[[rate-table]]\nid = \"simple\"\nmeasure = \"simplified-duty\"\nlaw = {LAW}\nrate = [{{ codes = [\"61091000\"], duty = \"5 %\" }}, {{ codes = [], duty = \"10 %\" }}]\n"
    );
    let regime = format!(
        "[[regime]]\nid = \"simple\"\nreplaces = [\"ordinary\"]\nduty = {{ rates = \"simple\" }}\ntax = \"charged\"\nrelease-category = 3\ndeclaration = \"D\"\ncollection = [{{ model = \"border\", duty = {{ by = \"carrier\", at = \"delivery\" }}, tax = {{ by = \"carrier\", at = \"delivery\" }}, fee = {{ by = \"carrier\", at = \"delivery\" }} }}]\nlaw = {LAW}\n"
    );
    let engine = place_on("CIF", &(regime + &table + &regional));
    let quote = quote(&engine, &request(&[item("a", None)]))?;
    assert_eq!(quote["status"], "partial");
    assert_eq!(quote["range"]["low"]["duties"], "5.50");
    assert_eq!(quote["range"]["high"]["duties"], "11.00");
    assert_eq!(quote["range"]["high"]["taxes"], Value::Null);
    assert_eq!(quote["totals"]["landedCost"], Value::Null);
    Ok(())
}

/// A duty that exceeds the limit only at its highest is not nothing in the middle: whether it is waived is not known, and no line says it is.
#[test]
fn what_is_open_in_the_middle_is_no_line_of_nothing() -> Result<(), String> {
    let waiver = rule("waiver", "small", "of = [\"duties\"]\nat-most = \"50 EUR\"");
    let table = format!(
        "[[rate-table]]\nid = \"simple\"\nmeasure = \"simplified-duty\"\nlaw = {LAW}\nrate = [{{ codes = [\"61091000\"], duty = \"5 %\" }}, {{ codes = [\"61091090\"], duty = \"6 %\" }}, {{ codes = [\"610910\"], duty = \"60 %\" }}]\n"
    );
    let regime = format!(
        "[[regime]]\nid = \"simple\"\nreplaces = [\"ordinary\"]\nduty = {{ rates = \"simple\" }}\ntax = \"charged\"\nrelease-category = 3\ndeclaration = \"D\"\ncollection = {BORDER}\nlaw = {LAW}\n"
    );
    let rules =
        regime + &table + &rule("tax", "vat", ON_DUTY) + &rule("fee", "handling", FEE) + &waiver;
    let engine = place_on("CIF", &rules);
    let alone = quote(&engine, &request(&[item("a", None)]))?;
    assert_eq!(alone["status"], "range");
    assert_eq!(alone["range"]["low"]["duties"], "0.00");
    assert_eq!(alone["range"]["high"]["duties"], "66.00");
    let mut other = item("b", None);
    other["code"] = json!("620193");
    let quote = quote(&engine, &request(&[item("a", None), other]))?;
    assert_eq!(quote["status"], "partial");
    let lines = quote["lines"].as_array().into_iter().flatten();
    let measures: Vec<_> = lines.map(|line| line["measure"].clone()).collect();
    assert_eq!(measures, ["handling"]);
    assert_eq!(
        said(&quote["totals"], &["duties", "fees"]),
        texts(&["", "3.00"])
    );
    Ok(())
}

/// On the real rules: Saudi Arabia's tariff is not at hand, and its fees and what is due at the checkout are stated all the same.
#[test]
fn a_place_without_a_tariff_states_what_it_can() -> Result<(), String> {
    let engine = engine()?;
    let asked = json!({
        "date": "2026-11-27", "destination": "SA", "shipFrom": "CN", "currency": "SAR", "transport": "express",
        "items": [{ "id": "a", "code": "620193", "origin": "CN", "quantity": "1", "unitPrice": "2000.00" }],
        "freight": "50.00"
    });
    let quote = quote(&engine, &asked)?;
    assert_eq!(quote["status"], "partial");
    assert_eq!(quote["totals"]["duties"], Value::Null);
    assert_eq!(quote["totals"]["fees"], "15.00");
    assert_eq!(quote["totals"]["dueAtCheckout"], "2050.00");
    Ok(())
}

fn reasons(quote: &Value) -> Vec<&str> {
    let unknown = quote["unknown"].as_array().into_iter().flatten();
    unknown.filter_map(|one| one["reason"].as_str()).collect()
}

/// Why a duty is not known: there is no tariff of the place, the tariff at hand lacks the line, or has it without a rate.
#[test]
fn an_unknown_duty_says_why() -> Result<(), String> {
    let engine = engine()?;
    let asked = |destination: &str, code: &str| {
        json!({
            "date": "2026-11-27", "destination": destination, "shipFrom": "DE", "currency": "USD", "transport": "express",
            "items": [{ "id": "a", "code": code, "origin": "DE", "quantity": "1", "unitPrice": "2000.00" }], "freight": "0",
            "exchangeRates": { "USD/CAD": "1.4", "USD/NZD": "1.7", "USD/KRW": "1400", "USD/NOK": "10", "USD/TRY": "42", "USD/ILS": "3.5" }
        })
    };
    for destination in ["CA", "NZ", "KR", "NO", "AE", "SA"] {
        let quote = quote(&engine, &asked(destination, "620193"))?;
        assert_eq!(
            reasons(&quote),
            ["duty.tariff-not-at-hand"],
            "{destination}"
        );
        assert!(asks_for(&quote, "items[0].dutyRate"), "{destination}");
    }
    let without_rate = quote(&engine, &asked("IL", "10019900"))?;
    assert_eq!(reasons(&without_rate), ["duty.rate-not-at-hand"]);
    let lacking = quote(&engine, &asked("IL", "61091000"))?;
    assert_eq!(reasons(&lacking), ["duty.line-not-at-hand"]);
    let notices = |quote: &Value| quote["notices"].to_string();
    assert!(!notices(&lacking).contains("duty.line-not-at-hand"));
    // Where the law leaves a few rates to choose from, the duty is a range, and a notice says so.
    let range = quote(&engine, &asked("AU", "62019300"))?;
    assert!(reasons(&range).is_empty());
    assert!(notices(&range).contains("duty.line-not-at-hand"));
    Ok(())
}

fn rates(quote: &Value) -> Vec<String> {
    let rates = quote["exchangeRates"].as_array().into_iter().flatten();
    rates
        .map(|rate| {
            let text = |key: &str| rate[key].as_str().unwrap_or("-").to_owned();
            format!(
                "{}/{} {} {} {}",
                text("from"),
                text("to"),
                text("rate"),
                text("source"),
                text("date")
            )
        })
        .collect()
}

/// A peg is a fact of its own: it needs no published rate of its currency, and the quote names who keeps it.
#[test]
fn a_pegged_currency_is_reckoned_through_its_anchor() -> Result<(), String> {
    let engine = engine()?;
    let asked = |date: &str, currency: &str, destination: &str| {
        json!({
            "date": date, "destination": destination, "shipFrom": "CN", "currency": currency, "transport": "post", "freight": "0",
            "items": [{ "id": "a", "code": "61091000", "origin": "CN", "quantity": "1", "unitPrice": "500.00", "dutyRate": "5" }]
        })
    };
    // No published rate is young enough on this day, and none is needed.
    let dollars = quote(&engine, &asked("2027-03-01", "USD", "AE"))?;
    assert_eq!(rates(&dollars), ["USD/AED 3.6725 fx/aed -"]);
    assert_eq!(dollars["totals"]["goods"], "1836.25");
    let source = &dollars["sources"]["fx/aed"];
    assert_eq!(
        source["publisher"],
        "Central Bank of the United Arab Emirates"
    );
    assert!(!dollars["notices"].to_string().contains("exchange-rate"));
    // From the euro: the dollar's published rate, and the peg behind it.
    let euro = quote(&engine, &asked("2026-10-30", "EUR", "SA"))?;
    assert_eq!(
        rates(&euro),
        ["EUR/SAR 4.1895 fx/ecb 2026-10-30", "USD/SAR 3.75 fx/sar -"]
    );
    assert!(euro["sources"]["fx/ecb"].is_object() && euro["sources"]["fx/sar"].is_object());
    // Both pegged: to one anchor without any published rate, and to two with one.
    let riyals = quote(&engine, &asked("2027-03-01", "QAR", "SA"))?;
    assert_eq!(
        rates(&riyals),
        [
            "QAR/SAR 1.03022 fx/qar -",
            "USD/QAR 3.64 fx/qar -",
            "USD/SAR 3.75 fx/sar -"
        ]
    );
    let rand = quote(&engine, &asked("2026-10-30", "ZAR", "LS"))?;
    assert_eq!(rates(&rand), ["ZAR/LSL 1 fx/lsl -"]);
    // The caller's own rate comes first, and others without a rate stay refused.
    let mut own = asked("2026-10-30", "USD", "AE");
    own["exchangeRates"] = json!({ "USD/AED": "4" });
    assert_eq!(rates(&quote(&engine, &own)?), ["USD/AED 4 caller -"]);
    let refused = quote(&engine, &asked("2026-10-30", "KZT", "AE"));
    assert_eq!(
        refused.err().as_deref(),
        Some("exchange-rate.missing at exchangeRates")
    );
    let late = quote(&engine, &asked("2027-03-01", "EUR", "AE"));
    assert_eq!(
        late.err().as_deref(),
        Some("exchange-rate.missing at exchangeRates")
    );
    Ok(())
}
