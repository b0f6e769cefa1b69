//! A duty as the Common Customs Tariff writes it, said as a duty expression.

use std::collections::BTreeSet;

use crate::publishers::duty_text::number;

/// The one duty that all texts of a code give, or why there is none.
pub fn of_all(texts: &BTreeSet<String>) -> Result<String, &'static str> {
    let mut said = BTreeSet::new();
    let (mut bare, mut rates) = (BTreeSet::new(), 0_usize);
    for text in texts {
        match (expression(text), number(text)) {
            (Some(expression), _) => {
                rates = rates.saturating_add(1);
                said.insert(expression);
            }
            (None, Some(number)) => drop(bare.insert(format!("{number} %"))),
            (None, None) => return Err("unknown-shape"),
        }
    }
    if rates == 0 {
        return Err("a number without a per cent sign: not known to be the tariff's rate");
    }
    said.extend(bare);
    match said.pop_first() {
        Some(only) if said.is_empty() => Ok(only),
        _ => Err("two-rates-for-one-code"),
    }
}

/// The expression of a rate: a bare nought, a percentage, an amount a unit, or a percentage with a floor or an amount on top.
fn expression(text: &str) -> Option<String> {
    if text == "0" {
        return Some("0 %".into());
    }
    if let Some((share, floor)) = text.split_once(", но не менее ") {
        return Some(format!("{} MIN {}", percent(share)?, specific(floor)?));
    }
    if let Some((share, amount)) = text.split_once(" плюс ") {
        return Some(format!("{} + {}", percent(share)?, specific(amount)?));
    }
    percent(text).or_else(|| specific(text))
}

fn percent(text: &str) -> Option<String> {
    let rate = number(text.trim().strip_suffix('%')?.trim())?;
    Some(format!("{rate} %"))
}

/// `0.5 EUR за 1 кг`; a thousand pieces are written `1 1000 шт`.
fn specific(text: &str) -> Option<String> {
    let (money, unit) = text.trim().split_once(" за 1 ")?;
    let (amount, currency) = money.split_once(' ')?;
    let currency = match currency.trim() {
        "EUR" | "евро" => "EUR",
        "USD" => "USD",
        _ => return None,
    };
    let unit = match unit.trim() {
        "кг" => "kg",
        "т" => "1000 kg",
        "л" => "l",
        "м2" => "m2",
        "пар" => "pair",
        "шт" => "item",
        "1000 шт" => "1000 item",
        // The capacity of the engine; millilitres are the same measure.
        "см3, мл" => "cm3-engine",
        _ => return None,
    };
    Some(format!("{} {currency}/{unit}", number(amount.trim())?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publishers::duty_text::proven;

    fn of(texts: &[&str]) -> Result<String, &'static str> {
        of_all(&texts.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn every_shape_of_duty_is_said() {
        for (text, said) in [
            ("0", "0 %"),
            ("6.50%", "6.5 %"),
            ("11%, но не менее 0.5 EUR за 1 кг", "11 % MIN 0.5 EUR/kg"),
            ("4.5% плюс 0.03 EUR за 1 кг", "4.5 % + 0.03 EUR/kg"),
            ("251 USD за 1 т", "251 USD/1000 kg"),
            ("2.1 EUR за 1 1000 шт", "2.1 EUR/1000 item"),
            (
                "16%, но не менее 2.02 EUR за 1 шт",
                "16 % MIN 2.02 EUR/item",
            ),
            ("0.39 EUR за 1 м2", "0.39 EUR/m2"),
            ("1.26 EUR за 1 пар", "1.26 EUR/pair"),
            ("0.04 EUR за 1 л", "0.04 EUR/l"),
            (
                "21%, но не менее 0.8 EUR за 1 см3, мл",
                "21 % MIN 0.8 EUR/cm3-engine",
            ),
        ] {
            assert_eq!(of(&[text]).as_deref(), Ok(said), "{text}");
            assert!(proven(said.into()).is_ok(), "{said}");
        }
    }

    #[test]
    fn a_bare_number_is_no_rate_but_may_agree_with_one() {
        assert!(of(&["12"]).is_err());
        assert!(of(&["0.0"]).is_err());
        assert_eq!(of(&["5%", "5.0"]).as_deref(), Ok("5 %"));
        assert_eq!(of(&["0", "0.0"]).as_deref(), Ok("0 %"));
        assert_eq!(of(&["5%", "0.0"]), Err("two-rates-for-one-code"));
        assert_eq!(of(&["5%", "6%"]), Err("two-rates-for-one-code"));
    }

    #[test]
    fn misprints_are_refused() {
        for text in ["", "%", "5 EUR", "5 RUB за 1 кг", "5 EUR за 1 пуд"] {
            assert_eq!(of(&[text]), Err("unknown-shape"), "{text}");
        }
    }
}
