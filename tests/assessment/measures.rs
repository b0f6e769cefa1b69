//! Which measures of a line count: season, area, additional code, certificate.

use super::stage::{
    amounts, codes, item, place_with, quoted, range, request, tariff, unknown, with,
};
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

/// A row of another kind on the line.
fn row(kind: &str, duty: &str, keys: Value) -> Value {
    let mut row = json!({ "code": LINE, "type": kind, "duty": duty });
    for (key, value) in keys.as_object().unwrap() {
        row[key] = value.clone();
    }
    row
}

#[test]
fn a_suspension_or_column_two_takes_the_place_of_the_ordinary_duty() {
    let ordinary = || row("third-country-duty", "12 %", json!({}));
    let column = || row("column-2-duty", "35 %", json!({ "areas": ["CN"] }));
    let suspended = || row("suspension", "1 %", json!({}));
    let use_only = |kind: &str| row(kind, "2 %", json!({ "flags": ["end-use"] }));
    let goods = || item(LINE, "100.00");
    assert_eq!(duty(json!([ordinary(), column()]), goods()), ["35.00"]);
    assert_eq!(
        duty(json!([ordinary(), column(), suspended()]), goods()),
        ["1.00"]
    );
    // What waits for a use is not taken while there is another; the line of goods so used is theirs.
    assert_eq!(
        duty(json!([ordinary(), use_only("suspension")]), goods()),
        ["12.00"]
    );
    assert_eq!(
        duty(json!([ordinary(), use_only("third-country-duty")]), goods()),
        ["12.00"]
    );
    assert_eq!(
        duty(json!([use_only("third-country-duty")]), goods()),
        ["2.00"]
    );
    // Elsewhere column 2 is none of theirs.
    let other = with(goods(), "origin", json!("VN"));
    assert_eq!(duty(json!([ordinary(), column()]), other), ["12.00"]);
}

#[test]
fn who_names_the_additional_code_of_a_use_says_that_it_is_met() {
    let rows = json!([
        row("third-country-duty", "12 %", json!({})),
        row(
            "suspension",
            "2 %",
            json!({ "flags": ["airworthiness"], "additional": "2700" })
        )
    ]);
    assert_eq!(duty(rows.clone(), item(LINE, "100.00")), ["12.00"]);
    for (code, rate) in [("2700", "2.00"), ("2701", "12.00")] {
        let named = with(item(LINE, "100.00"), "additionalCode", json!(code));
        assert_eq!(duty(rows.clone(), named), [rate]);
    }
}

#[test]
fn what_is_open_beside_the_duty_is_said() {
    let goods = || item(LINE, "100.00");
    let said = |row: Value| {
        let rows = json!([{ "code": LINE, "duty": "12 %" }, row]);
        let quote = one(rows, goods());
        codes(&quote).first().map(|code| (*code).to_owned())
    };
    let flag = json!({ "flags": ["end-use"] });
    let cases = [
        (row("quota", "0 %", json!({})), "quota.open"),
        (row("preferential-quota", "0 %", json!({})), "quota.open"),
        (row("suspension", "0 %", flag.clone()), "relief.for-use"),
        (row("preference", "0 %", flag.clone()), "relief.for-use"),
        (row("preference", "0 %", json!({})), "preference.available"),
        (
            row("customs-union-duty", "0 %", json!({})),
            "preference.available",
        ),
        // Who pays more for a use has no relief, and what is for others is not said.
        (row("additional-duty", "3 %", flag), "quote.not-binding"),
        (
            row("preference", "0 %", json!({ "areas": ["VN"] })),
            "quote.not-binding",
        ),
        (
            row("quota", "0 %", json!({ "areas": ["VN"] })),
            "quote.not-binding",
        ),
    ];
    for (row, code) in cases {
        assert_eq!(said(row.clone()), Some(code.into()), "{row}");
    }
}

