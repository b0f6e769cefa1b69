//! Boundary cases: reading what the twin froze, and holding a quote against it.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]

use std::fs;

use dutiable::basket::Basket;
use dutiable::destination::Rules;
use dutiable::landed_cost::{self, Returned};
use dutiable::{Engine, Error};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// A line of a file of `tests/boundaries/`.
pub(crate) struct Boundary {
    /// Its name, which says the boundary.
    pub(crate) name: String,
    /// The facts of the rules that it decides for.
    pub(crate) of: Vec<String>,
    basket: Basket,
    returned: Option<Returned>,
    expect: Map<String, Value>,
}

/// The territories that have cases.
pub(crate) fn territories() -> Result<Vec<String>, String> {
    let folder = crate::support::root().join("tests/boundaries");
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(|error| error.to_string())? {
        let path = entry.map_err(|error| error.to_string())?.path();
        if path.extension().is_some_and(|kind| kind == "jsonl") {
            names.push(
                path.file_stem()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
            );
        }
    }
    names.sort();
    Ok(names)
}

/// The cases of a territory.
pub(crate) fn of_territory(territory: &str) -> Result<Vec<Boundary>, String> {
    let path = crate::support::root().join(format!("tests/boundaries/{territory}.jsonl"));
    let text = fs::read_to_string(&path).map_err(|error| format!("{territory}: {error}"))?;
    text.lines().map(Boundary::read).collect()
}

impl Boundary {
    fn read(line: &str) -> Result<Self, String> {
        let mut case: Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
        let name = case["case"].as_str().unwrap_or_default().to_owned();
        let request = case["request"].to_string();
        let basket = Basket::parse(&request).map_err(|error| format!("{name}: {error}"))?;
        let returned = if case["request"]["returned"].is_null() {
            None
        } else {
            let returned = Returned::parse(&request, &basket);
            Some(returned.map_err(|error| format!("{name}: {error}"))?)
        };
        let of = serde_json::from_value(case["of"].take())
            .map_err(|error| format!("{name}: {error}"))?;
        let Value::Object(mut expect) = case["expect"].take() else {
            return Err(format!("{name}: expects nothing"));
        };
        for key in ["lines", "refunds"] {
            if let Some(Value::Array(lines)) = expect.get_mut(key) {
                lines.sort_by_key(Value::to_string);
            }
        }
        Ok(Self {
            name,
            of,
            basket,
            returned,
            expect,
        })
    }

    /// Where the engine's answer is another than the frozen one, under these rules or under the open ones: what, and how.
    pub(crate) fn differences(&self, engine: &Engine, rules: Option<&Rules>) -> Vec<String> {
        let found = match self.answer(engine, rules) {
            Ok(found) => found,
            Err(error) => refused(error),
        };
        let keys = found.keys().chain(self.expect.keys());
        let mut keys: Vec<&String> = keys.collect();
        keys.sort();
        keys.dedup();
        keys.into_iter()
            .filter(|key| found.get(*key) != self.expect.get(*key))
            .map(|key| {
                let shown = |side: &Map<String, Value>| {
                    side.get(key).map_or("none".to_owned(), Value::to_string)
                };
                format!(
                    "{key} is {} instead of {}",
                    shown(&found),
                    shown(&self.expect)
                )
            })
            .collect()
    }
}

impl Boundary {
    fn answer(&self, engine: &Engine, rules: Option<&Rules>) -> Result<Map<String, Value>, Error> {
        let rules = rules.map_or_else(|| engine.rules_for(&self.basket), Ok)?;
        let quote = engine.quote_under(rules, &self.basket)?;
        let mut found = frozen(&as_value(&quote));
        if let Some(returned) = &self.returned {
            let refund = landed_cost::refund(rules, &self.basket, returned, &quote)?;
            let refund = as_value(&refund);
            let mut lines: Vec<Value> = list(&refund["lines"])
                .map(|line| {
                    let keys = ["kind", "measure", "item", "how", "back", "lastDay"];
                    keys.into_iter().map(|key| line[key].clone()).collect()
                })
                .collect();
            lines.sort_by_key(Value::to_string);
            found.insert("refunds".into(), lines.into());
        }
        Ok(found)
    }
}

/// What is no JSON is equal to no answer.
fn as_value(answer: &impl Serialize) -> Value {
    serde_json::to_value(answer).unwrap_or_default()
}

