//! What readers share when they write duty expressions: numbers in their one spelling, and proof that the result is
//! of the grammar.

use anyhow::{Result, anyhow};
use dutiable::tariff::DutyExpression;
use rust_decimal::Decimal;

/// A plain decimal without thousands separators or trailing zeros.
pub fn number(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| *c != ',').collect();
    let plain = digits.chars().all(|c| c.is_ascii_digit() || c == '.');
    let value: Decimal = plain.then(|| digits.parse().ok())??;
    Some(value.normalize().to_string())
}

/// A share of one (`0.056`) as a percentage (`5.6`).
///
/// Spreadsheets leave binary remainders (`0.027000000000000003`): eight decimals are more than any rate has.
pub fn percentage(share: &str) -> Option<String> {
    let value: Decimal = share.parse().ok()?;
    let hundredfold = value.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(hundredfold.round_dp(8).normalize().to_string())
}

/// A plain number, per cent: `12.6` is `12.6 %`.
pub fn per_cent(text: &str) -> Option<String> {
    number(text.trim()).map(|rate| format!("{rate} %"))
}

/// Joins the terms of a sum. A percentage of nought beside another term says nothing and is left out, so that one
/// duty has one spelling.
pub fn sum(terms: Vec<String>) -> String {
    let several = terms.len() > 1;
    let said: Vec<String> = terms
        .iter()
        .filter(|term| !(several && *term == "0 %"))
        .cloned()
        .collect();
    if said.is_empty() {
        "0 %".into()
    } else {
        said.join(" + ")
    }
}

/// The expression itself, once the engine's own parser has accepted it.
pub fn proven(expression: String) -> Result<String> {
    DutyExpression::parse(&expression)
        .map(|_| expression.clone())
        .map_err(|error| anyhow!("\"{expression}\" is no duty expression: {error:?}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_spelling() {
        assert_eq!(number("4,000,000").as_deref(), Some("4000000"));
        assert_eq!(number("71.80").as_deref(), Some("71.8"));
        assert_eq!(number("9.70.00"), None);
        assert_eq!(per_cent(" 12.60 ").as_deref(), Some("12.6 %"));
        assert_eq!(per_cent("-5"), None);
        assert_eq!(per_cent(""), None);
        assert_eq!(percentage("0.056").as_deref(), Some("5.6"));
        assert_eq!(percentage("0").as_deref(), Some("0"));
        assert_eq!(percentage("0.027000000000000003").as_deref(), Some("2.7"));
    }

    #[test]
    fn nought_per_cent_of_a_sum_is_not_said() {
        assert_eq!(sum(vec!["0 %".into(), "22 GBP/hl".into()]), "22 GBP/hl");
        assert_eq!(sum(vec!["0 %".into()]), "0 %");
        assert_eq!(sum(vec!["0 %".into(), "0 %".into()]), "0 %");
    }
}
