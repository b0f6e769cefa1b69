//! Rates that the rules state: bands, rate tables, taxes, fees.

use super::stage::{
    BORDER, INSTEAD, LAW, amounts, codes, item, place, place_with, quoted, range, request, tariff,
    try_quoted, unknown, with, workings,
};
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

#[test]
fn a_rate_table_charges_what_the_tariff_lacks() {
    let low = regime("low", "duty = { rates = \"table\" }\ntax = \"relieved\"");
    let table = format!(
        "{low}[[rate-table]]\nid = \"table\"\nmeasure = \"simplified-duty\"\n{LAW}\n[[rate-table.rate]]\nduty = \"5 %\"\ncodes = [\"9503\"]\n[[rate-table.rate]]\nduty = \"9 %\"\ncodes = [\"95030010\"]\n"
    );
    let rows = json!([{ "code": "61091000", "duty": "12 %" }]);
    let engine = place_with(tariff(&["61091000"], rows), &table);
    let quote = quoted(&engine, &request(&[item("95030090", "100.00")]));
    assert_eq!(amounts(&quote, "duty"), ["5.00"]);
    assert_eq!(
        codes(&quote),
        ["duty.line-not-at-hand", "quote.not-binding"]
    );
    assert_eq!(unknown(&quote), [""; 0]);
    // A short code may mean either.
    let quote = quoted(&engine, &request(&[item("950300", "100.00")]));
    assert_eq!(range(&quote), ("5.00".into(), "9.00".into()));
    assert_eq!(unknown(&quote), ["items[0].dutyRate: rate"]);
    // The tariff's own lines stay its own, and goods that neither lists are refused.
    let quote = quoted(&engine, &request(&[item("61091000", "100.00")]));
    assert_eq!(amounts(&quote, "duty"), ["12.00"]);
    let refused = try_quoted(&engine, &request(&[item("640411", "100.00")])).unwrap_err();
    assert_eq!(refused, "code.unknown at items[0].code");
}
