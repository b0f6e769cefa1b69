//! Reading a quote of whole cents.

use dutiable::decimal::Decimal;
use proptest::prelude::*;
use rust_decimal::RoundingStrategy;
use serde_json::Value;

/// The settings of a property of a word; `PROPTEST_CASES` names another number.
pub(crate) fn cases() -> ProptestConfig {
    let named = std::env::var("PROPTEST_CASES").ok();
    let cases = named.and_then(|cases| cases.parse().ok()).unwrap_or(256);
    ProptestConfig::with_cases(cases)
}

pub(crate) fn cents(value: &Value) -> i64 {
    let amount =
        Decimal::from_str_exact(value.as_str().unwrap_or_else(|| panic!("{value}"))).unwrap();
    i64::try_from(
        (amount * Decimal::ONE_HUNDRED).mantissa()
            / 10_i128.pow((amount * Decimal::ONE_HUNDRED).scale()),
    )
    .unwrap()
}

/// A half goes up.
pub(crate) fn rounded(exact: Decimal) -> i64 {
    let cents = (exact * Decimal::ONE_HUNDRED)
        .round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(cents.mantissa()).unwrap()
}

/// So many hundredths of per cent of an amount in cents.
pub(crate) fn share(cents: i64, percent: i64) -> i64 {
    rounded(Decimal::new(cents, 2) * Decimal::new(percent, 2))
}

pub(crate) fn lines<'a>(quote: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    let lines = quote["lines"].as_array().unwrap();
    lines.iter().filter(move |line| line["kind"] == kind)
}

pub(crate) fn sum(quote: &Value, kind: &str) -> i64 {
    lines(quote, kind).map(|line| cents(&line["amount"])).sum()
}

pub(crate) fn needs(quote: &Value, field: &str) -> bool {
    let unknown = quote["unknown"].as_array().unwrap();
    unknown.iter().any(|need| need["field"] == field)
}
