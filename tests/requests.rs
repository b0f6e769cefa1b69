//! Bad input gets `{code, field}`; limits hold at their value and not one past it; no JSON makes the engine panic.

#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]

mod support;

use dutiable::Engine;
use proptest::prelude::*;
use serde_json::{Value, json};
use support::{engine, quote};

/// A request that is quoted.
fn request() -> Value {
    json!({
        "date": "2026-11-23", "destination": "GB", "shipFrom": "CN", "currency": "GBP",
        "items": [item("a")], "freight": "8.00", "insurance": "0", "discount": "0", "incoterm": "DAP", "transport": "post"
    })
}

fn item(id: &str) -> Value {
    json!({ "id": id, "code": "61091000", "origin": "CN", "quantity": "5", "unitPrice": "12.00", "netWeightKg": "0.2" })
}

/// The request with one field set.
fn with(field: &str, value: Value) -> Value {
    let mut request = request();
    request[field] = value;
    request
}

/// The request whose item has one field set.
fn with_item(field: &str, value: Value) -> Value {
    let mut request = request();
    request["items"][0][field] = value;
    request
}

fn refusal(engine: &Engine, request: &Value) -> String {
    quote(engine, request)
        .err()
        .unwrap_or_else(|| "quoted".to_owned())
}

#[test]
fn each_bad_field_is_named() -> Result<(), String> {
    let engine = engine()?;
    assert!(quote(&engine, &request()).is_ok());
    let cases = [
        (json!(null), "input.missing at date"),
        (json!({}), "input.missing at date"),
        (with("date", json!("2026-02-29")), "date.impossible at date"),
        (with("date", json!("1989-12-31")), "date.impossible at date"),
        (with("date", json!("23.11.2026")), "date.impossible at date"),
        (with("date", json!(20_261_123)), "input.type at date"),
        (
            with("date", json!("2020-01-01")),
            "date.outside-coverage at date",
        ),
        (
            with("destination", json!("XX")),
            "place.unknown at destination",
        ),
        (
            with("destination", json!("gb")),
            "place.malformed at destination",
        ),
        (
            with("shipFrom", json!("China")),
            "place.malformed at shipFrom",
        ),
        (
            with("currency", json!("pounds")),
            "currency.malformed at currency",
        ),
        (
            with("currency", json!("XTS")),
            "exchange-rate.missing at exchangeRates",
        ),
        (with("items", json!([])), "basket.empty at items"),
        (with("items", json!("none")), "input.type at items"),
        (with("items", json!([null])), "input.missing at items[0]"),
        (
            with("items", json!([item("a"), item("a")])),
            "item.duplicate at items[1].id",
        ),
        (
            with("freight", json!("-0.01")),
            "amount.negative at freight",
        ),
        (with("freight", json!(8)), "input.type at freight"),
        (
            with("discount", json!("60.01")),
            "amount.out-of-range at discount",
        ),
        (with("incoterm", json!("XYZ")), "input.choice at incoterm"),
        (
            with("transport", json!("drone")),
            "input.choice at transport",
        ),
        (
            with("collection", json!("barter")),
            "input.choice at collection",
        ),
        (with("gift", json!("yes")), "input.type at gift"),
        (
            with("buyer", json!({ "kind": "robot" })),
            "input.choice at kind",
        ),
        (
            with("exchangeRates", json!({ "USDGBP": "0.76" })),
            "currency.malformed at exchangeRates",
        ),
        (
            with("exchangeRates", json!({ "USD/GBP": "0" })),
            "amount.out-of-range at exchangeRates",
        ),
        (
            with_item("code", json!("999999")),
            "code.unknown at items[0].code",
        ),
        (
            with_item("code", json!("6109")),
            "code.malformed at items[0].code",
        ),
        (
            with_item("code", json!("61091000123")),
            "code.malformed at items[0].code",
        ),
        (
            with_item("code", json!("T-shirt")),
            "code.malformed at items[0].code",
        ),
        (
            with_item("origin", json!("cn")),
            "place.malformed at items[0].origin",
        ),
        (
            with_item("quantity", json!("1,5")),
            "amount.malformed at items[0].quantity",
        ),
        (
            with_item("quantity", json!("1e3")),
            "amount.malformed at items[0].quantity",
        ),
        (
            with_item("quantity", json!("")),
            "amount.malformed at items[0].quantity",
        ),
        (
            with_item("quantity", json!("1.234,56")),
            "amount.malformed at items[0].quantity",
        ),
        (
            with_item("unitPrice", json!("-1")),
            "amount.negative at items[0].unitPrice",
        ),
        (
            with_item("unitPrice", json!("NaN")),
            "amount.malformed at items[0].unitPrice",
        ),
        (
            with_item("unitPrice", json!("12345678901234567890123456789")),
            "amount.out-of-range at items[0].unitPrice",
        ),
        (
            with_item("unitPrice", json!("1.00000")),
            "amount.out-of-range at items[0].unitPrice",
        ),
        (
            with_item("netWeightKg", json!("-0.2")),
            "amount.negative at items[0].netWeightKg",
        ),
        (
            with_item("dutyRate", json!("five")),
            "amount.malformed at items[0].dutyRate",
        ),
        (
            with_item("supplementary", json!([{ "unit": "pair" }])),
            "input.missing at items[0].supplementary",
        ),
        (
            with_item("certificates", json!([7])),
            "input.type at items[0].certificates",
        ),
    ];
    for (request, expected) in cases {
        assert_eq!(refusal(&engine, &request), expected, "{request}");
    }
    Ok(())
}

