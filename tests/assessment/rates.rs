//! Rates that the rules state: bands, rate tables, taxes, fees.

use super::stage::{BORDER, INSTEAD, LAW, amounts, item, place, quoted, request, with, workings};
use serde_json::json;

/// A regime in the ordinary one's place, with these keys.
fn regime(id: &str, keys: &str) -> String {
    format!("[[regime]]\nid = \"{id}\"\n{INSTEAD}\n{keys}\n{BORDER}\n{LAW}\n")
}

#[test]
fn a_band_is_stated_with_what_it_takes_off() {
    let bands = r#"duty = { bands = [{ up-to = "50 EUR", rate = "20 %" }, { rate = "60 %", less = "20 EUR" }] }"#;
    let engine = place(&regime("bands", &format!("{bands}\ntax = \"relieved\"")));
    let cases = [
        ("50.00", "20 %", "50.00 × 20 % = 10.00"),
        ("50.01", "60 % − 20 EUR", "50.01 × 60 % − 20 EUR = 10.01"),
    ];
    for (value, rate, working) in cases {
        let quote = quoted(&engine, &request(&[item("610910", value)]));
        assert_eq!(quote["lines"][0]["rate"], rate);
        assert_eq!(workings(&quote, "duty"), [working]);
        assert_eq!(quote["lines"][0]["item"], "0");
    }
    // On several items the line is the consignment's.
    let both = request(&[item("610910", "20.00"), item("610910", "20.00")]);
    let quote = quoted(&engine, &both);
    assert_eq!(amounts(&quote, "duty"), ["8.00"]);
    assert!(quote["lines"][0]["item"].is_null());
}

#[test]
fn a_callers_rate_does_not_take_the_place_of_a_rate_table() {
    let table = |rates: &str| {
        let low = regime("low", "duty = { rates = \"table\" }\ntax = \"relieved\"");
        format!(
            "{low}[[rate-table]]\nid = \"table\"\nmeasure = \"simplified-duty\"\n{LAW}\n{rates}"
        )
    };
    let clothes = "[[rate-table.rate]]\nduty = \"5 %\"\ncodes = [\"61\"]\n";
    let listed = with(item("610910", "100.00"), "dutyRate", json!("20"));
    let other = with(item("950300", "100.00"), "dutyRate", json!("20"));
    let asked = request(&[listed, other]);
    let quote = quoted(&place(&table(clothes)), &asked);
    assert_eq!(amounts(&quote, "duty"), ["5.00", "20.00"]);
    // A rate without codes is for all goods.
    let rest = format!("{clothes}[[rate-table.rate]]\nduty = \"7 %\"\n");
    let quote = quoted(&place(&table(&rest)), &asked);
    assert_eq!(amounts(&quote, "duty"), ["5.00", "7.00"]);
}
