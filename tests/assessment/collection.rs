//! Who collects, when, and by which way of several.

use super::stage::{INSTEAD, LAW, place, quoted, rated, request, try_quoted, with};
use dutiable::Engine;
use serde_json::{Value, json};

/// A way whose tax this party collects; all else is collected at delivery.
fn way(model: &str, tax_by: &str, tax_at: &str, keys: &str) -> String {
    format!(
        "{{ model = \"{model}\", {keys} duty = {{ by = \"customs\", at = \"delivery\" }}, tax = {{ by = \"{tax_by}\", at = \"{tax_at}\" }}, fee = {{ by = \"carrier\", at = \"delivery\" }} }}"
    )
}

/// A place whose one regime has these ways, and a tax.
fn ways(ways: &[String]) -> Engine {
    let ways = ways.join(", ");
    place(&format!(
        "[[regime]]\nid = \"own\"\n{INSTEAD}\nduty = \"tariff\"\ntax = \"charged\"\ncollection = [{ways}]\n{LAW}\n[[tax]]\nid = \"vat\"\nrate = {{ percent = \"20 %\" }}\nbase = [\"customs-value\"]\n{LAW}\n"
    ))
}

fn plain() -> Value {
    request(&[rated("100.00")])
}

#[test]
fn a_way_is_asked_for_by_its_model_or_by_who_collects_the_tax() {
    let engine = ways(&[
        way("border", "carrier", "delivery", ""),
        way("border", "post", "delivery", ""),
        way("border", "customs", "delivery", ""),
        way("buyer", "tax-authority", "return", ""),
        way("intermediary", "marketplace", "checkout", ""),
        way("intermediary", "qualified-party", "checkout", ""),
        way("vendor", "vendor", "checkout", ""),
    ]);
    let cases = [
        ("border", "border", "carrier"),
        ("carrier", "border", "carrier"),
        ("post", "border", "post"),
        ("customs", "border", "customs"),
        ("buyer", "buyer", "tax-authority"),
        ("tax-authority", "buyer", "tax-authority"),
        ("intermediary", "intermediary", "marketplace"),
        ("marketplace", "intermediary", "marketplace"),
        ("qualified-party", "intermediary", "qualified-party"),
        ("vendor", "vendor", "vendor"),
        ("auto", "border", "carrier"),
    ];
    for (asked, model, by) in cases {
        let quote = quoted(&engine, &with(plain(), "collection", json!(asked)));
        assert_eq!(quote["regime"]["collection"], model, "{asked}");
        assert_eq!(quote["lines"][1]["collectedBy"], by, "{asked}");
        assert_eq!(quote["lines"][0]["collectedBy"], "customs", "{asked}");
    }
}

#[test]
fn a_way_that_needs_a_registration_is_open_to_its_holders() {
    let vendor = way(
        "vendor",
        "vendor",
        "checkout",
        "needs-registration = \"IOSS\",",
    );
    let border = way("border", "carrier", "delivery", "");
    let holder = with(plain(), "seller", json!({ "registrations": ["IOSS"] }));
    let both = ways(&[vendor.clone(), border]);
    let model = |asked: &Value| quoted(&both, asked)["regime"]["collection"].clone();
    assert_eq!(model(&holder), "vendor");
    assert_eq!(model(&plain()), "border");
    let asked = |of: Value| with(of, "collection", json!("vendor"));
    assert_eq!(model(&asked(holder.clone())), "vendor");
    let refused = try_quoted(&both, &asked(plain())).unwrap_err();
    assert_eq!(refused, "input.choice at collection");
    let only = ways(&[vendor]);
    assert_eq!(try_quoted(&only, &plain()), Err("rule.missing".into()));
    assert_eq!(quoted(&only, &holder)["regime"]["collection"], "vendor");
}

#[test]
fn a_seller_who_delivers_duty_paid_collects_what_is_due_at_delivery() {
    let engine = ways(&[way("buyer", "tax-authority", "return", "")]);
    let when = |asked: &Value| {
        let quote = quoted(&engine, asked);
        [0, 1].map(|line| quote["lines"][line]["when"].as_str().unwrap().to_owned())
    };
    assert_eq!(when(&plain()), ["delivery", "return"]);
    let paid = with(plain(), "incoterm", json!("DDP"));
    assert_eq!(when(&paid), ["checkout", "return"]);
}
