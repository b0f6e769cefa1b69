//! The rules with a reform, proved as any others.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use dutiable::destination::Rules;
use dutiable::lab::{Patch, RuleSet};

use crate::tables::{Fingerprint, TableFolder};

/// Proves the rules that a reform was written for with the reform. What is put out of force leaves gaps, which are reported as such.
///
/// # Errors
/// A patch that is refused, that is for none of the packs in `fingerprints.csv`, or that gives rules which do not hold together.
pub fn check_reform(folder: &Path, path: &Path) -> Result<()> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    let patch = Patch::parse(&text)?;
    let fingerprints: Vec<Fingerprint> = TableFolder::new(folder).read()?;
    let mut packs = fingerprints.iter();
    let of_base = packs.find(|pack| pack.sha256 == patch.base);
    let territory = of_base.and_then(|pack| pack.pack.strip_suffix(".rules"));
    let territory = territory.context("fingerprints.csv names no rules of this hash")?;
    let rules = folder.join("rules").join(territory).with_extension("toml");
    let failures = faults(super::read(&rules)?, &patch)?;
    for failure in &failures {
        println!("{failure}");
    }
    ensure!(failures.is_empty(), "{} failures", failures.len());
    println!("{}: the rules of {territory} hold with it", patch.title);
    Ok(())
}

/// All that is wrong with the rules once they are patched.
pub(super) fn faults(rules: Rules, patch: &Patch) -> Result<Vec<String>> {
    let base = RuleSet {
        id: patch.base.clone(),
        rules,
    };
    Ok(super::check(&base.patched(patch)?.rules))
}
