//! A duty as the United Kingdom's tables write it, said as a duty expression.

use crate::publishers::duty_text::{number, percentage, sum};

/// The expression of a duty text; nothing where it is not of a known shape.
///
/// A number alone is a share of one (`0.056` is 5.6 %).
pub fn expression(text: &str) -> Option<String> {
    if let Some(rate) = percentage(text.trim()) {
        return Some(format!("{rate} %"));
    }
    let mut capped = text.split(" MAX ");
    let mut floored = capped.next()?.split(" MIN ");
    let mut said = terms(floored.next()?)?;
    for floor in floored {
        said = format!("{said} MIN {}", terms(floor)?);
    }
    for cap in capped {
        said = format!("{said} MAX {}", terms(cap)?);
    }
    Some(said)
}

fn terms(text: &str) -> Option<String> {
    let terms: Option<Vec<String>> = text
        .split('+')
        .map(|term| self::term(term.trim()))
        .collect();
    terms.map(sum)
}

fn term(text: &str) -> Option<String> {
    if let Some(rate) = text.strip_suffix('%') {
        return number(rate.trim()).map(|rate| format!("{rate} %"));
    }
    let (amount, per) = text.split_once("GBP")?;
    let per: String = per.chars().filter(|c| !c.is_whitespace()).collect();
    let unit = unit(per.strip_prefix('/')?)?;
    Some(format!("{} GBP/{unit}", number(amount.trim())?))
}

/// The unit's word in our tables, and HMRC's code for it; the spelling is the source's without its spaces.
const UNITS: [(&str, &str, &str); 23] = [
    ("%vol/hl", "vol-hl", "ASVX"),
    ("100kg", "100 kg", "DTN"),
    ("100kg/%sacchar.", "100 kg-sucrose", "DTNZ"),
    ("100kg/net/%sacchar.", "100 kg-sucrose", "DTNZ"),
    ("100kg/net/%saccha.", "100 kg-sucrose", "DTNZ"),
    ("100kg/netdrainedwt", "100 kg-drained", "DTNE"),
    ("100kgeda", "100 kg-drained", "DTNE"),
    ("100kg/netdry", "100 kg-dry", "DTNM"),
    ("100kg/netmas", "100 kg-dry", "DTNM"),
    ("100kgmas", "100 kg-dry", "DTNM"),
    ("100kgstdqual", "100 kg-standard-quality", "DTNR"),
    ("1000items", "1000 item", "MIL"),
    ("1000kg", "1000 kg", "TNE"),
    ("1000p/st", "1000 item", "MIL"),
    ("100items", "100 item", "CEN"),
    ("100p/st", "100 item", "CEN"),
    ("hl", "hl", "HLT"),
    ("item", "item", "NAR"),
    ("kg", "kg", "KGM"),
    ("kg/drylacticmatter", "kg-dry-lactic", "KGMT"),
    ("kg/lacticmatter", "kg-lactic", "KGMP"),
    ("l", "l", "LTR"),
    ("tonne", "1000 kg", "TNE"),
];

fn unit(text: &str) -> Option<&'static str> {
    UNITS
        .iter()
        .find(|(spelling, ..)| *spelling == text)
        .map(|(_, unit, _)| *unit)
}

/// HMRC's codes of the units that duty texts may use.
pub fn unit_codes() -> impl Iterator<Item = &'static str> {
    UNITS.iter().map(|(_, _, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publishers::duty_text::proven;

    #[test]
    fn every_shape_of_duty_is_said() {
        for (text, said) in [
            ("0", "0 %"),
            ("0.056", "5.6 %"),
            ("10.0%", "10 %"),
            ("0.00%", "0 %"),
            ("34.00 GBP/100kg", "34 GBP/100 kg"),
            ("10.00% + 77.00 GBP/100kg", "10 % + 77 GBP/100 kg"),
            (
                "1.00 GBP/kg/lactic matter + 23.00 GBP/100kg",
                "1 GBP/kg-lactic + 23 GBP/100 kg",
            ),
            (
                "0.00 GBP/kg/dry lactic matter + 7.00 GBP/100kg",
                "0 GBP/kg-dry-lactic + 7 GBP/100 kg",
            ),
            ("26.00 GBP / hl", "26 GBP/hl"),
            ("0.20 GBP/ item", "0.2 GBP/item"),
            ("127.00 GBP/ 1000 items", "127 GBP/1000 item"),
            ("21.00 GBP/1000 p/st", "21 GBP/1000 item"),
            ("4.00% + 7.80 GBP/100kg eda", "4 % + 7.8 GBP/100 kg-drained"),
            ("42.00 GBP / 100 kg / net dry", "42 GBP/100 kg-dry"),
            ("0.30 GBP/100kg/net/%sacchar.", "0.3 GBP/100 kg-sucrose"),
            ("28.00 GBP/100kg std qual", "28 GBP/100 kg-standard-quality"),
            ("73.00 GBP/tonne", "73 GBP/1000 kg"),
            (
                "0.50 GBP/%vol/hl + 2.60 GBP/hl",
                "0.5 GBP/vol-hl + 2.6 GBP/hl",
            ),
            ("0.50 GBP / % vol /  hl", "0.5 GBP/vol-hl"),
            (
                "40.00% + 101.00 GBP/hl + 17 GBP/100kg",
                "40 % + 101 GBP/hl + 17 GBP/100 kg",
            ),
            (
                "0.00% + 22.00 GBP / 100 kg MAX 6.00%",
                "22 GBP/100 kg MAX 6 %",
            ),
            ("14.90% MAX 18.00 GBP / 100 kg", "14.9 % MAX 18 GBP/100 kg"),
            (
                "11.5 % MIN 11.00 GBP/100 kg MAX 12.00 GBP/100 kg",
                "11.5 % MIN 11 GBP/100 kg MAX 12 GBP/100 kg",
            ),
            (
                "5.20% + 20.94 GBP/100 kg MAX 11.80% + 3.81 GBP/100 kg",
                "5.2 % + 20.94 GBP/100 kg MAX 11.8 % + 3.81 GBP/100 kg",
            ),
        ] {
            assert_eq!(expression(text).as_deref(), Some(said), "{text}");
            assert!(proven(said.into()).is_ok(), "{said}");
        }
    }

    #[test]
    fn misprints_are_refused() {
        for text in ["", "1.10% + 9.70.00 GBP / 100 kg", "5 GBP", "7 GBP/stone"] {
            assert_eq!(expression(text), None, "{text}");
        }
    }
}
