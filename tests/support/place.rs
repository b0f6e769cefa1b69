//! A place that a test states itself: `ZZ` with euro and an ordinary regime, and what the test adds.

use dutiable::Engine;
use dutiable::calendar::{CalendarDate, ValidityPeriod};
use dutiable::destination::Rules;
use dutiable::engine::sections::RULES;
use dutiable::pack::{About, PackKind, PackWriter};

pub(crate) const LAW: &str = r#"{ title = "A law of the test", url = "https://example.org/", confidence = "official", checked-on = "2026-11-27" }"#;
pub(crate) const BORDER: &str = r#"[{ model = "border", duty = { by = "carrier", at = "delivery" }, tax = { by = "carrier", at = "delivery" }, fee = { by = "carrier", at = "delivery" } }]"#;

/// An engine that knows the place alone. `basis` is what its customs value takes in.
pub(crate) fn place_with(basis: &str, more: &str) -> Result<Engine, String> {
    let text = format!(
        r#"
territory = "zz"
title = "A place of the test"
[[place]]
code = "ZZ"
currency = "EUR"
regions = ["N", "S"]
[[customs-value]]
basis = "{basis}"
law = {LAW}
[[regime]]
id = "ordinary"
duty = "tariff"
tax = "charged"
release-category = 4
declaration = "Declaration"
collection = {BORDER}
law = {LAW}
{more}"#
    );
    let rules: Rules = toml::from_str(&text).map_err(|error| error.to_string())?;
    let about = About {
        id: "zz.rules".into(),
        tariff: "zz".into(),
        destinations: None,
        origins: None,
        language: None,
        edition: 0,
        as_of: CalendarDate::parse("2026-11-27").map_err(|error| error.to_string())?,
        covers: ValidityPeriod::default(),
        sources: Vec::new(),
    };
    let bytes = PackWriter::new(PackKind::Rules, &about)
        .and_then(|writer| writer.value(RULES, &rules))
        .and_then(PackWriter::seal)
        .map_err(|error| error.to_string())?;
    let mut engine = Engine::new();
    let opened = engine.open_pack(bytes, None);
    opened.map_err(|error| error.to_string())?;
    Ok(engine)
}
