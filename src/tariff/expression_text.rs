//! The text form of a duty expression, read back: what the tables hold, and what the packer turns into records.

use super::expression::{Component, DutyExpression, ORDINARY, Sign, Sum, Term};
use crate::decimal::{self, Decimal};
use crate::error::{Error, ErrorCode};
use crate::money::CurrencyCode;

impl DutyExpression {
    /// Reads the canonical text form; what [`core::fmt::Display`] writes, and nothing else.
    ///
    /// # Errors
    /// [`ErrorCode::AmountMalformed`] where the text is not of the grammar.
    ///
    /// ```
    /// use dutiable::tariff::DutyExpression;
    /// let text = "8 % MIN 0.5 EUR/item MAX 16 % + 1.2 EUR/100 kg";
    /// assert_eq!(DutyExpression::parse(text)?.to_string(), text);
    /// # Ok::<(), dutiable::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut capped = text.split(" MAX ");
        let floored = capped.next().unwrap_or_default();
        let caps = capped.map(parse_sum).collect::<Result<_, _>>()?;
        let mut sums = floored.split(" MIN ");
        let base = parse_sum(sums.next().unwrap_or_default())?;
        let floors = sums.map(parse_sum).collect::<Result<_, _>>()?;
        let expression = Self { base, floors, caps };
        // The text is canonical, so that one duty has one spelling in the tables.
        if expression.to_string() == text {
            Ok(expression)
        } else {
            Err(malformed())
        }
    }
}

fn malformed() -> Error {
    ErrorCode::AmountMalformed.into()
}

fn parse_sum(text: &str) -> Result<Sum, Error> {
    let mut sum = Sum::new();
    let (mut sign, mut rest) = match text.strip_prefix("- ") {
        Some(rest) => (Sign::Minus, rest),
        None => (Sign::Plus, text),
    };
    loop {
        let next = [
            (rest.find(" + "), Sign::Plus),
            (rest.find(" - "), Sign::Minus),
        ];
        let next = next
            .into_iter()
            .filter_map(|(at, sign)| Some((at?, sign)))
            .min_by_key(|(at, _)| *at);
        let Some((at, next_sign)) = next else {
            sum.push((sign, parse_term(rest)?));
            return Ok(sum);
        };
        sum.push((sign, parse_term(rest.get(..at).ok_or_else(malformed)?)?));
        rest = rest.get(at.saturating_add(3)..).ok_or_else(malformed)?;
        sign = next_sign;
    }
}

fn parse_term(text: &str) -> Result<Term, Error> {
    if let Some((component, _)) = Component::ALL.iter().find(|(_, word)| *word == text) {
        return Ok(Term::Component(*component));
    }
    if text == ORDINARY {
        return Ok(Term::Ordinary);
    }
    let (number, rest) = text.split_once(' ').ok_or_else(malformed)?;
    let number = decimal::parse(number, 8)?;
    if rest == "%" {
        return Ok(Term::AdValorem {
            rate: number,
            part: None,
        });
    }
    if let Some(part) = rest.strip_prefix("% of ") {
        return Ok(Term::AdValorem {
            rate: number,
            part: Some(part.to_owned()),
        });
    }
    let (currency, per) = rest.split_once('/').unwrap_or((rest, ""));
    let (per, unit) = match per.split_once(' ') {
        Some((multiple, unit)) => (decimal::parse(multiple, 0)?, unit),
        None => (Decimal::ONE, per),
    };
    let unit = unit.to_owned();
    Ok(Term::Specific {
        amount: number,
        currency: CurrencyCode::parse(currency)?,
        per,
        unit,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_back_what_it_writes() -> Result<(), Error> {
        for text in [
            "0 %",
            "12.5 %",
            "0.9 USD/pair + 37.5 %",
            "0.1875 USD/item + 6 % of case + 14 % of strap + 5.3 % of battery",
            "4.3 % MIN 700 JPY/pair",
            "9 % + EA + ADSZ MAX 24.2 %",
            "10.4 % + 21.1 EUR/100 kg",
            "0.6 EUR/vol-hl + 6.4 EUR/hl",
            "12.8 EUR/100 kg MIN 2 % MAX 5 % + 1 EUR/kg",
            "15 % - ORD",
            "50 % of steel",
        ] {
            assert_eq!(DutyExpression::parse(text)?.to_string(), text);
        }
        Ok(())
    }

    #[test]
    fn refuses_other_spellings() {
        for text in [
            "",
            "%",
            "12%",
            "12 % +",
            "1,5 %",
            "12 %  + 3 %",
            "5 EUR/100kg x",
            "free",
        ] {
            assert!(DutyExpression::parse(text).is_err(), "{text}");
        }
    }
}
