//! Taxes: their bases, rates and whereabouts.

use dutiable::decimal::Decimal;
use proptest::prelude::*;
use serde_json::json;

use super::reading::*;
use super::stated::*;

proptest! {
    #![proptest_config(cases())]

    /// `base`: the sum of its parts, each as often as it is named: the customs value, goods, freight, insurance, duty, an earlier tax.
    #[test]
    fn a_base_is_the_sum_of_its_parts(parts in prop::collection::vec(0_usize..6, 1..5), value in 1_i64..50_000, freight in 0_i64..5_000, insurance in 0_i64..500) {
        const PARTS: [&str; 6] = ["\"customs-value\"", "\"goods\"", "\"freight\"", "\"insurance\"", "\"duty\"", "{ tax = \"first\" }"];
        let first = tax("first", "rate = { percent = \"5 %\" }\nbase = [\"goods\"]");
        let named: Vec<&str> = parts.iter().map(|part| PARTS[*part]).collect();
        let second = tax("second", &format!("rate = {{ percent = \"20 %\" }}\nbase = [{}]", named.join(", ")));
        let asked = with(with(request(&[item(value, 1)]), "freight", json!(money(freight))), "insurance", json!(money(insurance)));
        let quote = quoted(&place(&(first + &second)), &asked);
        let landed = value + freight + insurance;
        let worth = [landed, value, freight, insurance, share(landed, 10), share(value, 5)];
        let base: i64 = parts.iter().map(|part| worth[*part]).sum();
        prop_assert_eq!(sum(&quote, "tax"), share(value, 5) + share(base, 20));
    }

    /// `regimes`, `when` and places: charged where all of them are met and nowhere else; a rate may be a fraction.
    #[test]
    fn a_tax_is_charged_where_it_says(value in 1_i64..50_000, low in any::<bool>(), tobacco in any::<bool>()) {
        let relief = regime("low", "when = { gift = true }\nduty = \"relieved\"\ntax = \"charged\"");
        let base = "base = [\"customs-value\"]";
        let local = tax("local", &format!("rate = {{ fraction = {{ of = 22, over = 78 }} }}\n{base}\nregimes = [\"low\"]"));
        let excise = tax("excise", &format!("rate = {{ percent = \"50 %\" }}\n{base}\nplaces = [\"ZZ\"]\nwhen = {{ item-codes = [\"24\"] }}"));
        let abroad = tax("abroad", &format!("rate = {{ percent = \"50 %\" }}\n{base}\nplaces = [\"YY\"]"));
        let asked = with(request(&[with(item(value, 1), "code", json!(if tobacco { "240220" } else { "610910" }))]), "gift", json!(low));
        let quote = quoted(&place(&(relief + &local + &excise + &abroad)), &asked);
        let fraction = rounded(Decimal::new(value * 22, 2) / Decimal::from(78));
        prop_assert_eq!(sum(&quote, "tax"), if low { fraction } else { 0 } + if tobacco { share(value, 50) } else { 0 });
    }

    /// `regions`: a region's tax is charged there and nowhere else, and is unknown while the region is.
    #[test]
    fn a_regions_tax_needs_the_region(value in 1_i64..50_000) {
        let taxes = tax("north", "rate = { percent = \"13 %\" }\nregions = [\"N\"]\nbase = [\"customs-value\"]");
        let engine = place(&taxes);
        let asked = request(&[item(value, 1)]);
        let open = quoted(&engine, &asked);
        prop_assert_eq!(&open["status"], "partial");
        prop_assert!(needs(&open, "region"));
        prop_assert_eq!(sum(&quoted(&engine, &with(asked.clone(), "region", json!("N"))), "tax"), share(value, 13));
        prop_assert_eq!(sum(&quoted(&engine, &with(asked, "region", json!("S"))), "tax"), 0);
    }

    /// `gross-up`: the tax is its rate of the base with itself.
    #[test]
    fn a_tax_in_its_own_base_is_its_rate_of_the_whole(value in 1_i64..500_000) {
        let engine = place(&tax("icms", "rate = { percent = \"17 %\" }\ngross-up = true\nbase = [\"customs-value\"]"));
        let charged = sum(&quoted(&engine, &request(&[item(value, 1)])), "tax");
        // Rounded once, the tax is within half a cent of the exact one, and its rate of the sum within as much.
        prop_assert!((charged - share(value + charged, 17)).abs() <= 1);
        prop_assert_eq!(charged, rounded(Decimal::new(value * 17, 2) / Decimal::from(83)));
    }

    /// `by-code`: the longest code decides; what holds for some goods only is said and not charged.
    #[test]
    fn a_rate_by_code_is_charged_or_said(value in 1_i64..50_000) {
        let engine = place(&tax("vat", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\"]\nby-code = [{ codes = [\"61\"], rate = { percent = \"5 %\" }, applies = \"always\", confidence = \"official\" }, { codes = [\"6111\"], rate = { percent = \"0 %\" }, applies = \"sometimes\", confidence = \"official\" }]"));
        for (code, rate, said) in [("610910", 5, false), ("611120", 20, true), ("950300", 20, false)] {
            let mut one = item(value, 1);
            one["code"] = json!(code);
            let quote = quoted(&engine, &request(&[one]));
            prop_assert_eq!(sum(&quote, "tax"), share(value, rate));
            let notices = quote["notices"].as_array().unwrap();
            prop_assert_eq!(notices.iter().any(|notice| notice["code"] == "tax.lower-rate-possible"), said);
        }
    }

    /// `uplift` and `fee` in a base.
    #[test]
    fn an_uplift_and_a_fee_are_taxed(value in 1_i64..50_000) {
        let fee = format!("[[fee]]\nid = \"levy\"\ncharge = {{ fixed = {{ amount = \"2.21 EUR\", per = \"consignment\" }} }}\nlaw = {LAW}\n");
        let vat = tax("vat", "rate = { percent = \"15 %\" }\nbase = [\"customs-value\", { uplift = \"10 %\" }, \"duty\"]");
        let levy = tax("vat-on-levy", "rate = { percent = \"15 %\" }\nbase = [{ fee = \"levy\" }]");
        let quote = quoted(&place(&(vat + &levy + &fee)), &request(&[item(value, 1)]));
        let base = value + share(value, 10) + share(value, 10);
        prop_assert_eq!(sum(&quote, "tax"), share(base, 15) + share(221, 15));
    }

    /// `rate = "unknown"`: the tax is a need, and so is what rests on it; the others are charged, and a longer code settles it.
    #[test]
    fn an_unknown_tax_is_never_nothing(value in 1_i64..50_000) {
        let excise = tax("excise", "rate = \"unknown\"\nbase = [\"customs-value\"]\nby-code = [{ codes = [\"61\"], rate = { percent = \"5 %\" }, applies = \"always\", confidence = \"official\" }, { codes = [\"61112010\"], rate = { percent = \"9 %\" }, applies = \"always\", confidence = \"official\" }]");
        let vat = tax("vat", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\", { tax = \"excise\" }]");
        let levy = tax("levy", "rate = { percent = \"1 %\" }\nbase = [\"customs-value\"]");
        let engine = place(&(excise + &vat + &levy));
        for (code, rate, field) in [("610910", Some(5), ""), ("950300", None, "items[0].taxRate"), ("611120", None, "items[0].code"), ("61112010", Some(9), "")] {
            let mut one = item(value, 1);
            one["code"] = json!(code);
            let quote = quoted(&engine, &request(&[one]));
            let own = share(value, 1);
            if let Some(rate) = rate {
                let excise = share(value, rate);
                prop_assert_eq!(sum(&quote, "tax"), excise + share(value + excise, 20) + own);
            } else {
                prop_assert_eq!(&quote["status"], "partial");
                prop_assert!(needs(&quote, field));
                prop_assert_eq!(sum(&quote, "tax"), own);
            }
        }
    }

    /// `tax-share` beside a tax in another's base: the base holds the whole tax, of which a share is charged.
    #[test]
    fn a_shared_tax_stands_whole_in_a_base(value in 1_i64..50_000) {
        let part = regime("part", "duty = \"relieved\"\ntax-share = \"70 %\"\ntax = \"charged\"");
        let excise = tax("excise", "rate = { percent = \"10 %\" }\nbase = [\"customs-value\"]");
        let vat = tax("vat", "rate = { percent = \"13 %\" }\nbase = [\"customs-value\", { tax = \"excise\" }]");
        let quote = quoted(&place(&(part + &excise + &vat)), &request(&[item(value, 1)]));
        let part = |cents: i64, rate| rounded(Decimal::new(cents, 2) * Decimal::new(rate, 2) * Decimal::new(7, 1));
        prop_assert_eq!(sum(&quote, "tax"), part(value, 10) + part(value + share(value, 10), 13));
    }
}
