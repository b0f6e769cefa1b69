//! A rate of duty in the schedule's words, as a canonical duty expression.

use dutiable::decimal::Decimal;

use super::rate_words::{OPTIONAL_PARTS, PARTS, UNITS};
use super::tidy;

/// The most decimals a number of a duty expression may have.
const DECIMALS: u32 = 8;

/// What a rate text says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rate {
    /// In the grammar of `TABLES.md`.
    pub(super) expression: String,
    /// A condition that the expression cannot say.
    pub(super) flag: Option<&'static str>,
}

/// Why a rate text has no expression.
pub(super) type Reason = &'static str;

const OTHER_LINES: Reason = "the rate of another line applies";
const SEE_NOTE: Reason = "a note or another heading sets the rate";
const CAPPED_BY_LINE: Reason = "capped by the duty of another line";
const UNKNOWN_WORDS: Reason = "words that the reader does not know";

/// Reads one rate text of any column.
pub(super) fn rate(published: &str) -> Result<Rate, Reason> {
    let text = tidy(published);
    if text.starts_with("The rate") {
        return Err(OTHER_LINES);
    }
    if text.starts_with("See ") {
        return Err(SEE_NOTE);
    }
    if text.contains("shall not exceed") {
        return Err(CAPPED_BY_LINE);
    }
    if text == "Free, under bond" {
        return Ok(Rate {
            expression: "0 %".into(),
            flag: Some("end-use"),
        });
    }
    let expression = match text.split_once(" less ") {
        Some((start, rest)) => by_polarisation(start, rest)?,
        None => sum(&text)?,
    };
    // A third of a per cent has no decimal form: such a rate is carried to eight places and says so.
    let flag = text.contains("1/3%").then_some("rounded");
    Ok(Rate { expression, flag })
}

fn sum(text: &str) -> Result<String, Reason> {
    let terms: Vec<String> = text.split('+').map(term).collect::<Result<_, _>>()?;
    Ok(terms.join(" + "))
}

/// Sugar by its polarisation: a rate for 100 degrees, less an amount for each degree below, but not less than a floor.
///
/// The unit `kg-degree` is kilograms multiplied by degrees below 100.
fn by_polarisation(start: &str, rest: &str) -> Result<String, Reason> {
    let (step, floor) = rest
        .split_once(" for each degree under 100 degrees (and fractions of a degree in proportion) but not less ")
        .ok_or(UNKNOWN_WORDS)?;
    let step = step.replace(' ', "");
    let amount = step.strip_suffix("¢/kg").ok_or(UNKNOWN_WORDS)?;
    let floor = floor.trim_start_matches("than ");
    let step = money(amount, true, 1, "kg-degree")?;
    Ok(format!("{} - {step} MIN {}", term(start)?, term(floor)?))
}

fn term(text: &str) -> Result<String, Reason> {
    let text = text.trim();
    if text == "Free" {
        return Ok("0 %".into());
    }
    if let Some(rest) = text.strip_prefix('$') {
        let (number, rest) = leading_number(rest);
        return specific(number, false, rest);
    }
    let (number, rest) = leading_number(text);
    if let Some(rest) = rest.strip_prefix('¢') {
        return specific(number, true, rest);
    }
    if let Some(rest) = rest.strip_prefix('%') {
        return ad_valorem(decimal(number)?, rest);
    }
    match rest.trim_start().strip_prefix("1/3%") {
        Some("") => {
            let third = Decimal::from_i128_with_scale(33_333_333, DECIMALS);
            let rate = decimal(number)?.checked_add(third).ok_or(UNKNOWN_WORDS)?;
            ad_valorem(rate, "")
        }
        _ => Err(UNKNOWN_WORDS),
    }
}

fn leading_number(text: &str) -> (&str, &str) {
    let end = text
        .find(|letter: char| !letter.is_ascii_digit() && letter != '.')
        .unwrap_or(text.len());
    text.split_at(end)
}

fn ad_valorem(rate: Decimal, words: &str) -> Result<String, Reason> {
    let words = words.trim();
    let known = PARTS
        .iter()
        .chain(OPTIONAL_PARTS)
        .find(|(phrase, _)| *phrase == words);
    match known {
        Some((_, "")) => Ok(format!("{} %", rate.normalize())),
        Some((_, part)) => Ok(format!("{} % of {part}", rate.normalize())),
        None => Err(UNKNOWN_WORDS),
    }
}

fn specific(number: &str, cents: bool, words: &str) -> Result<String, Reason> {
    let words = words
        .trim()
        .trim_start_matches('/')
        .trim_start()
        .replace("/ ", "/");
    let (_, per, unit) = UNITS
        .iter()
        .find(|(phrase, _, _)| *phrase == words)
        .ok_or(UNKNOWN_WORDS)?;
    money(number, cents, *per, unit)
}

/// An amount for so many units, in dollars; for a hundred times as many where it would have too many decimals.
fn money(number: &str, cents: bool, per: u16, unit: &str) -> Result<String, Reason> {
    let cents_in_dollar = if cents {
        Decimal::ONE_HUNDRED
    } else {
        Decimal::ONE
    };
    let published = decimal(number)?;
    let mut per = Decimal::from(per);
    let mut amount = published
        .checked_div(cents_in_dollar)
        .ok_or(UNKNOWN_WORDS)?
        .normalize();
    if amount.scale() > DECIMALS {
        per = per.checked_mul(Decimal::ONE_HUNDRED).ok_or(UNKNOWN_WORDS)?;
        amount = amount
            .checked_mul(Decimal::ONE_HUNDRED)
            .ok_or(UNKNOWN_WORDS)?
            .normalize();
    }
    if per == Decimal::ONE {
        Ok(format!("{amount} USD/{unit}"))
    } else {
        Ok(format!("{amount} USD/{} {unit}", per.normalize()))
    }
}

fn decimal(number: &str) -> Result<Decimal, Reason> {
    Decimal::from_str_exact(number).map_err(|_| UNKNOWN_WORDS)
}

#[cfg(test)]
#[path = "rate_tests.rs"]
mod tests;