#[test]
fn duties_on_top_come_from_the_narrowest_area_of_each_type() {
    let rows = json!([
        row("third-country-duty", "1 %", json!({})),
        row("anti-dumping-duty", "10 %", json!({})),
        row("anti-dumping-duty", "20 %", json!({ "areas": ["CN"] })),
        row("countervailing-duty", "5 %", json!({ "areas": ["CN"] })),
        row("additional-duty", "2 %", json!({}))
    ]);
    let goods = || item(LINE, "100.00");
    assert_eq!(
        duty(rows.clone(), goods()),
        ["1.00", "20.00", "5.00", "2.00"]
    );
    let other = with(goods(), "origin", json!("VN"));
    assert_eq!(duty(rows, other), ["1.00", "10.00", "2.00"]);
    // A row for some of the goods of the place is joined by the one for all places.
    let partial = json!([
        row("third-country-duty", "0 %", json!({})),
        row("anti-dumping-duty", "10 %", json!({})),
        row(
            "anti-dumping-duty",
            "20 %",
            json!({ "areas": ["CN"], "condition": "goods of steel" })
        )
    ]);
    let quote = one(partial, goods());
    assert_eq!(range(&quote), ("10.00".into(), "20.00".into()));
}

#[test]
fn the_longest_code_of_a_type_wins() {
    let rows = json!([
        { "code": "6109", "duty": "12 %" },
        { "code": LINE, "duty": "8 %" },
        { "code": "*", "duty": "30 %" }
    ]);
    assert_eq!(duty(rows, item(LINE, "100.00")), ["8.00"]);
    let rows = json!([{ "code": "*", "duty": "30 %" }, { "code": "61", "duty": "12 %" }]);
    assert_eq!(duty(rows, item(LINE, "100.00")), ["12.00"]);
}

#[test]
fn a_seasons_preference_is_claimed_in_its_season() {
    let rows = json!([
        { "code": LINE, "duty": "12 %" },
        row("preference", "1 %", json!({ "areas": ["CN"], "condition": "goods of silk;11-01..11-30" })),
        row("preference", "2 %", json!({ "areas": ["CN"], "condition": "12-01..12-31" }))
    ]);
    let engine = place_with(tariff(&[LINE], rows), "");
    let claiming = with(item(LINE, "100.00"), "claimPreference", json!(true));
    let asked = request(&[claiming]);
    let november = quoted(&engine, &asked);
    assert_eq!(range(&november), ("1.00".into(), "12.00".into()));
    let december = quoted(&engine, &with(asked, "date", json!("2026-12-01")));
    assert_eq!(amounts(&december, "duty"), ["2.00"]);
}

#[test]
fn of_two_documents_each_takes_its_own_place() {
    let dumping = |duty: &str, additional: &str, certificate: &str| {
        row(
            "anti-dumping-duty",
            duty,
            json!({ "areas": ["CN"], "additional": additional, "certificate": certificate }),
        )
    };
    let rows = json!([
        row("third-country-duty", "0 %", json!({})),
        dumping("50 %", "", ""),
        dumping("20 %", "", "D008"),
        dumping("30 %", "", "D009")
    ]);
    let holding = |documents: Value| with(item(LINE, "100.00"), "certificates", documents);
    assert_eq!(duty(rows.clone(), holding(json!([]))), ["0.00", "50.00"]);
    assert_eq!(
        duty(rows.clone(), holding(json!(["D008"]))),
        ["0.00", "20.00"]
    );
    assert_eq!(
        duty(rows.clone(), holding(json!(["X", "D009"]))),
        ["0.00", "30.00"]
    );
    let both = one(rows, holding(json!(["D008", "D009"])));
    assert_eq!(range(&both), ("20.00".into(), "30.00".into()));
    // Where every row waits for a document, all stay open.
    let all = json!([
        row("third-country-duty", "0 %", json!({})),
        dumping("20 %", "", "D008"),
        dumping("30 %", "", "D009")
    ]);
    let open = one(all, holding(json!([])));
    assert_eq!(range(&open), ("20.00".into(), "30.00".into()));
}
