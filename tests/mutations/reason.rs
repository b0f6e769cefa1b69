//! Why nobody can notice a change: the reasons that there are, each with its proof.

use dutiable::decimal::{Decimal, Rounding, RoundingMode};
use dutiable::money::Money;
use serde_json::Value;

use crate::change::Mutation;

type Proof = fn(&Value, &Mutation) -> bool;

const REASONS: [(&str, Proof); 10] = [
    ("before-any-regime", is_before_any_regime),
    ("inside-a-range", is_inside_a_range),
    ("stated-already", is_stated_already),
    ("between-rounded-sums", is_between_rounded_sums),
    ("no-tax-of-the-regime", is_without_tax),
    ("of-no-known-rate", is_of_no_known_rate),
    ("of-the-same-rate", is_of_the_same_rate),
    ("before-the-tariff", is_before_the_tariff),
    ("no-rates-at-hand", is_without_rates),
    ("nothing-is-due", is_never_due),
];

/// The reasons that hold for a change.
pub(crate) fn reasons(rules: &Value, mutation: &Mutation) -> Vec<&'static str> {
    let hold = REASONS.iter().filter(|(_, holds)| holds(rules, mutation));
    hold.map(|(reason, _)| *reason).collect()
}

/// The rule begins on a day on which no regime is in force under which it is charged, before and after the change, and the first of those
/// begins no earlier: quotes of those days are refused.
fn is_before_any_regime(rules: &Value, mutation: &Mutation) -> bool {
    let Some(rule) = mutation.rule(rules) else {
        return false;
    };
    let named: Vec<&str> = texts(&rule["regimes"]).collect();
    let table = mutation.pointer.starts_with("/rate-table/");
    let first = array(&rules["regime"])
        .filter(|regime| named.is_empty() || named.contains(&text(&regime["id"])))
        .filter(|regime| !table || regime["duty"]["rates"] == rule["id"])
        .map(|regime| text(&regime["valid"]["from"]))
        .min();
    let days = [rules, &mutation.rules].map(|rules| rules.pointer(&mutation.pointer).map(text));
    let is_first_day =
        mutation.pointer.ends_with("/valid/from") && !mutation.pointer.starts_with("/regime/");
    is_first_day && days.into_iter().all(|day| day.is_some() && day <= first)
}

/// Of the duties that goods outside the tariff can have, a quote names the lowest, the highest and the upper middle.
fn is_inside_a_range(rules: &Value, mutation: &Mutation) -> bool {
    let mut parts = mutation.pointer.split('/').skip(1);
    let (Some("unlisted"), Some(_), Some("duty"), Some(at)) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let duties = |rules: &Value| -> Option<Vec<Decimal>> {
        let list = mutation.rule(rules)?["duty"].clone();
        texts(&list)
            .map(|duty| Decimal::from_str_exact(duty.strip_suffix(" %")?).ok())
            .collect()
    };
    let (Some(before), Some(after), Ok(at)) =
        (duties(rules), duties(&mutation.rules), at.parse::<usize>())
    else {
        return false;
    };
    let ascends = |duties: &[Decimal]| duties.is_sorted();
    let middle = before.len().checked_div(2).unwrap_or_default();
    let is_named = at == 0 || at == middle || at.checked_add(1) == Some(before.len());
    ascends(&before) && ascends(&after) && !is_named
}

/// An earlier statement of the same table still holds on the day: it is the one that is taken, and `cargo tariff check` refuses both.
fn is_stated_already(rules: &Value, mutation: &Mutation) -> bool {
    let (Some(rule), Some(moved)) = (
        mutation.rule(rules),
        mutation.rules.pointer(&mutation.pointer),
    ) else {
        return false;
    };
    let day = text(moved);
    let is_earlier =
        mutation.pointer.ends_with("/valid/from") && day < text(&rule["valid"]["from"]);
    let others = array(&rules["rate-table"]).take_while(|other| *other != rule);
    let holds = |other: &Value| {
        other["id"] == rule["id"]
            && other["valid"]["from"]
                .as_str()
                .is_none_or(|from| from <= day)
            && other["valid"]["to"].as_str().is_none_or(|to| day <= to)
    };
    mutation.pointer.starts_with("/rate-table/") && is_earlier && others.into_iter().any(holds)
}

/// The charges of a waiver are rounded to whole units, and no whole number of them lies between the limit and the changed one.
fn is_between_rounded_sums(rules: &Value, mutation: &Mutation) -> bool {
    let amount = |rules: &Value| {
        let limit = rules.pointer(&mutation.pointer).map(text)?;
        Money::parse(limit).ok().map(|money| money.amount)
    };
    let finest = |at: &str| {
        let units = array(&rules["rounding"])
            .filter(|rule| text(&rule["at"]) == at)
            .filter(|rule| rule["valid"]["from"].is_null() && rule["valid"]["to"].is_null())
            .filter_map(|rule| Decimal::from_str_exact(text(&rule["unit"])).ok());
        units.min()
    };
    let (Some(before), Some(after)) = (amount(rules), amount(&mutation.rules)) else {
        return false;
    };
    let steps = |unit: Decimal| {
        let whole = |amount: Decimal| {
            Rounding {
                unit,
                mode: RoundingMode::Down,
            }
            .apply(amount)
            .ok()
        };
        whole(before) == whole(after)
    };
    let units = [finest("duty"), finest("tax")];
    mutation.pointer.starts_with("/waiver/")
        && units.into_iter().all(|unit| unit.is_some_and(steps))
}

