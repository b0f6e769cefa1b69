//! A duty as the Working Tariff writes it, said as a duty expression.

use crate::publishers::duty_text::number;

/// The expression of a rate; nothing where it is not of a known shape.
pub fn expression(text: &str) -> Option<String> {
    let text = text.trim();
    if let Some((rate, cap)) = text.split_once(", or, if lower, ") {
        return Some(format!("{} MAX {}", term(rate)?, term(cap)?));
    }
    if let Some((rate, amount)) = text.split_once(", and ") {
        return Some(format!("{} + {}", term(rate)?, term(amount)?));
    }
    if let Some((amount, share)) = text.split_once(", less ") {
        // What is taken off may be more than what it is taken off from.
        return Some(format!("{} - {} MIN 0 %", term(amount)?, term(share)?));
    }
    term(text)
}

fn term(text: &str) -> Option<String> {
    let text = text.trim();
    if text == "Free" {
        return Some("0 %".into());
    }
    if let Some(rate) = text.strip_suffix('%') {
        return number(rate.trim()).map(|rate| format!("{rate} %"));
    }
    let amount = text.strip_prefix('$')?.trim();
    if let Some(amount) = amount.strip_suffix(" each") {
        return Some(format!("{} AUD/item", number(amount.trim())?));
    }
    let (amount, unit) = amount.split_once('/')?;
    Some(format!(
        "{} AUD/{}",
        number(amount.trim())?,
        self::unit(unit.trim())?
    ))
}

fn unit(text: &str) -> Option<&'static str> {
    Some(match text {
        "kg" => "kg",
        "L" => "l",
        "stick" => "item",
        "kg TSS" => "kg-tss",
        "kg of tobacco content" => "kg-tobacco",
        "L of alcohol" => "l-alcohol",
        "L of alcohol, calculated on that alcohol content by which the percentage by volume of alcohol of the goods exceeds 1.15" => {
            "l-alcohol-over-1.15"
        }
        _ => return None,
    })
}

/// Whether a rate is one of excise, which is raised twice a year, and until when it then holds.
pub fn holds_until(code: &str, text: &str) -> Option<&'static str> {
    match code.get(..2)? {
        _ if !text.contains('$') => None,
        "24" => Some("2026-08-31"),
        "22" | "27" | "29" | "34" | "38" => Some("2026-07-31"),
        // Spirits in preparations and the like.
        _ if text.contains("alcohol") => Some("2026-07-31"),
        _ => None,
    }
}

/// The first day after [`holds_until`].
pub fn day_after(day: &str) -> &'static str {
    if day == "2026-07-31" {
        "2026-08-01"
    } else {
        "2026-09-01"
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publishers::duty_text::proven;

    #[test]
    fn every_shape_of_duty_is_said() {
        for (text, said) in [
            ("Free", "0 %"),
            ("4.5%", "4.5 %"),
            ("$0.527/L", "0.527 AUD/l"),
            ("$1.3/kg", "1.3 AUD/kg"),
            ("$1.5/stick", "1.5 AUD/item"),
            ("$2,446.26/kg of tobacco content", "2446.26 AUD/kg-tobacco"),
            ("$108.99 /L of alcohol", "108.99 AUD/l-alcohol"),
            ("6%, and $108.99/L of alcohol", "6 % + 108.99 AUD/l-alcohol"),
            ("$1.3/kg, less 6%", "1.3 AUD/kg - 6 % MIN 0 %"),
            ("6%, or, if lower, $0.46/kg TSS", "6 % MAX 0.46 AUD/kg-tss"),
            ("$13,000 each", "13000 AUD/item"),
        ] {
            assert_eq!(expression(text).as_deref(), Some(said), "{text}");
            assert!(proven(said.into()).is_ok(), "{said}");
        }
    }

    #[test]
    fn misprints_and_blends_are_refused() {
        for text in [
            "",
            "5",
            "$5",
            "3%, and 108/L of alcohol",
            "$0.5/L of gasoline plus",
            "View TCOs",
        ] {
            assert_eq!(expression(text), None, "{text}");
        }
    }

    #[test]
    fn rates_of_excise_end_with_the_next_rise() {
        assert_eq!(
            holds_until("22030010", "$10/L of alcohol"),
            Some("2026-07-31")
        );
        assert_eq!(holds_until("24011000", "$10/kg"), Some("2026-08-31"));
        assert_eq!(holds_until("04061000", "$1/kg"), None);
        assert_eq!(holds_until("22011000", "5%"), None);
        assert_eq!(day_after("2026-08-31"), "2026-09-01");
        assert_eq!(day_after("2026-07-31"), "2026-08-01");
    }
}
