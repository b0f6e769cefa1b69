//! A rate as Israel's customs book writes it, said as a duty expression.

use crate::publishers::duty_text::{number, sum};

/// "But not more than": a cap.
const CAP: &str = "אל\"י מ-";
/// "But not less than": a floor.
const FLOOR: &str = "אל\"פ מ-";

/// The expression of a rate; nothing where it is not of a known shape.
pub fn expression(text: &str) -> Option<String> {
    if text == "Exempt" {
        return Some("0 %".into());
    }
    let (mut base, mut floor, mut cap) = (text, None, None);
    // From the end, for either may come last.
    loop {
        let (at_floor, at_cap) = (base.rfind(FLOOR), base.rfind(CAP));
        let (at, mark, place) = match (at_floor, at_cap) {
            (None, None) => break,
            (Some(at), other) if other.is_none_or(|other| other < at) => (at, FLOOR, &mut floor),
            (_, Some(at)) => (at, CAP, &mut cap),
            _ => return None,
        };
        let bound = base.get(at..)?.strip_prefix(mark)?;
        if place.replace(terms(bound)?).is_some() {
            return None;
        }
        base = base.get(..at)?;
    }
    let mut said = terms(base)?;
    if let Some(floor) = floor {
        said = format!("{said} MIN {floor}");
    }
    if let Some(cap) = cap {
        said = format!("{said} MAX {cap}");
    }
    Some(said)
}

fn terms(text: &str) -> Option<String> {
    let terms: Option<Vec<String>> = text.split(" + ").map(|part| term(part.trim())).collect();
    terms.map(sum)
}

/// `שיעור 12%` or `12%`, and `8 ₪ לקילוגרם`.
fn term(text: &str) -> Option<String> {
    let text = text.strip_prefix("שיעור").unwrap_or(text).trim();
    if let Some(rate) = text.strip_suffix('%') {
        return number(rate.trim()).map(|rate| format!("{rate} %"));
    }
    let (amount, unit) = text.split_once('₪')?;
    let unit = match unit
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .as_str()
    {
        "לקילוגרם" | "ל קילוגרם" => "kg",
        "לטון" => "1000 kg",
        "לליטר" => "l",
        "לליטר אלכוהול" => "l-alcohol",
        "לכל אחד" => "item",
        "לאלף יחידות" => "1000 item",
        "למטר מעוקב / 1000 ליטר" => "m3",
        _ => return None,
    };
    Some(format!("{} ILS/{unit}", number(amount.trim())?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publishers::duty_text::proven;

    #[test]
    fn every_shape_of_rate_is_said() {
        for (text, said) in [
            ("Exempt", "0 %"),
            ("שיעור 8.50%", "8.5 %"),
            ("7.10 ₪ לקילוגרם אל\"י מ-31%", "7.1 ILS/kg MAX 31 %"),
            ("שיעור 11% אל\"פ מ- 1.27 ₪ לקילוגרם", "11 % MIN 1.27 ILS/kg"),
            ("9 ₪ לקילוגרם", "9 ILS/kg"),
            (
                "שיעור 13% + 8 ₪ לקילוגרם אל\"י מ-101%",
                "13 % + 8 ILS/kg MAX 101 %",
            ),
            (
                "שיעור 13% + 1.45 ₪ לליטר אל\"פ מ- 5.2 ₪ לליטר",
                "13 % + 1.45 ILS/l MIN 5.2 ILS/l",
            ),
            ("418 ₪ לטון אל\"י מ-85%", "418 ILS/1000 kg MAX 85 %"),
            ("שיעור 12% אל\"י מ- 31 ₪ לכל אחד", "12 % MAX 31 ILS/item"),
            (
                "שיעור 8% אל\"י מ-71% אל\"פ מ-1.12 ₪ ל קילוגרם",
                "8 % MIN 1.12 ILS/kg MAX 71 %",
            ),
            (
                "שיעור 12% אל\"פ מ- 2.5 ₪ לליטר אלכוהול",
                "12 % MIN 2.5 ILS/l-alcohol",
            ),
            ("3,100 ₪ למטר מעוקב / 1000 ליטר", "3100 ILS/m3"),
            (
                "שיעור 270% + 400 ₪ לאלף יחידות אל\"פ מ- 900 ₪ לאלף יחידות",
                "270 % + 400 ILS/1000 item MIN 900 ILS/1000 item",
            ),
        ] {
            assert_eq!(expression(text).as_deref(), Some(said), "{text}");
            assert!(proven(said.into()).is_ok(), "{said}");
        }
    }

    #[test]
    fn misprints_are_refused() {
        for text in [
            "",
            "12",
            "5 ₪",
            "5 ₪ לאבן",
            "ראה כללים",
            "5% אל\"י מ-4% אל\"י מ-3%",
        ] {
            assert_eq!(expression(text), None, "{text}");
        }
    }
}
