//! Taxes: bases, rounding, rates by code, and how they are written.

use super::stage::{
    BORDER, INSTEAD, LAW, amounts, codes, item, notice, place, quoted, rated, request, unknown,
    with, workings,
};
use serde_json::{Value, json};

/// A tax on these parts of the base, with these keys.
fn tax(id: &str, rate: &str, base: &str, keys: &str) -> String {
    format!("[[tax]]\nid = \"{id}\"\nrate = {{ {rate} }}\nbase = [{base}]\n{keys}\n{LAW}\n")
}

const TEN: &str = "percent = \"10 %\"";
const VALUE: &str = "\"customs-value\"";

fn rounding(at: &str, scope: &str, unit: &str) -> String {
    format!(
        "[[rounding]]\nat = \"{at}\"\nscope = \"{scope}\"\nunit = \"{unit}\"\nmode = \"down\"\n{LAW}\n"
    )
}

/// The taxes' workings on goods of these values that bear no duty.
fn taxed(rules: &str, values: &[&str]) -> Vec<String> {
    workings(&quoted(&place(rules), &free(values)), "tax")
}

fn free(values: &[&str]) -> Value {
    let items: Vec<Value> = values
        .iter()
        .map(|value| with(rated(value), "dutyRate", json!("0")))
        .collect();
    request(&items)
}

#[test]
fn a_base_that_the_law_rounds_is_shown_falling() {
    let vat = tax("vat", TEN, VALUE, "");
    let law = vat.clone() + &rounding("tax-base", "item", "1");
    assert_eq!(taxed(&vat, &["100.90"]), ["100.90 × 10 % = 10.09"]);
    assert_eq!(taxed(&law, &["100.90"]), ["100.90 → 100.00 × 10 % = 10.00"]);
    assert_eq!(taxed(&law, &["100.00"]), ["100.00 × 10 % = 10.00"]);
    // A tax on another tax is on that tax as it is.
    let local = tax("local", TEN, "{ tax = \"vat\" }", "");
    let both = law + &local;
    let found = ["109.90 → 109.00 × 10 % = 10.90", "10.90 × 10 % = 1.09"];
    assert_eq!(taxed(&both, &["109.90"]), found);
    // Unless the law rounds it there too.
    let again = both + &rounding("tax-in-tax-base", "item", "1");
    assert_eq!(taxed(&again, &["109.90"])[1], "10.00 × 10 % = 1.00");
    // Each item has its own.
    let two = taxed(&again, &["109.90", "20.00"]);
    assert_eq!(two[2..], ["10.00 × 10 % = 1.00", "2.00 × 10 % = 0.20"]);
}

#[test]
fn a_tax_that_the_law_rounds_once_is_one_line() {
    let vat = tax("vat", TEN, VALUE, "");
    let once = vat.clone() + &rounding("tax", "consignment", "1");
    let quote = quoted(&place(&once), &free(&["14.55", "25.55"]));
    let found = "14.55 × 10 % = 1.455; 25.55 × 10 % = 2.555; together 4.010 → 4.00";
    assert_eq!(workings(&quote, "tax"), [found]);
    assert_eq!(amounts(&quote, "tax"), ["4.00"]);
    let line = quote["lines"].as_array().unwrap().last().unwrap();
    assert_eq!(line["basis"], "40.10");
    assert!(line["item"].is_null());
    assert_eq!(taxed(&once, &["14.55"]), ["14.55 × 10 % = 1.455 → 1.00"]);
    // Where each item's is rounded first, what is rounded is added up.
    let first = once + &rounding("tax", "item", "0.1");
    let found = "14.55 × 10 % = 1.40; 25.55 × 10 % = 2.50; together 3.90 → 3.00";
    assert_eq!(taxed(&first, &["14.55", "25.55"]), [found]);
    assert_eq!(
        taxed(&(vat + &rounding("tax", "item", "0.1")), &["14.55"]),
        ["14.55 × 10 % = 1.40"]
    );
}

#[test]
fn a_rate_is_written_as_the_law_writes_it() {
    let cases = [
        (
            tax("t", "fraction = { of = 22, over = 78 }", VALUE, ""),
            "78.00 × 22/78 = 22.00",
        ),
        (
            tax("t", "percent = \"22 %\"", VALUE, "gross-up = true"),
            "78.00 ÷ (1 − 22 %) × 22 % = 22.00",
        ),
        (
            tax("t", TEN, "{ uplift = \"50 %\" }", ""),
            "39.00 × 10 % = 3.90",
        ),
        (
            tax("t", TEN, "\"customs-value\", \"goods\"", ""),
            "156.00 × 10 % = 15.60",
        ),
    ];
    for (rules, found) in cases {
        assert_eq!(taxed(&rules, &["78.00"]), [found]);
    }
    let part = format!(
        "[[regime]]\nid = \"part\"\n{INSTEAD}\nduty = \"relieved\"\ntax = \"charged\"\ntax-share = \"70 %\"\n{BORDER}\n{LAW}\n"
    );
    assert_eq!(
        taxed(&(part + &tax("t", TEN, VALUE, "")), &["78.00"]),
        ["78.00 × 10 % × 70 % = 5.46"]
    );
}

