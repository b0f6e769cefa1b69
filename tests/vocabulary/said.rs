//! What a quote says beside its amounts.

use proptest::prelude::*;
use serde_json::json;

use super::reading::*;
use super::stated::*;

proptest! {
    #![proptest_config(cases())]

    /// `refund`: the first rule that holds says how a charge comes back; without one it is unknown.
    #[test]
    fn the_first_refund_rule_speaks(value in 100_i64..50_000) {
        let refund = format!("[[refund]]\nof = [\"duties\"]\nhow = \"drawback\"\nshare = \"99 %\"\nlaw = {LAW}\n[[refund]]\nof = [\"third-country-duty\"]\nhow = \"no\"\nlaw = {LAW}\n");
        let vat = tax("vat", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\"]");
        let quote = quoted(&place(&(vat + &refund)), &request(&[item(value, 1)]));
        prop_assert_eq!(&lines(&quote, "duty").next().unwrap()["refundable"], "drawback");
        prop_assert_eq!(&lines(&quote, "tax").next().unwrap()["refundable"], "unknown");
    }
}

#[test]
fn a_rule_from_memory_is_marked() {
    let doubtful = LAW.replace("official", "memory-unverified");
    let vat = format!(
        "[[tax]]\nid = \"vat\"\nrate = {{ percent = \"20 %\" }}\nbase = [\"customs-value\"]\nlaw = {doubtful}\n"
    );
    let quote = quoted(&place(&vat), &request(&[item(1_000, 1)]));
    let notices = quote["notices"].as_array().unwrap();
    let said = notices
        .iter()
        .find(|notice| notice["code"] == "rule.unverified");
    assert_eq!(
        said.map(|notice| &notice["params"]["rules"]),
        Some(&json!("vat"))
    );
}

#[test]
fn rules_age_by_their_class() {
    let engine = place(&tax(
        "vat",
        "rate = { percent = \"20 %\" }\nbase = [\"customs-value\"]",
    ));
    let levels = |date: &str| -> Vec<String> {
        let quote = quoted(
            &engine,
            &with(request(&[item(1_000, 1)]), "date", json!(date)),
        );
        let notices = quote["notices"].as_array().unwrap().iter();
        notices
            .filter(|notice| notice["code"] == "rules.stale")
            .map(|notice| {
                format!(
                    "{} {}",
                    notice["params"]["class"].as_str().unwrap(),
                    notice["params"]["level"].as_str().unwrap()
                )
            })
            .collect()
    };
    assert!(levels("2026-12-01").is_empty());
    assert_eq!(levels("2026-12-02"), ["regime stale"]);
    assert_eq!(levels("2026-12-07"), ["regime stale"]);
    assert_eq!(levels("2026-12-08"), ["regime overdue"]);
    assert_eq!(levels("2027-02-05"), ["regime overdue"]);
    assert_eq!(
        levels("2027-02-06"),
        ["regime overdue", "taxes-and-fees stale"]
    );
    assert_eq!(
        levels("2027-06-06"),
        ["regime overdue", "taxes-and-fees overdue"]
    );
}
