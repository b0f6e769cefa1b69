//! Every rules file is read; every refusal is provoked once.

use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use dutiable::destination::Rules;
use dutiable::lab::Patch;

use super::reform::faults;
use super::{proved, read};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

#[test]
fn every_file_holds_what_its_name_says() -> Result<()> {
    let mut read_files = 0_usize;
    for entry in std::fs::read_dir(folder())? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            let rules = read(&path)?;
            ensure!(
                path.file_stem()
                    .is_some_and(|stem| *stem == *rules.territory)
            );
            read_files = read_files.saturating_add(1);
        }
    }
    ensure!(read_files >= 4, "{read_files} files");
    Ok(())
}

/// Every worked example names a regime, taxes and fees that its territory states, for a place of it.
#[test]
fn worked_examples_name_what_is_stated() -> Result<()> {
    let worked = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/worked");
    let mut examples = 0_usize;
    for territory in std::fs::read_dir(worked)? {
        let territory = territory?.path();
        let Some(name) = territory.file_name().filter(|_| territory.is_dir()) else {
            continue;
        };
        let rules = read(&folder().join(name).with_extension("toml"))?;
        for example in std::fs::read_dir(&territory)? {
            let path = example?.path();
            let text = std::fs::read_to_string(&path)?;
            let example: serde_json::Value = serde_json::from_str(&text)?;
            let shown = path.display();
            let at = |pointer: &str| example.pointer(pointer).and_then(|v| v.as_str());
            ensure!(
                at("/title").is_some() && at("/law").is_some() && at("/source/url").is_some(),
                "{shown}"
            );
            let place = at("/request/destination").unwrap_or_default();
            ensure!(
                rules.place.iter().any(|p| p.code.as_str() == place),
                "{shown}: {place}"
            );
            ensure!(
                example.pointer("/request/exchangeRates").is_some(),
                "{shown}: no rates"
            );
            if let Some(id) = at("/expect/regime") {
                ensure!(
                    rules.regime.iter().any(|regime| regime.id == id),
                    "{shown}: {id}"
                );
            }
            let lines = example.pointer("/expect/lines").and_then(|v| v.as_array());
            for line in lines.into_iter().flatten() {
                let word = |key: &str| line.get(key).and_then(|v| v.as_str()).unwrap_or_default();
                let id = word("measure");
                let stated = match word("kind") {
                    "tax" => rules.tax.iter().any(|tax| tax.id == id),
                    "fee" => rules.fee.iter().any(|fee| fee.id == id),
                    "relief" => rules.regime.iter().any(|regime| regime.id == id),
                    _ => true,
                };
                ensure!(stated, "{shown}: {id}");
            }
            examples = examples.saturating_add(1);
        }
    }
    ensure!(examples >= 45, "{examples} examples");
    Ok(())
}

/// The reforms of the policy lab's worked reports hold together like the rules they change, and one that does not is found.
#[test]
fn reforms_hold_together() -> Result<()> {
    let lab = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/lab");
    let mut reforms = 0_usize;
    for entry in std::fs::read_dir(lab)? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "toml") {
            let patch = Patch::parse(&std::fs::read_to_string(&path)?)?;
            let faults = faults(read(&folder().join("eu.toml"))?, &patch)?;
            ensure!(faults.is_empty(), "{}: {faults:?}", path.display());
            reforms = reforms.saturating_add(1);
        }
    }
    ensure!(reforms >= 3, "{reforms} reforms");
    let base = format!("base = \"sha256:{}\"\ntitle = \"x\"\n", "0".repeat(64));
    let change = "[[set]]\npath = \"regime.eu-low-value-flat.replaces\"\nfrom = \"2027-01-01\"\nvalue = []\n";
    let faults = faults(
        read(&folder().join("eu.toml"))?,
        &Patch::parse(&format!("{base}{change}"))?,
    )?;
    ensure!(
        faults
            .iter()
            .any(|fault| fault.contains("none replaces the other")),
        "{faults:?}"
    );
    Ok(())
}

const LAW: &str = r#"law = { title = "an act", url = "https://example.org", confidence = "official", checked-on = "2026-11-24" }"#;
const WAY: &str = r#"collection = [{ model = "border", duty = { by = "carrier", at = "delivery" }, tax = { by = "carrier", at = "delivery" }, fee = { by = "carrier", at = "delivery" } }]"#;

/// A territory with one regime for everything, and what a test adds.
fn rules(more: &str) -> String {
    format!(
        "territory = \"xx\"\ntitle = \"Somewhere\"\ntariff = \"xx\"\nplace = [{{ code = \"XX\", currency = \"EUR\" }}]\n\
         [[customs-value]]\nbasis = \"CIF\"\n{LAW}\n{}\n{more}",
        regime("standard", "")
    )
}

fn regime(id: &str, more: &str) -> String {
    format!(
        "[[regime]]\nid = \"{id}\"\nduty = \"tariff\"\ntax = \"charged\"\nrelease-category = 4\ndeclaration = \"entry\"\n{WAY}\n{LAW}\n{more}\n"
    )
}

fn parse(text: &str) -> Result<Rules> {
    proved(toml::from_str(text)?)
}

