//! A place and a tariff that a test states itself, and what a quote says of them.

use std::collections::BTreeMap;

use dutiable::Engine;
use dutiable::basket::Basket;
use dutiable::calendar::{CalendarDate, ValidityPeriod};
use dutiable::confidence::Confidence;
use dutiable::decimal::Decimal;
use dutiable::destination::Rules;
use dutiable::engine::sections::RULES;
use dutiable::money::CurrencyCode;
use dutiable::nomenclature::CommodityCode;
use dutiable::pack::{About, PackKind, PackWriter, deltas};
use dutiable::place::PlaceCode;
use dutiable::tariff::{
    Area, Circumstance, Dictionary, DutyExpression, MeasureFlag, MeasureType, NO_UNIT, Programme,
    Series, UNSTATED, Unit, sections,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// The law of every rule of the test.
pub(crate) const LAW: &str = r#"law = { title = "A law of the test", url = "https://example.org/", confidence = "official", checked-on = "2026-11-27" }"#;
/// Everything is collected at delivery.
pub(crate) const BORDER: &str = r#"collection = [{ model = "border", duty = { by = "carrier", at = "delivery" }, tax = { by = "carrier", at = "delivery" }, fee = { by = "carrier", at = "delivery" } }]"#;
/// A regime that takes the ordinary one's place, without its duty and tax.
pub(crate) const INSTEAD: &str = r#"replaces = ["ordinary"]
release-category = 3
declaration = "Short""#;

/// A place `ZZ` without a tariff, whose customs values include the freight.
pub(crate) fn place(more: &str) -> Engine {
    opened(&place_text("EUR", "CIF", "", more), None)
}

/// The same with a tariff.
pub(crate) fn place_with(tariff: Vec<u8>, more: &str) -> Engine {
    opened(&place_text("EUR", "CIF", "zz", more), Some(tariff))
}

/// The rules of a place `ZZ` with an ordinary regime, and what the test adds.
pub(crate) fn place_text(currency: &str, basis: &str, tariff: &str, more: &str) -> String {
    format!(
        r#"
territory = "zz"
title = "A place of the test"
tariff = "{tariff}"
[[place]]
code = "ZZ"
currency = "{currency}"
regions = ["N", "S"]
[[customs-value]]
basis = "{basis}"
{LAW}
[[regime]]
id = "ordinary"
duty = "tariff"
tax = "charged"
release-category = 4
declaration = "Declaration"
{BORDER}
{LAW}
{more}"#
    )
}

/// An engine with these rules, and with a tariff.
pub(crate) fn opened(rules: &str, tariff: Option<Vec<u8>>) -> Engine {
    let rules: Rules = toml::from_str(rules).unwrap_or_else(|error| panic!("{error}\n{rules}"));
    let writer = PackWriter::new(PackKind::Rules, &about("zz.rules")).unwrap();
    let bytes = writer.value(RULES, &rules).unwrap().seal().unwrap();
    let mut engine = Engine::new();
    engine.open_pack(bytes, None).unwrap();
    if let Some(tariff) = tariff {
        engine.open_pack(tariff, None).unwrap();
    }
    engine
}

fn about(id: &str) -> About {
    About {
        id: id.into(),
        tariff: "zz".into(),
        destinations: None,
        origins: None,
        language: None,
        edition: 2022,
        as_of: CalendarDate::parse("2026-11-27").unwrap(),
        covers: ValidityPeriod::default(),
        sources: Vec::new(),
    }
}

/// A measure of a tariff, as a test writes it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Row {
    code: String,
    #[serde(rename = "type")]
    measure_type: MeasureType,
    /// `all`, a place, or a group with its members: `club:VN,IN`.
    areas: Vec<String>,
    /// Without one, no expression says the duty.
    duty: Option<String>,
    additional: String,
    certificate: String,
    condition: String,
    flags: Vec<MeasureFlag>,
    programme: Option<u16>,
    /// Whether the tables hold the rates of the areas in full.
    rates_known: bool,
}

