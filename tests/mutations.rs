//! The facts of the rules, each changed a little: a limit by one unit, a band's edge from "at most" to "below", a day by one, a rate by a
//! tenth of a per cent, each number of a duty expression, a count by one, a word to its like, a flag to its opposite, the unit of a rounding
//! tenfold; also when a charge is due, the release category, reduced rates, and what a claim of preference needs. Some boundary case or worked
//! example must notice. What none can notice is listed in `tests/mutations/unnoticed.csv` with the reason, and the reason is proved:
//! a change that nobody sees and that is not in the list fails, and so do an entry that is noticed by now and a reason that does not hold.
//! `UNNOTICED=1` writes the list.

#![cfg(feature = "cli")]
#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]
#![expect(clippy::print_stdout, reason = "a test says what it counted")]

mod support;

#[path = "support/example.rs"]
mod example;

#[path = "support/boundary.rs"]
mod boundary;

#[path = "mutations/change.rs"]
mod change;

#[path = "mutations/reason.rs"]
mod reason;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use boundary::Boundary;
use change::{Mutation, mutations};
use dutiable::Engine;
use dutiable::destination::Rules;
use dutiable::engine::sections::RULES;
use dutiable::pack::{About, Pack, PackKind, PackWriter};
use example::Example;
use reason::reasons;
use serde_json::Value;
use support::{BuiltPack, packs, root};

#[test]
fn every_fact_of_the_rules_is_noticed() -> Result<(), String> {
    let packs = packs()?;
    let engine = support::engine()?;
    let mut unnoticed = BTreeMap::new();
    let mut total = 0_usize;
    for pack in packs.iter().filter(|pack| pack.kind == "rules") {
        let opened = Pack::open(pack.bytes.clone()).map_err(|error| error.to_string())?;
        let rules: Rules = opened.value(RULES).map_err(|error| error.to_string())?;
        let value = serde_json::to_value(&rules).map_err(|error| error.to_string())?;
        let mutations = mutations(&value);
        let cases = boundary::of_territory(&rules.territory)?;
        let files = example::files_of(&rules.territory)?;
        stale(&rules.territory, &cases, &mutations)?;
        let mut survivors = 0_usize;
        for mutation in &mutations {
            let noticed = match serde_json::from_value::<Rules>(mutation.rules.clone()) {
                Err(_) => true,
                // Whether a place is served on a day is asked of the open pack.
                Ok(changed) if changed.place != rules.place => {
                    let engine = engine_of(&packs, opened.about(), &changed)?;
                    is_noticed(&engine, None, mutation, &cases, &files)?
                }
                Ok(changed) => is_noticed(&engine, Some(&changed), mutation, &cases, &files)?,
            };
            if !noticed {
                survivors = survivors.saturating_add(1);
                let name = format!("{},{}", rules.territory, mutation.name);
                unnoticed.insert(name, reasons(&value, mutation));
            }
        }
        println!(
            "{:8} {:4} changes, {:4} unnoticed, {:3} cases, {:3} examples",
            rules.territory,
            mutations.len(),
            survivors,
            cases.len(),
            files.len()
        );
        total = total.saturating_add(mutations.len());
    }
    println!("{total} changes, {} unnoticed", unnoticed.len());
    let path = root().join("tests/mutations/unnoticed.csv");
    if std::env::var_os("UNNOTICED").is_some() {
        let rows = unnoticed.iter().map(|(name, reasons)| {
            let reason = reasons.first().copied().unwrap_or_default();
            format!("{name},{reason}\n")
        });
        let text = format!("territory,change,reason\n{}", rows.collect::<String>());
        fs::write(&path, text).map_err(|error| error.to_string())?;
        return Ok(());
    }
    let listed = fs::read_to_string(&path).map_err(|error| error.to_string())?;
    let listed: BTreeMap<&str, &str> = listed
        .lines()
        .skip(1)
        .filter_map(|row| row.rsplit_once(','))
        .collect();
    let new: Vec<&String> = unnoticed
        .keys()
        .filter(|name| !listed.contains_key(name.as_str()))
        .collect();
    assert!(new.is_empty(), "nobody notices: {new:#?}");
    let gone: Vec<&str> = listed
        .keys()
        .filter(|name| !unnoticed.contains_key(**name))
        .copied()
        .collect();
    assert!(
        gone.is_empty(),
        "noticed by now, take them off the list: {gone:#?}"
    );
    let unproved: Vec<(&String, &&str)> = unnoticed
        .iter()
        .filter_map(|(name, reasons)| Some((name, reasons, listed.get(name.as_str())?)))
        .filter(|(_, reasons, reason)| !reasons.contains(reason))
        .map(|(name, _, reason)| (name, reason))
        .collect();
    assert!(
        unproved.is_empty(),
        "these could be noticed, or for another reason they cannot: {unproved:#?}"
    );
    Ok(())
}

/// Cases are made for facts by name; one for a fact that is no longer there was made before the rules changed.
fn stale(territory: &str, cases: &[Boundary], mutations: &[Mutation]) -> Result<(), String> {
    let known: BTreeSet<&str> = mutations.iter().map(|one| one.fact.as_str()).collect();
    let of = cases.iter().flat_map(|case| &case.of);
    let stale: Vec<&String> = of.filter(|fact| !known.contains(fact.as_str())).collect();
    if stale.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "{territory}: cases for facts that are not there, generate.py makes them anew: {stale:#?}"
        ))
    }
}

/// An engine with the changed rules and the packs that their quotes rest on.
fn engine_of(packs: &[BuiltPack], about: &About, rules: &Rules) -> Result<Engine, String> {
    let writer =
        PackWriter::new(PackKind::Rules, about).and_then(|writer| writer.value(RULES, rules));
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
    Ok(engine)
}

/// Whether some boundary case or example comes out otherwise; the cases that were made for the fact are asked first.
fn is_noticed(
    engine: &Engine,
    rules: Option<&Rules>,
    mutation: &Mutation,
    cases: &[Boundary],
    files: &[(String, Value)],
) -> Result<bool, String> {
    let (own, others): (Vec<_>, Vec<_>) = cases
        .iter()
        .partition(|case| case.of.contains(&mutation.fact));
    for case in own.into_iter().chain(others) {
        if !case.differences(engine, rules).is_empty() {
            return Ok(true);
        }
    }
    for (name, file) in files {
        let example = Example::under(engine, rules, name.clone(), file.clone())?;
        if !example.misses().is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}
