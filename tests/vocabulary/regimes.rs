//! How a consignment is treated, and who collects.

use dutiable::basket::Basket;
use dutiable::decimal::Decimal;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::reading::*;
use super::stated::*;

proptest! {
    #![proptest_config(cases())]

    /// `duty`: a flat amount for each different code of so many digits, whatever the goods are worth; or none, with a line that says so.
    #[test]
    fn a_flat_duty_is_for_each_code(digits in prop::sample::select(vec![4_usize, 6, 8]), codes in prop::collection::vec(0_usize..4, 1..6), value in 1_i64..5_000) {
        const CODES: [&str; 4] = ["61091000", "61091090", "61099000", "64039900"];
        let flat = regime("flat", &format!("duty = {{ flat-per-tariff-item = {{ amount = \"3 EUR\", digits = {digits} }} }}\ntax = \"charged\""));
        let items: Vec<Value> = codes.iter().zip(0..).map(|(code, id)| with(with(item(value, 1), "code", json!(CODES[*code])), "id", json!(id.to_string()))).collect();
        let different: std::collections::BTreeSet<&str> = codes.iter().map(|code| &CODES[*code][..digits]).collect();
        prop_assert_eq!(sum(&quoted(&place(&flat), &request(&items)), "duty"), 300 * i64::try_from(different.len()).unwrap());
        let free = quoted(&place(&regime("free", "duty = \"relieved\"\ntax = \"charged\"")), &request(&items));
        prop_assert_eq!((sum(&free, "duty"), lines(&free, "relief").count()), (0, 1));
    }

    /// `relief-excludes`: goods under these codes are charged duty and tax in the ordinary way, the others neither.
    #[test]
    fn a_relief_leaves_out_what_it_excludes(one in 1_i64..50_000, two in 1_i64..50_000) {
        let low = regime("low", "duty = \"relieved\"\ntax = \"relieved\"\nrelief-excludes = [\"6403\"]");
        let vat = tax("vat", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\", \"duty\"]");
        let shoes = with(item(two, 1), "code", json!("640399"));
        let quote = quoted(&place(&(low + &vat)), &request(&[item(one, 1), with(shoes, "id", json!("b"))]));
        prop_assert_eq!(sum(&quote, "duty"), share(two, 10));
        prop_assert_eq!(sum(&quote, "tax"), share(two + share(two, 10), 20));
    }

    /// `tax`: charged on its own base, on another that the regime names, or not at all.
    #[test]
    fn a_regime_names_the_base_of_a_tax(value in 1_i64..50_000, freight in 0_i64..5_000, way in 0_usize..3) {
        let words = ["\"charged\"", "{ charged-on = [\"goods\"] }", "\"relieved\""];
        let own = regime("own", &format!("duty = \"tariff\"\ntax = {}", words[way]));
        let vat = tax("vat", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\", \"duty\"]");
        let quote = quoted(&place(&(own + &vat)), &with(request(&[item(value, 1)]), "freight", json!(money(freight))));
        let landed = value + freight;
        prop_assert_eq!(sum(&quote, "tax"), [share(landed + share(landed, 10), 20), share(value, 20), 0][way]);
    }

    /// `collection`: the first way whose registration the seller holds.
    #[test]
    fn a_way_needs_its_registration(value in 1_i64..50_000, holds in any::<bool>()) {
        let vendor = r#"{ model = "vendor", needs-registration = "IOSS", duty = { by = "vendor", at = "checkout" }, tax = { by = "vendor", at = "checkout" }, fee = { by = "vendor", at = "checkout" } }"#;
        let border = BORDER.trim_start_matches('[').trim_end_matches(']');
        let ways = format!("[[regime]]\nid = \"ways\"\nreplaces = [\"ordinary\"]\nduty = \"tariff\"\ntax = \"charged\"\nrelease-category = 3\ndeclaration = \"D\"\ncollection = [{vendor}, {border}]\nlaw = {LAW}\n");
        let asked = with(request(&[item(value, 1)]), "seller", json!({ "registrations": if holds { vec!["IOSS"] } else { Vec::new() } }));
        let quote = quoted(&place(&ways), &asked);
        prop_assert_eq!(&quote["regime"]["collection"], if holds { "vendor" } else { "border" });
        prop_assert_eq!(cents(&quote["totals"]["dueAtDelivery"]), if holds { 0 } else { share(value, 10) });
    }

    /// A rule holds from its first day to its last, both included, and the next from the day after.
    #[test]
    fn a_rule_ends_and_the_next_begins(value in 100_i64..50_000, day in 1_u32..29) {
        let own = |percent: u32, valid: &str| tax("vat", &format!("rate = {{ percent = \"{percent} %\" }}\nbase = [\"customs-value\"]\nvalid = {{ {valid} }}"));
        let engine = place(&(own(10, "to = \"2026-11-14\"") + &own(20, "from = \"2026-11-15\"")));
        let quote = quoted(&engine, &with(request(&[item(value, 1)]), "date", json!(format!("2026-11-{day:02}"))));
        prop_assert_eq!(sum(&quote, "tax"), share(value, if day <= 14 { 10 } else { 20 }));
    }

    /// `bands`: the first band that reaches the value, its rate on all of it, less the deduction, never below nothing; taxes take it.
    #[test]
    fn bands_are_on_the_whole_value(one in 1_i64..30_000, two in 1_i64..30_000) {
        let banded = regime("banded", "duty = { bands = [{ up-to = \"50 EUR\", rate = \"20 %\" }, { rate = \"60 %\", less = \"20 EUR\" }] }\ntax = \"charged\"");
        let vat = tax("vat", "rate = { percent = \"10 %\" }\nbase = [\"customs-value\", \"duty\"]");
        let quote = quoted(&place(&(banded + &vat)), &request(&[item(one, 1), item(two, 1)]));
        let value = one + two;
        let duty = if value <= 5_000 { share(value, 20) } else { (share(value, 60) - 2_000).max(0) };
        prop_assert_eq!(sum(&quote, "duty"), duty);
        // Each item's tax is rounded by itself.
        prop_assert!((sum(&quote, "tax") - share(value + duty, 10)).abs() <= 1);
    }

    /// `rates`: the longest listed code decides; goods that none lists follow the tariff.
    #[test]
    fn the_longest_code_of_a_rate_table_decides(value in 1_i64..50_000) {
        let table = format!("[[rate-table]]\nid = \"simple\"\nmeasure = \"simplified-duty\"\nlaw = {LAW}\nrate = [{{ codes = [\"61\"], duty = \"5 %\" }}, {{ codes = [\"610910\"], duty = \"7 %\" }}, {{ codes = [\"22\"], duty = \"0 %\" }}]\n");
        let engine = place(&(regime("simple", "duty = { rates = \"simple\" }\ntax = \"charged\"") + &table));
        for (code, rate) in [("610910", Some(7)), ("611020", Some(5)), ("220421", Some(0)), ("950300", None)] {
            let mut one = item(value, 1);
            one["code"] = json!(code);
            one["dutyRate"] = Value::Null;
            let quote = quoted(&engine, &request(&[one]));
            match rate {
                Some(rate) => {
                    prop_assert_eq!(sum(&quote, "duty"), share(value, rate));
                    prop_assert_eq!(&lines(&quote, "duty").next().unwrap()["measure"], "simplified-duty");
                }
                None => prop_assert!(needs(&quote, "items[0].dutyRate")),
            }
        }
    }

    /// A caller's `dutyRate` settles what is open where no tariff is at hand.
    #[test]
    fn a_rate_of_the_callers_own_beats_what_is_open(value in 1_i64..50_000, rate in 0_i64..30) {
        let mut one = item(value, 1);
        one["dutyRate"] = json!(rate.to_string());
        prop_assert_eq!(sum(&quoted(&place(""), &request(&[one])), "duty"), share(value, rate));
    }

    /// `allowance`: what lies above it is charged, and nothing else; without it the limit is a cliff.
    #[test]
    fn an_allowance_charges_the_excess_only(one in 1_i64..30_000, two in 1_i64..30_000) {
        let free = regime("free", "allowance = \"200 EUR\"\nduty = { bands = [{ rate = \"15 %\" }] }\ntax = \"relieved\"");
        let quote = quoted(&place(&free), &request(&[item(one, 1), item(two, 1)]));
        prop_assert_eq!(sum(&quote, "duty"), share((one + two - 20_000).max(0), 15));
    }

    /// `tax-share`: so much of the tax, of which the base is the same.
    #[test]
    fn a_share_of_a_tax_is_a_share_of_its_amount(value in 1_i64..50_000) {
        let part = regime("part", "duty = \"relieved\"\ntax-share = \"70 %\"\ntax = \"charged\"");
        let vat = tax("vat", "rate = { percent = \"13 %\" }\nbase = [\"customs-value\", \"duty\"]");
        let quote = quoted(&place(&(part + &vat)), &request(&[item(value, 1)]));
        prop_assert_eq!(sum(&quote, "tax"), rounded(Decimal::new(value, 2) * Decimal::new(13, 2) * Decimal::new(7, 1)));
    }

    /// `adds-up-same-day`: the parcels together are held against the limit, and the quote says what crossing it would cost.
    #[test]
    fn parcels_of_one_day_are_added_up(value in 1_i64..20_000, beside in 0_i64..20_000) {
        let low = regime("low", "adds-up-same-day = true\nwhen = { intrinsic-value = { at-most = \"150 EUR\" } }\nduty = \"relieved\"\ntax = \"charged\"");
        let asked = with(request(&[item(value, 1)]), "sameDayValue", json!(money(beside)));
        let quote = quoted(&place(&low), &asked);
        let relieved = value + beside <= 15_000;
        prop_assert_eq!(sum(&quote, "duty"), if relieved { 0 } else { share(value, 10) });
        let notices = quote["notices"].as_array().unwrap();
        let said = notices.iter().find(|notice| notice["code"] == "threshold.same-day");
        let crossing = share(value, 10);
        match said {
            Some(said) => prop_assert_eq!(cents(&said["params"]["cost"]), crossing),
            None => prop_assert!(!relieved || crossing == 0),
        }
    }

    /// `at = "return"`, `buyer-registered`: owed with the buyer's return, and part of the cost all the same.
    #[test]
    fn postponed_taxes_are_due_on_return(value in 1_i64..50_000) {
        let way = r#"[{ model = "buyer", duty = { by = "carrier", at = "delivery" }, tax = { by = "tax-authority", at = "return" }, fee = { by = "carrier", at = "delivery" } }]"#;
        let own = format!("[[regime]]\nid = \"postponed\"\nreplaces = [\"ordinary\"]\nwhen = {{ buyer = \"business\", buyer-registered = \"VAT\" }}\nduty = \"tariff\"\ntax = \"charged\"\nrelease-category = 4\ndeclaration = \"D\"\ncollection = {way}\nlaw = {LAW}\n");
        let vat = tax("vat", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\", \"duty\"]");
        let buyer = json!({ "kind": "business", "registrations": ["VAT"] });
        let asked = request(&[item(value, 1)]);
        let engine = place(&(own + &vat));
        let quote = quoted(&engine, &with(asked.clone(), "buyer", buyer));
        let (plain, totals) = (quoted(&engine, &asked), &quote["totals"]);
        let vat = sum(&quote, "tax");
        prop_assert_eq!(if vat == 0 { 0 } else { cents(&totals["dueOnReturn"]) }, vat);
        prop_assert_eq!(&totals["landedCost"], &plain["totals"]["landedCost"]);
        prop_assert_eq!(cents(&totals["dueAtDelivery"]) + vat, cents(&plain["totals"]["dueAtDelivery"]));
    }

    /// `collection`: asked for by its model or by its party; what a regime does not offer is refused.
    #[test]
    fn a_way_of_collection_is_asked_for(value in 1_i64..50_000) {
        let engine = place(&format!("[[regime]]\nid = \"two-ways\"\nreplaces = [\"ordinary\"]\nduty = \"tariff\"\ntax = \"charged\"\nrelease-category = 4\ndeclaration = \"D\"\nlaw = {LAW}\ncollection = [{}, {}]\n",
            r#"{ model = "border", duty = { by = "carrier", at = "delivery" }, tax = { by = "carrier", at = "delivery" }, fee = { by = "carrier", at = "delivery" } }"#,
            r#"{ model = "intermediary", duty = { by = "post", at = "checkout" }, tax = { by = "post", at = "checkout" }, fee = { by = "post", at = "checkout" } }"#));
        let asked = request(&[item(value, 1)]);
        for way in ["intermediary", "post"] {
            let quote = quoted(&engine, &with(asked.clone(), "collection", json!(way)));
            prop_assert_eq!(&quote["regime"]["collection"], "intermediary");
            prop_assert_eq!(cents(&quote["totals"]["dueAtDelivery"]), 0);
        }
        let basket = Basket::parse(&with(asked, "collection", json!("vendor")).to_string()).unwrap();
        prop_assert_eq!(engine.quote(&basket).unwrap_err().to_string(), "input.choice at collection");
    }

    /// `tariff-at-most`: the lower of the two, of equal ones the tariff's, item by item; what `relief-excludes` names bears the tariff.
    #[test]
    fn a_duty_is_held_down_for_each_item(value in 1_i64..50_000, rate in 0_i64..20) {
        let gift = regime("gift", "when = { gift = true }\nduty = { tariff-at-most = \"3 %\" }\ntax = \"charged\"\nrelief-excludes = [\"24\"]");
        let (mut one, mut tobacco) = (item(value, 1), item(value, 1));
        one["dutyRate"] = json!(rate.to_string());
        tobacco["code"] = json!("240220");
        let quote = quoted(&place(&gift), &with(request(&[one, tobacco]), "gift", json!(true)));
        let most = share(value, 3);
        prop_assert_eq!(sum(&quote, "duty"), share(value, rate).min(most) + share(value, 10));
        let held = lines(&quote, "duty").any(|line| line["measure"] == "standard-rate");
        prop_assert_eq!(held, share(value, rate) > most);
    }
}
