//! How duties on one line and on several fall, and what is said of them.

use super::stage::{
    LAW, amounts, codes, item, notice, place_with, quoted, range, request, tariff, try_quoted,
    unknown, with, workings,
};
use serde_json::{Value, json};

fn asked(code: &str) -> Value {
    request(&[item(code, "100.00")])
}

#[test]
fn a_certain_duty_is_said_without_more() {
    let rows = json!([{ "code": "61091000", "duty": "12 %" }]);
    let quote = quoted(
        &place_with(tariff(&["61091000"], rows), ""),
        &asked("61091000"),
    );
    assert_eq!(quote["status"], "complete");
    assert_eq!(codes(&quote), ["quote.not-binding"]);
    assert_eq!(unknown(&quote), [""; 0]);
    assert_eq!(workings(&quote, "duty"), ["100.00 × 12 % = 12.00"]);
}

#[test]
fn a_short_code_is_a_range_over_its_lines_with_the_one_in_the_middle() {
    let lines = ["61091000", "61091020", "61091030", "61091040"];
    let rates = ["20 %", "12 %", "8 %", "16 %"];
    let rows: Vec<Value> = lines
        .iter()
        .zip(rates)
        .map(|(line, duty)| json!({ "code": line, "duty": duty }))
        .collect();
    let engine = place_with(tariff(&lines, json!(rows)), "");
    let quote = quoted(&engine, &asked("610910"));
    assert_eq!(quote["status"], "range");
    assert_eq!(range(&quote), ("8.00".into(), "20.00".into()));
    // Of an even number, the upper of the two in the middle: no estimate is too low.
    assert_eq!(amounts(&quote, "duty"), ["16.00"]);
    assert_eq!(unknown(&quote), ["items[0].code: national-line"]);
    let said = &notice(&quote, "duty.range").unwrap()["params"];
    assert_eq!(said["lines"], "4");
    assert_eq!(said["lowLine"], "61091030");
    assert_eq!(said["medianLine"], "61091040");
    assert_eq!(said["highLine"], "61091000");
}

#[test]
fn lines_of_one_rate_are_certain() {
    let rows = json!([{ "code": "6109", "duty": "12 %" }]);
    let quote = quoted(
        &place_with(tariff(&["61091000", "61091090"], rows), ""),
        &asked("610910"),
    );
    assert_eq!(quote["status"], "complete");
    assert_eq!(codes(&quote), ["quote.not-binding"]);
    assert_eq!(amounts(&quote, "duty"), ["12.00"]);
}

#[test]
fn one_unknown_line_makes_low_and_high_unknown() {
    let rows = json!([
        { "code": "61091000", "duty": "12 %" },
        { "code": "61091090" }
    ]);
    let engine = place_with(tariff(&["61091000", "61091090"], rows), "");
    let quote = quoted(&engine, &asked("610910"));
    assert_eq!(quote["status"], "partial");
    assert_eq!(amounts(&quote, "duty"), [""; 0]);
    let needs = ["items[0].dutyRate: rate", "items[0].code: national-line"];
    assert_eq!(unknown(&quote), needs);
    // The line itself is asked for no line.
    let quote = quoted(&engine, &asked("61091090"));
    assert_eq!(unknown(&quote), ["items[0].dutyRate: rate"]);
}

#[test]
fn a_line_that_a_quota_alone_admits_is_none_of_the_goods_lines() {
    let rows = json!([
        { "code": "02011000", "duty": "12 %" },
        { "code": "02011090", "type": "quota", "duty": "0 %" }
    ]);
    let engine = place_with(tariff(&["02011000", "02011090"], rows), "");
    let quote = quoted(&engine, &asked("020110"));
    assert_eq!(quote["status"], "complete");
    assert_eq!(amounts(&quote, "duty"), ["12.00"]);
    // Asked for by itself, its duty outside the quota is not known.
    let quote = quoted(&engine, &asked("02011090"));
    assert_eq!(unknown(&quote), ["items[0].dutyRate: rate"]);
    assert_eq!(codes(&quote), ["quota.open", "quote.not-binding"]);
}