impl Default for Row {
    fn default() -> Self {
        Self {
            code: String::new(),
            measure_type: MeasureType::ThirdCountryDuty,
            areas: vec!["all".into()],
            duty: None,
            additional: String::new(),
            certificate: String::new(),
            condition: String::new(),
            flags: Vec::new(),
            programme: None,
            rates_known: true,
        }
    }
}

/// The pack of a tariff of eight digits with these lines and measures.
pub(crate) fn tariff(lines: &[&str], rows: Value) -> Vec<u8> {
    tariff_with(lines, rows, &[])
}

/// The same with programmes of additional duties, which rows name by position.
pub(crate) fn tariff_with(lines: &[&str], rows: Value, programmes: &[Programme]) -> Vec<u8> {
    let mut rows: Vec<Row> = serde_json::from_value(rows).unwrap();
    rows.sort_by_key(|row| code(&row.code).padded());
    let mut words = Dictionary {
        source: "zz/tariff".into(),
        currency: CurrencyCode::parse("EUR").unwrap(),
        digits: 8,
        units: units(),
        areas: Vec::new(),
        series: Vec::new(),
        expressions: Vec::new(),
        circumstances: Vec::new(),
        companions: Vec::new(),
        programmes: programmes.to_vec(),
    };
    let mut known = BTreeMap::new();
    let (mut series, mut expressions, mut circumstances) = (Vec::new(), Vec::new(), Vec::new());
    for row in &rows {
        let areas = row.areas.iter();
        let areas = areas.map(|area| numbered_area(&mut known, &mut words.areas, area, row));
        let areas = areas.collect();
        series.push(position(&words.series));
        words.series.push(Series {
            measure_type: row.measure_type,
            areas,
            valid: ValidityPeriod::default(),
            legal_base: String::new(),
            order_number: String::new(),
            flags: row.flags.clone(),
            confidence: Confidence::Official,
            programme: row.programme,
        });
        expressions.push(row.duty.as_ref().map_or(UNSTATED, |duty| {
            let expression = DutyExpression::parse(duty).unwrap();
            words.expressions.push(expression);
            position(&words.expressions) - 1
        }));
        words.circumstances.push(Circumstance {
            additional_code: row.additional.clone(),
            certificate: row.certificate.clone(),
            condition: row.condition.clone(),
        });
        circumstances.push(position(&words.circumstances));
    }
    let lines = || lines.iter().map(|line| code(line));
    let codes = || rows.iter().map(|row| code(&row.code));
    PackWriter::new(PackKind::Tariff, &about("zz"))
        .unwrap()
        .value(sections::DICTIONARY, &words)
        .unwrap()
        .section(
            sections::LINE_CODES,
            deltas(lines().map(|line| line.padded())).unwrap(),
        )
        .section(
            sections::LINE_LENGTHS,
            lines().map(|line| line.length()).collect(),
        )
        .section(sections::LINE_UNITS, lines().map(|_| NO_UNIT).collect())
        .section(
            sections::MEASURE_CODES,
            deltas(codes().map(|code| code.padded())).unwrap(),
        )
        .section(
            sections::MEASURE_LENGTHS,
            codes().map(|code| code.length()).collect(),
        )
        .column16(sections::MEASURE_SERIES, &series)
        .column16(sections::MEASURE_EXPRESSIONS, &expressions)
        .column16(sections::MEASURE_CIRCUMSTANCES, &circumstances)
        .seal()
        .unwrap()
}

fn units() -> Vec<Unit> {
    let unit = |unit: &str, base: &str, factor: &str| Unit {
        unit: unit.into(),
        base: base.into(),
        factor: Decimal::from_str_exact(factor).unwrap(),
    };
    vec![
        unit("kg", "kg", "1"),
        unit("g", "kg", "0.001"),
        unit("dozen", "item", "12"),
    ]
}

fn code(text: &str) -> CommodityCode {
    if text == "*" {
        CommodityCode::ALL_GOODS
    } else {
        CommodityCode::parse(text).unwrap()
    }
}

