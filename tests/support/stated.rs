//! A place that a test states itself, so that a word of the rules or a tariff is tried on all values, whatever the real places say.

#![allow(dead_code, reason = "each test takes what it needs")]

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
use dutiable::tariff::{
    Area, Dictionary, DutyExpression, EVERYWHERE, MeasureType, NO_UNIT, Series, sections,
};
use serde_json::{Value, json};

pub(crate) const LAW: &str = r#"{ title = "A law of the test", url = "https://example.org/", confidence = "official", checked-on = "2026-11-27" }"#;
pub(crate) const BORDER: &str = r#"[{ model = "border", duty = { by = "carrier", at = "delivery" }, tax = { by = "carrier", at = "delivery" }, fee = { by = "carrier", at = "delivery" } }]"#;

/// A place `ZZ` with euro, an ordinary regime, and what the test adds.
pub(crate) fn place(more: &str) -> Engine {
    place_on("CIF", more)
}

/// The same with what its customs value takes in.
pub(crate) fn place_on(basis: &str, more: &str) -> Engine {
    let mut engine = Engine::new();
    engine.open_pack(rules("", basis, more), None).unwrap();
    engine
}

/// The same with a tariff: declarable lines, and ordinary duties by code.
pub(crate) fn place_with_tariff(lines: &[&str], duties: &[(&str, &str)], more: &str) -> Engine {
    let mut engine = Engine::new();
    engine.open_pack(tariff(lines, duties), None).unwrap();
    engine
        .open_pack(rules("tariff = \"zz\"", "CIF", more), None)
        .unwrap();
    engine
}

fn rules(tariff: &str, basis: &str, more: &str) -> Vec<u8> {
    let text = format!(
        r#"
territory = "zz"
title = "A place of the test"
{tariff}
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
    let rules: Rules = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
    let writer = PackWriter::new(PackKind::Rules, &about("zz.rules")).unwrap();
    writer.value(RULES, &rules).unwrap().seal().unwrap()
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

fn tariff(lines: &[&str], duties: &[(&str, &str)]) -> Vec<u8> {
    let code = |text: &str| CommodityCode::parse(text).unwrap();
    let mut lines: Vec<CommodityCode> = lines.iter().map(|line| code(line)).collect();
    lines.sort();
    let mut duties: Vec<(CommodityCode, DutyExpression)> = duties
        .iter()
        .map(|(on, duty)| (code(on), DutyExpression::parse(duty).unwrap()))
        .collect();
    duties.sort_by_key(|(on, _)| *on);
    let everywhere = Area {
        code: EVERYWHERE.into(),
        title: String::new(),
        members: Vec::new(),
        confidence: Confidence::Official,
        rates_known: true,
    };
    let ordinary = Series {
        measure_type: MeasureType::ThirdCountryDuty,
        areas: vec![0],
        valid: ValidityPeriod::default(),
        legal_base: String::new(),
        order_number: String::new(),
        flags: Vec::new(),
        confidence: Confidence::Official,
        programme: None,
    };
    let dictionary = Dictionary {
        source: "zz".into(),
        currency: CurrencyCode::parse("EUR").unwrap(),
        digits: 10,
        units: Vec::new(),
        areas: vec![everywhere],
        series: vec![ordinary],
        expressions: duties.iter().map(|(_, duty)| duty.clone()).collect(),
        circumstances: Vec::new(),
        companions: Vec::new(),
        programmes: Vec::new(),
    };
    let count = u16::try_from(duties.len()).unwrap();
    let numbers = |codes: &mut dyn Iterator<Item = CommodityCode>| {
        deltas(codes.map(CommodityCode::padded).collect::<Vec<_>>()).unwrap()
    };
    let lengths = |codes: &mut dyn Iterator<Item = CommodityCode>| {
        codes.map(CommodityCode::length).collect::<Vec<u8>>()
    };
    let on = || duties.iter().map(|(on, _)| *on);
    let all = || lines.iter().copied();
    let none = vec![0_u16; duties.len()];
    let writer = PackWriter::new(PackKind::Tariff, &about("zz")).unwrap();
    let writer = writer.value(sections::DICTIONARY, &dictionary).unwrap();
    writer
        .section(sections::LINE_CODES, numbers(&mut all()))
        .section(sections::LINE_LENGTHS, lengths(&mut all()))
        .section(sections::LINE_UNITS, vec![NO_UNIT; lines.len()])
        .section(sections::MEASURE_CODES, numbers(&mut on()))
        .section(sections::MEASURE_LENGTHS, lengths(&mut on()))
        .column16(sections::MEASURE_SERIES, &none)
        .column16(
            sections::MEASURE_EXPRESSIONS,
            &(0..count).collect::<Vec<_>>(),
        )
        .column16(sections::MEASURE_CIRCUMSTANCES, &none)
        .seal()
        .unwrap()
}

/// Another regime, with these keys, in the ordinary one's place.
pub(crate) fn regime(id: &str, keys: &str) -> String {
    format!(
        "[[regime]]\nid = \"{id}\"\nreplaces = [\"ordinary\"]\nrelease-category = 3\ndeclaration = \"Short\"\ncollection = {BORDER}\n{keys}\n[regime.law]\n{}\n",
        law_lines()
    )
}

/// A tax, with these keys beside.
pub(crate) fn tax(id: &str, keys: &str) -> String {
    format!("[[tax]]\nid = \"{id}\"\nlaw = {LAW}\n{keys}\n")
}

fn law_lines() -> String {
    LAW.trim_matches(['{', '}', ' ']).replace("\", ", "\"\n")
}

/// T-shirts at a rate of the caller's own.
pub(crate) fn item(cents: i64, quantity: i64) -> Value {
    json!({ "code": "610910", "origin": "CN", "quantity": quantity.to_string(), "unitPrice": money(cents), "dutyRate": "10" })
}

pub(crate) fn request(items: &[Value]) -> Value {
    json!({ "date": "2026-11-27", "destination": "ZZ", "currency": "EUR", "items": items })
}

pub(crate) fn with(mut request: Value, key: &str, value: Value) -> Value {
    request[key] = value;
    request
}

pub(crate) fn money(cents: i64) -> String {
    Decimal::new(cents, 2).to_string()
}

pub(crate) fn quoted(engine: &Engine, request: &Value) -> Value {
    let basket = Basket::parse(&request.to_string()).unwrap_or_else(|error| panic!("{error}"));
    let quote = engine
        .quote(&basket)
        .unwrap_or_else(|error| panic!("{error}: {request}"));
    serde_json::to_value(quote).unwrap()
}