fn refused(text: &str) -> String {
    parse(text).map_or_else(|error| format!("{error:#}"), |_| String::new())
}

#[test]
fn a_plain_file_is_accepted() -> Result<()> {
    parse(&rules(""))?;
    parse(&rules(&regime(
        "small",
        r#"replaces = ["standard"]
when = { intrinsic-value = { at-most = "150 EUR" } }"#,
    )))?;
    Ok(())
}

#[test]
fn regimes_that_both_hold_are_refused() {
    let small = regime(
        "small",
        r#"when = { intrinsic-value = { at-most = "150 EUR" } }"#,
    );
    assert!(refused(&rules(&small)).contains("none replaces the other"));
}

#[test]
fn a_limit_that_two_regimes_share_is_refused() {
    let text = rules(&format!(
        "{}{}",
        regime(
            "small",
            r#"replaces = ["standard"]
when = { intrinsic-value = { at-most = "150 EUR" } }"#
        ),
        regime(
            "large",
            r#"replaces = ["standard"]
when = { intrinsic-value = { at-least = "150 EUR" } }"#
        ),
    ));
    assert!(
        refused(&text).contains("large and small") || refused(&text).contains("small and large")
    );
}

#[test]
fn a_gap_is_refused() {
    let text = rules("").replace(
        "id = \"standard\"",
        "id = \"standard\"\nvalid = { from = \"2020-01-01\", to = \"2026-06-30\" }",
    );
    assert!(refused(&text).contains("2026-07-01: no regime holds"));
    let value = rules("").replace(
        "basis = \"CIF\"",
        "basis = \"CIF\"\nvalid = { to = \"2026-06-30\" }",
    );
    let later =
        format!("[[customs-value]]\nbasis = \"FOB\"\nvalid = {{ from = \"2026-07-02\" }}\n{LAW}\n");
    assert!(refused(&format!("{value}\n{later}")).contains("a gap after"));
}

#[test]
fn an_unknown_word_is_refused() {
    assert!(refused(&rules("colour = \"red\"")).contains("unknown field"));
    let fee = format!(
        "[[fee]]\nid = \"x\"\ncharge = {{ fixed = {{ amount = \"1 EUR\", per = \"consignment\", each = 2 }} }}\n{LAW}"
    );
    assert!(refused(&rules(&fee)).contains("each"));
}

#[test]
fn a_law_without_address_or_day_is_refused() {
    assert!(refused(&rules("").replace("https://example.org", "")).contains("no address"));
    assert!(
        refused(&rules("").replace(", checked-on = \"2026-11-24\"", "")).contains("checked-on")
    );
}

#[test]
fn a_rounding_unit_is_a_power_of_ten() -> Result<()> {
    let rounding = |unit: &str| {
        rules(&format!(
            "[[rounding]]\nat = \"duty\"\nscope = \"item\"\nunit = \"{unit}\"\nmode = \"down\"\n{LAW}"
        ))
    };
    for unit in ["0.01", "1", "100", "1000"] {
        parse(&rounding(unit))?;
    }
    for unit in ["0", "5", "0.05", "-10", "250", "x"] {
        assert!(refused(&rounding(unit)).contains("power of ten"), "{unit}");
    }
    Ok(())
}

#[test]
fn a_reference_to_nothing_is_refused() {
    assert!(
        refused(&rules(&regime("small", "replaces = [\"other\"]"))).contains("no other regime")
    );
    let fee = format!(
        "[[fee]]\nid = \"x\"\nregimes = [\"other\"]\ncharge = {{ fixed = {{ amount = \"1 EUR\", per = \"consignment\" }} }}\n{LAW}"
    );
    assert!(refused(&rules(&fee)).contains("is no regime"));
    let tax = format!(
        "[[tax]]\nid = \"x\"\nrate = {{ percent = \"5 %\" }}\nbase = [{{ tax = \"y\" }}]\n{LAW}"
    );
    assert!(refused(&rules(&tax)).contains("no tax before it"));
    let tax = format!(
        "[[tax]]\nid = \"x\"\nplaces = [\"YY\"]\nrate = {{ percent = \"5 %\" }}\nbase = [\"goods\"]\n{LAW}"
    );
    assert!(refused(&rules(&tax)).contains("not a place"));
}

#[test]
fn one_tax_is_not_stated_twice_for_a_day() {
    let tax = |valid: &str| {
        format!(
            "[[tax]]\nid = \"vat\"\nvalid = {valid}\nrate = {{ percent = \"5 %\" }}\nbase = [\"goods\"]\n{LAW}\n"
        )
    };
    let twice = format!(
        "{}{}",
        tax("{ to = \"2026-12-31\" }"),
        tax("{ from = \"2026-12-31\" }")
    );
    assert!(refused(&rules(&twice)).contains("stated twice"));
    let late = tax("{ from = \"2026-12-31\" }");
    assert!(refused(&rules(&late)).contains("does not span"));
}

#[test]
fn a_regime_that_never_holds_is_refused() {
    let never = regime(
        "never",
        r#"replaces = ["standard"]
when = { intrinsic-value = { above = "150 EUR", at-most = "100 EUR" } }"#,
    );
    assert!(refused(&rules(&never)).contains("it never holds"));
}
