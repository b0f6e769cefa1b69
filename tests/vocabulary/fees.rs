//! Fees, and what is too small to be collected.

use dutiable::decimal::Decimal;
use proptest::prelude::*;
use serde_json::json;

use crate::reading::*;
use crate::stated::*;

proptest! {
    #![proptest_config(cases())]

    /// A fee of which it is open whether it is due is asked for, and no total goes without it; what settles it does.
    #[test]
    fn an_open_fee_is_not_nothing(value in 1_i64..50_000, freed in any::<bool>()) {
        let fee = format!("[[fee]]\nid = \"levy\"\nwhen = {{ not-origins = [\"VN\"] }}\ncharge = {{ fixed = {{ amount = \"2.21 EUR\", per = \"consignment\" }} }}\nlaw = {LAW}\n");
        let engine = place(&fee);
        let open = quoted(&engine, &request(&[with(item(value, 1), "origin", json!(null))]));
        prop_assert_eq!(&open["status"], "partial");
        prop_assert!(needs(&open, "items[0].origin") && open["totals"]["landedCost"].is_null());
        let settled = quoted(&engine, &request(&[with(item(value, 1), "origin", json!(if freed { "VN" } else { "CN" }))]));
        prop_assert_eq!(sum(&settled, "fee"), if freed { 0 } else { 221 });
    }

    /// Fees by line and by tariff item, and with a floor and a cap: inside their limits, flat outside.
    #[test]
    fn fees_are_counted_and_kept_within_limits(value in 1_i64..500_000) {
        let fees = format!("[[fee]]\nid = \"by-line\"\ncharge = {{ fixed = {{ amount = \"1 EUR\", per = \"line\" }} }}\nlaw = {LAW}\n[[fee]]\nid = \"service\"\ncharge = {{ ad-valorem = {{ rate = \"0.15 %\", min = \"0.15 EUR\", max = \"5 EUR\", base = [\"goods\"] }} }}\nlaw = {LAW}\n");
        let asked = with(request(&[item(value, 1), item(value, 1)]), "freight", json!("10"));
        let quote = quoted(&place(&fees), &asked);
        let service = rounded(Decimal::new(value * 2, 2) * Decimal::new(15, 4)).clamp(15, 500);
        prop_assert_eq!(sum(&quote, "fee"), 200 + service);
    }

    /// Carriers' fees are the caller's: between their limits, and none where nothing is advanced.
    #[test]
    fn carriers_fees_follow_their_price_list(value in 0_i64..50_000) {
        let fees = json!([{ "id": "advance", "rate": "2.5", "min": "3", "fixed": "8" }]);
        let quote = quoted(&place(""), &with(request(&[item(value, 1)]), "carrierFees", fees));
        let duty = share(value, 10);
        let advance = rounded(Decimal::new(duty, 2) * Decimal::new(25, 3)).max(300) + 800;
        prop_assert_eq!(sum(&quote, "fee"), if duty == 0 { 0 } else { advance });
        prop_assert!(lines(&quote, "fee").all(|line| line["payee"] == "carrier" && line["confidence"] == "caller"));
    }

    /// `waiver`: not collected up to the limit, all of it past that; the line stays, as a relief.
    #[test]
    fn a_small_tax_is_waived_whole(value in 1_i64..10_000) {
        let vat = tax("vat", "rate = { percent = \"8.1 %\" }\nbase = [\"customs-value\"]");
        let waiver = format!("[[waiver]]\nid = \"small\"\nof = [\"vat\"]\nat-most = \"5 EUR\"\nlaw = {LAW}\n");
        let quote = quoted(&place(&(vat + &waiver)), &request(&[item(value, 1)]));
        let tax = rounded(Decimal::new(value, 2) * Decimal::new(81, 3));
        prop_assert_eq!(sum(&quote, "tax"), if tax <= 500 { 0 } else { tax });
        prop_assert_eq!(lines(&quote, "relief").count(), usize::from(tax > 0 && tax <= 500));
    }

    /// A waiver of duties comes before taxes: what is not collected is no part of their base.
    #[test]
    fn a_waived_duty_is_not_taxed(value in 1_i64..10_000) {
        let vat = tax("vat", "rate = { percent = \"10 %\" }\nbase = [\"customs-value\", \"duty\"]");
        let waiver = format!("[[waiver]]\nid = \"small\"\nof = [\"duties\"]\nat-most = \"5 EUR\"\nlaw = {LAW}\n");
        let quote = quoted(&place(&(vat + &waiver)), &request(&[item(value, 1)]));
        let duty = share(value, 10);
        let duty = if duty <= 500 { 0 } else { duty };
        prop_assert_eq!(sum(&quote, "tax"), share(value + duty, 10));
    }
}
