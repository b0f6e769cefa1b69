//! Reforms of every territory's rules: any amount or rate that they state, moved from any day of the window.

use dutiable::basket::Basket;
use dutiable::decimal::Decimal;
use dutiable::lab::{Patch, RuleSet, Sample, Settings, run};
use dutiable::money::{Money, Percentage};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::baskets::any_request;
use crate::reading::{cases, decimal};
use crate::world::{DAYS, FIRST, Territory, day, world};

/// The lists whose rules have an id.
const LISTS: [&str; 5] = ["regime", "tax", "fee", "waiver", "rate-table"];

/// An amount or a rate of a rule, and how a patch names it.
#[derive(Clone, Debug)]
struct Fact {
    path: String,
    rule: String,
    stated: String,
    place: Option<String>,
    region: Option<String>,
}

fn facts(own: &Territory) -> Vec<Fact> {
    let mut facts = Vec::new();
    for list in LISTS {
        for rule in own.written[list].as_array().into_iter().flatten() {
            let id = rule["id"].as_str().unwrap();
            let first = |key: &str| rule[key][0].as_str().map(str::to_owned);
            let blank = Fact {
                path: format!("{list}.{id}"),
                rule: format!("{list}.{id}"),
                stated: String::new(),
                place: first("places"),
                region: first("regions"),
            };
            leaves(rule, &blank, &mut facts);
        }
    }
    facts
}

fn leaves(value: &Value, at: &Fact, facts: &mut Vec<Fact>) {
    let below = |key: &str| Fact {
        path: format!("{}.{key}", at.path),
        ..at.clone()
    };
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| !["law", "reduced"].contains(&key.as_str()))
            .for_each(|(key, field)| leaves(field, &below(key), facts)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(key, item)| leaves(item, &below(&key.to_string()), facts)),
        Value::String(text) if Money::parse(text).is_ok() || Percentage::parse(text).is_ok() => {
            facts.push(Fact {
                stated: text.clone(),
                ..at.clone()
            });
        }
        _ => {}
    }
}

fn base(own: &Territory) -> RuleSet {
    let id = format!("{}.rules", own.rules.territory);
    let pack = world()
        .engine
        .packs()
        .iter()
        .find(|pack| pack.about.id == id)
        .unwrap();
    RuleSet::of_pack(&world().engine, &pack.sha256).unwrap()
}

/// A fact moved to another value from a day on.
fn set(base: &RuleSet, fact: &Fact, from: &str, value: &str) -> Option<Patch> {
    let own = |key: &str, name: &Option<String>| {
        name.as_ref()
            .map(|name| format!("{key} = \"{name}\"\n"))
            .unwrap_or_default()
    };
    let whose = own("place", &fact.place) + &own("region", &fact.region);
    Patch::parse(&format!("base = \"sha256:{}\"\ntitle = \"a test\"\n[[set]]\npath = '{}'\nfrom = \"{from}\"\n{whose}value = \"{value}\"\n", base.id, fact.path)).ok()
}

/// The other value: so many per cent of the stated one, and a bit.
fn moved(fact: &Fact, per_cent: i64) -> String {
    let change = |amount: Decimal| {
        (amount * Decimal::new(per_cent, 2) + Decimal::new(1, 2))
            .round_dp(2)
            .normalize()
    };
    match Money::parse(&fact.stated) {
        Ok(money) => Money {
            amount: change(money.amount),
            ..money
        }
        .to_string(),
        Err(_) => {
            Percentage(change(Percentage::parse(&fact.stated).unwrap().0).min(Decimal::from(95)))
                .to_string()
        }
    }
}

fn basket(request: &Value) -> Result<Basket, TestCaseError> {
    Basket::parse(&request.to_string()).map_err(|error| TestCaseError::reject(error.to_string()))
}

/// An answer as it is compared: byte for byte.
fn bytes(set: &RuleSet, basket: &Basket) -> String {
    match world().engine.quote_under(&set.rules, basket) {
        Ok(quote) => serde_json::to_string(&quote).unwrap(),
        Err(error) => error.to_string(),
    }
}

/// Patches that the rules of its place refuse, since they would not hold together, are no reform.
fn reform(
    base: &RuleSet,
    fact: &Fact,
    from: &str,
    value: &str,
) -> Result<(Patch, RuleSet), TestCaseError> {
    let refused = || TestCaseError::reject("no reform");
    let patch = set(base, fact, from, value).ok_or_else(refused)?;
    let reform = base.patched(&patch).map_err(|_| refused())?;
    Ok((patch, reform))
}

fn any_from() -> impl Strategy<Value = String> {
    (0..DAYS).prop_map(|days| day(FIRST).plus_days(days).unwrap().to_string())
}

