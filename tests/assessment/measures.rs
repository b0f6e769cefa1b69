//! Which measures of a line count: season, area, additional code, certificate.

use super::stage::{amounts, item, place_with, quoted, range, request, tariff, unknown, with};
use serde_json::{Value, json};

const LINE: &str = "61091000";

fn one(rows: Value, item: Value) -> Value {
    quoted(&place_with(tariff(&[LINE], rows), ""), &request(&[item]))
}

/// The duty on 100 euro, so that it reads as the rate.
fn duty(rows: Value, item: Value) -> Vec<String> {
    amounts(&one(rows, item), "duty")
}

#[test]
fn a_season_holds_on_its_first_and_its_last_day() {
    let rows = json!([
        { "code": LINE, "duty": "10 %", "condition": "06-01..09-30" },
        { "code": LINE, "duty": "5 %", "condition": "10-01..05-31" }
    ]);
    let engine = place_with(tariff(&[LINE], rows), "");
    let days = [
        ("01-01", "5.00"),
        ("05-31", "5.00"),
        ("06-01", "10.00"),
        ("07-15", "10.00"),
        ("09-30", "10.00"),
        ("10-01", "5.00"),
        ("12-31", "5.00"),
    ];
    for (day, rate) in days {
        let asked = request(&[item(LINE, "100.00")]);
        let asked = with(asked, "date", json!(format!("2026-{day}")));
        assert_eq!(amounts(&quoted(&engine, &asked), "duty"), [rate], "{day}");
    }
}

#[test]
fn a_claim_rests_on_the_best_programme_whatever_the_length_of_its_code() {
    let rows = json!([
        { "code": LINE, "duty": "12 %" },
        { "code": LINE, "type": "preference", "areas": ["club:CN,VN"], "duty": "5 %" },
        { "code": "6109", "type": "preference", "areas": ["CN"], "duty": "3 %" }
    ]);
    let claiming = with(item(LINE, "100.00"), "claimPreference", json!(true));
    assert_eq!(duty(rows.clone(), claiming), ["3.00"]);
    assert_eq!(duty(rows, item(LINE, "100.00")), ["12.00"]);
}

#[test]
fn an_additional_code_picks_its_own_row() {
    let rows = json!([
        { "code": LINE, "duty": "0 %" },
        { "code": LINE, "type": "anti-dumping-duty", "areas": ["CN"], "duty": "20 %", "additional": "A001" },
        { "code": LINE, "type": "anti-dumping-duty", "areas": ["CN"], "duty": "60 %", "additional": "A999" }
    ]);
    let open = one(rows.clone(), item(LINE, "100.00"));
    assert_eq!(range(&open), ("20.00".into(), "60.00".into()));
    assert_eq!(unknown(&open), ["items[0].additionalCode: circumstance"]);
    for (code, rate) in [("A001", "20.00"), ("A999", "60.00")] {
        let named = with(item(LINE, "100.00"), "additionalCode", json!(code));
        assert_eq!(duty(rows.clone(), named), ["0.00", rate]);
    }
    // One that no row has decides nothing.
    let other = with(item(LINE, "100.00"), "additionalCode", json!("B000"));
    assert_eq!(range(&one(rows, other)), ("20.00".into(), "60.00".into()));
}

#[test]
fn a_document_takes_the_place_of_the_row_without_one_on_its_own_additional_code() {
    let rows = json!([
        { "code": LINE, "duty": "0 %" },
        { "code": LINE, "type": "anti-dumping-duty", "areas": ["CN"], "duty": "20 %", "additional": "A001" },
        { "code": LINE, "type": "anti-dumping-duty", "areas": ["CN"], "duty": "10 %", "additional": "A001", "certificate": "D008" },
        { "code": LINE, "type": "anti-dumping-duty", "areas": ["CN"], "duty": "60 %", "additional": "A999" }
    ]);
    let plain = one(rows.clone(), item(LINE, "100.00"));
    assert_eq!(range(&plain), ("20.00".into(), "60.00".into()));
    let with_document = with(item(LINE, "100.00"), "certificates", json!(["D008"]));
    let presented = one(rows.clone(), with_document.clone());
    assert_eq!(range(&presented), ("10.00".into(), "60.00".into()));
    let named = with(with_document, "additionalCode", json!("A001"));
    assert_eq!(duty(rows, named), ["0.00", "10.00"]);
}
