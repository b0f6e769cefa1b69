//! A patch applied: rules cut at its days, and the pieces within changed.
//!
//! Rules are treated as the JSON that their own types write, so that every word of the vocabulary can be patched and none is named here;
//! what comes out is read by the same types again, which refuse what is no word of theirs.

use super::Refusal;
use super::patch::{Neutralising, Patch, Setting};
use super::path::{Naming, RulePath, rule_name};
use crate::calendar::ValidityPeriod;
use crate::destination::Rules;
use crate::place::PlaceCode;
use serde_json::Value;

/// The rules with the patch.
pub(super) fn apply(rules: &Rules, patch: &Patch) -> Result<Rules, Refusal> {
    refuse_overlaps(patch)?;
    let written = serde_json::to_value(rules).map_err(|error| Refusal::new(error.to_string()))?;
    let mut lists = Lists::of(written);
    for rule in &patch.neutralisings {
        let cut = Cut {
            path: &rule.rule,
            period: rule.period,
            place: rule.place,
            region: rule.region.as_deref(),
        };
        for piece in lists.cut_out(&cut)? {
            piece.rule = Value::Null;
        }
    }
    for set in &patch.settings {
        let cut = Cut {
            path: &set.path,
            period: set.period,
            place: set.place,
            region: set.region.as_deref(),
        };
        for piece in lists.cut_out(&cut)? {
            let old = find(&mut piece.rule, &set.path)?;
            old.clone_from(&set.value);
        }
        read(lists.rules(), &format!("set: `{}`", set.path))?;
    }
    for (list, added) in &patch.additions {
        lists.add(list, added)?;
    }
    read(lists.rules(), "add")
}

fn read(rules: Value, what: &str) -> Result<Rules, Refusal> {
    serde_json::from_value(rules).map_err(|error| Refusal::new(format!("{what}: {error}")))
}

/// The value at the end of a path; a key that the rule does not have is refused, and so is a way through what is not stated.
fn find<'a>(rule: &'a mut Value, path: &RulePath) -> Result<&'a mut Value, Refusal> {
    let mut value = rule;
    for segment in &path.within {
        if value.is_null() {
            let what = format!("`{path}`: what `{segment}` belongs to is not stated; set it whole");
            return Err(Refusal::new(what));
        }
        let next = match value {
            Value::Object(fields) => fields.get_mut(segment),
            Value::Array(elements) => {
                let position = segment.parse::<usize>().ok();
                position.and_then(|position| elements.get_mut(position))
            }
            _ => None,
        };
        value = next.ok_or_else(|| Refusal::new(format!("`{path}`: there is no `{segment}`")))?;
    }
    Ok(value)
}

/// Which rules are meant, and when.
struct Cut<'a> {
    path: &'a RulePath,
    period: ValidityPeriod,
    place: Option<PlaceCode>,
    region: Option<&'a str>,
}

/// A rule, or what a cut left of it; `null` where it was put out of force.
#[derive(Clone)]
struct Piece {
    name: String,
    rule: Value,
}

/// The lists of rules, in pieces, and all else that the rules say.
struct Lists {
    others: Value,
    lists: Vec<(String, Vec<Piece>)>,
}

impl Lists {
    fn of(mut written: Value) -> Self {
        let mut lists = Vec::new();
        for (list, value) in written.as_object_mut().into_iter().flatten() {
            let (Some(naming), Value::Array(rules)) = (Naming::of(list), value) else {
                continue;
            };
            let rules = core::mem::take(rules).into_iter().enumerate();
            let pieces = rules.map(|(position, rule)| Piece {
                name: naming.name(&rule, position),
                rule,
            });
            lists.push((list.clone(), pieces.collect()));
        }
        Self {
            others: written,
            lists,
        }
    }

    fn rules(&self) -> Value {
        let mut written = self.others.clone();
        for (list, pieces) in &self.lists {
            let standing = pieces.iter().filter(|piece| !piece.rule.is_null());
            let rules = standing.map(|piece| piece.rule.clone()).collect();
            if let Some(value) = written.get_mut(list) {
                *value = Value::Array(rules);
            }
        }
        written
    }

    /// Cuts the rules that are meant at the ends of the period, and gives the pieces within.
    fn cut_out(&mut self, cut: &Cut<'_>) -> Result<Vec<&mut Piece>, Refusal> {
        let path = cut.path;
        let mut lists = self.lists.iter_mut();
        let list = lists.find(|(list, _)| *list == path.list);
        let Some((_, pieces)) = list else {
            return Err(Refusal::new(format!("`{path}`: there is no such list")));
        };
        if !pieces.iter().any(|piece| piece.name == path.name) {
            return Err(Refusal::new(format!("`{path}`: there is no such rule")));
        }
        let meant = |piece: &Piece| {
            piece.name == path.name
                && valid(&piece.rule).is_some_and(|valid| valid.overlaps(cut.period))
                && cut
                    .place
                    .is_none_or(|place| names(piece, "places", place.as_str()))
                && cut
                    .region
                    .is_none_or(|region| names(piece, "regions", region))
        };
        refuse_ambiguity(cut, pieces.iter().filter(|piece| meant(piece)))?;
        let mut next = Vec::with_capacity(pieces.len());
        let mut within = Vec::new();
        for piece in core::mem::take(pieces) {
            match valid(&piece.rule).filter(|_| meant(&piece)) {
                Some(valid) => {
                    for (part, is_within) in parts(valid, cut.period) {
                        if is_within {
                            within.push(next.len());
                        }
                        next.push(with_validity(&piece, part));
                    }
                }
                None => next.push(piece),
            }
        }
        *pieces = next;
        let all = pieces.iter_mut().enumerate();
        let chosen = all.filter(|(position, _)| within.contains(position));
        Ok(chosen.map(|(_, piece)| piece).collect())
    }

