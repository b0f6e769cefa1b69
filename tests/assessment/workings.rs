//! What a duty expression comes to, and how it is written for a pocket calculator.

use super::stage::{item, place_with, quoted, request, tariff, unknown, with, workings};
use serde_json::{Value, json};

const LINE: &str = "61091010";

fn one(duty: &str, item: Value) -> Value {
    let rows = json!([{ "code": LINE, "duty": duty }]);
    quoted(&place_with(tariff(&[LINE], rows), ""), &request(&[item]))
}

/// The working of a duty on goods of this value that weigh two kilograms.
fn working(duty: &str, value: &str) -> String {
    let goods = with(item(LINE, value), "netWeightKg", json!("2"));
    workings(&one(duty, goods), "duty").join("; ")
}

#[test]
fn a_floor_and_a_cap_take_over_beyond_themselves_only() {
    let floor = "10 % MIN 5 EUR/kg";
    assert_eq!(working(floor, "99.90"), "2 kg × 5 EUR/kg = 10.00");
    assert_eq!(working(floor, "100.00"), "100.00 × 10 % = 10.00");
    assert_eq!(working(floor, "110.00"), "110.00 × 10 % = 11.00");
    let cap = "10 % MAX 5 EUR/kg";
    assert_eq!(working(cap, "110.00"), "2 kg × 5 EUR/kg = 10.00");
    assert_eq!(working(cap, "100.00"), "100.00 × 10 % = 10.00");
    assert_eq!(working(cap, "90.00"), "90.00 × 10 % = 9.00");
}

#[test]
fn terms_are_added_and_taken_off_and_never_fall_below_nothing() {
    let sum = "10 % + 50 EUR/100 kg";
    assert_eq!(
        working(sum, "100.00"),
        "100.00 × 10 % + 2 kg × 50 EUR/100 kg = 11.00"
    );
    let less = "10 % - 2 EUR/kg";
    assert_eq!(
        working(less, "100.00"),
        "100.00 × 10 % − 2 kg × 2 EUR/kg = 6.00"
    );
    assert_eq!(
        working(less, "30.00"),
        "30.00 × 10 % − 2 kg × 2 EUR/kg = 0.00"
    );
    assert_eq!(working("3 EUR", "30.00"), "1 × 3 EUR = 3.00");
}

#[test]
fn goods_are_counted_in_the_tariffs_unit_from_what_is_stated() {
    let supplementary = |unit: &str, quantity: &str| {
        let stated = json!([{ "unit": unit, "quantity": quantity }]);
        let goods = with(item(LINE, "10.00"), "supplementary", stated);
        with(goods, "quantity", json!("3"))
    };
    let cases = [
        (
            "2 EUR/g",
            supplementary("g", "5"),
            "0.015 kg × 2 EUR/g = 30.00",
        ),
        (
            "2 EUR/kg",
            supplementary("g", "500"),
            "1.5 kg × 2 EUR/kg = 3.00",
        ),
        (
            "6 EUR/dozen",
            supplementary("item", "2"),
            "6 item × 6 EUR/dozen = 3.00",
        ),
        (
            "6 EUR/item",
            supplementary("dozen", "1"),
            "36 item × 6 EUR/item = 216.00",
        ),
        (
            "6 EUR/item",
            with(item(LINE, "10.00"), "quantity", json!("3")),
            "3 item × 6 EUR/item = 18.00",
        ),
        (
            "6 EUR/pair",
            supplementary("pair", "1"),
            "3 pair × 6 EUR/pair = 18.00",
        ),
    ];
    for (duty, goods, found) in cases {
        assert_eq!(workings(&one(duty, goods), "duty"), [found]);
    }
    // A unit that is stated twice counts as it is stated first.
    let twice = json!([{ "unit": "pair", "quantity": "1" }, { "unit": "pair", "quantity": "9" }]);
    let goods = with(item(LINE, "10.00"), "supplementary", twice);
    assert_eq!(
        workings(&one("6 EUR/pair", goods), "duty"),
        ["1 pair × 6 EUR/pair = 6.00"]
    );
    // What is missing is named, all of it at once.
    let open = one("1 EUR/kg + 2 EUR/l MAX 3 EUR/kg", item(LINE, "10.00"));
    let needs = [
        "items[0].netWeightKg: quantity",
        "items[0].supplementary: l",
    ];
    assert_eq!(unknown(&open), needs);
    assert_eq!(
        unknown(&one("10 % + EA", item(LINE, "10.00"))),
        ["items[0].dutyRate: EA"]
    );
}

#[test]
fn a_part_is_worth_what_the_caller_states_of_it() {
    let parts = json!([{ "unit": "value:case", "quantity": "3" }, { "unit": "value:strap", "quantity": "2.005" }]);
    let goods = with(item(LINE, "10.00"), "supplementary", parts);
    let goods = with(goods, "quantity", json!("3"));
    let duty = "6 % of case + 14 % of strap";
    let found = "9.00 × 6 % + 6.02 × 14 % = 1.38";
    assert_eq!(workings(&one(duty, goods), "duty"), [found]);
}
