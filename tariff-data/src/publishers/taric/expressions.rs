//! The publisher's duty texts, said in the grammar of `TABLES.md`.
//!
//! A text is a run of words: numbers (`.8` means `0.8`), `%`, a currency with its measurement unit (`EUR DTN`), `+`,
//! `MIN`, `MAX`, agricultural components (`EA`, `ADSZ`, `ADFM`; ` R` after one means its reduced form) and `[36]`,
//! which takes off the per cent of the import price that follows it.

use dutiable::tariff::DutyExpression;
use rust_decimal::Decimal;

use super::units;

/// What became of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Duty {
    /// A duty, in the canonical text form.
    Says(String),
    /// `NAR`: the publisher's "nothing is charged" (its duty expression 37).
    Nothing,
    /// What cannot be said, and why.
    Unsaid(&'static str),
}

/// Reads one duty text.
pub(super) fn parse(text: &str) -> Duty {
    if text == "NAR" {
        return Duty::Nothing;
    }
    if text.ends_with("ENC ENP") {
        return Duty::Unsaid(
            "a fraction of the value of a part of the goods (ENC per ENP); the file does not say which part",
        );
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match expression(&words).filter(|said| DutyExpression::parse(said).is_ok()) {
        Some(said) => Duty::Says(said),
        None => Duty::Unsaid("a shape this reader does not know"),
    }
}

/// An amount with its currency and unit: `52.6`, `EUR`, `DTN` as `52.6 EUR/100 kg`.
pub(super) fn amount(number: &str, currency: &str, unit: &str) -> Option<String> {
    let currency = match currency {
        // The publisher's unit-price currency is the euro under another name.
        "EUR" | "EUC" => "EUR",
        _ => return None,
    };
    Some(format!(
        "{} {currency}/{}",
        plain(number)?,
        units::per(unit)?
    ))
}

/// Floors come before caps, in the order in which they are applied; the publisher writes them so too.
fn expression(words: &[&str]) -> Option<String> {
    let mut said = Vec::new();
    let mut rest = words;
    while let Some((word, after)) = rest.split_first() {
        let taken = match *word {
            "+" | "MIN" | "MAX" => {
                said.push((*word).to_owned());
                1
            }
            "[36]" => {
                said.push("-".into());
                1
            }
            "EA" | "ADSZ" | "ADFM" => {
                let reduced = after.first() == Some(&"R");
                join_component(&mut said, word, reduced);
                if reduced { 2 } else { 1 }
            }
            number => {
                let (term, taken) = term(number, after)?;
                said.push(term);
                taken
            }
        };
        rest = rest.get(taken..)?;
    }
    Some(said.join(" "))
}

/// Components are added; before a reduced one the publisher leaves out the `+`.
fn join_component(said: &mut Vec<String>, word: &str, reduced: bool) {
    if said
        .last()
        .is_some_and(|last| !matches!(last.as_str(), "+" | "MIN" | "MAX"))
    {
        said.push("+".into());
    }
    said.push(format!("{word}{}", if reduced { "R" } else { "" }));
}

/// One percentage or amount, and how many words it took.
fn term(number: &str, after: &[&str]) -> Option<(String, usize)> {
    match *after {
        ["%", ..] => Some((format!("{} %", plain(number)?), 2)),
        // Without a unit: an amount for each article declared.
        ["EUR"] => Some((format!("{} EUR", plain(number)?), 2)),
        [currency, unit, ..] => Some((amount(number, currency, unit)?, 3)),
        _ => None,
    }
}

/// A number as the tables write it: a zero before the point, none at the end.
fn plain(number: &str) -> Option<String> {
    let padded = if number.starts_with('.') {
        format!("0{number}")
    } else {
        number.to_owned()
    };
    Some(
        Decimal::from_str_exact(&padded)
            .ok()?
            .normalize()
            .to_string(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(text: &str, expected: &str) {
        assert_eq!(parse(text), Duty::Says(expected.into()), "{text}");
    }

    #[test]
    fn percentages_and_amounts() {
        says("50 %", "50 %");
        says(".8 %", "0.8 %");
        says("0 EUR TNE", "0 EUR/t");
        says("41.2 EUR DTN", "41.2 EUR/100 kg");
        says("27 EUR HLT", "27 EUR/hl");
        says("152 EUR MIL", "152 EUR/thousand");
        says("4.48 EUR NAR", "4.48 EUR/item");
        says("1.75 EUR ASV", "1.75 EUR/vol-hl");
        says(".07 EUR KGM", "0.07 EUR/kg");
        says("129.79 EUC DTN", "129.79 EUR/100 kg");
        says("3 EUR", "3 EUR");
    }

    #[test]
    fn compound_duties() {
        says("10.2 % + 93.1 EUR DTN", "10.2 % + 93.1 EUR/100 kg");
        says(
            "40 % + 121 EUR HLT + 20.6 EUR DTN",
            "40 % + 121 EUR/hl + 20.6 EUR/100 kg",
        );
        says(".23 EUR KGM + 5.5 EUR DTN", "0.23 EUR/kg + 5.5 EUR/100 kg");
        says(
            "98 EUR TNE + 1.372 EUR DAP",
            "98 EUR/t + 1.372 EUR/10 t-polarised",
        );
        says(".9 EUR ASV + 6.4 EUR HLT", "0.9 EUR/vol-hl + 6.4 EUR/hl");
    }

    #[test]
    fn floors_and_caps() {
        says("6.5 % MAX 5 EUR HMT", "6.5 % MAX 5 EUR/100 m");
        says("8 % MAX 2.8 EUR MTK", "8 % MAX 2.8 EUR/m2");
        says(
            "18.4 % MIN 22 EUR DTN MAX 24 EUR DTN",
            "18.4 % MIN 22 EUR/100 kg MAX 24 EUR/100 kg",
        );
        says(
            ".5 EUR NAR MIN 2.7 % MAX 4.6 %",
            "0.5 EUR/item MIN 2.7 % MAX 4.6 %",
        );
        says(
            "1.3 EUR ASV MIN 7.2 EUR HLT",
            "1.3 EUR/vol-hl MIN 7.2 EUR/hl",
        );
        says(
            "9.1 % + 45.1 EUR DTN + 16.5 EUR DTN MAX 18.9 %",
            "9.1 % + 45.1 EUR/100 kg + 16.5 EUR/100 kg MAX 18.9 %",
        );
    }

    #[test]
    fn agricultural_components() {
        says("7.6 % + EA", "7.6 % + EA");
        says("9 % + EA + ADSZ MAX 18.7 %", "9 % + EA + ADSZ MAX 18.7 %");
        says("6.9 % EA R", "6.9 % + EAR");
        says("0 % EA R ADFM R MAX 20.7 %", "0 % + EAR + ADFMR MAX 20.7 %");
        says(
            "4.5 % EA R ADSZ R MAX 35.15 EUR DTN MAX 9.3 %",
            "4.5 % + EAR + ADSZR MAX 35.15 EUR/100 kg MAX 9.3 %",
        );
    }

    #[test]
    fn a_per_cent_of_the_price_is_taken_off() {
        says("73.278 EUR DTN [36] 30 %", "73.278 EUR/100 kg - 30 %");
    }

    #[test]
    fn nothing_is_charged() {
        assert_eq!(parse("NAR"), Duty::Nothing);
    }

    #[test]
    fn what_cannot_be_said_says_why() {
        for text in [
            ".625 ENC ENP",
            "[B1] 614370 HUF HPA",
            "5 XYZ DTN",
            "%",
            "12",
        ] {
            assert!(matches!(parse(text), Duty::Unsaid(_)), "{text}");
        }
    }
}
