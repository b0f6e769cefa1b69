//! Import VAT and consumption tax by code.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::rate::{Rate, specific};
use super::row::Row;
use crate::publishers::duty_text::{number, proven};
use crate::publishers::gather::gathered;
use crate::publishers::rates::{Cell, Rates, Reason};
use crate::tables::Tax;

/// The taxes, and in `rates` the reason for each that no expression says. The longest matching code is a line's.
pub fn taxes(rates: &mut Rates, rows: &[Row], codes: &BTreeSet<&str>) -> Result<Vec<Tax>> {
    let mut taxes = Vec::new();
    for (tax, of) in [
        ("vat", (|row| row.vat.as_str()) as fn(&Row) -> &str),
        ("consumption-tax", |row| row.consumption_tax.as_str()),
    ] {
        let mut said = BTreeMap::new();
        for row in rows {
            let rate = match read(of(row)) {
                Ok(rate) => proven(rate)?,
                Err(reason) => {
                    let cell = Cell {
                        code: row.own_level(),
                        column: tax,
                        text: of(row),
                    };
                    rates.note(cell, reason);
                    String::new()
                }
            };
            said.insert(row.own_level(), rate);
        }
        let said = said.iter().map(|(code, rate)| (*code, rate.as_str()));
        for (code, rate) in gathered(&said.collect(), codes) {
            taxes.push(Tax {
                code: code.into(),
                tax: tax.into(),
                rate: rate.into(),
            });
        }
    }
    Ok(taxes)
}

/// `13%`, `1.2元/升`, or `20%+0.9元/升`; what depends on the price is not said.
fn read(text: &str) -> Result<String, Reason> {
    match compound(text) {
        Some(said) => Ok(said),
        None => Rate::read(text).map(|rate| rate.expression()),
    }
}

fn compound(text: &str) -> Option<String> {
    let (rate, amount) = text.split_once("%+")?;
    let (amount, unit) = specific(amount)?;
    Some(format!(
        "{} % + {} CNY/{unit}",
        number(rate)?,
        amount.normalize()
    ))
}

#[cfg(test)]
mod tests {
    use super::super::row::fixture;
    use super::*;

    #[test]
    fn taxes_alike_are_one_row_and_a_step_is_unknown() -> Result<()> {
        let mut rows = [
            fixture("2208200000", "", "", ""),
            fixture("2208300000", "", "", ""),
            fixture("3303000000", "", "", ""),
        ];
        let given = [
            "18%+0.8元/升",
            "0%",
            "完税价大于等于10元：15%，完税价小于10元：0。",
        ];
        for (row, tax) in rows.iter_mut().zip(given) {
            row.vat = "13%".into();
            row.consumption_tax = tax.into();
        }
        let codes = rows.iter().map(Row::own_level).collect();
        let mut rates = Rates::default();
        let shown: Vec<String> = taxes(&mut rates, &rows, &codes)?
            .iter()
            .map(|row| format!("{} {} {}", row.code, row.tax, row.rate))
            .collect();
        let expected = [
            "22 vat 13 %",
            "33 vat 13 %",
            "220820 consumption-tax 18 % + 0.8 CNY/l",
            "220830 consumption-tax 0 %",
            "33 consumption-tax ",
        ];
        assert_eq!(shown, expected);
        let reasons = rates.into_tables().unparsed;
        assert!(reasons.iter().all(|row| row.reason == "price-step"));
        assert_eq!(reasons.len(), 1);
        Ok(())
    }
}
