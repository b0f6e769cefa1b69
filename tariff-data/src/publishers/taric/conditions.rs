//! Price steps: rows that apply at or above an import price.
//!
//! The publisher orders the steps of a measure downwards and gives each the price from which it holds; the last stands
//! at 0. Tomatoes in summer (heading 0702): 14.4 % from 52.6 EUR/100 kg, 14.4 % + 1.1 EUR/100 kg from 51.5, and so on.
//! The legal texts say "not less than", so a step holds *at* its price and above.

use anyhow::{Context, Result};

use super::expressions;
use super::rows::SourceRow;

/// The condition cell of a row, empty where it has no price step.
pub(super) fn of(row: &SourceRow) -> Result<String> {
    if row.cond_amount.is_empty() {
        return Ok(String::new());
    }
    expressions::amount(&row.cond_amount, &row.cond_cur, &row.cond_unit)
        .map(|price| format!(">= {price}"))
        .with_context(|| {
            format!(
                "price step \"{} {} {}\"",
                row.cond_amount, row.cond_cur, row.cond_unit
            )
        })
}

/// Whether a step charges what the goods lack to the minimum price, and not the amount it states.
///
/// The publisher's action ("apply the difference between the amount and the price") is missing in the file. It is known
/// by its shape: nothing is charged from the minimum price on, and below it the amount stated *is* the minimum price.
/// For grain-oriented electrical steel the figures prove it: 2,043 EUR/t, below 1,681.48 EUR/t 21.5 %, and
/// 1,681.48 + 21.5 % = 2,043.
pub(super) fn is_difference(row: &SourceRow, measure: &[SourceRow]) -> bool {
    let minimum =
        |step: &SourceRow| format!("{} {} {}", step.cond_amount, step.cond_cur, step.cond_unit);
    !row.cond_amount.is_empty()
        && measure
            .iter()
            .any(|step| step.duty.starts_with("0 EUR ") && minimum(step) == row.duty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(duty: &str, amount: &str, unit: &str) -> SourceRow {
        SourceRow {
            duty: duty.into(),
            cond_amount: amount.into(),
            cond_cur: if amount.is_empty() { "" } else { "EUR" }.into(),
            cond_unit: unit.into(),
            ..SourceRow::default()
        }
    }

    #[test]
    fn an_entry_price_is_a_step_at_or_above() -> Result<()> {
        assert_eq!(of(&step("14.4 %", "52.6", "DTN"))?, ">= 52.6 EUR/100 kg");
        assert_eq!(of(&step("8.9 %", "42.5", "HLT"))?, ">= 42.5 EUR/hl");
        assert_eq!(of(&step("14.4 %", "", ""))?, "");
        assert!(of(&step("14.4 %", "52.6", "XXX")).is_err());
        Ok(())
    }

    #[test]
    fn a_minimum_price_is_topped_up_to() {
        let steps = [
            step("0 EUR TNE", "2043", "TNE"),
            step("2043 EUR TNE", "1681.48", "TNE"),
            step("21.5 %", "0", "TNE"),
        ];
        let found: Vec<bool> = steps.iter().map(|row| is_difference(row, &steps)).collect();
        assert_eq!(found, [false, true, false]);
    }

    #[test]
    fn an_entry_price_is_not_topped_up_to() {
        let steps = [
            step("14.4 %", "52.6", "DTN"),
            step("14.4 % + 29.8 EUR DTN", "0", "DTN"),
        ];
        assert!(steps.iter().all(|row| !is_difference(row, &steps)));
    }
}
