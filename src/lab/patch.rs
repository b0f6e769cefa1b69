//! A reform, as it is written.

use super::Refusal;
use super::path::RulePath;
use crate::calendar::{CalendarDate, ValidityPeriod};
use crate::engine::hexadecimal;
use crate::place::PlaceCode;
use serde::Deserialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// What stands before a hash.
const SHA256: &str = "sha256:";

/// A reform of a territory's rules: what it changes, and from when.
///
/// ```
/// use dutiable::lab::Patch;
/// let patch = Patch::parse(r#"
///     base = "sha256:0000000000000000000000000000000000000000000000000000000000000000"
///     title = "No flat duty: ordinary rates for all from 2027"
///
///     [[set]]
///     path = "regime.eu-low-value-flat.when.intrinsic-value.at-most"
///     from = "2027-01-01"                   # onward; with `to`, until that day
///     value = "0 EUR"
///
///     [[neutralise]]
///     rule = "fee.fr-small-parcels-tax"
///     from = "2027-01-01"
///
///     [[add.fee]]
///     id = "handling-fee"
///     valid = { from = "2027-01-01" }
///     charge = { fixed = { amount = "2 EUR", per = "consignment" } }
///     law = { title = "an idea", url = "https://example.org", confidence = "derived", checked-on = "2026-11-27" }
/// "#)?;
/// assert_eq!(patch.first_day().map(|day| day.to_string()).as_deref(), Some("2027-01-01"));
/// # Ok::<(), dutiable::lab::Refusal>(())
/// ```
#[derive(Clone, Debug)]
pub struct Patch {
    /// The id of the rule set that it was written for, in hexadecimal.
    pub base: String,
    /// What it does, in a line.
    pub title: String,
    /// What it sets.
    pub settings: Vec<Setting>,
    /// What it puts out of force.
    pub neutralisings: Vec<Neutralising>,
    /// What it adds, by the list of the rules it belongs to.
    pub additions: BTreeMap<String, Vec<Value>>,
    /// SHA-256 of its text, in hexadecimal.
    pub sha256: String,
}

/// A value moved.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Where the value stands.
    pub path: RulePath,
    /// From when to when; without an end, onward.
    pub period: ValidityPeriod,
    /// The place whose rule is meant, where several places have their own.
    pub place: Option<PlaceCode>,
    /// The region whose rule is meant, where several regions have their own.
    pub region: Option<String>,
    /// The new value, as rules write it.
    pub value: Value,
}

/// A rule put out of force.
#[derive(Clone, Debug)]
pub struct Neutralising {
    /// The rule.
    pub rule: RulePath,
    /// From when to when; without an end, onward.
    pub period: ValidityPeriod,
    /// The place whose rule is meant, where several places have their own.
    pub place: Option<PlaceCode>,
    /// The region whose rule is meant, where several regions have their own.
    pub region: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenPatch {
    base: String,
    title: String,
    #[serde(default)]
    set: Vec<WrittenSetting>,
    #[serde(default)]
    neutralise: Vec<WrittenNeutralising>,
    #[serde(default)]
    add: BTreeMap<String, Vec<Value>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenSetting {
    path: String,
    from: CalendarDate,
    to: Option<CalendarDate>,
    place: Option<PlaceCode>,
    region: Option<String>,
    value: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenNeutralising {
    rule: String,
    from: CalendarDate,
    to: Option<CalendarDate>,
    place: Option<PlaceCode>,
    region: Option<String>,
}

impl Patch {
    /// Reads a patch.
    ///
    /// # Errors
    /// What is no patch: an unknown key, a date that does not exist, a path that names no value, a period that ends before it begins,
    /// an addition without a first day.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let written: WrittenPatch =
            toml::from_str(text).map_err(|error| Refusal::new(error.to_string()))?;
        let base = written.base.strip_prefix(SHA256).filter(|hash| {
            hash.len() == 64
                && hash
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        });
        let base = base.ok_or_else(|| {
            Refusal::new(format!(
                "base: `{}` is not sha256:… of a rule set",
                written.base
            ))
        })?;
        let settings = written.set.into_iter().map(setting);
        let neutralisings = written.neutralise.into_iter().map(neutralising);
        Ok(Self {
            base: base.to_owned(),
            title: written.title,
            settings: settings.collect::<Result<_, _>>()?,
            neutralisings: neutralisings.collect::<Result<_, _>>()?,
            additions: dated(written.add)?,
            sha256: hexadecimal(&Sha256::digest(text)),
        })
    }

    /// The first day on which it can change anything; `None` for a patch that does nothing.
    #[must_use]
    pub fn first_day(&self) -> Option<CalendarDate> {
        let set = self.settings.iter().filter_map(|set| set.period.from);
        let neutralised = self
            .neutralisings
            .iter()
            .filter_map(|rule| rule.period.from);
        let added = self.additions.values().flatten().filter_map(first_day);
        set.chain(neutralised).chain(added).min()
    }
}

fn setting(written: WrittenSetting) -> Result<Setting, Refusal> {
    let path = RulePath::parse(&written.path)?;
    let (Some(first), false) = (path.within.first(), path.within.is_empty()) else {
        let what = format!("set: `{path}` names a rule, and no value of it");
        return Err(Refusal::new(what));
    };
    if [
        "valid", "id", "area", "code", "at", "scope", "places", "regions",
    ]
    .contains(&first.as_str())
    {
        let what = format!("set: `{path}`: a rule keeps its name, its places and its validity");
        return Err(Refusal::new(what));
    }
    Ok(Setting {
        period: period(&path, written.from, written.to)?,
        path,
        place: written.place,
        region: written.region,
        value: written.value,
    })
}

fn neutralising(written: WrittenNeutralising) -> Result<Neutralising, Refusal> {
    let rule = RulePath::parse(&written.rule)?;
    if !rule.within.is_empty() {
        let what = format!("neutralise: `{rule}` names a value, and not a rule");
        return Err(Refusal::new(what));
    }
    Ok(Neutralising {
        period: period(&rule, written.from, written.to)?,
        rule,
        place: written.place,
        region: written.region,
    })
}

fn period(
    path: &RulePath,
    from: CalendarDate,
    to: Option<CalendarDate>,
) -> Result<ValidityPeriod, Refusal> {
    if to.is_some_and(|to| to < from) {
        let what = format!("`{path}`: the period ends before it begins");
        return Err(Refusal::new(what));
    }
    Ok(ValidityPeriod {
        from: Some(from),
        to,
    })
}

/// A rule without a first day would hold before the reform.
fn dated(additions: BTreeMap<String, Vec<Value>>) -> Result<BTreeMap<String, Vec<Value>>, Refusal> {
    for (list, rules) in &additions {
        if rules.iter().any(|rule| first_day(rule).is_none()) {
            let what = format!("add.{list}: a rule without `valid.from`");
            return Err(Refusal::new(what));
        }
    }
    Ok(additions)
}

fn first_day(rule: &Value) -> Option<CalendarDate> {
    CalendarDate::parse(rule.get("valid")?.get("from")?.as_str()?).ok()
}