#[test]
fn limits_hold_at_their_value_and_not_one_past_it() -> Result<(), String> {
    let engine = engine()?;
    let items = |count: usize| {
        with(
            "items",
            (0..count).map(|id| item(&id.to_string())).collect(),
        )
    };
    let text = |length: usize| json!("x".repeat(length));
    let rates = |count: usize| {
        let letter =
            |index: usize| char::from(b'A'.saturating_add(u8::try_from(index).unwrap_or(0)));
        let pairs = (0..count).map(|index| {
            (
                format!("X{}{}/GBP", letter(index / 26), letter(index % 26)),
                json!("1"),
            )
        });
        with("exchangeRates", Value::Object(pairs.collect()))
    };
    let certificates = |count: usize| with_item("certificates", vec![json!("Y155"); count].into());
    let quantities = |count: usize| {
        with_item(
            "supplementary",
            vec![json!({ "unit": "l", "quantity": "1" }); count].into(),
        )
    };
    let cases = [
        (items(10_000), items(10_001), "basket.too-large at items"),
        (
            with_item("id", text(128)),
            with_item("id", text(129)),
            "input.too-long at items[0].id",
        ),
        (
            with_item("description", text(2_000)),
            with_item("description", text(2_001)),
            "input.too-long at items[0].description",
        ),
        (rates(32), rates(33), "input.too-long at exchangeRates"),
        (
            certificates(32),
            certificates(33),
            "input.too-long at items[0].certificates",
        ),
        (
            quantities(32),
            quantities(33),
            "input.too-long at items[0].supplementary",
        ),
        (
            with_item("unitPrice", json!("100000000000")),
            with_item("unitPrice", json!("1000000000000")),
            "amount.out-of-range at items[0].unitPrice",
        ),
        (
            with_item("quantity", json!("0.123456")),
            with_item("quantity", json!("0.1234567")),
            "amount.out-of-range at items[0].quantity",
        ),
        (
            with_item("netWeightKg", json!("999999.123456")),
            with_item("netWeightKg", json!("9999999.123456")),
            "amount.out-of-range at items[0].netWeightKg",
        ),
        (
            with("date", json!("2099-12-31")),
            with("date", json!("2100-01-01")),
            "date.impossible at date",
        ),
    ];
    for (at, past, expected) in cases {
        assert!(quote(&engine, &at).is_ok(), "{}", refusal(&engine, &at));
        assert_eq!(refusal(&engine, &past), expected);
    }
    Ok(())
}

/// Any JSON, with the contract's own names among its keys.
fn any_json() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[0-9.,-]{0,32}",
        "\\PC{0,12}",
        Just("GB".to_owned()),
        Just("610910".to_owned()),
        Just("2026-11-23".to_owned())
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text.prop_map(Value::from)
    ];
    let keys = prop::sample::select(vec![
        "date",
        "destination",
        "currency",
        "items",
        "freight",
        "code",
        "origin",
        "quantity",
        "unitPrice",
        "supplementary",
        "unit",
        "exchangeRates",
        "buyer",
        "seller",
        "kind",
        "registrations",
        "__proto__",
    ]);
    leaf.prop_recursive(4, 32, 8, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((keys.clone(), inner), 0..6).prop_map(|pairs| Value::Object(
                pairs
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect()
            ))
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn no_json_makes_reading_panic(value in any_json()) {
        let _ = dutiable::basket::Basket::parse(&value.to_string());
    }

    /// A good request with one field replaced by anything.
    #[test]
    fn no_field_makes_quoting_panic(name in prop::sample::select(vec![
        "date", "destination", "shipFrom", "currency", "items", "freight", "insurance", "discount", "incoterm", "transport", "buyer",
        "seller", "collection", "gift", "exchangeRates",
    ]), value in any_json()) {
        thread_local!(static ENGINE: Engine = engine().unwrap_or_default());
        let request = with(name, value);
        ENGINE.with(|engine| { let _ = quote(engine, &request); });
    }

    #[test]
    fn no_item_field_makes_quoting_panic(name in prop::sample::select(vec![
        "id", "code", "origin", "quantity", "unitPrice", "netWeightKg", "supplementary", "claimPreference", "dutyRate", "additionalCode",
        "certificates",
    ]), value in any_json()) {
        thread_local!(static ENGINE: Engine = engine().unwrap_or_default());
        let request = with_item(name, value);
        ENGINE.with(|engine| { let _ = quote(engine, &request); });
    }
}
