//! What adds up: lines to totals, shares to what is shared.

use dutiable::assessment::apportion;
use dutiable::decimal::{Decimal, Rounding};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::baskets::{any_request, unit_of};
use crate::reading::{cases, decimal, ends, lines, percentage, pure, quoted, sum_of, totals};

const KINDS: [(&str, &str); 3] = [("duty", "duties"), ("tax", "taxes"), ("fee", "fees")];
const PARTS: [&str; 6] = ["goods", "freight", "insurance", "duties", "taxes", "fees"];

/// What is stated adds up; nothing is stated of a sum that something unstated belongs to.
fn adds_up(totals: &Value) -> Result<(), TestCaseError> {
    let stated = |key: &str| totals[key].as_str().map(|_| decimal(&totals[key]));
    let parts: Option<Decimal> = PARTS.iter().map(|key| stated(key)).sum();
    prop_assert_eq!(parts, stated("landedCost"), "{}", totals);
    // Left out where it is nothing.
    let on_return = if totals.get("dueOnReturn").is_some() {
        stated("dueOnReturn")
    } else {
        Some(Decimal::ZERO)
    };
    let due = [stated("dueAtCheckout"), stated("dueAtDelivery"), on_return];
    let due: Option<Decimal> = due.into_iter().sum();
    prop_assert_eq!(due, stated("landedCost"), "{}", totals);
    Ok(())
}

/// Of what is known so far everything is stated, but freight that is not known; the totals state the same or nothing.
fn adds_up_so_far(quote: &Value) -> Result<(), TestCaseError> {
    let mut known = quote["soFar"].clone();
    prop_assert_eq!(&known["freight"], &quote["totals"]["freight"]);
    if known["freight"].is_null() {
        known["freight"] = json!("0");
    }
    adds_up(&known)?;
    prop_assert!(known["landedCost"].is_string(), "{}", known);
    prop_assert!(quote["totals"]["landedCost"].is_null(), "{}", quote);
    for (key, total) in quote["totals"].as_object().unwrap() {
        prop_assert!(total.is_null() || known[key] == *total, "{}", quote);
    }
    Ok(())
}

/// Weights and an amount, in minor units: many ties and noughts among them.
fn weights() -> impl Strategy<Value = (i64, Vec<i64>)> {
    let weight = prop_oneof![Just(0_i64), 0_i64..10, 0_i64..1_000_000_000];
    (
        prop_oneof![0_i64..1_000, 0_i64..10_000_000_000_000],
        prop::collection::vec(weight, 1..30),
    )
}

fn shared(amount: i64, weights: &[i64], decimals: u32) -> Vec<i64> {
    let weights: Vec<Decimal> = weights
        .iter()
        .map(|weight| Decimal::new(*weight, decimals))
        .collect();
    let shares = apportion(
        Decimal::new(amount, decimals),
        &weights,
        Rounding::to_decimals(decimals),
    )
    .unwrap();
    shares
        .iter()
        .map(|share| {
            i64::try_from(share.mantissa() * 10_i128.pow(decimals - share.scale())).unwrap()
        })
        .collect()
}

/// What is left of an exact share above whole units, in parts of all weights together.
fn remainder(amount: i64, weight: i64, total: i64) -> i128 {
    if total == 0 {
        0
    } else {
        i128::from(amount) * i128::from(weight) % i128::from(total)
    }
}

