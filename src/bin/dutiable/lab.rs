//! `dutiable lab`: the same sample under a rule set and under it with a reform.
//!
//! `dutiable lab --patch reform.toml --sample baskets.jsonl --cost "vendor=0.20 EUR" > report.md` · `--json` for the report with every
//! changed answer · several `--patch`es one upon the other.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use dutiable::Engine;
use dutiable::decimal::{self, Decimal};
use dutiable::lab::{Patch, Report, RuleSet, Sample, Settings};
use dutiable::money::Money;

use crate::packs::PackFolder;

/// What the policy lab is asked.
#[derive(Args)]
pub(crate) struct LabArguments {
    /// A reform in TOML; several are applied one upon the other, each naming as its base what the one before gives
    #[arg(long, required = true)]
    patch: Vec<PathBuf>,
    /// The baskets, one request or `{"id", "request"}` a line
    #[arg(long)]
    sample: PathBuf,
    /// What a consignment costs who collects, by collection model, as you assume it: `vendor=0.20 EUR`
    #[arg(long, value_name = "MODEL=AMOUNT")]
    cost: Vec<String>,
    /// Limits of the value bands, in the destination's currency
    #[arg(long, value_delimiter = ',', default_value = "22,45,150,430,1000")]
    bands: Vec<String>,
    /// The report as JSON, with every changed answer
    #[arg(long)]
    json: bool,
}

/// Runs the lab and prints its report.
///
/// # Errors
/// A file that cannot be read, a patch that is refused, a pack that cannot be opened.
pub(crate) fn run(mut packs: PackFolder, asked: &LabArguments) -> Result<bool> {
    let report = report(&mut packs, asked)?;
    if asked.json {
        return crate::print(&serde_json::to_value(report)?);
    }
    write!(io::stdout(), "{}", report.markdown()?)?;
    Ok(true)
}

fn report(packs: &mut PackFolder, asked: &LabArguments) -> Result<Report> {
    let mut patches = Vec::with_capacity(asked.patch.len());
    for path in &asked.patch {
        let patch = Patch::parse(&read(path)?);
        patches.push(patch.with_context(|| path.display().to_string())?);
    }
    let sample = Sample::parse(&read(&asked.sample)?);
    let settings = Settings {
        costs: costs(&asked.cost)?,
        bands: bands(&asked.bands)?,
    };
    let base = patches.first().map_or("", |patch| patch.base.as_str());
    let mut engine = Engine::new();
    packs.of_hash(&mut engine, base)?;
    for sampled in &sample.baskets {
        if let Ok(basket) = &sampled.basket {
            let origins = basket.items.iter().filter_map(|item| item.origin.as_ref());
            let origins: Vec<&str> = origins.map(|origin| origin.as_str()).collect();
            packs.for_quote(&mut engine, basket.destination.as_str(), &origins)?;
        }
    }
    let base = RuleSet::of_pack(&engine, base)
        .with_context(|| format!("no pack of rules has the SHA-256 {base}"))?;
    dutiable::lab::run(&engine, &base, &patches, &sample, &settings).context("the reform")
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

fn costs(written: &[String]) -> Result<BTreeMap<String, Money>> {
    let mut costs = BTreeMap::new();
    for cost in written {
        let Some((model, amount)) = cost.split_once('=') else {
            bail!("--cost {cost}: not of the form `vendor=0.20 EUR`");
        };
        ensure!(
            ["vendor", "intermediary", "buyer", "border"].contains(&model),
            "--cost {cost}: a model is vendor, intermediary, buyer or border"
        );
        let amount = Money::parse(amount).with_context(|| format!("--cost {cost}"))?;
        let twice = costs.insert(model.to_owned(), amount).is_some();
        ensure!(!twice, "--cost {model}: stated twice");
    }
    Ok(costs)
}

fn bands(written: &[String]) -> Result<Vec<Decimal>> {
    let mut bands = Vec::with_capacity(written.len());
    for limit in written {
        let limit = decimal::parse(limit, 2).with_context(|| format!("--bands {limit}"))?;
        ensure!(
            bands.last().is_none_or(|last| *last < limit),
            "--bands: the limits do not ascend"
        );
        bands.push(limit);
    }
    Ok(bands)
}
