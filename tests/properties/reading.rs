//! Asking for quotes, and reading what they say.

use dutiable::decimal::Decimal;
use proptest::prelude::*;
use serde_json::Value;

use crate::support;
use crate::world::world;

/// Cases of a property that quotes, where `PROPTEST_CASES` names no number; `make properties` tries 10,000.
const CASES: u32 = 1_000;
/// Refusals that say nothing against a property: the basket asks for what the place or the day does not offer.
const NOT_OFFERED: [&str; 4] = [
    "date.outside-coverage at date",
    "exchange-rate.missing at exchangeRates",
    "rule.missing",
    "date.impossible at date",
];

/// The settings of a property that asks for so many quotes a case, beside one.
pub(crate) fn cases(dearer: u32) -> ProptestConfig {
    let named = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    let cases: u32 = named.unwrap_or(CASES / dearer);
    ProptestConfig {
        cases,
        // A property that holds of nothing, because nothing meets what it supposes, fails.
        max_global_rejects: cases.saturating_mul(6),
        ..ProptestConfig::default()
    }
}

/// The settings of a property that asks for none.
pub(crate) fn pure() -> ProptestConfig {
    let named = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: named.unwrap_or(10_000),
        ..cases(1)
    }
}

/// The quote; what is not offered is another case's matter, and any other refusal fails.
pub(crate) fn quoted(request: &Value) -> Result<Value, TestCaseError> {
    match support::quote(&world().engine, request) {
        Ok(quote) => Ok(quote),
        Err(error) if NOT_OFFERED.contains(&error.as_str()) => Err(TestCaseError::reject(error)),
        Err(error) => Err(TestCaseError::fail(format!("{error}: {request}"))),
    }
}

pub(crate) fn decimal(value: &Value) -> Decimal {
    let text = value
        .as_str()
        .unwrap_or_else(|| panic!("no amount: {value}"));
    Decimal::from_str_exact(text).unwrap()
}

pub(crate) fn lines(quote: &Value) -> &Vec<Value> {
    quote["lines"].as_array().unwrap()
}

pub(crate) fn of_kind<'a>(quote: &'a Value, kind: &'a str) -> impl Iterator<Item = &'a Value> {
    lines(quote).iter().filter(move |line| line["kind"] == kind)
}

pub(crate) fn sum_of(quote: &Value, kind: &str) -> Decimal {
    of_kind(quote, kind)
        .map(|line| decimal(&line["amount"]))
        .sum()
}

/// The totals, or what is known of them.
pub(crate) fn totals(quote: &Value) -> &Value {
    if quote["status"] == "partial" {
        &quote["soFar"]
    } else {
        &quote["totals"]
    }
}

/// A total at the lowest, in the middle and at the highest; none where a part is unknown.
pub(crate) fn ends(quote: &Value, total: &str) -> Option<[Decimal; 3]> {
    let median = decimal(
        quote["totals"][total]
            .as_str()
            .map(|_| &quote["totals"][total])?,
    );
    let at = |end: &str| decimal(&quote["range"][end][total]);
    Some(if quote["range"].is_null() {
        [median; 3]
    } else {
        [at("low"), median, at("high")]
    })
}

/// Every item's regime: the quote's, or its own where they differ.
pub(crate) fn regimes(quote: &Value) -> String {
    let own = quote["itemRegimes"].as_object().into_iter().flatten();
    let own: Vec<String> = own
        .map(|(item, regime)| format!("{item}={}", regime["id"]))
        .collect();
    format!("{} {own:?}", quote["regime"]["id"])
}

/// Whether a rate is one percentage of up to four decimals; an average of several has more.
pub(crate) fn is_short_percentage(line: &Value) -> bool {
    percentage(line).is_some_and(|rate| rate.normalize().scale() <= 4)
}

/// The number of a rate that is one percentage.
pub(crate) fn percentage(line: &Value) -> Option<Decimal> {
    Decimal::from_str_exact(line["rate"].as_str()?.strip_suffix(" %")?).ok()
}