    fn add(&mut self, list: &str, added: &[Value]) -> Result<(), Refusal> {
        let mut lists = self.lists.iter_mut();
        let Some((_, pieces)) = lists.find(|(other, _)| other == list) else {
            return Err(Refusal::new(format!("add.{list}: there is no such list")));
        };
        pieces.extend(added.iter().map(|rule| Piece {
            name: String::new(),
            rule: rule.clone(),
        }));
        Ok(())
    }
}

fn names(piece: &Piece, key: &str, name: &str) -> bool {
    let listed = piece.rule.get(key).and_then(Value::as_array);
    listed.is_some_and(|listed| listed.iter().any(|listed| listed == name))
}

/// One place's rule is meant, or that of all: a name that several places' rules share does not say which.
fn refuse_ambiguity<'a>(
    cut: &Cut<'_>,
    meant: impl Iterator<Item = &'a Piece>,
) -> Result<(), Refusal> {
    let path = cut.path;
    let of = |piece: &'a Piece| (piece.rule.get("places"), piece.rule.get("regions"));
    let mut areas: Vec<_> = meant.map(of).collect();
    areas.dedup();
    let several = |listed: Option<&Value>| {
        listed
            .and_then(Value::as_array)
            .is_some_and(|listed| listed.len() > 1)
    };
    match areas.as_slice() {
        [] => Err(Refusal::new(format!("`{path}`: it is not in force then"))),
        [(places, regions)] => {
            let shared = cut.place.is_some() && several(*places)
                || cut.region.is_some() && several(*regions);
            if shared {
                let what = format!("`{path}`: it is stated for several places at once");
                return Err(Refusal::new(what));
            }
            Ok(())
        }
        _ => Err(Refusal::new(format!(
            "`{path}`: several places or regions have their own; say `place` or `region`"
        ))),
    }
}

fn valid(rule: &Value) -> Option<ValidityPeriod> {
    serde_json::from_value(rule.get("valid")?.clone()).ok()
}

fn with_validity(piece: &Piece, valid: ValidityPeriod) -> Piece {
    let mut piece = piece.clone();
    if let (Some(field), Ok(valid)) = (piece.rule.get_mut("valid"), serde_json::to_value(valid)) {
        *field = valid;
    }
    piece
}

/// A validity cut at the ends of a period: what lies before it, within, and after. The two overlap.
fn parts(valid: ValidityPeriod, cut: ValidityPeriod) -> Vec<(ValidityPeriod, bool)> {
    let day_before = cut.from.and_then(|from| from.plus_days(-1));
    let day_after = cut.to.and_then(|to| to.plus_days(1));
    let mut parts = Vec::new();
    let mut within = valid;
    if let Some(last) = day_before.filter(|last| valid.contains(*last)) {
        let before = ValidityPeriod {
            to: Some(last),
            ..valid
        };
        parts.push((before, false));
        within.from = cut.from;
    }
    let after = day_after.filter(|first| valid.contains(*first));
    if after.is_some() {
        within.to = cut.to;
    }
    parts.push((within, true));
    if after.is_some() {
        let after = ValidityPeriod {
            from: after,
            ..valid
        };
        parts.push((after, false));
    }
    parts
}

/// Two changes of one value on one day contradict each other, and nobody should have to know which came last.
fn refuse_overlaps(patch: &Patch) -> Result<(), Refusal> {
    let mut earlier: Vec<&Setting> = Vec::new();
    for set in &patch.settings {
        let clash = earlier.iter().any(|other| {
            let length = set.path.within.len().min(other.path.within.len());
            other.path.is_of_rule(&set.path)
                && other.path.within.get(..length) == set.path.within.get(..length)
                && other.period.overlaps(set.period)
                && share(other.place, set.place)
                && share(other.region.as_ref(), set.region.as_ref())
        });
        if clash {
            return Err(Refusal::new(format!(
                "`{}` is set twice for a day",
                set.path
            )));
        }
        earlier.push(set);
    }
    let mut out: Vec<&Neutralising> = Vec::new();
    for rule in &patch.neutralisings {
        let is_set = patch.settings.iter().any(|set| {
            set.path.is_of_rule(&rule.rule)
                && set.period.overlaps(rule.period)
                && share(set.place, rule.place)
                && share(set.region.as_ref(), rule.region.as_ref())
        });
        let twice = out.iter().any(|other| {
            other.rule.is_of_rule(&rule.rule)
                && other.period.overlaps(rule.period)
                && share(other.place, rule.place)
                && share(other.region.as_ref(), rule.region.as_ref())
        });
        if is_set || twice {
            let what = format!(
                "`{}` is changed and put out of force for one day",
                rule.rule
            );
            return Err(Refusal::new(what));
        }
        out.push(rule);
    }
    Ok(())
}

/// Whether two of what is left open, or named, have one in common.
fn share<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
    one.is_none() || other.is_none() || one == other
}

/// The names of the rules that a patch touches.
pub(super) fn touched(patch: &Patch) -> Vec<String> {
    let set = patch.settings.iter().map(|set| set.path.rule());
    let out = patch.neutralisings.iter().map(|rule| rule.rule.rule());
    let added = patch.additions.iter().flat_map(|(list, rules)| {
        let naming = Naming::of(list);
        let name = move |rule| naming.map_or_else(String::new, |naming| naming.name(rule, 0));
        rules.iter().map(move |rule| rule_name(list, &name(rule)))
    });
    let mut touched: Vec<String> = set.chain(out).chain(added).collect();
    touched.sort();
    touched.dedup();
    touched
}
