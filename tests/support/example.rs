//! Reading an example, quoting it, and comparing what it says.

#![allow(dead_code, reason = "each test takes what it needs")]
#![allow(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]

use std::fs;
use std::path::{Path, PathBuf};

use dutiable::Engine;
use dutiable::basket::Basket;
use dutiable::destination::Rules;
use serde_json::{Value, json};

/// A file of `tests/worked/`.
pub(crate) struct Example {
    name: String,
    file: Value,
    quote: Value,
}

/// The requests of every example.
pub(crate) fn requests() -> Result<Vec<Value>, String> {
    Ok(all()?
        .into_iter()
        .map(|mut example| example.file["request"].take())
        .collect())
}

/// Reads every example and quotes it with all packs open.
pub(crate) fn all() -> Result<Vec<Example>, String> {
    let engine = crate::support::engine()?;
    let folder = crate::support::root().join("tests/worked");
    let mut paths = Vec::new();
    collect(&folder, &mut paths).map_err(|error| error.to_string())?;
    paths.sort();
    paths
        .iter()
        .map(|path| Example::read(&engine, path))
        .collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            paths.push(path);
        }
    }
    Ok(())
}

/// The examples of one territory, unquoted: their names and what the files hold.
pub(crate) fn files_of(territory: &str) -> Result<Vec<(String, Value)>, String> {
    let folder = crate::support::root().join("tests/worked").join(territory);
    let mut paths = Vec::new();
    if folder.exists() {
        collect(&folder, &mut paths).map_err(|error| error.to_string())?;
    }
    paths.sort();
    paths.iter().map(|path| file(path)).collect()
}

fn file(path: &Path) -> Result<(String, Value), String> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let place = path
        .parent()
        .and_then(Path::file_name)
        .unwrap_or_default()
        .to_string_lossy();
    let name = format!("{place}/{name}");
    let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    let file = serde_json::from_str(&text).map_err(|error| format!("{name}: {error}"))?;
    Ok((name, file))
}

impl Example {
    fn read(engine: &Engine, path: &Path) -> Result<Self, String> {
        let (name, file) = file(path)?;
        Self::of(engine, name, file)
    }

    /// The example of a file, quoted.
    pub(crate) fn of(engine: &Engine, name: String, file: Value) -> Result<Self, String> {
        Self::under(engine, None, name, file)
    }

    /// The example of a file, quoted under these rules in place of the open ones.
    pub(crate) fn under(
        engine: &Engine,
        rules: Option<&Rules>,
        name: String,
        file: Value,
    ) -> Result<Self, String> {
        let basket = Basket::parse(&file["request"].to_string());
        let quoted = basket.as_ref().map_err(|error| *error);
        let quoted = quoted.and_then(|basket| match rules {
            Some(rules) => engine.quote_under(rules, basket),
            None => engine.quote(basket),
        });
        let quote = match quoted {
            Ok(quote) => serde_json::to_value(quote).map_err(|error| format!("{name}: {error}"))?,
            Err(error) => {
                json!({ "error": { "code": error.code.as_str(), "field": error.field.map(|field| field.to_string()) } })
            }
        };
        Ok(Self { name, file, quote })
    }

    /// What the quote says otherwise than the example.
    pub(crate) fn misses(&self) -> Vec<String> {
        let expect = &self.file["expect"];
        let mut misses = Vec::new();
        let mut miss = |what: String| misses.push(format!("  {}: {what}", self.name));
        for key in ["error", "status"] {
            if expect
                .get(key)
                .is_some_and(|expected| *expected != self.quote[key])
                || (key == "error" && expect.get(key).is_none() && self.quote.get(key).is_some())
            {
                miss(format!(
                    "{key} {} instead of {}",
                    self.quote[key], expect[key]
                ));
            }
        }
        if expect
            .get("regime")
            .is_some_and(|regime| *regime != self.quote["regime"]["id"])
        {
            miss(format!(
                "regime {} instead of {}",
                self.quote["regime"]["id"], expect["regime"]
            ));
        }
        for (key, expected) in expect["totals"].as_object().into_iter().flatten() {
            if self.quote["totals"][key] != *expected {
                miss(format!(
                    "totals.{key} {} instead of {expected}",
                    self.quote["totals"][key]
                ));
            }
        }
        for expected in list(&expect["lines"]) {
            let matching = list(&self.quote["lines"])
                .filter(|line| is_part_of(expected, line))
                .count();
            if matching != 1 {
                miss(format!(
                    "{matching} lines are {expected}; the lines are\n{}",
                    self.shown_lines()
                ));
            }
        }
        for code in list(&expect["notices"]) {
            if !list(&self.quote["notices"]).any(|notice| notice["code"] == *code) {
                let codes: Vec<&Value> = list(&self.quote["notices"])
                    .map(|notice| &notice["code"])
                    .collect();
                miss(format!("no notice {code} among {codes:?}"));
            }
        }
        for unknown in list(&expect["unknown"]) {
            if !list(&self.quote["unknown"]).any(|found| is_part_of(unknown, found)) {
                miss(format!(
                    "no unknown {unknown} among {}",
                    self.quote["unknown"]
                ));
            }
        }
        misses
    }

    /// The quote's lines of a programme of additional duties, and those among them that do not name their heading, or whose source the
    /// quote does not explain with an address and a day.
    pub(crate) fn programme_lines(&self) -> (usize, Vec<String>) {
        let of_programme = |line: &&Value| !line["programme"].is_null();
        let mut bare = Vec::new();
        for line in list(&self.quote["lines"]).filter(of_programme) {
            let source = &self.quote["sources"][line["source"].as_str().unwrap_or_default()];
            let names_heading = line["heading"]
                .as_str()
                .is_some_and(|text| text.starts_with("99"));
            let explained = source["url"].as_str().is_some_and(|url| !url.is_empty())
                && source["asOf"].as_str().is_some();
            if !names_heading || !explained {
                bare.push(format!("  {}: {line}", self.name));
            }
        }
        let count = list(&self.quote["lines"]).filter(of_programme).count();
        (count, bare)
    }

    fn shown_lines(&self) -> String {
        let line = |line: &Value| {
            let keys = [
                "kind",
                "measure",
                "item",
                "basis",
                "rate",
                "amount",
                "low",
                "high",
                "collectedBy",
                "when",
            ];
            let shown: Vec<String> = keys.iter().map(|key| format!("{}", line[key])).collect();
            format!("      {}", shown.join(" "))
        };
        list(&self.quote["lines"])
            .map(line)
            .collect::<Vec<_>>()
            .join("\n")
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// Whether every key of `part` is in `whole` with the same value.
fn is_part_of(part: &Value, whole: &Value) -> bool {
    part.as_object()
        .is_some_and(|keys| keys.iter().all(|(key, value)| whole[key] == *value))
}
