//! Turns publishers' tariff files into tables that people review, and proves the tables.
//!
//! `cargo tariff normalise us --from hts.json` · `cargo tariff check` · `cargo tariff check us`

mod check;
mod classifier;
mod coverage;
mod facets;
mod files;
mod pack;
mod provenance;
mod publishers;
mod rules;
mod tables;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Parser, Subcommand};
use dutiable::navigator::Ranking;

use crate::files::Files;
use crate::publishers::{Job, What};
use crate::tables::TableFolder;

/// Publishers' tariff files into reviewable tables.
#[derive(Parser)]
#[command(name = "tariff", version)]
struct Arguments {
    /// The `tariff-data` folder; by default the one this program was built in, or `./tariff-data`.
    #[arg(long, global = true)]
    folder: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write tables from publishers' files
    Normalise {
        /// What the files hold
        what: What,
        /// The publisher's files, as downloaded; `.gz` is unpacked
        #[arg(long, num_args = 1.., required = true)]
        from: Vec<PathBuf>,
        /// The edition of the main file, when it is not the one already recorded
        #[arg(long)]
        edition: Option<String>,
        /// The day the main file speaks for (ISO), when it is not the one already recorded
        #[arg(long)]
        as_of: Option<String>,
    },
    /// Prove the tables and rules: everything, one folder of `tables/` (`us`, `hs`, `fx`), `rules`, or `packs`: that the packs they make are
    /// those of `fingerprints.csv`
    Check {
        /// The folder of `tables/` to check, `rules` or `packs`; everything when left out
        place: Option<String>,
        /// The Commission's summary of third-country duties by eight digits, to hold the EU's rates against
        #[arg(long)]
        cross_check: Option<PathBuf>,
        /// A reform as `dutiable lab` takes it: prove the rules it was written for with the reform, and nothing else
        #[arg(long, conflicts_with = "place")]
        reform: Option<PathBuf>,
    },
    /// Turn tables and rules into packs, with their manifest and `fingerprints.csv`
    Pack {
        /// Where to
        #[arg(long, default_value = "packs")]
        out: PathBuf,
        /// Build twice and compare
        #[arg(long)]
        check: bool,
    },
    /// Review what guided classification asks
    Guide {
        /// Print the facets of what lies under this code
        #[arg(long, value_name = "CODE")]
        show: Option<String>,
        /// Play it through on a tenth of the lexicon's examples, and print how many questions it takes
        #[arg(long)]
        simulate: bool,
        /// Files or folders of `text,code`, or evaluation sets (`.jsonl`), to play in place of the lexicon's examples, all of them
        #[arg(long)]
        examples: Vec<PathBuf>,
        /// Print so many of the examples that were not resolved
        #[arg(long, default_value_t = 0)]
        lost: usize,
        /// Of a hundred questions answer so many with "I don't know"
        #[arg(long, default_value_t = 0)]
        unsure: u8,
        /// Rank by the classifier too: of texts that it did not learn from
        #[arg(long, requires = "examples")]
        classifier: bool,
    },
    /// Learn the classifier from the tables and the lexicon: first without what is held out, to say how good it is, then from everything
    Train {
        /// Only say how good it is
        #[arg(long, conflicts_with = "check")]
        measure: bool,
        /// Only prove that what is committed is what is learned
        #[arg(long)]
        check: bool,
    },
    /// Write the coverage into README
    Coverage,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let folder = arguments.folder.unwrap_or_else(own_folder);
    match arguments.command {
        Command::Normalise {
            what,
            from,
            edition,
            as_of,
        } => publishers::normalise(
            what,
            &Job {
                files: Files::new(from),
                tables: TableFolder::new(folder.join("tables")),
                sources: folder.join("sources"),
                edition,
                as_of,
            },
        ),
        Command::Check {
            reform: Some(patch),
            ..
        } => rules::check_reform(&folder, &patch),
        Command::Check {
            place, cross_check, ..
        } => check(&folder, place.as_deref(), cross_check.as_deref()),
        Command::Pack { out, check } => pack::run(&folder, &out, check),
        Command::Guide {
            show,
            simulate,
            examples,
            lost,
            unsure,
            classifier,
        } => {
            if let Some(code) = show {
                facets::show(&folder, &code)?;
            }
            let all = !examples.is_empty();
            let settings = facets::Settings {
                examples,
                all,
                lost,
                unsure,
                ranking: if classifier {
                    Ranking::Classifier
                } else {
                    Ranking::Index
                },
            };
            if simulate || all {
                facets::simulate(&folder, &settings)?;
            }
            Ok(())
        }
        Command::Train { measure, check } => {
            let task = match (measure, check) {
                (true, _) => classifier::Task::Measure,
                (_, true) => classifier::Task::Check,
                _ => classifier::Task::Write,
            };
            classifier::train(&folder, task)
        }
        Command::Coverage => coverage::write(&folder, &readme(&folder)),
    }
}

fn check(folder: &Path, place: Option<&str>, cross_check: Option<&Path>) -> Result<()> {
    let none = |failures: usize, of: &str| -> Result<()> {
        anyhow::ensure!(failures == 0, "{failures} failures in the {of}");
        Ok(())
    };
    if place.is_none() {
        coverage::check(folder, &readme(folder))?;
    }
    if matches!(place, None | Some("rules")) {
        none(rules::check_folder(&folder.join("rules"))?, "rules")?;
    }
    if !matches!(place, Some("rules" | "packs")) {
        let tables = TableFolder::new(folder.join("tables"));
        check::run(&tables, &folder.join("sources"), place, cross_check)?;
    }
    // Last: what is wrong with a table says more than that its pack is another.
    if matches!(place, None | Some("packs")) {
        none(pack::check(folder)?, "packs")?;
    }
    Ok(())
}

/// The README beside the folder.
fn readme(folder: &Path) -> PathBuf {
    folder.join("../README.md")
}

/// `cargo run` names the crate's folder at run time; a program called by hand looks below where it stands.
fn own_folder() -> PathBuf {
    std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(|| "tariff-data".into(), PathBuf::from)
}
