//! Fees, waivers and what is advanced.

use super::stage::{
    INSTEAD, LAW, amounts, codes, item, place, quoted, rated, request, with, workings,
};
use serde_json::{Value, json};

fn fee(charge: &str, keys: &str) -> String {
    format!("[[fee]]\nid = \"levy\"\ncharge = {{ {charge} }}\n{keys}\n{LAW}\n")
}

fn charged(rules: &str, asked: &Value) -> Vec<String> {
    workings(&quoted(&place(rules), asked), "fee")
}

fn plain() -> Value {
    request(&[rated("100.00")])
}

#[test]
fn a_rate_keeps_between_its_limits() {
    let rules = |limits: &str| fee(&format!("ad-valorem = {{ rate = \"1 %\", {limits} }}"), "");
    let of = |limits: &str, value: &str| charged(&rules(limits), &request(&[rated(value)]));
    let both = "min = \"1 EUR\", max = \"5 EUR\"";
    let cases = [
        ("99.00", "99.00 × 1 % < 1 EUR = 1.00"),
        ("100.00", "100.00 × 1 % = 1.00"),
        ("300.00", "300.00 × 1 % = 3.00"),
        ("500.00", "500.00 × 1 % = 5.00"),
        ("501.00", "501.00 × 1 % > 5 EUR = 5.00"),
    ];
    for (value, found) in cases {
        assert_eq!(of(both, value), [found]);
    }
    let quote = quoted(&place(&rules(both)), &plain());
    let line = quote["lines"].as_array().unwrap().last().unwrap();
    assert_eq!(line["rate"], "1 %, at least 1 EUR, at most 5 EUR");
    assert_eq!(line["basis"], "100.00");
}

#[test]
fn a_rate_is_on_what_it_names() {
    let asked = with(
        with(plain(), "freight", json!("8.00")),
        "insurance",
        json!("2.00"),
    );
    let bases = [
        ("", "110.00"),
        ("base = [\"customs-value\"]", "110.00"),
        ("base = [\"goods\"]", "100.00"),
        ("base = [\"freight\", \"insurance\"]", "10.00"),
    ];
    for (base, basis) in bases {
        let comma = if base.is_empty() { "" } else { ", " };
        let rules = fee(
            &format!("ad-valorem = {{ rate = \"1 %\"{comma}{base} }}"),
            "",
        );
        let quote = quoted(&place(&rules), &asked);
        assert_eq!(quote["lines"][1]["basis"], basis, "{base}");
    }
}

#[test]
fn a_fixed_fee_is_counted_by_what_it_is_for() {
    let of = |per: &str, codes: &[&str]| {
        let items: Vec<Value> = codes
            .iter()
            .map(|code| with(item(code, "1.00"), "dutyRate", json!("0")))
            .collect();
        let rules = fee(
            &format!("fixed = {{ amount = \"2 EUR\", per = \"{per}\" }}"),
            "",
        );
        charged(&rules, &request(&items))
    };
    let codes = ["61091010", "950300", "61091020", "950300"];
    assert_eq!(of("consignment", &codes), ["1 × 2 EUR = 2.00"]);
    assert_eq!(of("tariff-item", &codes), ["2 × 2 EUR = 4.00"]);
    assert_eq!(of("line", &codes), ["4 × 2 EUR = 8.00"]);
}

#[test]
fn a_fee_is_charged_where_when_and_on_what_it_says() {
    let fixed = "fixed = { amount = \"2 EUR\", per = \"consignment\" }";
    let count = |keys: &str| charged(&fee(fixed, keys), &plain()).len();
    assert_eq!(count("places = [\"ZZ\"]"), 1);
    assert_eq!(count("places = [\"YY\"]"), 0);
    assert_eq!(count("regimes = [\"ordinary\"]"), 1);
    assert_eq!(count("regimes = [\"low\"]"), 0);
    assert_eq!(count("valid = { to = \"2026-11-27\" }"), 1);
    assert_eq!(count("valid = { to = \"2026-11-26\" }"), 0);
    assert_eq!(count("when = { gift = false }"), 1);
    assert_eq!(count("when = { gift = true }"), 0);
    // Open is not met: a fee is not reckoned on a guess.
    assert_eq!(count("when = { ship-from = [\"CN\"] }"), 0);
}

#[test]
fn carriers_fees_are_on_goods_or_on_what_is_advanced() {
    let fees = |fee: Value| with(plain(), "carrierFees", json!([fee]));
    let of = |fee: Value| charged("", &fees(fee));
    let on_goods = json!({ "id": "handling", "of": "goods", "rate": "1", "min": "2", "max": "9" });
    assert_eq!(of(on_goods), ["100.00 × 1 % < 2 EUR = 2.00"]);
    let advanced = json!({ "id": "advance", "rate": "20", "fixed": "3" });
    assert_eq!(of(advanced.clone()), ["10.00 × 20 % + 3 EUR = 5.00"]);
    let fixed = json!({ "id": "handling", "of": "goods", "fixed": "3" });
    assert_eq!(of(fixed.clone()), ["100.00 × 0 % + 3 EUR = 3.00"]);
    // Nothing is advanced where the seller pays, and then only what is on goods is charged.
    for (fee, count) in [(advanced, 0), (fixed, 1)] {
        let paid = with(fees(fee), "incoterm", json!("DDP"));
        assert_eq!(charged("", &paid).len(), count);
    }
}

