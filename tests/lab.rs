//! The policy lab on its synthetic sample: worked reports reproduced, and what a reform may and may not change.
//!
//! `DUTIABLE_BLESS=1 cargo test --features cli --test lab` writes the sample and the reports anew, and the present rules' hash into
//! the patches.

#![cfg(feature = "cli")]
#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]

#[path = "lab/generate.rs"]
mod generate;
mod support;

use std::fs;
use std::path::PathBuf;

use dutiable::Engine;
use dutiable::basket::Basket;
use dutiable::decimal::{self, Decimal};
use dutiable::engine::OpenPack;
use dutiable::lab::{Patch, Refusal, Report, RuleSet, Sample, Settings, run};
use dutiable::money::Money;
use proptest::prelude::*;
use serde_json::Value;
use support::engine;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Where the part of a report begins that changes with every pack.
const GROUNDS: &str = "## What it rests on";
const REFORMS: [&str; 3] = ["ordinary-rates", "no-ceiling", "two-euros"];

fn folder() -> PathBuf {
    support::root().join("tests/lab")
}

/// Compares a file with what it should be, or writes it where asked to.
fn reproduced(name: &str, text: &str) -> Outcome {
    let path = folder().join(name);
    if blessing() {
        fs::write(&path, text)?;
    }
    let written = fs::read_to_string(&path)?;
    let figures = |text: &str| text.split(GROUNDS).next().unwrap_or_default().to_owned();
    assert_eq!(figures(&written), figures(text), "{name}");
    Ok(())
}

fn base(engine: &Engine, territory: &str) -> Outcome<RuleSet> {
    let id = format!("{territory}.rules");
    let is_it = |pack: &&OpenPack| pack.about.id == id;
    let pack = engine.packs().iter().find(is_it).ok_or("no such rules")?;
    Ok(RuleSet::of_pack(engine, &pack.sha256).ok_or("no such rules")?)
}

/// A patch of these rules, whatever they are now.
fn patch(base: &RuleSet, changes: &str) -> Result<Patch, Refusal> {
    Patch::parse(&format!(
        "base = \"sha256:{}\"\ntitle = \"a test\"\n{changes}",
        base.id
    ))
}

/// A committed patch, written for the rules as they are now.
fn committed(base: &RuleSet, name: &str) -> Outcome<Patch> {
    let path = folder().join(name).with_extension("toml");
    let text = fs::read_to_string(&path)?;
    let line = |line: &str| match line.strip_prefix("base = ") {
        Some(_) => format!("base = \"sha256:{}\"\n", base.id),
        None => format!("{line}\n"),
    };
    let text: String = text.lines().map(line).collect();
    if blessing() {
        fs::write(&path, &text)?;
    }
    Ok(Patch::parse(&text)?)
}

/// Whether files are to be written anew.
fn blessing() -> bool {
    std::env::var_os("DUTIABLE_BLESS").is_some()
}

fn sample() -> Outcome<Sample> {
    Ok(Sample::parse(&fs::read_to_string(
        folder().join("sample.jsonl"),
    )?))
}

fn settings() -> Outcome<Settings> {
    let bands = ["22", "45", "150", "430", "1000"].map(|limit| decimal::parse(limit, 2));
    let costs = [
        ("vendor", "0.20 EUR"),
        ("intermediary", "1.00 EUR"),
        ("border", "4.00 EUR"),
    ];
    let costs = costs.map(|(model, cost)| Ok((model.to_owned(), Money::parse(cost)?)));
    Ok(Settings {
        bands: bands.into_iter().collect::<Result<_, _>>()?,
        costs: costs.into_iter().collect::<Result<_, dutiable::Error>>()?,
    })
}

fn lab(engine: &Engine, base: &RuleSet, patches: &[Patch]) -> Outcome<Report> {
    Ok(run(engine, base, patches, &sample()?, &settings()?)?)
}

fn set(path: &str, period: &str, value: &str) -> String {
    format!("[[set]]\npath = '{path}'\n{period}\nvalue = {value}\n")
}

const FROM_2027: &str = "from = \"2027-01-01\"";
const FLAT: &str = "regime.eu-low-value-flat.duty.flat-per-tariff-item.amount";

