//! Fees, and what is too small to be collected.

use dutiable::decimal::Decimal;
use proptest::prelude::*;
use serde_json::json;

use super::reading::*;
use super::stated::*;

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

    /// `charge = "unknown"`: a fee that is due and not known makes the quote partial, and the tax on it unknown.
    #[test]
    fn an_unknown_fee_is_never_nothing(value in 1_i64..50_000) {
        let fee = format!("[[fee]]\nid = \"levy\"\nwhen = {{ regions = [\"N\"] }}\ncharge = \"unknown\"\nlaw = {LAW}\n");
        let vat = tax("vat-on-levy", "rate = { percent = \"15 %\" }\nbase = [\"customs-value\", { fee = \"levy\" }]");
        let engine = place(&(fee + &vat));
        let asked = request(&[item(value, 1)]);
        let due = quoted(&engine, &with(asked.clone(), "region", json!("N")));
        prop_assert_eq!(&due["status"], "partial");
        prop_assert!(needs(&due, "fees"));
        prop_assert_eq!(lines(&due, "tax").count(), 0);
        let not = quoted(&engine, &with(asked, "region", json!("S")));
        prop_assert_eq!(&not["status"], "complete");
        prop_assert_eq!(sum(&not, "tax"), share(value, 15));
    }

    /// `sparing-claims`: the fee is on the items that do not claim from one of its places, with its floor; none where all do.
    #[test]
    fn a_fee_spares_claims(one in 1_i64..500_000, two in 1_i64..500_000, claims in any::<(bool, bool)>()) {
        let fee = format!("[[fee]]\nid = \"processing\"\ncharge = {{ sparing-claims = {{ rate = \"0.8 %\", min = \"5 EUR\", origins = [\"VN\"] }} }}\nlaw = {LAW}\n");
        let (mut first, mut second) = (item(one, 1), item(two, 1));
        (first["origin"], first["claimPreference"]) = (json!("VN"), json!(claims.0));
        second["claimPreference"] = json!(claims.1);
        let quote = quoted(&place(&fee), &request(&[first.clone(), second]));
        let value = two + if claims.0 { 0 } else { one };
        prop_assert_eq!(sum(&quote, "fee"), rounded(Decimal::new(value, 2) * Decimal::new(8, 3)).max(500));
        prop_assert_eq!(lines(&quoted(&place(&fee), &request(&[first])), "fee").count(), usize::from(!claims.0));
    }
}
