//! Tables and rules into packs: the last step of the data, and the first that the engine sees.
//!
//! The same tables give the same bytes: rows are taken in the tables' order, dictionaries are numbered in the order of first use, and
//! nothing of the day or the machine enters a pack.

mod checklist;
mod fingerprints;
mod guide;
mod languages;
mod manifest;
mod national_titles;
mod navigator;
mod rates;
mod rules;
mod shop_words;
mod sources;
mod tariff;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use dutiable::pack::{Pack, PackKind};

use crate::tables::{TableFolder, Tariff};
pub(crate) use guide::navigator_and_guide;
use manifest::Entry;
pub(crate) use navigator::{COMPOUNDS, learned, write as navigation};

/// A finished pack, verified by the very reader that pages use.
pub(crate) struct Built {
    pack: Pack,
}

impl Built {
    /// Verifies what was written.
    fn verify(bytes: Vec<u8>) -> Result<Self> {
        Ok(Self {
            pack: Pack::open(bytes).context("a pack that was just written does not open")?,
        })
    }

    fn id(&self) -> &str {
        &self.pack.about().id
    }

    fn kind(&self) -> PackKind {
        self.pack.kind()
    }
}

/// Builds every pack into `out`, with their manifest `packs.json`, and notes their fingerprints. With `check`, builds twice and compares.
///
/// # Errors
/// A table or rule that cannot be packed, by name; two builds that differ.
pub(crate) fn run(folder: &Path, out: &Path, check: bool) -> Result<()> {
    let packs = build(folder)?;
    if check {
        let again = build(folder)?;
        ensure!(
            packs.len() == again.len(),
            "two builds gave {} and {} packs",
            packs.len(),
            again.len()
        );
        for (one, other) in packs.iter().zip(&again) {
            ensure!(
                one.pack.bytes() == other.pack.bytes(),
                "{} is not the same in two builds",
                one.id()
            );
        }
        println!("{} packs, built twice, byte for byte the same", packs.len());
    }
    let entries: Vec<Entry> = packs.iter().map(Entry::of).collect();
    write(&packs, &entries, out)?;
    fingerprints::write(&entries, &TableFolder::new(folder))
}

/// Proves that the tables and rules still make the packs that `fingerprints.csv` names, and returns how many failures there are.
///
/// # Errors
/// A table or rule that cannot be packed, by name.
pub(crate) fn check(folder: &Path) -> Result<usize> {
    let entries: Vec<Entry> = build(folder)?.iter().map(Entry::of).collect();
    Ok(fingerprints::check(&entries, &TableFolder::new(folder))?.print())
}

fn build(folder: &Path) -> Result<Vec<Built>> {
    let tables = TableFolder::new(folder.join("tables"));
    let sources = folder.join("sources");
    let mut packs = Vec::new();
    let territories = crate::rules::read_folder(&folder.join("rules"))?;
    for place in Tariff::places(&tables)? {
        let destinations = rules::destinations(&territories, &place);
        if destinations.is_empty() {
            println!("{place}: no rules name this tariff, so no pack is made of it");
            continue;
        }
        let built = tariff::build(&tables, &sources, &place, &destinations);
        packs.extend(built.with_context(|| format!("packing the tariff {place}"))?);
    }
    packs.extend(rules::build(&territories)?);
    packs.extend(navigator::build(
        &tables,
        &folder.join("lexicon"),
        &sources,
        &crate::classifier::path(folder),
    )?);
    packs.push(guide::build(folder)?);
    packs.extend(languages::build(
        &tables,
        &sources,
        &folder.join("lexicon"),
    )?);
    packs.push(rates::build(&tables, &sources)?);
    packs.sort_by(|a, b| a.id().cmp(b.id()));
    if let Some(pair) = packs
        .windows(2)
        .find(|pair| pair.first().map(Built::id) == pair.last().map(Built::id))
    {
        bail!(
            "two packs are called {}",
            pair.first().map_or("", Built::id)
        );
    }
    Ok(packs)
}

/// Writes the packs under their hashes, the manifest last, and removes what no manifest names any more.
fn write(packs: &[Built], entries: &[Entry], out: &Path) -> Result<()> {
    fs::create_dir_all(out).with_context(|| format!("creating {}", out.display()))?;
    for (built, entry) in packs.iter().zip(entries) {
        let path = out.join(&entry.url);
        fs::write(&path, built.pack.bytes())
            .with_context(|| format!("writing {}", path.display()))?;
    }
    manifest::write(entries, out)?;
    for old in fs::read_dir(out)? {
        let path = old?.path();
        let name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if name.ends_with(".pack") && !entries.iter().any(|entry| entry.url == name) {
            fs::remove_file(&path)?;
        }
    }
    let bytes: usize = packs.iter().map(|built| built.pack.bytes().len()).sum();
    println!(
        "{} packs, {} KB, in {}",
        packs.len(),
        bytes / 1024,
        out.display()
    );
    Ok(())
}
