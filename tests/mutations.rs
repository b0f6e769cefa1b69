//! The facts of the rules, each changed a little: a limit by one unit, a band's edge from "at most" to "below", a day by one, a rate by a
//! tenth of a per cent. Some worked example must notice. What none notices yet is listed in `tests/mutations/unnoticed.csv`, which may only
//! shrink: a change that nobody would see and that is not in the list fails, and so does an entry that is noticed by now.

#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]
#![expect(clippy::print_stdout, reason = "a test says what it counted")]

mod support;

#[path = "support/example.rs"]
mod example;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use dutiable::Engine;
use dutiable::calendar::CalendarDate;
use dutiable::decimal::Decimal;
use dutiable::destination::Rules;
use dutiable::engine::sections::RULES;
use dutiable::money::Money;
use dutiable::pack::{About, Pack, PackKind, PackWriter};
use serde_json::Value;
use support::{BuiltPack, packs, root};

/// A changed fact: where it stands, and what became of it.
struct Mutation {
    name: String,
    rules: Value,
}

#[test]
fn every_fact_of_the_rules_is_noticed() -> Result<(), String> {
    let packs = packs()?;
    let mut unnoticed = BTreeSet::new();
    let mut total = 0_usize;
    for pack in packs.iter().filter(|pack| pack.kind == "rules") {
        let opened = Pack::open(pack.bytes.clone()).map_err(|error| error.to_string())?;
        let rules: Rules = opened.value(RULES).map_err(|error| error.to_string())?;
        let files = example::files_of(&rules.territory)?;
        let value = serde_json::to_value(&rules).map_err(|error| error.to_string())?;
        let mutations = mutations(&value);
        let mut survivors = 0_usize;
        for mutation in &mutations {
            if !is_noticed(&packs, opened.about(), &rules, mutation, &files)? {
                survivors = survivors.saturating_add(1);
                unnoticed.insert(format!("{},{}", rules.territory, mutation.name));
            }
        }
        println!(
            "{:8} {:4} changes, {:4} unnoticed, {:3} examples",
            rules.territory,
            mutations.len(),
            survivors,
            files.len()
        );
        total = total.saturating_add(mutations.len());
    }
    let path = root().join("tests/mutations/unnoticed.csv");
    let listed = fs::read_to_string(&path).unwrap_or_default();
    let listed: BTreeSet<String> = listed.lines().skip(1).map(str::to_owned).collect();
    if std::env::var_os("UNNOTICED").is_some() {
        let rows: Vec<&str> = unnoticed.iter().map(String::as_str).collect();
        let text = format!("territory,change\n{}\n", rows.join("\n"));
        fs::write(&path, text).map_err(|error| error.to_string())?;
        return Ok(());
    }
    println!("{total} changes, {} unnoticed", unnoticed.len());
    let new: Vec<&String> = unnoticed.difference(&listed).collect();
    let gone: Vec<&String> = listed.difference(&unnoticed).collect();
    assert!(new.is_empty(), "no example notices: {new:#?}");
    assert!(
        gone.is_empty(),
        "noticed by now, take them off the list: {gone:#?}"
    );
    Ok(())
}