#[test]
fn without_an_origin_nothing_is_reckoned() {
    let rows = json!([{ "code": "6109", "duty": "12 %" }]);
    let mut one = item("610910", "100.00");
    one.as_object_mut().unwrap().remove("origin");
    let quote = quoted(
        &place_with(tariff(&["61091000", "61091090"], rows), ""),
        &request(&[one]),
    );
    assert_eq!(unknown(&quote), ["items[0].origin: place"]);
    assert_eq!(amounts(&quote, "duty"), [""; 0]);
}

#[test]
fn a_code_that_the_tariff_lacks_is_refused() {
    let rows = json!([{ "code": "61091000", "duty": "12 %" }]);
    let engine = place_with(tariff(&["61091000"], rows), "");
    let refused = try_quoted(&engine, &asked("950300")).unwrap_err();
    assert_eq!(refused, "code.unknown at items[0].code");
}

#[test]
fn a_claim_never_raises_the_duty() {
    let rows = |preference: &str| {
        json!([
            { "code": "61091000", "duty": "5 %" },
            { "code": "61091000", "type": "preference", "areas": ["CN"], "duty": preference }
        ])
    };
    let claiming = with(item("61091000", "100.00"), "claimPreference", json!(true));
    for (preference, duty) in [("8 %", "5.00"), ("5 %", "5.00"), ("3 %", "3.00")] {
        let engine = place_with(tariff(&["61091000"], rows(preference)), "");
        let quote = quoted(&engine, &request(core::slice::from_ref(&claiming)));
        assert_eq!(amounts(&quote, "duty"), [duty], "{preference}");
        assert_eq!(codes(&quote), ["quote.not-binding"]);
    }
    // One that saves is offered, with what it saves; one that does not is not.
    for (preference, saving) in [("8 %", None), ("5 %", None), ("3 %", Some("2.00"))] {
        let engine = place_with(tariff(&["61091000"], rows(preference)), "");
        let quote = quoted(&engine, &asked("61091000"));
        let said = notice(&quote, "preference.available");
        assert_eq!(
            said.map(|said| said["params"]["saving"].as_str()),
            saving.map(Some)
        );
    }
}

#[test]
fn a_preference_for_a_part_of_the_goods_leaves_the_ordinary_duty_possible() {
    let rows = json!([
        { "code": "61091000", "duty": "5 %" },
        { "code": "61091000", "type": "preference", "areas": ["CN"], "duty": "0 %", "condition": "goods of silk" }
    ]);
    let engine = place_with(tariff(&["61091000"], rows), "");
    let claiming = with(item("61091000", "100.00"), "claimPreference", json!(true));
    let quote = quoted(&engine, &request(&[claiming]));
    assert_eq!(range(&quote), ("0.00".into(), "5.00".into()));
}

#[test]
fn a_free_preference_needs_no_weight() {
    let rows = |preference: &str| {
        json!([
            { "code": "61091000", "duty": "5 EUR/kg" },
            { "code": "61091000", "type": "preference", "areas": ["CN"], "duty": preference }
        ])
    };
    let claiming = with(item("61091000", "100.00"), "claimPreference", json!(true));
    let free = place_with(tariff(&["61091000"], rows("0 %")), "");
    let quote = quoted(&free, &request(core::slice::from_ref(&claiming)));
    assert_eq!(amounts(&quote, "duty"), ["0.00"]);
    assert_eq!(unknown(&quote), [""; 0]);
    // Above nothing, the ordinary duty could be the lower one.
    let low = place_with(tariff(&["61091000"], rows("3 %")), "");
    let quote = quoted(&low, &request(&[claiming]));
    assert_eq!(unknown(&quote), ["items[0].netWeightKg: quantity"]);
}