/// Every tax names the regimes that it is charged under, and this regime is none of them.
fn is_without_tax(rules: &Value, mutation: &Mutation) -> bool {
    let Some(regime) = mutation.rule(rules) else {
        return false;
    };
    let names_others = |tax: &Value| {
        let mut named = texts(&tax["regimes"]).peekable();
        named.peek().is_some() && named.all(|named| named != text(&regime["id"]))
    };
    let parts: Vec<&str> = mutation.pointer.split('/').collect();
    matches!(parts.as_slice(), ["", "regime", _, "tax"]) && array(&rules["tax"]).all(names_others)
}

/// The tax has no rate that is known for any goods, so that it moves nothing whether it belongs to its own base.
fn is_of_no_known_rate(rules: &Value, mutation: &Mutation) -> bool {
    let is_unknown = |rated: &Value| rated["rate"] == "unknown";
    let without_rates = |tax: &Value| is_unknown(tax) && array(&tax["by-code"]).all(is_unknown);
    mutation.pointer.starts_with("/tax/")
        && mutation.pointer.ends_with("/gross-up")
        && mutation.rule(rules).is_some_and(without_rates)
}

/// The listed goods have the tax's own rate, so that it moves nothing whether all under a code are the listed ones.
fn is_of_the_same_rate(rules: &Value, mutation: &Mutation) -> bool {
    let parts: Vec<&str> = mutation.pointer.split('/').collect();
    let ["", "tax", _, "by-code", at, "applies"] = parts.as_slice() else {
        return false;
    };
    let (Some(tax), Ok(at)) = (mutation.rule(rules), at.parse::<usize>()) else {
        return false;
    };
    tax["by-code"][at]["rate"] == tax["rate"]
}

/// When a tax or a fee is due moves nothing under a regime that has none.
fn is_never_due(rules: &Value, mutation: &Mutation) -> bool {
    let parts: Vec<&str> = mutation.pointer.split('/').collect();
    let [
        "",
        "regime",
        _,
        "collection",
        _,
        part @ ("tax" | "fee"),
        "at",
    ] = parts.as_slice()
    else {
        return false;
    };
    let Some(regime) = mutation.rule(rules) else {
        return false;
    };
    let names_others = |charge: &Value| {
        let mut named = texts(&charge["regimes"]).peekable();
        let gifts = [charge, regime].map(|rule| rule["when"]["gift"].as_bool());
        (named.peek().is_some() && named.all(|named| named != text(&regime["id"])))
            || matches!(gifts, [Some(charged), Some(given)] if charged != given)
    };
    let is_relieved =
        regime["tax"] == "relieved" && array(&regime["relief-excludes"]).next().is_none();
    array(&rules[*part]).all(names_others) || (*part == "tax" && is_relieved)
}

/// A programme's first day lies where the tariff at hand says nothing yet, before and after the change: quotes of those days are refused.
fn is_before_the_tariff(rules: &Value, mutation: &Mutation) -> bool {
    let Some(tariff) = table(rules, "tariff.toml") else {
        return false;
    };
    let covers = tariff
        .lines()
        .find_map(|line| line.strip_prefix("covers-from = "));
    let covers = covers.map(|day| day.trim_matches('"'));
    let days = [rules, &mutation.rules].map(|rules| rules.pointer(&mutation.pointer).map(text));
    mutation.pointer.starts_with("/preference/")
        && mutation.pointer.ends_with("/valid/from")
        && days.into_iter().all(|day| day.is_some() && day <= covers)
}

/// The tariff at hand has no rates of the programme, so that no quote says what a claim under it needs; or where its first day is
/// moved to an earlier one, none that hold before.
fn is_without_rates(rules: &Value, mutation: &Mutation) -> bool {
    let (Some(series), Some(rule)) = (table(rules, "series.csv"), mutation.rule(rules)) else {
        return false;
    };
    let area = text(&rule["area"]);
    let first = text(&rule["valid"]["from"]);
    let moved = mutation.rules.pointer(&mutation.pointer).map(text);
    let is_earlier =
        mutation.pointer.ends_with("/valid/from") && moved.is_some_and(|day| day < first);
    let has_rates = |row: &str| {
        let mut cells = row.split(',').skip(2);
        let is_of = cells
            .next()
            .is_some_and(|areas| areas.split(';').any(|other| other == area));
        is_of && !(is_earlier && cells.next().is_some_and(|from| from >= first))
    };
    mutation.pointer.starts_with("/preference/")
        && !area.is_empty()
        && !series.lines().skip(1).any(has_rates)
}

/// A file of the tariff's tables.
fn table(rules: &Value, name: &str) -> Option<String> {
    let folder = format!("tariff-data/tables/{}", text(&rules["tariff"]));
    std::fs::read_to_string(crate::support::root().join(folder).join(name)).ok()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    array(value).filter_map(Value::as_str)
}
