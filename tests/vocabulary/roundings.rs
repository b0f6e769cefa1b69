//! `[[rounding]]`: every point, for the item and for the consignment, each way.

use dutiable::decimal::{Decimal, Rounding, RoundingMode};
use proptest::prelude::*;
use serde_json::json;

use super::reading::*;
use super::stated::*;

const MODES: [(&str, RoundingMode); 4] = [
    ("half-up", RoundingMode::HalfUp),
    ("half-even", RoundingMode::HalfEven),
    ("down", RoundingMode::Down),
    ("up", RoundingMode::Up),
];
const POINTS: [&str; 7] = [
    "duty-base",
    "duty",
    "duty-in-tax-base",
    "tax-base",
    "tax",
    "tax-in-tax-base",
    "fee",
];

proptest! {
    #![proptest_config(cases())]

    /// `duty-base`, `duty`, `duty-in-tax-base`, `tax-base`, `tax`, `tax-in-tax-base`, `fee`: an item's amount is rounded at the point that is named, to its
    /// unit and its way, and at every other to the minor unit.
    #[test]
    fn an_amount_is_rounded_where_it_says(which in 0_usize..7, mode in 0_usize..4, unit in prop::sample::select(vec!["0.1", "1", "10", "100"]), value in 100_i64..500_000) {
        let point = POINTS[which];
        let (word, mode) = MODES[mode];
        let rule = format!("[[rounding]]\nat = \"{point}\"\nscope = \"item\"\nunit = \"{unit}\"\nmode = \"{word}\"\nlaw = {LAW}\n");
        let first = tax("first", "rate = { percent = \"5 %\" }\nbase = [\"customs-value\"]");
        let second = tax("second", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\", \"duty\", { tax = \"first\" }]");
        let fee = format!("[[fee]]\nid = \"fee\"\ncharge = {{ ad-valorem = {{ rate = \"0.7 %\" }} }}\nlaw = {LAW}\n");
        let quote = quoted(&place(&(first + &second + &fee + &rule)), &request(&[item(value, 1)]));
        let by_law = Rounding { unit: Decimal::from_str_exact(unit).unwrap(), mode };
        let at = |own: &str, exact: Decimal| if own == point { by_law.apply(exact).unwrap() } else { exact };
        let charged = |own: &str, exact: Decimal| if own == point { by_law.apply(exact).unwrap() } else { Rounding::to_decimals(2).apply(exact).unwrap() };
        let value = Decimal::new(value, 2);
        let percent = |amount: Decimal, percent: i64| amount * Decimal::new(percent, 3);
        let duty = charged("duty", percent(at("duty-base", value), 100));
        let one = charged("tax", percent(at("tax-base", value), 50));
        // A tax that rests on another is reckoned on what it says, and not on a base that the law rounds.
        let two = charged("tax", percent(value + at("duty-in-tax-base", duty) + at("tax-in-tax-base", one), 200));
        let fee = charged("fee", percent(value, 7));
        let as_cents = |amount: Decimal| rounded(amount);
        prop_assert_eq!((sum(&quote, "duty"), sum(&quote, "tax"), sum(&quote, "fee")), (as_cents(duty), as_cents(one + two), as_cents(fee)));
    }

    /// For the consignment the exact amounts are added up and rounded once; with a rule for the item too, each is rounded first. A sum at two
    /// rates shows no rate that would not give it.
    #[test]
    fn a_sum_is_rounded_once(values in prop::collection::vec(100_i64..50_000, 1..5), each in any::<bool>(), other_rate in any::<bool>()) {
        let rule = |at: &str, scope: &str, unit: &str| format!("[[rounding]]\nat = \"{at}\"\nscope = \"{scope}\"\nunit = \"{unit}\"\nmode = \"down\"\nlaw = {LAW}\n");
        let mut rules: String = ["duty", "tax"].map(|at| rule(at, "consignment", "10")).concat();
        if each {
            rules += &["duty", "tax"].map(|at| rule(at, "item", "1")).concat();
        }
        let vat = tax("vat", "rate = { percent = \"20 %\" }\nbase = [\"customs-value\"]\nby-code = [{ codes = [\"64\"], rate = { percent = \"7 %\" }, applies = \"always\", confidence = \"derived\" }]");
        let code = |at: usize| if other_rate && at % 2 == 1 { ("640399", 7) } else { ("610910", 20) };
        let items: Vec<_> = values.iter().enumerate().map(|(at, value)| with(with(item(*value, 1), "code", json!(code(at).0)), "id", json!(at.to_string()))).collect();
        let quote = quoted(&place(&(vat + &rules)), &request(&items));
        let together = |rates: &dyn Fn(usize) -> i64| {
            let exact = values.iter().enumerate().map(|(at, value)| value * rates(at));
            // In hundredths of a cent: items fall to whole euros, the sum to tens.
            let exact: i64 = exact.map(|exact| if each { exact / 10_000 * 10_000 } else { exact }).sum();
            exact / 100_000 * 1_000
        };
        prop_assert_eq!(sum(&quote, "duty"), together(&|_| 10));
        prop_assert_eq!(sum(&quote, "tax"), together(&|at| code(at).1));
        let line = lines(&quote, "tax").next().unwrap();
        let several = other_rate && values.len() > 1;
        prop_assert_eq!(line["rate"].as_str().unwrap(), if several { "" } else { "20 %" });
        prop_assert_eq!(&line["confidence"], if several { "derived" } else { "official" });
    }
}