#[test]
fn a_claim_that_the_line_does_not_have_is_refused_or_unknown() {
    let rows = |known: bool| {
        json!([
            { "code": "61091000", "duty": "5 %" },
            { "code": "02011000", "type": "preference", "areas": ["CN"], "duty": "0 %", "rates_known": known }
        ])
    };
    let claiming = request(&[with(
        item("61091000", "100.00"),
        "claimPreference",
        json!(true),
    )]);
    let quote = quoted(
        &place_with(tariff(&["61091000"], rows(true)), ""),
        &claiming,
    );
    assert_eq!(amounts(&quote, "duty"), ["5.00"]);
    assert_eq!(codes(&quote), ["preference.refused", "quote.not-binding"]);
    let quote = quoted(
        &place_with(tariff(&["61091000"], rows(false)), ""),
        &claiming,
    );
    assert_eq!(unknown(&quote), ["items[0].dutyRate: preference-rate"]);
    assert_eq!(
        codes(&quote),
        ["preference.rate-not-at-hand", "quote.not-binding"]
    );
}

#[test]
fn a_relief_for_a_use_is_named_and_not_taken() {
    let rows = json!([
        { "code": "61091000", "duty": "5 %" },
        { "code": "61091000", "duty": "0 %", "flags": ["end-use"] }
    ]);
    let quote = quoted(
        &place_with(tariff(&["61091000"], rows), ""),
        &asked("61091000"),
    );
    assert_eq!(amounts(&quote, "duty"), ["5.00"]);
    assert_eq!(codes(&quote), ["relief.for-use", "quote.not-binding"]);
}

#[test]
fn a_saving_is_told_only_where_both_duties_are_certain() {
    let preference = |duty: &str, additional: &str| json!({ "code": "61091010", "type": "preference", "areas": ["CN"], "duty": duty, "additional": additional });
    let ordinary = |duty: &str, additional: &str| json!({ "code": "61091010", "duty": duty, "additional": additional });
    let lines = ["61091010", "61091090"];
    let other = json!({ "code": "61091090", "duty": "12 %" });
    let certain = vec![ordinary("12 %", ""), preference("2 %", ""), other.clone()];
    let mut open_preference = certain.clone();
    open_preference.push(preference("4 %", "A001"));
    let mut open_duty = certain.clone();
    open_duty.push(ordinary("20 %", "A001"));
    let saving = |rows: &[Value], code: &str| {
        let quote = quoted(&place_with(tariff(&lines, json!(rows)), ""), &asked(code));
        let said = notice(&quote, "preference.available").unwrap();
        said["params"]["saving"].as_str().map(str::to_owned)
    };
    assert_eq!(saving(&certain, "61091010"), Some("10.00".into()));
    assert_eq!(saving(&certain, "610910"), None);
    assert_eq!(saving(&open_preference, "61091010"), None);
    assert_eq!(saving(&open_duty, "61091010"), None);
    // An unknown rate of the preference is offered all the same.
    let mut unstated = vec![ordinary("12 %", "")];
    unstated.push(json!({ "code": "61091010", "type": "preference", "areas": ["CN"] }));
    assert_eq!(saving(&unstated, "61091010"), None);
}

#[test]
fn a_notice_is_given_once_for_an_item() {
    let rows = json!([
        { "code": "6109", "duty": "12 %" },
        { "code": "6109", "type": "quota", "duty": "0 %" },
        { "code": "6109", "type": "preference", "areas": ["CN"], "duty": "0 %" }
    ]);
    let engine = place_with(tariff(&["61091010", "61091090"], rows), "");
    let quote = quoted(&engine, &asked("610910"));
    assert_eq!(
        codes(&quote),
        ["quota.open", "preference.available", "quote.not-binding"]
    );
}