#[test]
fn the_sample_is_drawn_as_its_readme_says() -> Outcome {
    let drawn = generate::sample().ok_or("shares that do not add up")?;
    assert!(drawn.len() < 300_000, "{} bytes", drawn.len());
    reproduced("sample.jsonl", &drawn)
}

#[test]
fn worked_reports_come_out() -> Outcome {
    let engine = engine()?;
    let base = base(&engine, "eu")?;
    for name in REFORMS {
        let report = lab(&engine, &base, &[committed(&base, name)?])?;
        reproduced(&format!("report-{name}.md"), &report.markdown()?)?;
    }
    Ok(())
}

/// 22, and what is counted: every changed answer cites a rule that the patch touches, and none changes before its day.
#[test]
fn changes_are_cited_and_nothing_leaks() -> Outcome {
    let engine = engine()?;
    let base = base(&engine, "eu")?;
    for name in REFORMS {
        let report = lab(&engine, &base, &[committed(&base, name)?])?;
        assert!(report.counts.changed > 100, "{name}: {:?}", report.counts);
        assert!(report.changes.iter().all(|change| !change.cites.is_empty()));
        assert!(!report.warnings.contains_key("lab.uncited"), "{name}");
        assert!(!report.warnings.contains_key("lab.leak"), "{name}");
        assert!(report.counts.before > 50 && report.counts.outside > 5);
        let counts = &report.counts;
        let answered = counts.unchanged + counts.changed;
        assert_eq!(answered + counts.outside, counts.baskets);
        let not_compared = report.warnings.get("lab.not-compared").copied();
        assert_eq!(counts.compared + not_compared.unwrap_or_default(), answered);
    }
    Ok(())
}

/// The sums again, from the quotes as the contract writes them.
#[test]
fn sums_are_those_of_the_quotes() -> Outcome {
    let engine = engine()?;
    let base = base(&engine, "eu")?;
    let patch = committed(&base, "no-ceiling")?;
    let reform = base.patched(&patch)?;
    let report = lab(&engine, &base, &[patch])?;
    let mut sums = [[Decimal::ZERO; 3]; 2];
    for sampled in sample()?.baskets {
        let basket = sampled.basket?;
        if basket.destination.as_str() == "GB" {
            continue;
        }
        let quotes = [&base, &reform].map(|set| {
            let quote = engine
                .quote_under(&set.rules, &basket)
                .map_err(|error| error.to_string());
            quote.and_then(|quote| serde_json::to_value(quote).map_err(|error| error.to_string()))
        });
        let [a, b] = quotes;
        let quotes = [a?, b?];
        if quotes.iter().any(|quote| quote["status"] == "partial") {
            continue;
        }
        for (sums, quote) in sums.iter_mut().zip(&quotes) {
            for (sum, key) in sums.iter_mut().zip(["duties", "taxes", "fees"]) {
                *sum += decimal::parse(quote["totals"][key].as_str().unwrap_or_default(), 4)?;
            }
        }
    }
    for (position, kind) in ["duty", "tax", "fee"].iter().enumerate() {
        let row = report
            .revenue
            .iter()
            .find(|row| row.of == *kind)
            .ok_or("no such row")?;
        assert_eq!(row.sums.base, sums[0][position], "{kind} under A");
        assert_eq!(row.sums.reform, sums[1][position], "{kind} under B");
        assert_eq!(row.sums.difference, row.sums.reform - row.sums.base);
    }
    let groups = [&report.by_origin, &report.by_chapter, &report.by_value];
    for groups in groups {
        let sum: Decimal = groups.iter().map(|group| group.revenue.reform).sum();
        assert_eq!(sum, sums[1].iter().sum::<Decimal>());
        let baskets: u64 = groups.iter().map(|group| group.baskets).sum();
        assert_eq!(baskets, report.counts.compared);
    }
    Ok(())
}