#[test]
fn every_part_of_a_base_is_its_own() {
    let asked = with(free(&["80.00"]), "freight", json!("8.00"));
    let asked = with(asked, "insurance", json!("2.00"));
    let asked = with(asked, "discount", json!("10.00"));
    for (base, basis) in [
        ("goods", "70.00"),
        ("freight", "8.00"),
        ("insurance", "2.00"),
        ("customs-value", "80.00"),
    ] {
        let rules = tax("t", TEN, &format!("\"{base}\""), "");
        let quote = quoted(&place(&rules), &asked);
        assert_eq!(quote["lines"][1]["basis"], basis, "{base}");
    }
}

/// A regime that states the base of taxes itself, or relieves them.
fn low(tax: &str, keys: &str) -> String {
    format!(
        "[[regime]]\nid = \"low\"\n{INSTEAD}\nduty = \"relieved\"\ntax = {tax}\n{keys}\n{BORDER}\n{LAW}\n"
    )
}

#[test]
fn a_regimes_base_takes_the_place_of_a_taxs_own() {
    let rules = low("{ charged-on = [\"goods\"] }", "");
    let own = tax("vat", TEN, VALUE, "") + &tax("local", TEN, "{ tax = \"vat\" }", "");
    let asked = with(free(&["80.00"]), "freight", json!("8.00"));
    let quote = quoted(&place(&(rules + &own)), &asked);
    let found = ["80.00 × 10 % = 8.00", "8.00 × 10 % = 0.80"];
    assert_eq!(workings(&quote, "tax"), found);
}

#[test]
fn a_relief_leaves_out_what_it_excludes() {
    let rules = low("\"relieved\"", "relief-excludes = [\"22\"]") + &tax("vat", TEN, VALUE, "");
    let wine = with(item("220410", "50.00"), "dutyRate", json!("20"));
    let quote = quoted(&place(&rules), &request(&[rated("30.00"), wine]));
    assert_eq!(amounts(&quote, "duty"), ["10.00"]);
    assert_eq!(workings(&quote, "tax"), ["50.00 × 10 % = 5.00"]);
    let without = low("\"relieved\"", "") + &tax("vat", TEN, VALUE, "");
    let quote = quoted(&place(&without), &request(&[rated("30.00")]));
    assert_eq!(amounts(&quote, "tax"), [""; 0]);
}

#[test]
fn a_tax_is_charged_where_when_and_on_what_it_says() {
    let charged = |keys: &str| taxed(&tax("t", TEN, VALUE, keys), &["10.00"]).len();
    assert_eq!(charged(""), 1);
    assert_eq!(charged("places = [\"ZZ\", \"YY\"]"), 1);
    assert_eq!(charged("places = [\"YY\"]"), 0);
    assert_eq!(charged("regimes = [\"ordinary\", \"low\"]"), 1);
    assert_eq!(charged("regimes = [\"low\"]"), 0);
    assert_eq!(charged("valid = { from = \"2026-11-27\" }"), 1);
    assert_eq!(charged("valid = { from = \"2026-11-28\" }"), 0);
    assert_eq!(charged("valid = { to = \"2026-11-27\" }"), 1);
    assert_eq!(charged("valid = { to = \"2026-11-26\" }"), 0);
    assert_eq!(charged("when = { item-codes = [\"61\"] }"), 1);
    assert_eq!(charged("when = { item-codes = [\"62\"] }"), 0);
    let open = tax("t", TEN, VALUE, "when = { ship-from = [\"CN\"] }");
    let quote = quoted(&place(&open), &free(&["10.00", "20.00"]));
    assert_eq!(unknown(&quote), ["shipFrom: place"]);
}