#[test]
fn what_a_claim_needs_is_told_by_the_programmes_rule() {
    let rows = json!([
        { "code": "61091010", "duty": "12 %" },
        { "code": "61091010", "type": "preference", "areas": ["club:CN,VN"], "duty": "2 %" }
    ]);
    let rule = |area: &str, keys: &str| {
        format!(
            "[[preference]]\narea = \"{area}\"\ntitle = \"The {area}\"\norigin-test = \"added-value\"\nproof = \"A form\"\n{keys}\n{LAW}\n"
        )
    };
    let told = |rules: &str| {
        let tariff = tariff(&["61091010"], rows.clone());
        let quote = quoted(&place_with(tariff, rules), &asked("61091010"));
        notice(&quote, "preference.available").unwrap()["params"].clone()
    };
    let bare = json!({ "item": "0", "saving": "10.00", "currency": "EUR" });
    assert_eq!(told(&rule("other", "direct-transport = true")), bare);
    let ended = "direct-transport = true\nvalid = { to = \"2026-11-26\" }";
    assert_eq!(told(&rule("club", ended)), bare);
    let found = told(&rule(
        "club",
        "direct-transport = true\nno-proof-up-to = \"6000 EUR\"",
    ));
    let full = json!({
        "item": "0", "saving": "10.00", "currency": "EUR", "programme": "The club", "originTest": "added-value",
        "proof": "A form", "noProofUpTo": "6000 EUR", "directTransport": "true"
    });
    assert_eq!(found, full);
    let plain = told(&rule("club", "direct-transport = false"));
    assert!(plain["directTransport"].is_null());
}

/// A duty that the additional code leaves open, and one on top of it.
fn stacked(ordinary: [&str; 2], on_top: Value) -> Vec<u8> {
    let line = "61091010";
    let mut rows = vec![
        json!({ "code": line, "duty": ordinary[0], "additional": "A001" }),
        json!({ "code": line, "duty": ordinary[1], "additional": "A002" }),
    ];
    for row in on_top.as_array().unwrap() {
        let row = with(row.clone(), "code", json!(line));
        rows.push(with(row, "type", json!("anti-dumping-duty")));
    }
    tariff(&[line], json!(rows))
}

#[test]
fn low_takes_the_least_of_each_and_high_the_most() {
    let two =
        json!([{ "duty": "10 %", "additional": "B001" }, { "duty": "30 %", "additional": "B002" }]);
    let quote = quoted(
        &place_with(stacked(["5 %", "20 %"], two), ""),
        &asked("61091010"),
    );
    assert_eq!(range(&quote), ("15.00".into(), "50.00".into()));
    assert_eq!(amounts(&quote, "duty"), ["20.00", "30.00"]);
}

#[test]
fn a_minimum_together_is_a_range_only_by_its_rounding() {
    let together = json!([{ "duty": "15 % - ORD" }]);
    let of = |ordinary: [&str; 2], value: &str| {
        let engine = place_with(stacked(ordinary, together.clone()), "");
        quoted(&engine, &request(&[item("61091010", value)]))
    };
    let same = of(["5 %", "10 %"], "100.00");
    assert_eq!(same["status"], "complete");
    assert_eq!(amounts(&same, "duty"), ["5.00", "10.00"]);
    // 5.005 and 10.010 round to a cent more than 14.014 and 1.001 do.
    let cent = of(["5 %", "14 %"], "100.10");
    assert_eq!(range(&cent), ("15.01".into(), "15.02".into()));
}

#[test]
fn of_equal_alternatives_the_first_is_shown() {
    let rate = |rows: Value, item: Value| {
        let quote = quoted(
            &place_with(tariff(&["61091010"], rows), ""),
            &request(&[item]),
        );
        let line = &quote["lines"][0];
        format!(
            "{} {}",
            line["measure"].as_str().unwrap(),
            line["rate"].as_str().unwrap()
        )
    };
    let row =
        |duty: &str, code: &str| json!({ "code": "61091010", "duty": duty, "additional": code });
    let equal = json!([row("10 %", "A001"), row("10 EUR", "A002")]);
    let goods = item("61091010", "100.00");
    assert_eq!(rate(equal, goods.clone()), "third-country-duty 10 %");
    // A claim that saves nothing stays a claim.
    let claimed = json!([
        row("10 %", ""),
        { "code": "61091010", "type": "preference", "areas": ["CN"], "duty": "10 EUR" }
    ]);
    let claiming = with(goods, "claimPreference", json!(true));
    assert_eq!(rate(claimed, claiming), "preference 10 EUR");
}