proptest! {
    #![proptest_config(cases(4))]

    /// 21, 22: a value that is moved from a day on changes no answer before it, and from it only answers that cite the rule. Where no rule or
    /// more than one is left to decide, the answer is an error and cites none.
    #[test]
    fn p21_p22_a_moved_value_is_cited_and_not_before_its_day(request in any_request(), pick in any::<usize>(), per_cent in 0_i64..300, from in any_from()) {
        let own = world().territory_of(request["destination"].as_str().unwrap());
        let (base, facts) = (base(own), facts(own));
        let fact = &facts[pick % facts.len()];
        let (patch, reform) = reform(&base, fact, &from, &moved(fact, per_cent))?;
        let basket = basket(&request)?;
        if basket.date < day(&from) {
            prop_assert_eq!(bytes(&base, &basket), bytes(&reform, &basket));
        }
        let sample = Sample::parse(&format!("{}\n", json!({ "id": "one", "request": request })));
        let report = run(&world().engine, &base, &[patch], &sample, &Settings::default()).map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
        let is_quoted = |set: &RuleSet| world().engine.quote_under(&set.rules, &basket).is_ok();
        for change in report.changes.iter().filter(|_| is_quoted(&base) && is_quoted(&reform)) {
            prop_assert_eq!(&change.cites, std::slice::from_ref(&fact.rule), "{:?}", fact);
        }
    }

    /// 23: no reform is the baseline, and a reform with its inverse is.
    #[test]
    fn p23_there_and_back_is_the_baseline(request in any_request(), pick in any::<usize>(), per_cent in 0_i64..300, from in any_from()) {
        let own = world().territory_of(request["destination"].as_str().unwrap());
        let (base, facts) = (base(own), facts(own));
        let fact = &facts[pick % facts.len()];
        let basket = basket(&request)?;
        let nothing = Patch::parse(&format!("base = \"sha256:{}\"\ntitle = \"nothing\"\n", base.id)).unwrap();
        let same = base.patched(&nothing).unwrap();
        prop_assert_eq!(bytes(&base, &basket), bytes(&same, &basket));
        // Another arm of the rule that states something else would be moved too: its inverse is another patch.
        let arms = facts.iter().filter(|other| other.path == fact.path && other.place == fact.place && other.region == fact.region);
        prop_assume!(arms.clone().all(|other| other.stated == fact.stated));
        let (_, there) = reform(&base, fact, &from, &moved(fact, per_cent))?;
        let back = set(&there, fact, &from, &fact.stated).unwrap();
        let back = there.patched(&back).map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
        prop_assert_eq!(bytes(&base, &basket), bytes(&back, &basket));
    }

    /// 24: the baseline's bytes are the same after a reform of its rules is quoted.
    #[test]
    fn p24_the_baseline_stays(request in any_request(), pick in any::<usize>(), per_cent in 0_i64..300) {
        let own = world().territory_of(request["destination"].as_str().unwrap());
        let (base, facts) = (base(own), facts(own));
        let fact = &facts[pick % facts.len()];
        let basket = basket(&request)?;
        let before = bytes(&base, &basket);
        let (_, reform) = reform(&base, fact, FIRST, &moved(fact, per_cent))?;
        bytes(&reform, &basket);
        prop_assert_eq!(&before, &bytes(&base, &basket));
        prop_assert_eq!(&before, &bytes(&self::base(own), &basket));
        let own_quote = world().engine.quote(&basket).map_or_else(|error| error.to_string(), |quote| serde_json::to_string(&quote).unwrap());
        prop_assert_eq!(before, own_quote);
    }

    /// 25: a fee or tax that is added, and that nothing is charged on, adds its amount to the total and changes nothing else.
    #[test]
    fn p25_what_is_added_adds(request in any_request(), cents in 0_i64..10_000, is_tax in any::<bool>()) {
        let own = world().territory_of(request["destination"].as_str().unwrap());
        let base = base(own);
        let home = crate::baskets::home(own, request["destination"].as_str().unwrap());
        let amount = crate::baskets::unit_of(&home) * Decimal::from(cents);
        let law = "law = { title = \"an idea\", url = \"https://example.org/\", confidence = \"derived\", checked-on = \"2026-11-27\" }";
        let added = if is_tax {
            format!("[[add.tax]]\nid = \"added\"\nrate = {{ percent = \"{} %\" }}\nbase = [\"customs-value\"]\n", Decimal::new(cents, 2))
        } else {
            format!("[[add.fee]]\nid = \"added\"\ncharge = {{ fixed = {{ amount = \"{amount} {home}\", per = \"consignment\" }} }}\n")
        };
        let patch = Patch::parse(&format!("base = \"sha256:{}\"\ntitle = \"more\"\n{added}valid = {{ from = \"1990-01-01\" }}\n{law}\n", base.id)).unwrap();
        let reform = base.patched(&patch).map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
        let basket = basket(&request)?;
        let engine = &world().engine;
        let (Ok(less), Ok(more)) = (engine.quote_under(&base.rules, &basket), engine.quote_under(&reform.rules, &basket)) else {
            return Err(TestCaseError::reject("refused"));
        };
        let value = |quote| serde_json::to_value(quote).unwrap();
        let (less, more): (Value, Value) = (value(&less), value(&more));
        prop_assume!(less["status"] != "partial");
        let new: Decimal = crate::reading::lines(&more).iter().filter(|line| line["measure"] == "added").map(|line| decimal(&line["amount"])).sum();
        let total = |quote: &Value| decimal(&quote["totals"]["landedCost"]);
        prop_assert_eq!(total(&less) + new, total(&more));
        prop_assert!(is_tax || new == amount);
        let others: Vec<&Value> = crate::reading::lines(&more).iter().filter(|line| line["measure"] != "added").collect();
        prop_assert_eq!(others, crate::reading::lines(&less).iter().collect::<Vec<_>>());
    }
}
