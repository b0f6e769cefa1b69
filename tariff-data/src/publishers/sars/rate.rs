//! A duty as Schedule No. 1 writes it, said as a duty expression. The parsed file has lost most of the spaces between words.

use rust_decimal::Decimal;

/// A rate of one cell.
#[derive(Debug, PartialEq, Eq)]
pub struct Rate {
    /// The duty expression.
    pub expression: String,
    /// Whether the duty is the greater of two.
    pub alternative: bool,
    /// The parties it is confined to.
    pub only: Vec<&'static str>,
}

/// The rate of a cell; nothing where it is not of a known shape.
pub fn read(text: &str) -> Option<Rate> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (duty, only) = match plain.split_once("to") {
        Some((duty, parties)) => (duty, self::parties(parties)?),
        None => (plain.as_str(), Vec::new()),
    };
    let (duty, cap) = match duty.split_once("withamaximumof") {
        Some((duty, cap)) => (duty, Some(sum(cap)?)),
        None => (duty, None),
    };
    let (first, second) = match duty.split_once("or") {
        Some((first, second)) => (sum(first)?, Some(sum(second)?)),
        None => (sum(duty)?, None),
    };
    let alternative = second.is_some();
    let mut expression = match second {
        Some(second) => format!("{first} MIN {second}"),
        // What is taken off may be more than what it is taken off from.
        None if first.contains(" - ") => format!("{first} MIN 0 %"),
        None => first,
    };
    if let Some(cap) = cap {
        expression = format!("{expression} MAX {cap}");
    }
    Some(Rate {
        expression,
        alternative,
        only,
    })
}

fn parties(text: &str) -> Option<Vec<&'static str>> {
    let code = |name: &str| {
        Some(match name {
            "Argentina" => "AR",
            "Brazil" => "BR",
            "Paraguay" => "PY",
            "Uruguay" => "UY",
            _ => return None,
        })
    };
    text.split(',').map(code).collect()
}

/// `free`, `5%`, `2,4c/kg` or `55c/kgless90%`.
fn sum(text: &str) -> Option<String> {
    match text.split_once("less") {
        Some((amount, share)) => Some(format!("{} - {}", term(amount)?, term(share)?)),
        None => term(text),
    }
}

fn term(text: &str) -> Option<String> {
    if text == "free" {
        return Some("0 %".into());
    }
    if let Some(rate) = text.strip_suffix('%') {
        return Some(format!("{} %", decimal(rate)?));
    }
    let (cents, unit) = text.split_once("c/")?;
    let unit = match unit {
        "kg" | "kgnet" => "kg",
        "li" => "l",
        "liaa" => "l-alcohol",
        "u" => "item",
        "2u" => "pair",
        _ => return None,
    };
    let rand = decimal(cents)?.checked_div(Decimal::ONE_HUNDRED)?;
    Some(format!("{} ZAR/{unit}", rand.normalize()))
}

/// A number with a decimal comma.
fn decimal(text: &str) -> Option<Decimal> {
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == ',');
    let value: Decimal = plain.then(|| text.replace(',', ".").parse().ok())??;
    Some(value.normalize())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publishers::duty_text::proven;

    #[test]
    fn every_shape_of_duty_is_said() {
        for (text, said) in [
            ("free", "0 %"),
            ("12,5%", "12.5 %"),
            ("41% or241c/kg", "41 % MIN 2.41 ZAR/kg"),
            ("41% or 501c/2u", "41 % MIN 5.01 ZAR/pair"),
            ("451c/kg with amaximum of96%", "4.51 ZAR/kg MAX 96 %"),
            ("0,45c/li witha maximumof 8%", "0.0045 ZAR/l MAX 8 %"),
            ("2,3c/kg net", "0.023 ZAR/kg"),
            ("318c/li aa", "3.18 ZAR/l-alcohol"),
            ("51c/u", "0.51 ZAR/item"),
            ("11% or 56c/kgless 91%", "11 % MIN 0.56 ZAR/kg - 91 %"),
            (
                "111c/kgless 81%with amaximumof 38%",
                "1.11 ZAR/kg - 81 % MIN 0 % MAX 38 %",
            ),
        ] {
            let read = read(text).map(|rate| rate.expression);
            assert_eq!(read.as_deref(), Some(said), "{text}");
            assert!(proven(said.into()).is_ok(), "{said}");
        }
    }

    #[test]
    fn the_greater_of_two_and_single_parties_are_known() {
        let alternative = |text| read(text).map(|rate| rate.alternative);
        assert_eq!(alternative("10% or 5c/kg"), Some(true));
        assert_eq!(alternative("10%"), Some(false));
        let only = |text| read(text).map(|rate| rate.only);
        assert_eq!(only("free toArgentina, Brazil"), Some(vec!["AR", "BR"]));
        assert_eq!(only("40,5% toParaguay,Uruguay"), Some(vec!["PY", "UY"]));
        assert_eq!(only("free to Peru"), None);
    }

    #[test]
    fn misprints_are_refused() {
        for text in ["", "5", "5c", "5c/stone", "5.5%", "by permit"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
