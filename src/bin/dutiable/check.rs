//! `dutiable check`: a code that a seller has, for people.

use std::fmt::Write as _;

use clap::Args;
use serde_json::Value;

/// What is checked.
#[derive(Args)]
pub(crate) struct CheckArguments {
    /// The code, of two to ten digits
    #[arg(required_unless_present = "lines")]
    pub(crate) code: Option<String>,
    /// Where the goods go, as two letters: whether its tariff has the code, down to its own lines
    #[arg(long)]
    pub(crate) destination: Option<String>,
    /// What the goods are, to be looked at and held against the code
    #[arg(long)]
    pub(crate) description: Option<String>,
    /// Sentences for people in place of JSON
    #[arg(long)]
    pub(crate) plain: bool,
    /// One `{"id", "code", "destination", "description"}` a line in, one `{"id", "code", "status", "findings"}` a line out
    #[arg(long, conflicts_with_all = ["code", "destination", "description", "plain"])]
    pub(crate) lines: bool,
}

/// An answer in sentences: how the code stands, and each finding with the codes to look at instead.
pub(crate) fn plain(answer: &Value) -> String {
    let text = |value: &Value, key: &str| match value.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let list = |value: &Value, key: &str| value.get(key).and_then(Value::as_array).cloned();
    if let Some(error) = answer.get("error") {
        return format!(
            "refused: {} at {}\n",
            text(error, "code"),
            text(error, "field")
        );
    }
    let mut said = String::new();
    let code = text(answer, "code");
    // Writing to a `String` cannot fail.
    let _ = writeln!(said, "{code:10}  {}", text(answer, "status"));
    for finding in list(answer, "findings").unwrap_or_default() {
        let mut sentence = sentence(&text(&finding, "code")).to_owned();
        for name in ["count", "digits", "known", "edition"] {
            sentence = sentence.replace(&format!("{{{name}}}"), &text(&finding, name));
        }
        for name in ["words", "lacks"] {
            let named = list(&finding, name).unwrap_or_default();
            let named: Vec<&str> = named.iter().filter_map(Value::as_str).collect();
            sentence = sentence.replace(&format!("{{{name}}}"), &named.join(", "));
        }
        let _ = writeln!(said, "  {:8} {sentence}", text(&finding, "severity"));
        for candidate in list(&finding, "candidates").unwrap_or_default() {
            let above = text(&candidate, "heading");
            let above = if above.is_empty() {
                above
            } else {
                format!(" ({above})")
            };
            let (code, title) = (text(&candidate, "code"), text(&candidate, "title"));
            let _ = writeln!(said, "           {code:10}  {title}{above}");
        }
    }
    said
}

/// What a finding says; its code, where it is newer than these sentences.
fn sentence(code: &str) -> &str {
    match code {
        "code.malformed" => "A code has two to ten digits and nothing else but dots and spaces.",
        "code.leading-zero" => "A nought is missing at the front, as spreadsheets leave it out.",
        "code.unknown" => "There is no such code. Known of it: {known}",
        "code.of-earlier-edition" => {
            "A code of HS {edition}. Codes that have its goods now: {count}"
        }
        "code.too-short" => {
            "Too short: {digits} digits are wanted. Codes that begin like it: {count}"
        }
        "code.too-long" => {
            "The destination has no such line. Known of it: {known}. Lines of the subheading: {count}"
        }
        "code.not-in-tariff" => "The destination's lines, as we have them, have none for it.",
        "code.line-not-at-hand" => {
            "We have the destination's lines in part, and this one is not among them."
        }
        "code.lines-not-at-hand" => "We have no lines of the destination: six digits were checked.",
        "code.national-unchecked" => {
            "Six digits were checked; what follows is the destination's own."
        }
        "code.unlikely" => "The description speaks for other codes:",
        "description.vague" => "The description does not say what the goods are. Say: {lacks}",
        "description.not-understood" => "No word of the description is known.",
        "description.set" => "A set ({words}): what is in it decides.",
        "description.parts" => "A part or an accessory ({words}): say which, and of what.",
        "description.gift" => "A gift ({words}) is no kind of goods: say what is given.",
        newer => newer,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dutiable::navigator::FindingCode;
    use serde_json::json;

    #[test]
    fn every_finding_has_a_sentence() {
        for code in FindingCode::ALL {
            assert_ne!(sentence(code.as_str()), code.as_str());
        }
    }

    #[test]
    fn what_is_named_is_put_in() {
        let finding = json!({
            "code": "code.too-short", "severity": "warning", "count": 2, "digits": 8,
            "candidates": [{ "code": "61091000", "title": "Of cotton", "heading": "T-shirts" }],
        });
        let answer = json!({ "code": "610910", "status": "doubtful", "findings": [finding] });
        let expected = "610910      doubtful\n  warning  Too short: 8 digits are wanted. Codes that begin like it: 2\n           \
                        61091000    Of cotton (T-shirts)\n";
        assert_eq!(plain(&answer), expected);
        let refused = json!({ "error": { "code": "place.malformed", "field": "destination" } });
        assert_eq!(plain(&refused), "refused: place.malformed at destination\n");
    }
}