fn refused(error: Error) -> Map<String, Value> {
    let field = error.field.map(|field| field.to_string());
    let mut refused = Map::new();
    refused.insert(
        "error".into(),
        json!({ "code": error.code.as_str(), "field": field }),
    );
    refused
}

/// A quote in the form in which answers are frozen.
fn frozen(quote: &Value) -> Map<String, Value> {
    let mut lines: Vec<Value> = list(&quote["lines"]).map(line).collect();
    lines.sort_by_key(Value::to_string);
    let mut found = Map::new();
    found.insert("status".into(), quote["status"].clone());
    found.insert("regime".into(), quote["regime"]["id"].clone());
    found.insert("lines".into(), lines.into());
    found.insert("totals".into(), quote["totals"].clone());
    for key in ["soFar", "range"] {
        if !quote[key].is_null() {
            found.insert(key.into(), quote[key].clone());
        }
    }
    if !quote["regime"].is_null() {
        found.insert(
            "category".into(),
            quote["regime"]["releaseCategory"].clone(),
        );
    }
    let told: Vec<Value> = list(&quote["notices"]).filter_map(preference).collect();
    if !told.is_empty() {
        found.insert("preferences".into(), told.into());
    }
    let mut told: Vec<Value> = list(&quote["notices"]).filter_map(reduced).collect();
    told.sort_by_key(Value::to_string);
    told.dedup();
    if !told.is_empty() {
        found.insert("reducedRates".into(), told.into());
    }
    let rates: Vec<Value> = list(&quote["notices"]).filter_map(other_rate).collect();
    if !rates.is_empty() {
        found.insert("otherRates".into(), rates.into());
    }
    let unknown: Vec<Value> = list(&quote["unknown"]).filter_map(unknown_rate).collect();
    if !unknown.is_empty() {
        found.insert("unknownRates".into(), unknown.into());
    }
    let said = list(&quote["notices"]).filter_map(|notice| notice["code"].as_str());
    let mut said: Vec<&str> = said.filter(|code| !is_of_engine(code)).collect();
    said.sort_unstable();
    if !said.is_empty() {
        found.insert("notices".into(), said.into_iter().collect());
    }
    found
}

/// Whether the engine itself has the notice, and no rule.
fn is_of_engine(code: &str) -> bool {
    let about = code.split_once('.').map_or(code, |(about, _)| about);
    [
        "additional-duty",
        "duty",
        "duty-rate",
        "exchange-rate",
        "preference",
        "quota",
        "quote",
        "relief",
        "rule",
        "rules",
        "tariff",
        "tax",
        "threshold",
    ]
    .contains(&about)
}

fn line(line: &Value) -> Value {
    let mut keys = vec!["kind", "measure", "item", "when", "amount"];
    if !line["low"].is_null() {
        keys.extend(["low", "high"]);
    }
    keys.into_iter().map(|key| line[key].clone()).collect()
}

/// What a claim under a programme would save, and what it needs.
fn preference(notice: &Value) -> Option<Value> {
    let about = &notice["params"];
    let is_told = notice["code"] == "preference.available" && !about["programme"].is_null();
    let keys = [
        "item",
        "saving",
        "programme",
        "originTest",
        "noProofUpTo",
        "directTransport",
    ];
    is_told.then(|| keys.into_iter().map(|key| about[key].clone()).collect())
}

/// The rates that a tax has beside its own for goods that no code tells.
fn reduced(notice: &Value) -> Option<Value> {
    let about = &notice["params"];
    (notice["code"] == "tax.reduced-rates-exist").then(|| json!([about["tax"], about["rates"]]))
}

/// The rate that some goods under the code have.
fn other_rate(notice: &Value) -> Option<Value> {
    let (code, about) = (notice["code"].as_str()?, &notice["params"]);
    ["tax.lower-rate-possible", "tax.higher-rate-possible"]
        .contains(&code)
        .then(|| json!([about["tax"], about["item"], about["rate"]]))
}

/// What is due at a rate that is not known: the tax or fee, and a tax's item.
fn unknown_rate(need: &Value) -> Option<Value> {
    let (field, needs) = (need["field"].as_str()?, &need["needs"]);
    let item = field
        .strip_prefix("items[")
        .and_then(|rest| rest.strip_suffix("].taxRate"));
    (item.is_some() || field == "fees").then(|| json!([needs, item]))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}