fn position<T>(of: &[T]) -> u16 {
    u16::try_from(of.len()).unwrap()
}

fn numbered_area(
    known: &mut BTreeMap<String, u16>,
    areas: &mut Vec<Area>,
    text: &str,
    row: &Row,
) -> u16 {
    *known.entry(text.to_owned()).or_insert_with(|| {
        let (code, members) = text.split_once(':').unwrap_or((text, ""));
        let members = members.split_terminator(',').map(|place| {
            let place = PlaceCode::parse(place).unwrap();
            (place, ValidityPeriod::default())
        });
        areas.push(Area {
            code: code.into(),
            title: String::new(),
            members: members.collect(),
            confidence: Confidence::Official,
            rates_known: row.rates_known,
        });
        position(areas) - 1
    })
}

/// Goods from China of this code and this value.
pub(crate) fn item(code: &str, value: &str) -> Value {
    json!({ "code": code, "origin": "CN", "quantity": "1", "unitPrice": value })
}

/// The same at the caller's own rate of 10 %.
pub(crate) fn rated(value: &str) -> Value {
    with(item("610910", value), "dutyRate", json!("10"))
}

/// A basket of these items, on its way to `ZZ`.
pub(crate) fn request(items: &[Value]) -> Value {
    json!({ "date": "2026-11-27", "destination": "ZZ", "currency": "EUR", "items": items })
}

/// An object with one field set.
pub(crate) fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}

/// The quote, which there must be.
pub(crate) fn quoted(engine: &Engine, request: &Value) -> Value {
    try_quoted(engine, request).unwrap_or_else(|error| panic!("{error}: {request}"))
}

/// The quote, or why there is none.
pub(crate) fn try_quoted(engine: &Engine, request: &Value) -> Result<Value, String> {
    let basket = Basket::parse(&request.to_string()).map_err(|error| error.to_string())?;
    let quote = engine.quote(&basket).map_err(|error| error.to_string())?;
    Ok(serde_json::to_value(quote).unwrap())
}

/// Each line of a kind as `amount = working`, in order.
pub(crate) fn workings(quote: &Value, kind: &str) -> Vec<String> {
    let lines = quote["lines"].as_array().unwrap().iter();
    lines
        .filter(|line| line["kind"] == kind)
        .map(|line| line["formula"].as_str().unwrap().to_owned())
        .collect()
}

/// The amounts of the lines of a kind, in order.
pub(crate) fn amounts(quote: &Value, kind: &str) -> Vec<String> {
    let lines = quote["lines"].as_array().unwrap().iter();
    lines
        .filter(|line| line["kind"] == kind)
        .map(|line| line["amount"].as_str().unwrap().to_owned())
        .collect()
}

/// What is missing, as `field: needs`.
pub(crate) fn unknown(quote: &Value) -> Vec<String> {
    let needs = quote["unknown"].as_array().unwrap().iter();
    let text = |need: &Value| {
        let word = |key: &str| need[key].as_str().unwrap().to_owned();
        format!("{}: {}", word("field"), word("needs"))
    };
    needs.map(text).collect()
}

/// The notice of a code, if it is given.
pub(crate) fn notice<'a>(quote: &'a Value, code: &str) -> Option<&'a Value> {
    let mut notices = quote["notices"].as_array().unwrap().iter();
    notices.find(|notice| notice["code"] == code)
}

/// The lowest and the highest duty of a quote of one item.
pub(crate) fn range(quote: &Value) -> (String, String) {
    let duty = |end: &str| {
        quote["range"][end]["duties"]
            .as_str()
            .unwrap_or("-")
            .to_owned()
    };
    (duty("low"), duty("high"))
}

/// The codes of the notices, in order.
pub(crate) fn codes(quote: &Value) -> Vec<&str> {
    let notices = quote["notices"].as_array().unwrap().iter();
    notices
        .map(|notice| notice["code"].as_str().unwrap())
        .collect()
}