/// 23: an empty patch is the baseline, and says so; a patch and its inverse are the baseline.
#[test]
fn an_empty_patch_and_an_inverse_change_nothing() -> Outcome {
    let engine = engine()?;
    let base = base(&engine, "eu")?;
    let empty = lab(&engine, &base, &[patch(&base, "")?])?;
    assert_eq!((empty.counts.changed, empty.counts.baskets), (0, 1_000));
    assert!(empty.warnings.contains_key("lab.no-effect"));
    let there = patch(&base, &set(FLAT, FROM_2027, "\"5 EUR\""))?;
    let reform = base.patched(&there)?;
    assert_ne!(reform.rules, base.rules);
    let back = patch(&reform, &set(FLAT, FROM_2027, "\"3 EUR\""))?;
    let report = lab(&engine, &base, &[there.clone(), back])?;
    assert_eq!(report.counts.changed, 0);
    assert!(lab(&engine, &base, &[there])?.counts.changed > 0);
    Ok(())
}

/// 24: the baseline's bytes before, after and beside a reform.
#[test]
fn the_baseline_stays_as_it_is() -> Outcome {
    let engine = engine()?;
    let base = base(&engine, "eu")?;
    let baskets: Vec<Basket> = sample()?
        .baskets
        .into_iter()
        .take(200)
        .filter_map(|sampled| sampled.basket.ok())
        .collect();
    let answers = || -> Vec<String> {
        let quote = |basket| match engine.quote(basket) {
            Ok(quote) => serde_json::to_string(&quote).unwrap_or_default(),
            Err(error) => error.to_string(),
        };
        baskets.iter().map(quote).collect()
    };
    let before = answers();
    let patch = committed(&base, "no-ceiling")?;
    let (beside, report) = std::thread::scope(|scope| {
        let reformed = scope.spawn(|| {
            lab(&engine, &base, std::slice::from_ref(&patch)).map_err(|error| error.to_string())
        });
        (answers(), reformed.join())
    });
    let report = report.map_err(|_| "the run panicked")??;
    assert!(report.counts.changed > 0);
    assert_eq!(before, beside);
    assert_eq!(before, answers());
    assert_eq!(self::base(&engine, "eu")?, base);
    let again = lab(&engine, &base, &[patch])?;
    assert_eq!(
        serde_json::to_string(&report)?,
        serde_json::to_string(&again)?
    );
    Ok(())
}

fn flat_duty(engine: &Engine, set: &RuleSet, day: &str) -> Outcome<String> {
    let request = serde_json::json!({
        "date": day, "destination": "DE", "currency": "EUR", "freight": "0",
        "items": [{ "code": "61091000", "origin": "CN", "quantity": "1", "unitPrice": "10" }],
    });
    let basket = Basket::parse(&request.to_string())?;
    let quote: Value = serde_json::to_value(engine.quote_under(&set.rules, &basket)?)?;
    Ok(quote["totals"]["duties"]
        .as_str()
        .unwrap_or_default()
        .to_owned())
}

/// `from` alone is onward; with `to` it ends that day; the days beside are as before.
#[test]
fn a_period_ends_where_it_says() -> Outcome {
    let engine = engine()?;
    let base = base(&engine, "eu")?;
    let bounded = "from = \"2027-03-01\"\nto = \"2027-03-31\"";
    let reform = base.patched(&patch(&base, &set(FLAT, bounded, "\"5 EUR\""))?)?;
    for (day, duty) in [
        ("2027-02-28", "3.00"),
        ("2027-03-01", "5.00"),
        ("2027-03-31", "5.00"),
        ("2027-04-01", "3.00"),
    ] {
        assert_eq!(flat_duty(&engine, &reform, day)?, duty, "{day}");
    }
    let onward = base.patched(&patch(
        &base,
        &set(FLAT, "from = \"2027-03-01\"", "\"5 EUR\""),
    )?)?;
    for (day, duty) in [
        ("2027-02-28", "3.00"),
        ("2027-03-01", "5.00"),
        ("2028-07-01", "5.00"),
    ] {
        assert_eq!(flat_duty(&engine, &onward, day)?, duty, "{day}");
    }
    Ok(())
}

