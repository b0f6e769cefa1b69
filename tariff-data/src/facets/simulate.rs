//! Guided classification played through: how many questions, and how often one code is left.
//!
//! A tenth of the examples, drawn by hash, is searched; each question is answered as the facets of the example's own code say. What the
//! facets do not say is answered with "I don't know". The search sees the same twenty hits as a visitor.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use dutiable::navigator::guide::{
    GOODS, Guide, GuideAnswer, Guided, HEADINGS, HITS, NONE, Question, SIZE, Subject, UNKNOWN,
};
use dutiable::navigator::{Navigator, Ranking};
use dutiable::nomenclature::CommodityCode;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::files;
use crate::tables::{Example, TableFolder};

/// One in so many examples is played.
const ONE_IN: u8 = 10;

/// What is played.
pub(crate) struct Settings {
    /// Files or folders of `text,code`.
    pub(crate) examples: Vec<PathBuf>,
    /// All of them, not one in ten.
    pub(crate) all: bool,
    /// Prints this many of those that were lost.
    pub(crate) lost: usize,
    /// Of a hundred questions so many are answered with "I don't know", drawn by hash.
    pub(crate) unsure: u8,
    /// By what the search ranks. The classifier that is shipped has learned from the lexicon's examples.
    pub(crate) ranking: Ranking,
}

#[derive(Default)]
struct Totals {
    played: usize,
    /// The code was among the hits.
    hit: usize,
    /// It was among the candidates: a hit, or beside one.
    found: usize,
    /// It was the first hit, before any question.
    first: usize,
    /// It was among the hits, and what the query says dropped it.
    dropped_by_query: usize,
    /// It was dropped by an answer that is true of it.
    dropped_by_answer: usize,
    /// One code was left, and it was the one.
    resolved: usize,
    /// It was the likeliest of those left.
    likeliest: usize,
    questions: usize,
    unknown: usize,
    /// How many were left at the end where the code was among them.
    left: usize,
}

/// Plays the examples and prints what came of it.
///
/// # Errors
/// A file that cannot be read; a pack that cannot be built.
pub(crate) fn simulate(folder: &Path, settings: &Settings) -> Result<()> {
    let (navigator, guide) = crate::pack::navigator_and_guide(folder)?;
    let mut totals = Totals::default();
    let mut lost = Vec::new();
    for Example { text, code } in examples(folder, settings)? {
        if navigator
            .tree()
            .find(CommodityCode::parse(&code)?)
            .is_none()
        {
            continue; // of an earlier edition
        }
        let played = play(&navigator, &guide, settings, &text, &code, &mut totals);
        if let Some(why) = played.with_context(|| text.clone())? {
            lost.push(format!("  {code} {text}: {why}"));
        }
    }
    ensure!(totals.played > 0, "there is no example to play");
    print(&totals);
    for line in lost.iter().take(settings.lost) {
        println!("{line}");
    }
    Ok(())
}

fn print(totals: &Totals) {
    let share = |part: usize, of: usize| {
        let tenths = part.saturating_mul(1000).checked_div(of).unwrap_or(0);
        format!("{}.{} %", tenths / 10, tenths % 10)
    };
    let (played, found) = (totals.played, totals.found);
    let hundredths = |sum: usize| sum.saturating_mul(100).checked_div(found).unwrap_or(0);
    let mean = |sum: usize| format!("{}.{:02}", hundredths(sum) / 100, hundredths(sum) % 100);
    println!("{played} examples played");
    println!(
        "  among the twenty hits         {:>6}  {}",
        totals.hit,
        share(totals.hit, played)
    );
    println!(
        "  first before any question     {:>6}  {}",
        totals.first,
        share(totals.first, played)
    );
    println!(
        "  among the candidates          {found:>6}  {}",
        share(found, played)
    );
    println!("of those among the candidates:");
    println!(
        "  one code left, the right one  {:>6}  {}",
        totals.resolved,
        share(totals.resolved, found)
    );
    println!(
        "  likeliest of those left       {:>6}  {}",
        totals.likeliest,
        share(totals.likeliest, found)
    );
    println!(
        "  dropped by the query's words  {:>6}  {}",
        totals.dropped_by_query,
        share(totals.dropped_by_query, found)
    );
    println!(
        "  dropped by a true answer      {:>6}",
        totals.dropped_by_answer
    );
    println!(
        "  questions, mean               {:>6}",
        mean(totals.questions)
    );
    println!(
        "  answered \"I don't know\", mean {:>6}",
        mean(totals.unknown)
    );
    println!("  codes left, mean              {:>6}", mean(totals.left));
}

