//! The facts of the rules, and how each is changed.

use std::collections::BTreeMap;

use dutiable::calendar::CalendarDate;
use dutiable::decimal::Decimal;
use dutiable::money::Money;
use serde_json::Value;

/// A changed fact: where it stands, and what became of it.
pub(crate) struct Mutation {
    /// The fact and its change.
    pub(crate) name: String,
    /// The fact alone, as boundary cases name it.
    pub(crate) fact: String,
    /// Where it stands.
    pub(crate) pointer: String,
    /// The rules with the change.
    pub(crate) rules: Value,
}

impl Mutation {
    /// The rule that the fact is of.
    pub(crate) fn rule<'a>(&self, rules: &'a Value) -> Option<&'a Value> {
        let mut parts = self.pointer.split('/').skip(1);
        let (kind, at) = (parts.next()?, parts.next()?);
        rules.get(kind)?.get(at.parse::<usize>().ok()?)
    }
}

/// Every fact of the rules, changed in turn.
pub(crate) fn mutations(rules: &Value) -> Vec<Mutation> {
    let mut places = Vec::new();
    facts(rules, &mut String::new(), "", &mut places);
    let mut mutations = Vec::new();
    let mut seen: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (pointer, what, change) in places {
        let mut changed = rules.clone();
        let pointer = match change {
            Change::Value(value) => {
                if let Some(place) = changed.pointer_mut(&pointer) {
                    *place = value;
                }
                pointer
            }
            Change::Key(from, to) => {
                if let Some(Value::Object(band)) = changed.pointer_mut(&pointer) {
                    let limit = band.insert(from.clone(), Value::Null).unwrap_or_default();
                    band.insert(to, limit);
                }
                format!("{pointer}/{from}")
            }
        };
        // Facts of one name are told apart by their order.
        let name = named(rules, &pointer);
        let alike = seen.entry(name.clone()).or_default();
        if !alike.contains(&pointer) {
            alike.push(pointer.clone());
        }
        let fact = match alike.iter().position(|other| *other == pointer) {
            Some(0) | None => name,
            Some(at) => format!("{name} ({})", at.saturating_add(1)),
        };
        mutations.push(Mutation {
            name: format!("{fact} {what}"),
            fact,
            pointer,
            rules: changed,
        });
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
        let point = value.get("scope").and_then(|_| value.get("at"));
        let own = ["id", "code", "area"].iter().map(|key| value.get(*key));
        let own = own.chain([point]).find_map(|own| own?.as_str());
        names.push(own.map_or_else(|| part.to_owned(), str::to_owned));
    }
    names.join("/")
}

/// The keys whose values are money that decides or is charged.
const MONEY: [&str; 11] = [
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
    "no-proof-up-to",
];

/// The keys whose values are counts.
const COUNTS: [&str; 5] = ["within-days", "digits", "of", "over", "release-category"];

/// The flags that also say something where they are false.
const STATED_FLAGS: [&str; 3] = ["gift", "claims-preference", "trusted-trader"];

/// Words of a key that could be mistaken for one another: what stands, and what might.
const WORDS: [(&str, &str, &str); 27] = [
    ("at", "checkout", "delivery"),
    ("at", "delivery", "checkout"),
    ("at", "return", "delivery"),
    ("buyer", "consumer", "business"),
    ("buyer", "business", "consumer"),
    ("basis", "CIF", "FOB"),
    ("basis", "FOB", "CIF"),
    ("applies", "always", "sometimes"),
    ("applies", "sometimes", "always"),
    ("mode", "down", "up"),
    ("mode", "up", "down"),
    ("mode", "half-up", "down"),
    ("mode", "half-even", "half-up"),
    ("duty", "tariff", "relieved"),
    ("duty", "relieved", "tariff"),
    ("tax", "charged", "relieved"),
    ("tax", "relieved", "charged"),
    ("per", "consignment", "line"),
    ("per", "tariff-item", "consignment"),
    ("per", "line", "consignment"),
    ("how", "seller", "claim"),
    ("how", "claim", "drawback"),
    ("how", "drawback", "claim"),
    ("how", "return", "no"),
    ("how", "no", "claim"),
    ("origin-test", "product-specific-rule", "free-circulation"),
    ("origin-test", "free-circulation", "product-specific-rule"),
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
                        format!("becomes {to}"),
                        Change::Key(from.into(), to.into()),
                    ));
                }
            }
            for (name, field) in fields {
                if name == "law" {
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
        Value::Number(count) if COUNTS.contains(&key) => {
            let count = count.as_i64().unwrap_or_default();
            for (what, changed) in [("one more", 1), ("one less", -1)] {
                let changed = count.saturating_add(changed).into();
                found.push((pointer.clone(), what.to_owned(), Change::Value(changed)));
            }
        }
        Value::Bool(flag) if *flag || STATED_FLAGS.contains(&key) => {
            let change = Change::Value((!flag).into());
            found.push((pointer.clone(), format!("becomes {}", !flag), change));
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
    let mut words = WORDS.iter();
    if let Some((_, _, other)) = words.find(|(of, word, _)| *of == key && *word == text) {
        return vec![(format!("becomes {other}"), (*other).to_owned())];
    }
    if key == "unit" {
        let tenfold = Decimal::from_str_exact(text).ok();
        let tenfold = tenfold.and_then(|unit| unit.checked_mul(Decimal::from(10_u8)));
        return tenfold
            .map(|unit| ("tenfold".to_owned(), unit.to_string()))
            .into_iter()
            .collect();
    }
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
        None if key == "duty" => expressions(text),
        None => Vec::new(),
    }
}

/// A duty expression with each of its numbers a tenth of a per cent, or a minor unit, more.
fn expressions(text: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = text.split(' ').collect();
    let mut changed = Vec::new();
    for (position, pair) in words.windows(2).enumerate() {
        let [number, of] = pair else {
            continue;
        };
        let unit = match of.get(..3).map(|code| Money::parse(&format!("0 {code}"))) {
            Some(Ok(money)) => Decimal::new(1, money.currency.decimals()),
            _ => Decimal::new(1, 1),
        };
        let more = Decimal::from_str_exact(number).ok();
        if let Some(more) = more.and_then(|number| number.checked_add(unit)) {
            let (before, after) = words.split_at(position);
            let more = more.to_string();
            let all = before.iter().copied().chain([more.as_str()]);
            let all: Vec<&str> = all.chain(after.iter().copied().skip(1)).collect();
            changed.push((format!("{number} becomes {more}"), all.join(" ")));
        }
    }
    changed
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
fn each_number_of_an_expression_is_changed() {
    let changed = expressions("5 % MIN 1 EUR/kg").into_iter();
    let changed: Vec<String> = changed.map(|(_, changed)| changed).collect();
    assert_eq!(changed, ["5.1 % MIN 1 EUR/kg", "5 % MIN 1.01 EUR/kg"]);
    assert_eq!(expressions("20 JPY/l")[0].1, "21 JPY/l");
}

#[test]
fn a_day_has_neighbours() -> Result<(), String> {
    let day = |text: &str| CalendarDate::parse(text).map_err(|error| error.to_string());
    let shown = |day: Option<CalendarDate>| day.map(|day| day.to_string()).unwrap_or_default();
    assert_eq!(shown(neighbour(day("2026-02-28")?, true)), "2026-03-01");
    assert_eq!(shown(neighbour(day("2027-01-01")?, false)), "2026-12-31");
    Ok(())
}
