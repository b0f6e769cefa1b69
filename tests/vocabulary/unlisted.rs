//! `[[unlisted]]`: goods whose line the tariff at hand lacks.

use dutiable::basket::Basket;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::reading::*;
use super::stated::*;

proptest! {
    #![proptest_config(cases())]

    /// `unlisted`: each of the stated duties is possible, the lowest and the highest are the range, and the quote says why; none stated is unknown;
    /// a line that is at hand follows the tariff, a caller's own rate comes first, and without the word the code is refused.
    #[test]
    fn an_unlisted_line_can_be_any_of_the_stated(value in 1_000_i64..50_000, rates in prop::collection::vec(0_i64..40, 0..4), beside in 1_i64..50_000) {
        let written: Vec<String> = rates.iter().map(|rate| format!("\"{rate} %\"")).collect();
        let rule = format!("[[unlisted]]\nduty = [{}]\nlaw = {LAW}\n", written.join(", "));
        let engine = |more: &str| place_with_tariff(&["6109100000"], &[("6109", "12 %")], more);
        let asked = |rate: Value| {
            let own = with(with(item(value, 1), "code", json!("950300")), "dutyRate", rate);
            request(&[own, with(with(item(beside, 1), "id", json!("b")), "dutyRate", Value::Null)])
        };
        let quote = quoted(&engine(&rule), &asked(Value::Null));
        let listed = share(beside, 12);
        let (low, high) = (rates.iter().min(), rates.iter().max());
        match (low, high) {
            (Some(low), Some(high)) if share(value, *low) == share(value, *high) => prop_assert_eq!(sum(&quote, "duty"), listed + share(value, *low)),
            (Some(low), Some(high)) => {
                prop_assert_eq!(&quote["status"], "range");
                prop_assert_eq!(cents(&quote["range"]["low"]["duties"]), listed + share(value, *low));
                prop_assert_eq!(cents(&quote["range"]["high"]["duties"]), listed + share(value, *high));
                prop_assert!(needs(&quote, "items[0].dutyRate"));
            }
            _ => {
                prop_assert_eq!(&quote["status"], "partial");
                prop_assert!(quote["totals"]["duties"].is_null() && needs(&quote, "items[0].dutyRate"));
                prop_assert_eq!(sum(&quote, "duty"), listed);
            }
        }
        let said = quote["notices"].as_array().unwrap().iter().filter(|notice| notice["code"] == "duty.line-not-at-hand");
        // Where none is stated, the need itself gives it as the reason.
        let first = json!("0");
        let expected: Vec<&Value> = rates.first().map(|_| &first).into_iter().collect();
        prop_assert_eq!(said.map(|notice| &notice["params"]["item"]).collect::<Vec<_>>(), expected);
        prop_assert_eq!(sum(&quoted(&engine(&rule), &asked(json!("3"))), "duty"), listed + share(value, 3));
        let refused = Basket::parse(&asked(Value::Null).to_string()).unwrap();
        prop_assert_eq!(engine("").quote(&refused).unwrap_err().to_string(), "code.unknown at items[0].code");
    }
}