#[test]
fn only_what_is_due_at_delivery_is_advanced() {
    let way = r#"collection = [{ model = "vendor", duty = { by = "carrier", at = "delivery" }, tax = { by = "vendor", at = "checkout" }, fee = { by = "customs", at = "delivery" } }]"#;
    let own = format!(
        "[[regime]]\nid = \"own\"\n{INSTEAD}\nduty = \"tariff\"\ntax = \"charged\"\n{way}\n{LAW}\n"
    );
    let vat = format!(
        "[[tax]]\nid = \"vat\"\nrate = {{ percent = \"20 %\" }}\nbase = [\"customs-value\"]\n{LAW}\n"
    );
    let levy = fee("fixed = { amount = \"2 EUR\", per = \"consignment\" }", "");
    let fees = json!([{ "id": "advance", "rate": "20" }]);
    let quote = quoted(
        &place(&(own + &vat + &levy)),
        &with(plain(), "carrierFees", fees),
    );
    let found = ["1 × 2 EUR = 2.00", "10.00 × 20 % = 2.00"];
    assert_eq!(workings(&quote, "fee"), found);
}

fn waiver(keys: &str) -> String {
    format!("[[waiver]]\nid = \"small\"\n{keys}\n{LAW}\n")
}

#[test]
fn a_waiver_holds_at_its_limit_where_and_when_it_says() {
    let vat = format!(
        "[[tax]]\nid = \"vat\"\nrate = {{ percent = \"10 %\" }}\nbase = [\"customs-value\"]\n{LAW}\n"
    );
    let waived = |keys: &str, value: &str| {
        let rules = vat.clone() + &waiver(&format!("of = [\"vat\"]\nat-most = \"5 EUR\"\n{keys}"));
        workings(&quoted(&place(&rules), &request(&[rated(value)])), "relief")
    };
    assert_eq!(waived("", "50.00"), ["50.00 × 10 % = 5.00 ≤ 5 EUR"]);
    assert_eq!(waived("", "50.10"), [""; 0]);
    assert_eq!(waived("", "0.00"), [""; 0]);
    let cases = [
        ("places = [\"ZZ\"]", 1),
        ("places = [\"YY\"]", 0),
        ("regimes = [\"ordinary\"]", 1),
        ("regimes = [\"low\"]", 0),
        ("valid = { to = \"2026-11-27\" }", 1),
        ("valid = { to = \"2026-11-26\" }", 0),
    ];
    for (keys, count) in cases {
        assert_eq!(waived(keys, "50.00").len(), count, "{keys}");
    }
}

#[test]
fn a_waiver_measures_all_that_it_names_together() {
    let taxes: String = ["vat", "levy"]
        .map(|id| format!("[[tax]]\nid = \"{id}\"\nrate = {{ percent = \"10 %\" }}\nbase = [\"customs-value\"]\n{LAW}\n"))
        .concat();
    let of = |names: &str, value: &str| {
        let rules = taxes.clone() + &waiver(&format!("of = [{names}]\nat-most = \"10 EUR\""));
        let quote = quoted(&place(&rules), &request(&[rated(value)]));
        let kinds = ["duty", "tax", "relief"];
        kinds.map(|kind| amounts(&quote, kind).join(" "))
    };
    assert_eq!(of("\"vat\"", "60.00"), ["6.00", "6.00", "0.00"]);
    assert_eq!(of("\"vat\", \"levy\"", "60.00"), ["6.00", "6.00 6.00", ""]);
    assert_eq!(of("\"vat\", \"levy\"", "50.00"), ["5.00", "", "0.00 0.00"]);
    assert_eq!(
        of("\"duties\", \"vat\"", "50.00"),
        ["", "5.00", "0.00 0.00"]
    );
    assert_eq!(of("\"duties\"", "100.00"), ["", "10.00 10.00", "0.00"]);
    assert_eq!(
        of("\"third-country-duty\"", "100.00"),
        ["", "10.00 10.00", "0.00"]
    );
}

#[test]
fn a_place_of_whole_units_writes_none_behind_the_point() {
    let rules = super::stage::place_text("JPY", "FOB", "", "");
    let engine = super::stage::opened(&rules, None);
    let asked = with(request(&[rated("1005")]), "currency", json!("JPY"));
    let quote = quoted(&engine, &with(asked, "freight", json!("100")));
    assert_eq!(workings(&quote, "duty"), ["1005 × 10 % = 101"]);
    assert_eq!(codes(&quote), ["duty-rate.caller", "quote.not-binding"]);
}