/// What a patch is refused for, in a word of the refusal.
#[test]
fn what_is_no_reform_is_refused() -> Outcome {
    let engine = engine()?;
    let base = base(&engine, "eu")?;
    let refused = |changes: &str| {
        let patched = patch(&base, changes).and_then(|patch| base.patched(&patch));
        patched.map_or_else(|refusal| refusal.to_string(), |_| "accepted".to_owned())
    };
    let unknown = [
        "regime.eu-low-value-flat.duty.flat-per-tariff-item.amonut",
        "regime.eu-low-value-flat.when.intrinsic-value.at-most.more",
        "regime.eu-standard.collection.9.model",
    ];
    for path in unknown {
        assert!(
            refused(&set(path, FROM_2027, "\"5 EUR\"")).contains("there is no"),
            "{path}"
        );
    }
    let cases = [
        (
            set("regime.eu-low-value-falt.duty", FROM_2027, "\"tariff\""),
            "no such rule",
        ),
        (
            set("reigme.eu-low-value-flat.duty", FROM_2027, "\"tariff\""),
            "no path to a rule",
        ),
        (
            set(
                "regime.eu-standard.when.intrinsic-value.at-most",
                FROM_2027,
                "\"5 EUR\"",
            ),
            "not stated",
        ),
        (
            set("regime.eu-low-value-relief.duty", FROM_2027, "\"tariff\""),
            "not in force then",
        ),
        (
            set(
                "regime.eu-low-value-flat.valid.to",
                FROM_2027,
                "\"2029-01-01\"",
            ),
            "keeps its name",
        ),
        (
            set("regime.eu-low-value-flat", FROM_2027, "\"x\""),
            "no value of it",
        ),
        (set(FLAT, FROM_2027, "\"5 euros\""), "not an amount"),
        (set(FLAT, FROM_2027, "5"), "invalid type"),
        (
            set(
                "regime.eu-low-value-flat.duty",
                FROM_2027,
                "{ flat = \"5 EUR\" }",
            ),
            "unknown variant",
        ),
        (
            set(FLAT, "from = \"2027-02-30\"", "\"5 EUR\""),
            "not a date",
        ),
        (
            set(
                FLAT,
                "from = \"2027-02-02\"\nto = \"2027-02-01\"",
                "\"5 EUR\"",
            ),
            "ends before it begins",
        ),
        (
            set(FLAT, "form = \"2027-02-02\"", "\"5 EUR\""),
            "unknown field",
        ),
        (
            set("tax.import-vat.rate.percent", FROM_2027, "\"5 %\""),
            "say `place`",
        ),
        (
            set("regime.eu-low-value-flat.replaces", FROM_2027, "[\"gone\"]"),
            "no other regime",
        ),
        (
            format!(
                "{}{}",
                set(FLAT, FROM_2027, "\"5 EUR\""),
                set(FLAT, "from = \"2027-06-01\"", "\"6 EUR\"")
            ),
            "set twice for a day",
        ),
        (
            format!(
                "{}{}",
                set(FLAT, FROM_2027, "\"5 EUR\""),
                set("regime.eu-low-value-flat.duty", FROM_2027, "\"tariff\"")
            ),
            "set twice for a day",
        ),
        (
            format!(
                "{}[[neutralise]]\nrule = \"regime.eu-low-value-flat\"\n{FROM_2027}",
                set(FLAT, FROM_2027, "\"5 EUR\"")
            ),
            "put out of force",
        ),
        (
            "[[neutralise]]\nrule = \"tax.import-vat.rate\"\nfrom = \"2027-01-01\"".to_owned(),
            "not a rule",
        ),
        ("[[add.fee]]\nid = \"x\"".to_owned(), "valid.from"),
        (
            "[[add.fees]]\nid = \"x\"\nvalid = { from = \"2027-01-01\" }".to_owned(),
            "no such list",
        ),
        (
            "[[add.fee]]\nid = \"x\"\nvalid = { from = \"2027-01-01\" }".to_owned(),
            "missing field",
        ),
        ("colour = \"red\"".to_owned(), "unknown field"),
    ];
    for (changes, word) in cases {
        let refusal = refused(&changes);
        assert!(refusal.contains(word), "{changes}\ngives: {refusal}");
    }
    let other = Patch::parse(&format!(
        "base = \"sha256:{}\"\ntitle = \"x\"",
        "0".repeat(64)
    ))?;
    assert!(
        base.patched(&other)
            .is_err_and(|refusal| refusal.to_string().contains("was written for"))
    );
    assert!(Patch::parse("base = \"sha256:0\"\ntitle = \"x\"").is_err());
    Ok(())
}

