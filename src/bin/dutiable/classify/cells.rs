//! What is written in the columns that are added.

use serde_json::Value;

/// Designations above the heading's, which say little of the goods: the section's and the chapter's.
const ABOVE_HEADING: usize = 2;

/// What is written of a check: its status, with the findings that it has it for, and the codes to look at instead. What is good to know makes no
/// code doubtful, and is not said.
pub(super) fn of_check(checked: &Value) -> [String; 2] {
    if let Some(error) = checked.get("error") {
        return [
            text(error, "code").unwrap_or_default().to_owned(),
            String::new(),
        ];
    }
    let findings = list(checked, "findings");
    let grave = findings.filter(|finding| text(finding, "severity") != Some("info"));
    let grave: Vec<&Value> = grave.collect();
    let why = grave.iter().filter_map(|finding| text(finding, "code"));
    let said: Vec<&str> = text(checked, "status").into_iter().chain(why).collect();
    let mut instead: Vec<&str> = Vec::new();
    let candidates = grave.iter().flat_map(|finding| list(finding, "candidates"));
    for code in candidates.filter_map(|candidate| text(candidate, "code")) {
        if !instead.contains(&code) {
            instead.push(code);
        }
    }
    [said.join(" "), instead.join(" ")]
}

/// What is written of what was found by the text: code, title, confidence, alternatives, needs.
pub(super) fn found(answered: &Value) -> [String; 5] {
    let of = |key: &str| text(answered, key).unwrap_or_default().to_owned();
    let alternatives = list(answered, "alternatives").filter_map(|hit| text(hit, "code"));
    // "Other" alone names no goods.
    let above = list(answered, "path").skip(ABOVE_HEADING);
    let titles = above
        .filter_map(Value::as_str)
        .chain(text(answered, "title"));
    let part = |key: &str| answered.get(key).unwrap_or(&Value::Null);
    let reason = text(part("error"), "code").or_else(|| text(part("needs"), "reason"));
    let lacks = list(part("needs"), "lacks").filter_map(Value::as_str);
    [
        of("code"),
        titles.collect::<Vec<_>>().join(" > "),
        of("confidence"),
        alternatives.collect::<Vec<_>>().join(" "),
        reason
            .into_iter()
            .chain(lacks)
            .collect::<Vec<_>>()
            .join(" "),
    ]
}

fn text<'v>(value: &'v Value, key: &str) -> Option<&'v str> {
    value.get(key).and_then(Value::as_str)
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_a_check_the_grave_is_said_and_each_code_once() {
        let finding = |code: &str, severity: &str, candidates: &[&str]| {
            let candidates: Vec<Value> = candidates
                .iter()
                .map(|code| json!({ "code": code }))
                .collect();
            json!({ "code": code, "severity": severity, "candidates": candidates })
        };
        let findings = [
            finding("code.too-short", "warning", &["61091000", "61099020"]),
            finding("description.set", "info", &["420231"]),
            finding("code.unlikely", "warning", &["61099020", "611420"]),
        ];
        let checked = json!({ "status": "doubtful", "findings": findings });
        let expected = [
            "doubtful code.too-short code.unlikely",
            "61091000 61099020 611420",
        ];
        assert_eq!(of_check(&checked), expected);
        assert_eq!(
            of_check(&json!({ "status": "sound", "findings": [] })),
            ["sound", ""]
        );
        assert_eq!(of_check(&Value::Null), ["", ""]);
        let refused = json!({ "error": { "code": "input.too-long", "field": "code" } });
        assert_eq!(of_check(&refused), ["input.too-long", ""]);
    }

    #[test]
    fn what_a_hit_and_its_needs_say_is_passed_through() {
        let answered = json!({
            "code": "610910", "title": "Of cotton", "confidence": "0.82", "path": ["XI", "61", "T-shirts"],
            "alternatives": [{ "code": "610990" }, { "code": "611020" }],
            "needs": { "reason": "unsure", "lacks": ["material", "use"] },
        });
        let expected = [
            "610910",
            "T-shirts > Of cotton",
            "0.82",
            "610990 611020",
            "unsure material use",
        ];
        assert_eq!(found(&answered), expected);
        let unanswered = json!({
            "code": null, "title": null, "confidence": null, "alternatives": [], "needs": { "reason": "no-match" },
        });
        assert_eq!(found(&unanswered), ["", "", "", "", "no-match"]);
        let refused = json!({ "error": { "code": "not-utf-8" } });
        assert_eq!(found(&refused), ["", "", "", "", "not-utf-8"]);
    }
}