proptest! {
    #![proptest_config(cases(1))]

    /// 1: what the lines say adds up to the totals, in the destination's currency and in the request's, in the middle of a range and at its
    /// ends. No line is a residual: none is left over. A sum is null where, and only where, a part of it is.
    #[test]
    fn p01_lines_add_up_to_totals(request in any_request()) {
        let quote = quoted(&request)?;
        let known = totals(&quote);
        for (kind, total) in KINDS {
            prop_assert_eq!(sum_of(&quote, kind), decimal(&known[total]), "{}", total);
        }
        if quote["status"] == "partial" {
            adds_up_so_far(&quote)?;
        } else {
            prop_assert!(known["landedCost"].is_string(), "{}", quote);
        }
        adds_up(&quote["totals"])?;
        adds_up(&quote["totalsInRequestCurrency"])?;
        if !quote["range"].is_null() {
            adds_up(&quote["range"]["low"])?;
            adds_up(&quote["range"]["high"])?;
        }
        let unit = unit_of(quote["currency"].as_str().unwrap());
        prop_assert!(lines(&quote).iter().all(|line| (decimal(&line["amount"]) % unit).is_zero()), "whole minor units");
    }

    /// 11: nothing is negative.
    #[test]
    fn p11_nothing_is_negative(request in any_request()) {
        let quote = quoted(&request)?;
        for line in lines(&quote) {
            let amounts = ["amount", "basis", "low", "high"].map(|key| if line[key].is_null() { Decimal::ZERO } else { decimal(&line[key]) });
            prop_assert!(amounts.iter().all(|amount| *amount >= Decimal::ZERO), "{}", line);
        }
        for total in PARTS {
            prop_assert!(ends(&quote, total).is_none_or(|ends| ends.iter().all(|end| *end >= Decimal::ZERO)));
        }
    }

    /// 11: goods that are worth nothing bear no duty by value, and no tax on nothing.
    #[test]
    fn p11_nothing_by_value_on_nothing(request in any_request()) {
        let mut request = request;
        for item in request["items"].as_array_mut().unwrap() {
            item["unitPrice"] = json!("0");
        }
        for part in ["freight", "insurance", "discount"] {
            request[part] = json!("0");
        }
        let quote = quoted(&request)?;
        for line in lines(&quote).iter().filter(|line| percentage(line).is_some()) {
            if line["kind"] == "duty" {
                prop_assert_eq!(decimal(&line["basis"]), Decimal::ZERO, "{}", line);
            }
            prop_assert!(!decimal(&line["basis"]).is_zero() || decimal(&line["amount"]).is_zero(), "{}", line);
        }
    }
}

proptest! {
    #![proptest_config(pure())]

    /// 2: shares add up to the amount, each within one minor unit of exact; a weight of nothing gets nothing, and what is shared below nothing
    /// is shared as what is above it.
    #[test]
    fn p02_shares_add_up((amount, weights) in weights(), decimals in prop::sample::select(vec![0_u32, 2, 3])) {
        let shares = shared(amount, &weights, decimals);
        prop_assert_eq!(shares.iter().sum::<i64>(), amount);
        let total: i64 = weights.iter().sum();
        if total > 0 && weights.len() > 1 {
            for (share, weight) in shares.iter().zip(&weights) {
                let off = i128::from(*share) * i128::from(total) - i128::from(amount) * i128::from(*weight);
                prop_assert!(off.abs() < i128::from(total), "{share} of {amount} for {weight} of {total}");
                prop_assert!(*weight != 0 || *share == 0);
            }
        }
        let mirrored: Vec<i64> = shares.iter().map(|share| -share).collect();
        prop_assert_eq!(shared(-amount, &weights, decimals), mirrored);
    }

    /// 3: moving weights moves shares. Among equal remainders the earlier weight gets the unit left over, as `RULES.md` says, so of those it
    /// is the sum that stays.
    #[test]
    fn p03_moving_weights_moves_shares((amount, weights) in weights(), turn in any::<usize>(), reversed in any::<bool>()) {
        let total = weights.iter().sum();
        let by_remainder = |weights: &[i64]| {
            let mut sums = std::collections::BTreeMap::<i128, (Vec<i64>, i64)>::new();
            for (weight, share) in weights.iter().zip(shared(amount, weights, 2)) {
                let (same, sum) = sums.entry(remainder(amount, *weight, total)).or_default();
                same.push(*weight);
                same.sort_unstable();
                *sum += share;
            }
            sums
        };
        let mut moved = weights.clone();
        moved.rotate_left(turn % weights.len());
        if reversed {
            moved.reverse();
        }
        prop_assert_eq!(by_remainder(&weights), by_remainder(&moved));
    }
}