/// Whether some example of the territory comes out otherwise under the changed rules, or the rules no longer hold together.
fn is_noticed(
    packs: &[BuiltPack],
    about: &About,
    rules: &Rules,
    mutation: &Mutation,
    files: &[(String, Value)],
) -> Result<bool, String> {
    let Ok(changed) = serde_json::from_value::<Rules>(mutation.rules.clone()) else {
        return Ok(true);
    };
    let writer =
        PackWriter::new(PackKind::Rules, about).and_then(|writer| writer.value(RULES, &changed));
    let bytes = writer
        .and_then(PackWriter::seal)
        .map_err(|error| error.to_string())?;
    let mut engine = Engine::new();
    engine
        .open_pack(bytes, None)
        .map_err(|error| error.to_string())?;
    let wanted = |pack: &&BuiltPack| {
        let tariff = pack.id == rules.tariff || pack.id.starts_with(&format!("{}-", rules.tariff));
        pack.kind == "rates" || (tariff && ["tariff", "measures"].contains(&pack.kind.as_str()))
    };
    for pack in packs.iter().filter(wanted) {
        engine
            .open_pack(pack.bytes.clone(), None)
            .map_err(|error| error.to_string())?;
    }
    for (name, file) in files {
        let example = example::Example::of(&engine, name.clone(), file.clone())?;
        if !example.misses().is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Every fact of the rules, changed in turn.
fn mutations(rules: &Value) -> Vec<Mutation> {
    let mut places = Vec::new();
    facts(rules, &mut String::new(), "", &mut places);
    let mut mutations = Vec::new();
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (pointer, what, changed) in places {
        let mut rules = rules.clone();
        match &changed {
            Change::Value(value) => {
                if let Some(place) = rules.pointer_mut(&pointer) {
                    *place = value.clone();
                }
            }
            Change::Key(from, to) => {
                if let Some(Value::Object(band)) = rules.pointer_mut(&pointer) {
                    let limit = band.remove(from).unwrap_or_default();
                    band.insert(to.clone(), limit);
                }
            }
        }
        let name = format!("{} {what}", named(&rules, &pointer));
        let times = seen.entry(name.clone()).or_default();
        *times = times.saturating_add(1);
        let name = if *times > 1 {
            format!("{name} ({times})")
        } else {
            name
        };
        mutations.push(Mutation { name, rules });
    }
    mutations
}

enum Change {
    Value(Value),
    Key(String, String),
}

/// A pointer with the ids of the rules it passes in place of their positions, which move.
fn named(rules: &Value, pointer: &str) -> String {
    let mut value = rules;
    let mut names = Vec::new();
    for part in pointer.split('/').skip(1) {
        value = match value {
            Value::Array(items) => &items[part.parse::<usize>().unwrap_or_default()],
            object => &object[part],
        };
        let own = ["id", "code", "area", "at"]
            .iter()
            .find_map(|key| value.get(*key)?.as_str());
        names.push(own.map_or_else(|| part.to_owned(), str::to_owned));
    }
    names.join("/")
}

/// The keys whose values are money that decides or is charged.
const MONEY: [&str; 10] = [
    "above",
    "at-least",
    "at-most",
    "below",
    "up-to",
    "less",
    "amount",
    "min",
    "max",
    "allowance",
];

fn facts(
    value: &Value,
    pointer: &mut String,
    key: &str,
    found: &mut Vec<(String, String, Change)>,
) {
    match value {
        Value::Object(fields) => {
            for (from, to) in [
                ("at-most", "below"),
                ("below", "at-most"),
                ("above", "at-least"),
                ("at-least", "above"),
            ] {
                if fields.get(from).is_some_and(|limit| !limit.is_null())
                    && fields.contains_key("at-least")
                {
                    found.push((
                        pointer.clone(),
                        format!("{from} becomes {to}"),
                        Change::Key(from.into(), to.into()),
                    ));
                }
            }
            for (name, field) in fields {
                // What is refunded, said and rounded to is tested elsewhere.
                if ["law", "refund", "preference", "notice", "reduced"].contains(&name.as_str()) {
                    continue;
                }
                walk(field, pointer, name, found);
            }
        }
        Value::Array(items) => {
            for (position, item) in items.iter().enumerate() {
                let length = pointer.len();
                pointer.push_str(&format!("/{position}"));
                facts(item, pointer, key, found);
                pointer.truncate(length);
            }
        }
        Value::String(text) => {
            for (what, changed) in changes(key, text) {
                found.push((pointer.clone(), what, Change::Value(changed.into())));
            }
        }
        _ => {}
    }
}

fn walk(
    field: &Value,
    pointer: &mut String,
    name: &str,
    found: &mut Vec<(String, String, Change)>,
) {
    let length = pointer.len();
    pointer.push('/');
    pointer.push_str(name);
    facts(field, pointer, name, found);
    pointer.truncate(length);
}

/// The ways in which a fact is changed.
fn changes(key: &str, text: &str) -> Vec<(String, String)> {
    if MONEY.contains(&key)
        && let Ok(money) = Money::parse(text)
    {
        let unit = Decimal::new(1, money.currency.decimals());
        let by =
            |amount: Option<Decimal>| amount.map(|amount| Money { amount, ..money }.to_string());
        let (up, down) = (
            by(money.amount.checked_add(unit)),
            by(money.amount.checked_sub(unit)),
        );
        return [("one unit more", up), ("one unit less", down)]
            .into_iter()
            .filter_map(|(what, changed)| Some((what.to_owned(), changed?)))
            .collect();
    }
    if ["from", "to"].contains(&key)
        && let Ok(day) = CalendarDate::parse(text)
    {
        let next = neighbour(day, true).map(|day| ("a day later".to_owned(), day.to_string()));
        let before = neighbour(day, false).map(|day| ("a day earlier".to_owned(), day.to_string()));
        return next.into_iter().chain(before).collect();
    }
    match text
        .strip_suffix(" %")
        .and_then(|rate| Decimal::from_str_exact(rate).ok())
    {
        Some(rate) => {
            let more = rate
                .checked_add(Decimal::new(1, 1))
                .map(|rate| format!("{rate} %"));
            more.map(|more| ("a tenth more".to_owned(), more))
                .into_iter()
                .collect()
        }
        None => Vec::new(),
    }
}

/// The day after, or before; the days of a month are tried from the end.
fn neighbour(day: CalendarDate, after: bool) -> Option<CalendarDate> {
    let text = day.to_string();
    let mut parts = text.split('-').filter_map(|part| part.parse::<i32>().ok());
    let (year, month, of_month) = (parts.next()?, parts.next()?, parts.next()?);
    let parsed = |year: i32, month: i32, day: i32| {
        CalendarDate::parse(&format!("{year:04}-{month:02}-{day:02}")).ok()
    };
    if after {
        let next = parsed(year, month, of_month.checked_add(1)?);
        let next = next.or_else(|| parsed(year, month.checked_add(1)?, 1));
        return next.or_else(|| parsed(year.checked_add(1)?, 1, 1));
    }
    if of_month > 1 {
        return parsed(year, month, of_month.checked_sub(1)?);
    }
    let (year, month) = if month > 1 {
        (year, month.checked_sub(1)?)
    } else {
        (year.checked_sub(1)?, 12)
    };
    (28..=31).rev().find_map(|day| parsed(year, month, day))
}

#[test]
fn a_day_has_neighbours() -> Result<(), String> {
    let day = |text: &str| CalendarDate::parse(text).map_err(|error| error.to_string());
    let shown = |day: Option<CalendarDate>| day.map(|day| day.to_string()).unwrap_or_default();
    assert_eq!(shown(neighbour(day("2026-02-28")?, true)), "2026-03-01");
    assert_eq!(shown(neighbour(day("2027-01-01")?, false)), "2026-12-31");
    Ok(())
}