#[test]
fn the_longest_code_gives_the_rate_and_a_doubtful_one_is_said() {
    let rate = |codes: &str, rate: &str, applies: &str, confidence: &str| {
        format!(
            "{{ codes = [{codes}], rate = {{ percent = \"{rate}\" }}, applies = \"{applies}\", confidence = \"{confidence}\" }}"
        )
    };
    let rates = [
        rate(
            "\"610910\", \"6110\"",
            "5 %",
            "always",
            "verified-secondary",
        ),
        rate("\"61\"", "7 %", "always", "official"),
        rate("\"6111\"", "2 %", "sometimes", "official"),
        rate("\"6112\"", "25 %", "sometimes", "official"),
    ];
    let by_code = format!("by-code = [{}]", rates.join(", "));
    let engine = place(&tax("vat", TEN, VALUE, &by_code));
    let cases = [
        ("610910", "5 %", None, "verified-secondary"),
        ("611020", "5 %", None, "verified-secondary"),
        ("610520", "7 %", None, "official"),
        (
            "611130",
            "10 %",
            Some(("tax.lower-rate-possible", "2 %")),
            "official",
        ),
        (
            "611231",
            "10 %",
            Some(("tax.higher-rate-possible", "25 %")),
            "official",
        ),
        ("950300", "10 %", None, "official"),
    ];
    for (code, rate, said, confidence) in cases {
        let one = with(item(code, "100.00"), "dutyRate", json!("0"));
        let quote = quoted(&engine, &request(&[one]));
        let line = quote["lines"].as_array().unwrap().last().unwrap();
        assert_eq!(line["rate"], rate, "{code}");
        assert_eq!(line["confidence"], confidence, "{code}");
        let mut all = vec!["duty-rate.caller"];
        if let Some((code, other)) = said {
            all.push(code);
            assert_eq!(notice(&quote, code).unwrap()["params"]["rate"], other);
        }
        all.push("quote.not-binding");
        assert_eq!(codes(&quote), all, "{code}");
    }
}

/// Said once, however many items it is about, and not of goods that a code lists.
#[test]
fn lower_rates_that_no_code_has_are_said() {
    let keys = "reduced = [\"4 %\", \"6 %\"]\nby-code = [{ codes = [\"6113\"], rate = { percent = \"3 %\" }, applies = \"always\", confidence = \"official\" }]";
    let engine = place(&tax("vat", TEN, VALUE, keys));
    let of = |code: &str| with(item(code, "100.00"), "dutyRate", json!("0"));
    let said = |items: &[Value]| {
        let quote = quoted(&engine, &request(items));
        let all = codes(&quote);
        let count = all
            .iter()
            .filter(|code| **code == "tax.reduced-rates-exist")
            .count();
        (
            count,
            notice(&quote, "tax.reduced-rates-exist").map(|notice| notice["params"].clone()),
        )
    };
    let params = json!({ "tax": "vat", "rates": "4 %, 6 %" });
    assert_eq!(said(&[of("610910"), of("950300")]), (1, Some(params)));
    assert_eq!(said(&[of("611300")]), (0, None));
}

#[test]
fn a_short_code_may_have_the_rate_of_a_longer_one() {
    let by_code = "by-code = [{ codes = [\"61130010\"], rate = { percent = \"3 %\" }, applies = \"always\", confidence = \"official\" }]";
    let engine = place(&tax("vat", TEN, VALUE, by_code));
    for (code, rate, said) in [
        ("611300", "10 %", true),
        ("61130010", "3 %", false),
        ("61130090", "10 %", false),
    ] {
        let one = with(item(code, "100.00"), "dutyRate", json!("0"));
        let quote = quoted(&engine, &request(&[one]));
        let line = quote["lines"].as_array().unwrap().last().unwrap();
        assert_eq!(line["rate"], rate, "{code}");
        assert_eq!(
            notice(&quote, "tax.lower-rate-possible").is_some(),
            said,
            "{code}"
        );
    }
}

#[test]
fn a_short_code_over_one_of_unknown_rate_asks_for_the_longer() {
    let by_code = "by-code = [{ codes = [\"61130010\"], rate = \"unknown\", applies = \"always\", confidence = \"official\" }]";
    let engine = place(&tax("vat", TEN, VALUE, by_code));
    for (code, needs) in [
        ("611300", vec!["items[0].code: national-line"]),
        ("61130010", vec!["items[0].taxRate: vat"]),
        ("61130090", vec![]),
    ] {
        let one = with(item(code, "100.00"), "dutyRate", json!("0"));
        assert_eq!(unknown(&quoted(&engine, &request(&[one]))), needs, "{code}");
    }
}

#[test]
fn of_the_codes_below_a_short_one_the_first_of_the_longest_is_said() {
    let rate = |code: &str, rate: &str| {
        format!(
            "{{ codes = [\"{code}\"], rate = {{ percent = \"{rate}\" }}, applies = \"always\", confidence = \"official\" }}"
        )
    };
    let rates = [
        rate("6113", "8 %"),
        rate("61130010", "3 %"),
        rate("6113009010", "4 %"),
        rate("6113009020", "6 %"),
    ];
    let by_code = format!("by-code = [{}]", rates.join(", "));
    let engine = place(&tax("vat", TEN, VALUE, &by_code));
    // What lists a code over it holds for the goods that no longer code lists.
    for (code, own) in [("611300", "8 %"), ("61130090", "8 %")] {
        let one = with(item(code, "100.00"), "dutyRate", json!("0"));
        let quote = quoted(&engine, &request(&[one]));
        let line = quote["lines"].as_array().unwrap().last().unwrap();
        assert_eq!(line["rate"], own, "{code}");
        let said = notice(&quote, "tax.lower-rate-possible").unwrap();
        assert_eq!(said["params"]["rate"], "4 %", "{code}");
    }
}
