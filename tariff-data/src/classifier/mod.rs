//! The classifier: learned here from the tables and the lexicon, measured on what was held out, and kept as figures.
//!
//! `cargo tariff train` learns twice: once without the held-out texts, to measure how good it is and how often it is right when it is how sure,
//! and once from everything, to write `lexicon/learned.pack`, which `cargo tariff pack` seals anew with the sources of the day. Learning takes minutes and packing seconds,
//! so what was learned is committed; `train --check` proves that it is what the tables and the lexicon teach.

mod calibrate;
mod doubts;
mod draw;
mod evaluate;
mod learn;
mod lexicon;
mod memory;
mod names;
mod phrases;
mod round;
mod split;
mod texts;
mod titles;

pub(crate) use lexicon::{Lexicon, read as read_lexicon};
pub(crate) use split::is_held_out;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use dutiable::navigator::{ClassifierWriter, Navigator, Ranking, Written, WrittenClassifier};

use crate::tables::TableFolder;

/// Numbers in a vector.
const WIDTH: usize = ClassifierWriter::WIDTH;

/// What `train` is to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Task {
    /// Measure, and write what was learned from everything.
    Write,
    /// Measure only.
    Measure,
    /// Compare what is committed with what is learned.
    Check,
}

/// Learns.
///
/// # Errors
/// A table that cannot be read, by name; figures that a pack cannot hold; with [`Task::Check`], what is committed is something else.
pub(crate) fn train(folder: &Path, task: Task) -> Result<()> {
    let texts = texts::read(folder, texts::Part::Training)?;
    println!("{}", texts.summary());
    let navigation = crate::pack::navigation(&TableFolder::new(folder.join("tables")))?;
    let calibration = measure(&texts, &navigation, &written(&texts, Vec::new())?)?;
    if task == Task::Measure {
        return Ok(());
    }
    let all = written(&texts::read(folder, texts::Part::All)?, calibration)?;
    let learned = crate::pack::learned(&all)?;
    let path = path(folder);
    if task == Task::Check {
        let committed = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        ensure!(
            committed == learned,
            "{} is not what the tables and the lexicon teach",
            path.display()
        );
        println!(
            "{} is what the tables and the lexicon teach",
            path.display()
        );
        return Ok(());
    }
    fs::write(&path, &learned).with_context(|| format!("writing {}", path.display()))
}

/// The file that holds what was learned.
pub(crate) fn path(folder: &Path) -> PathBuf {
    folder.join("lexicon/learned.pack")
}

/// Learns; without shares of right answers each is nothing.
fn written(
    texts: &texts::Texts,
    mut shares: Vec<[u8; calibrate::ROW]>,
) -> Result<WrittenClassifier> {
    shares.resize(ClassifierWriter::KINDS, [0; calibrate::ROW]);
    let mut writer = round::round(texts, &learn::learn(texts));
    writer.calibration = shares;
    Ok(writer.write()?)
}

/// Prints the hits of each set of held-out questions: by the index alone, and with the classifier; how often a check doubts codes by each; then how
/// often it is right when it is how sure, learned from every other question and asked of the rest. Gives the shares that all of them teach.
fn measure(
    texts: &texts::Texts,
    navigation: &Written,
    learned: &WrittenClassifier,
) -> Result<Vec<[u8; calibrate::ROW]>> {
    let alone = Navigator::open(&navigation.tree, navigation.index())?;
    let mut both = alone.clone();
    both.set_classifier(learned.sections())?;
    let bytes = [
        &learned.words,
        &learned.memory,
        &learned.vectors,
        &learned.classes,
    ]
    .map(Vec::len);
    println!("bytes of words, memory, vectors, classes: {bytes:?}");
    println!("hits in %: subheading among the first 1, 5, 10; heading among the first 1, 10");
    for (name, navigator) in [("index alone", &alone), ("with the classifier", &both)] {
        for (set, questions) in evaluate::sets(texts) {
            let hits = evaluate::hits(&texts.codes, &questions, navigator)?;
            println!(
                "{name:20} {set:13} {}",
                hits.map(|hit| format!("{hit:5.1}")).join(" ")
            );
        }
    }
    println!(
        "codes that a check doubts, in %: right ones; of other chapters, of other headings, of the same heading"
    );
    for (name, ranking) in [
        ("index alone", Ranking::Index),
        ("with the classifier", Ranking::Classifier),
    ] {
        let doubted = |against| {
            let examples = &texts.examples;
            doubts::doubted(&texts.codes, examples, &both, ranking, against)
        };
        let [right, chapter, heading, subheading] = doubts::Against::ALL.map(doubted);
        println!(
            "{name:20} {:5.1}; {:5.1} {:5.1} {:5.1}",
            right?, chapter?, heading?, subheading?
        );
    }
    let asked = calibrate::ask(texts, &both);
    let half = calibrate::shares(&asked, |at| at % 2 == 0);
    println!("confidence of first codes, in bins: said→right (how many)");
    println!(
        "{}",
        calibrate::reliability(&asked, &half, |at| at % 2 == 1)
    );
    Ok(calibrate::written(&calibrate::shares(&asked, |_| true)))
}
