//! Texts: what is written is read back, and what no reader of another country could tell is refused.

use dutiable::calendar::ValidityPeriod;
use dutiable::decimal::{self, Decimal};
use dutiable::destination::Rules;
use dutiable::engine::sections::RULES;
use dutiable::json;
use dutiable::pack::{About, Pack, PackKind, PackWriter};
use dutiable::tariff::DutyExpression;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::baskets::any_request;
use crate::reading::{cases, pure, quoted};
use crate::support;
use crate::world::{day, world};

/// An amount as some reader somewhere would write it, and no reader of another country could tell.
fn of_a_country(amount: &str, way: usize) -> String {
    let (whole, cents) = amount.split_once('.').unwrap();
    match way {
        0 => format!("{whole},{cents}"),
        1 => format!("1.{whole:0>3},{cents}"),
        2 => format!("1,{whole:0>3}.{cents}"),
        3 => format!("1 {whole:0>3}.{cents}"),
        4 => format!("1'{whole:0>3}.{cents}"),
        5 => format!("+{amount}"),
        6 => format!("{amount}e2"),
        7 => format!(" {amount}"),
        8 => format!("{amount} "),
        9 => format!(".{cents}"),
        10 => format!("{whole}."),
        11 => format!("{whole}.{cents}.{cents}"),
        12 => format!("€{amount}"),
        13 => format!("{whole}_000.{cents}"),
        14 => amount
            .chars()
            .map(|digit| {
                digit
                    .to_digit(10)
                    .and_then(|digit| char::from_u32(0x0660 + digit))
                    .unwrap_or(digit)
            })
            .collect(),
        15 => format!("--{amount}"),
        16 => format!("{whole}\u{a0}000,{cents}"),
        _ => format!("{whole}·{cents}"),
    }
}

fn opened(rules: &Rules) -> Rules {
    let about = About {
        id: "zz.rules".into(),
        tariff: "zz".into(),
        destinations: None,
        origins: None,
        language: None,
        edition: 0,
        as_of: day("2026-11-27"),
        covers: ValidityPeriod::default(),
        sources: Vec::new(),
    };
    let writer = PackWriter::new(PackKind::Rules, &about).unwrap();
    let pack = Pack::open(writer.value(RULES, rules).unwrap().seal().unwrap()).unwrap();
    assert_eq!(*pack.about(), about);
    pack.value(RULES).unwrap()
}

/// Any part of the rules that can be left out, left out; any number of theirs, changed.
fn changed(value: &mut Value, chance: &mut u64) {
    let mut next = |below: u64| {
        *chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (*chance >> 33) % below
    };
    match value {
        Value::Array(items) => {
            if items.len() > 1 && next(8) == 0 {
                items.remove(0);
            }
            items.iter_mut().for_each(|item| changed(item, chance));
        }
        Value::Object(fields) => fields.values_mut().for_each(|field| changed(field, chance)),
        Value::String(text) if text.ends_with(" %") && next(3) == 0 => {
            *text = format!("{} %", next(100))
        }
        Value::Bool(truth) => *truth = next(2) == 0,
        _ => {}
    }
}

proptest! {
    #![proptest_config(pure())]

    /// 30: an amount in some country's way of writing is refused by name, wherever it stands; no locale is guessed. How a page shows amounts in
    /// a reader's language is `tests/node/format.test.mjs`.
    #[test]
    fn p30_no_locale_is_guessed(cents in 100_i64..1_000_000, way in 0_usize..18, field in prop::sample::select(vec!["unitPrice", "quantity", "netWeightKg", "freight", "insurance", "discount", "sameDayValue"])) {
        let amount = Decimal::new(cents, 2).to_string();
        prop_assert_eq!(decimal::parse(&amount, 2).unwrap().mantissa(), i128::from(cents));
        let written = of_a_country(&amount, way);
        let mut request = json!({ "date": "2026-10-30", "destination": "GB", "currency": "GBP",
            "items": [{ "code": "61091000", "origin": "CN", "quantity": "1", "unitPrice": "10" }] });
        let of_item = ["unitPrice", "quantity", "netWeightKg"].contains(&field);
        let (place, name) = if of_item { (&mut request["items"][0][field], format!("items[0].{field}")) } else { (&mut request[field], field.to_owned()) };
        *place = json!(written);
        let refusal = dutiable::basket::Basket::parse(&request.to_string()).map(|_| "read").unwrap_err().to_string();
        prop_assert_eq!(refusal, format!("amount.malformed at {name}"), "{}", written);
    }

    /// 32: a duty expression is read back as it is written.
    #[test]
    fn p32_expressions_are_read_back(rates in prop::collection::vec((0_i64..100_000, 0_u32..4, 0_u8..4), 1..5)) {
        let term = |(mantissa, scale, form): &(i64, u32, u8)| {
            let number = Decimal::new(*mantissa, *scale).normalize();
            match form {
                0 => format!("{number} %"),
                1 => format!("{number} EUR/100 kg"),
                2 => format!("{number} USD/pair"),
                _ => format!("{number} % of strap"),
            }
        };
        let joints = [" + ", " MIN ", " MAX ", " MAX "];
        let mut text = term(&rates[0]);
        for (position, rate) in rates.iter().skip(1).enumerate() {
            text.push_str(joints[position]);
            text.push_str(&term(rate));
        }
        prop_assert_eq!(DutyExpression::parse(&text).unwrap().to_string(), text);
    }
}

proptest! {
    #![proptest_config(cases(1))]

    /// 32: rules are read back from a pack, from TOML and from JSON as they were written, whatever of them is left out or changed.
    #[test]
    fn p32_rules_are_read_back(pick in any::<usize>(), chance in any::<u64>()) {
        let territories = &world().territories;
        let mut written = territories[pick % territories.len()].written.clone();
        let mut chance = chance;
        changed(&mut written, &mut chance);
        let rules: Rules = serde_json::from_value(written.clone()).unwrap();
        prop_assert_eq!(&opened(&rules), &rules);
        prop_assert_eq!(&toml::from_str::<Rules>(&toml::to_string(&rules).unwrap()).unwrap(), &rules);
        prop_assert_eq!(serde_json::to_value(&rules).unwrap(), written);
    }

    /// 32: a quote's own JSON text is read as the value that it was written from.
    #[test]
    fn p32_quotes_are_read_back(request in any_request()) {
        let value = quoted(&request)?;
        let basket = dutiable::basket::Basket::parse(&request.to_string()).unwrap();
        let quote = world().engine.quote(&basket).unwrap();
        let text = json::to_text(&quote).unwrap();
        prop_assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
        prop_assert!(support::quote(&world().engine, &request).is_ok() && json::parse(&text).is_ok());
    }
}
