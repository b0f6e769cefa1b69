//! The JSON text that crosses to a page is the JSON that everyone else gets.

mod support;

#[path = "support/example.rs"]
mod example;

use dutiable::basket::Basket;
use dutiable::json;
use serde_json::Value;

#[test]
fn a_quote_is_the_same_by_text_and_by_value() -> Result<(), String> {
    let engine = support::engine()?;
    let mut quoted = 0;
    for request in example::requests()? {
        let Ok(basket) = Basket::parse(&request.to_string()) else {
            continue;
        };
        let Ok(quote) = engine.quote(&basket) else {
            continue;
        };
        let written = json::to_text(&quote).ok_or("a quote has no JSON form")?;
        let read: Value = serde_json::from_str(&written).map_err(|error| error.to_string())?;
        assert_eq!(
            read,
            serde_json::to_value(quote).map_err(|error| error.to_string())?
        );
        quoted += 1;
    }
    assert!(quoted >= 100, "{quoted} quotes");
    Ok(())
}

#[test]
fn what_is_no_json_is_refused() {
    let deep = "[".repeat(40) + &"]".repeat(40);
    for text in [
        "",
        " ",
        "{",
        "[1,]",
        "{\"a\":}",
        "{a:1}",
        "\"\\x\"",
        "\"\u{1}\"",
        "nul",
        "1 2",
        "-",
        "\"\\ud800\"",
        "\"\\u+123\"",
        &deep,
    ] {
        assert!(json::parse(text).is_err(), "{text}");
    }
}