/// Plays one; says how it was lost, if it was.
fn play(
    navigator: &Navigator,
    guide: &Guide,
    settings: &Settings,
    text: &str,
    code: &str,
    totals: &mut Totals,
) -> Result<Option<String>> {
    totals.played = totals.played.saturating_add(1);
    let hits = navigator.search_by(settings.ranking, text, HITS)?.hits;
    let is_among = |count: usize| hits.iter().take(count).any(|hit| hit.code == code);
    totals.first = totals.first.saturating_add(usize::from(is_among(1)));
    totals.hit = totals.hit.saturating_add(usize::from(is_among(HITS)));
    let is_beside = |found: &str| found.get(..4) == code.get(..4);
    let mut headings: Vec<&str> = Vec::new();
    for hit in hits.iter().filter_map(|hit| hit.code.get(..4)) {
        if headings.len() < HEADINGS && !headings.contains(&hit) {
            headings.push(hit);
        }
    }
    if !is_among(HITS) && !headings.into_iter().any(is_beside) {
        return Ok(None);
    }
    totals.found = totals.found.saturating_add(1);
    let subject = Subject {
        ranking: settings.ranking,
        ..Subject::of_text(text)
    };
    let mut answers: Vec<GuideAnswer> = Vec::new();
    loop {
        let guided = navigator.guide(guide, &subject, &answers, None)?;
        let is_left = guided
            .candidates
            .iter()
            .any(|candidate| candidate.code == code);
        if !is_left {
            let last = answers
                .last()
                .map(|answer| format!("{}={}", answer.facet, answer.value));
            let (count, why) = match last {
                Some(last) => (&mut totals.dropped_by_answer, last),
                None => (
                    &mut totals.dropped_by_query,
                    format!("the query says {}", told(&guided)),
                ),
            };
            *count = count.saturating_add(1);
            return Ok(Some(why));
        }
        let Some(question) = &guided.question else {
            totals.left = totals.left.saturating_add(guided.candidates.len());
            let first = guided
                .candidates
                .first()
                .is_some_and(|candidate| candidate.code == code);
            if first {
                totals.likeliest = totals.likeliest.saturating_add(1);
            }
            if guided.candidates.len() == 1 {
                totals.resolved = totals.resolved.saturating_add(1);
                return Ok(None);
            }
            let asked: Vec<String> = answers
                .iter()
                .map(|answer| format!("{}={}", answer.facet, answer.value))
                .collect();
            return Ok(Some(format!(
                "{} left after {}",
                guided.candidates.len(),
                asked.join(" ")
            )));
        };
        let value = if is_unsure(settings, text, answers.len()) {
            UNKNOWN.to_owned()
        } else {
            answer(navigator, guide, question, code)?
        };
        totals.questions = totals.questions.saturating_add(1);
        if value == UNKNOWN {
            totals.unknown = totals.unknown.saturating_add(1);
        }
        answers.push(GuideAnswer {
            facet: question.facet.to_owned(),
            value,
        });
    }
}

/// Whether a shopper does not know, this time.
fn is_unsure(settings: &Settings, text: &str, step: usize) -> bool {
    let hash = Sha256::digest(format!("{text} {step}"));
    hash.first()
        .is_some_and(|byte| byte % 100 < settings.unsure)
}

fn told(guided: &Guided<'_>) -> String {
    let told = guided.told.iter().flat_map(|told| &told.ids);
    told.cloned().collect::<Vec<_>>().join(" ")
}

/// What is true of a code.
fn answer(
    navigator: &Navigator,
    guide: &Guide,
    question: &Question<'_>,
    code: &str,
) -> Result<String> {
    let values: Vec<&str> = question
        .answers
        .iter()
        .map(|answer| answer.value.as_str())
        .collect();
    let has_none = values.contains(&NONE);
    let otherwise = if has_none { NONE } else { UNKNOWN };
    if question.facet == GOODS || question.facet == SIZE {
        let own = values.into_iter().find(|value| code.starts_with(value));
        return Ok(own.unwrap_or(otherwise).to_owned());
    }
    let node = navigator.tree().find(CommodityCode::parse(code)?);
    let known = guide.values(node.context("no such code")?);
    let position = guide
        .vocabulary()
        .position(question.facet)
        .context("no such facet")?;
    let facet = guide
        .vocabulary()
        .facets
        .get(position)
        .context("no such facet")?;
    let known = known.get(position).copied().unwrap_or(0);
    if known == 0 {
        return Ok(UNKNOWN.to_owned());
    }
    // An answer can stand for several values, and shows as the first of them.
    let mut own = question.answers.iter().filter(|answer| {
        let ids = answer.ids.iter().filter_map(|id| id.split_once('.'));
        ids.into_iter().any(|(_, name)| {
            facet
                .value(name)
                .is_some_and(|value| known & value != 0 && name != NONE)
        })
    });
    Ok(own
        .next()
        .map_or(otherwise, |answer| &answer.value)
        .to_owned())
}

/// The examples that are played.
fn examples(folder: &Path, settings: &Settings) -> Result<Vec<Example>> {
    let given = if settings.examples.is_empty() {
        vec![folder.join("lexicon/examples")]
    } else {
        settings.examples.clone()
    };
    let mut examples: Vec<Example> = Vec::new();
    for path in given {
        examples.append(&mut if path.is_dir() {
            TableFolder::new(path).read_all()?
        } else if path.extension().is_some_and(|name| name == "jsonl") {
            queries(&path)?
        } else {
            TableFolder::new(".").read_from(&path.to_string_lossy())?
        });
    }
    examples.retain(|example| {
        let hash = Sha256::digest(example.text.as_bytes());
        settings.all || hash.first().is_some_and(|byte| byte % ONE_IN == 0)
    });
    Ok(examples)
}

/// A line of an evaluation set: `code` or `codes`, of which the first to six digits is played.
#[derive(Deserialize)]
struct Asked {
    query: String,
    code: Option<String>,
    #[serde(default)]
    codes: Vec<String>,
}

/// The queries of an evaluation set that have a subheading of the nomenclature.
fn queries(path: &Path) -> Result<Vec<Example>> {
    let mut found = Vec::new();
    for line in files::text(path)?.lines() {
        let asked: Asked = serde_json::from_str(line).with_context(|| line.to_owned())?;
        let mut codes = asked.code.into_iter().chain(asked.codes);
        let subheading = codes.find_map(|code| code.get(..6).map(str::to_owned));
        found.extend(subheading.map(|code| Example {
            text: asked.query,
            code,
        }));
    }
    Ok(found)
}