/// One place's tax, out of many of its name.
#[test]
fn a_place_says_whose_rule_is_meant() -> Outcome {
    let engine = engine()?;
    let base = base(&engine, "eu")?;
    let change = set(
        "tax.import-vat.rate.percent",
        "place = \"FR\"\nfrom = \"2027-01-01\"",
        "\"25 %\"",
    );
    let patch = patch(&base, &change)?;
    let report = lab(&engine, &base, &[patch])?;
    assert!(report.counts.changed > 100);
    let french = sample()?.baskets.into_iter().filter(|sampled| {
        sampled
            .basket
            .as_ref()
            .is_ok_and(|basket| basket.destination.as_str() == "FR")
    });
    let french: Vec<String> = french.map(|sampled| sampled.id).collect();
    assert!(
        report
            .changes
            .iter()
            .all(|change| french.contains(&change.id))
    );
    Ok(())
}

/// A rule out of force takes its regime with it, and a refusal is counted and not dropped.
#[test]
fn what_a_reform_breaks_is_counted() -> Outcome {
    let engine = engine()?;
    let base = base(&engine, "eu")?;
    let out = format!("[[neutralise]]\nrule = \"regime.eu-standard\"\n{FROM_2027}\n");
    let patch = patch(&base, &out)?;
    let report = lab(&engine, &base, &[patch]);
    let report = report?;
    let refused = report
        .counts
        .refused_reform
        .get("rule.missing")
        .copied()
        .unwrap_or_default();
    assert!(refused > 10, "{:?}", report.counts);
    assert!(report.warnings.contains_key("lab.not-compared"));
    assert!(
        report
            .changes
            .iter()
            .all(|change| change.cites == ["regime.eu-standard"])
    );
    Ok(())
}

/// What is wrong with a line is counted.
#[test]
fn unreadable_lines_are_counted() -> Outcome {
    let engine = engine()?;
    let base = base(&engine, "eu")?;
    let sample = Sample::parse("{\n\n{\"id\":\"x\",\"request\":{\"date\":\"2027-01-01\"}}\n");
    let report = run(&engine, &base, &[patch(&base, "")?], &sample, &settings()?)?;
    assert_eq!(report.counts.baskets, 2);
    assert_eq!(report.counts.unreadable.get("input.malformed"), Some(&1));
    assert_eq!(report.counts.unreadable.get("input.missing"), Some(&1));
    Ok(())
}

thread_local!(static ENGINE: Engine = engine().unwrap_or_default());

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// 22: changing one parameter changes only answers that cite it, whatever it is changed to, and from when.
    #[test]
    fn one_parameter_changes_only_answers_that_cite_it(
        which in 0_usize..5, cents in 0_i64..20_000, month in 1_u32..13,
    ) {
        let fail = |error: Box<dyn std::error::Error>| TestCaseError::fail(error.to_string());
        let amount = format!("\"{} EUR\"", Decimal::new(cents, 2));
        let percent = format!("\"{} %\"", Decimal::new(cents / 100, 1));
        let from = format!("from = \"2027-{month:02}-01\"");
        let (rule, change) = match which {
            0 => ("regime.eu-low-value-flat-ioss", set("regime.eu-low-value-flat-ioss.when.intrinsic-value.at-most", &from, &amount)),
            1 => ("regime.eu-low-value-flat", set(FLAT, &from, &amount)),
            2 => ("tax.import-vat", set("tax.import-vat.rate.percent", &format!("place = \"DE\"\n{from}"), &percent)),
            3 => ("regime.eu-gift-relieved", set("regime.eu-gift-relieved.when.intrinsic-value.at-most", &from, &amount)),
            _ => ("fee.fr-small-parcels-tax", set("fee.fr-small-parcels-tax.charge.fixed.amount", &from, &amount)),
        };
        let report = ENGINE.with(|engine| {
            let base = base(engine, "eu")?;
            let mut sample = sample()?;
            sample.baskets.truncate(250);
            Ok(run(engine, &base, &[patch(&base, &change)?], &sample, &settings()?)?)
        });
        let report = report.map_err(fail)?;
        prop_assert!(report.changes.iter().all(|change| change.cites == [rule]), "{:?}", report.warnings);
        prop_assert!(!report.warnings.contains_key("lab.leak"));
    }
}
