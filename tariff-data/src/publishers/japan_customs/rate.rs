//! A rate as Japan Customs writes it, said as a duty expression.

use crate::publishers::duty_text::{number, sum};

/// Why a rate text is not a duty expression.
pub type Reason = &'static str;

/// One spelling of the same text: half-width signs, no thousands separators, no spaces and no line breaks.
pub fn plain(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '（' => Some('('),
            '）' => Some(')'),
            '％' => Some('%'),
            '＋' => Some('+'),
            '−' | '－' => Some('-'),
            '～' => Some('〜'),
            ',' => None,
            c if c.is_whitespace() => None,
            c => Some(c),
        })
        .collect()
}

/// The duty expression of a plain rate text.
pub fn expression(text: &str) -> Result<String, Reason> {
    if let Some(reason) = beyond_the_grammar(text) {
        return Err(reason);
    }
    match text.split_once("ただしその税率が") {
        Some((duty, below)) => with_lowest(duty, below),
        None => alternative(text),
    }
}

/// Rates that depend on something no expression holds.
fn beyond_the_grammar(text: &str) -> Option<Reason> {
    const MARKS: [(&str, Reason); 6] = [
        // The duty is what lifts the customs value to a gate price (pork, onions, copper and lead).
        ("課税価格", "gate-price"),
        ("差額", "gate-price"),
        ("砂糖の重量", "sugar-content"),
        ("乳糖の含有率", "lactose-content"),
        ("〜", "varies-below-line"),
        ("免税", "conditional-exemption"),
    ];
    MARKS
        .iter()
        .find(|(word, _)| text.contains(word))
        .map(|(_, reason)| *reason)
}

/// `15%又は125円/lのうちいずれか低い税率`: the lower of the two is a cap, the higher a floor.
fn alternative(text: &str) -> Result<String, Reason> {
    for (ending, word) in [
        ("のうちいずれか高い税率", "MIN"),
        ("のうちいずれか低い税率", "MAX"),
    ] {
        if let Some((first, second)) = text
            .strip_suffix(ending)
            .and_then(|both| both.split_once("又は"))
        {
            return Ok(format!("{} {word} {}", terms(first)?, terms(second)?));
        }
    }
    terms(text)
}

/// The lower of two rates, but never below a third: a floor, then the cap.
///
/// The publisher's floor is below the cap, so that applying it first (as the grammar does) comes to the same.
fn with_lowest(duty: &str, below: &str) -> Result<String, Reason> {
    let lowest = below
        .split_once("を下回る場合は")
        .map(|(_, lowest)| lowest)
        .ok_or("unknown-shape")?;
    let capped = alternative(duty)?;
    let (base, cap) = capped.split_once(" MAX ").ok_or("unknown-shape")?;
    Ok(format!("{base} MIN {} MAX {cap}", terms(lowest)?))
}

fn terms(text: &str) -> Result<String, Reason> {
    let terms: Option<Vec<String>> = text.split('+').map(term).collect();
    terms.map(sum).ok_or("unknown-shape")
}

fn term(text: &str) -> Option<String> {
    if text == "無税" {
        return Some("0 %".into());
    }
    if let Some(rate) = text.strip_suffix('%') {
        return number(rate).map(|rate| format!("{rate} %"));
    }
    let (amount, per) = text.split_once("円/")?;
    Some(format!("{} JPY/{}", number(amount)?, unit(per)?))
}

/// `kg`, or a number of units: `1000本`.
fn unit(text: &str) -> Option<String> {
    let word = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let count = text.strip_suffix(word)?;
    let unit = match word {
        "kg" => "kg",
        "l" => "l",
        "kl" => "kl",
        "MT" => "t",
        "㎡" => "m2",
        "足" => "pair",
        "頭" => "head",
        "本" | "枚" => "item",
        _ => return None,
    };
    Some(if count.is_empty() {
        unit.into()
    } else {
        format!("{count} {unit}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publishers::duty_text::proven;

    fn read(text: &str) -> Result<String, Reason> {
        expression(&plain(text))
    }

    #[test]
    fn every_shape_of_rate_is_said() {
        for (text, said) in [
            ("無税", "0 %"),
            ("3.7%", "3.7 %"),
            ("※1％".trim_start_matches('※'), "1 %"),
            ("4,000,000円/頭", "4000000 JPY/head"),
            ("16,734.38円/頭", "16734.38 JPY/head"),
            ("85%", "85 %"),
            ("1.50円/枚", "1.5 JPY/item"),
            ("71.80円/kg", "71.8 JPY/kg"),
            ("215円/kl", "215 JPY/kl"),
            ("12円/MT", "12 JPY/t"),
            ("26%+130円/kg", "26 % + 130 JPY/kg"),
            ("25.5%+\n509円/kg", "25.5 % + 509 JPY/kg"),
            ("8.5%＋290.70円/1,000本", "8.5 % + 290.7 JPY/1000 item"),
            (
                "60%又は4,800円/足のうちいずれか高い税率",
                "60 % MIN 4800 JPY/pair",
            ),
            (
                "5.6%又は4.4%＋1.52円/㎡のうちいずれか高い税率",
                "5.6 % MIN 4.4 % + 1.52 JPY/m2",
            ),
            ("3%又は44円/kgのうちいずれか低い税率", "3 % MAX 44 JPY/kg"),
            (
                "29.8%＋396円/kg又は36%＋130円/kgのうちいずれか低い税率",
                "29.8 % + 396 JPY/kg MAX 36 % + 130 JPY/kg",
            ),
            (
                "15%又は125円/lのうちいずれか低い税率\nただしその税率が67円/lを下回る場合は67円/l",
                "15 % MIN 67 JPY/l MAX 125 JPY/l",
            ),
        ] {
            assert_eq!(read(text).as_deref(), Ok(said), "{text}");
            assert!(proven(said.into()).is_ok(), "{said}");
        }
    }

    #[test]
    fn what_no_expression_holds_has_its_reason() {
        for (text, reason) in [
            ("(73.70円−課税価格)/kg", "gate-price"),
            (
                "（20,400.55円×1.037-課税価格）/頭又は8,534.75円/頭のうちいずれか低い税率",
                "gate-price",
            ),
            (
                "1キログラムにつき枝肉に係る基準輸入価格と課税価格との差額",
                "gate-price",
            ),
            (
                "1キログラムにつき、60円に重量比による乳糖の含有率が10%を超える1%ごとに6円を加えた額",
                "lactose-content",
            ),
            (
                "当該原産品に含まれる砂糖の重量1kgにつき25円",
                "sugar-content",
            ),
            ("無税〜0.6%", "varies-below-line"),
            ("免税", "conditional-exemption"),
            ("5%より高い", "unknown-shape"),
        ] {
            assert_eq!(read(text), Err(reason), "{text}");
        }
    }
}
