//! `dutiable guide`: the question that tells most of what a text can mean, with the answers that may be given.

use std::io::{self, Write};

use anyhow::{Result, bail, ensure};
use clap::Args;
use dutiable::navigator::Ranking;
use dutiable::navigator::guide::{GuideAnswer, Subject};
use serde_json::Value;

use crate::answer::Answer;

/// What is asked about, and what has been answered.
#[derive(Args)]
pub(crate) struct GuideArguments {
    /// What the goods are, in a shopper's words
    #[arg(required_unless_present = "codes")]
    text: Option<String>,
    /// Codes to tell apart in place of what a search finds: `6109,6110`; of a heading, all that lies under it
    #[arg(long, value_delimiter = ',')]
    codes: Vec<String>,
    /// An answer given so far, the first first: `material=cotton`, `goods=6109`, `sole=unknown`
    #[arg(long = "answer", value_name = "FACET=VALUE")]
    answers: Vec<String>,
    /// Down to this place's own lines
    #[arg(long)]
    destination: Option<String>,
    /// As a page gets it
    #[arg(long)]
    json: bool,
}

/// Prints the next question and what is left; false where the request is refused.
///
/// # Errors
/// An answer that is not of the form `facet=value`, a pack that cannot be opened.
pub(crate) fn run(answer: &mut Answer, asked: &GuideArguments) -> Result<bool> {
    let subject = Subject {
        text: asked.text.clone(),
        codes: asked.codes.clone(),
        ranking: Ranking::Classifier,
    };
    let mut answers = Vec::with_capacity(asked.answers.len());
    for written in &asked.answers {
        let Some((facet, value)) = written.split_once('=') else {
            bail!("--answer {written}: not of the form `material=cotton`");
        };
        ensure!(!value.is_empty(), "--answer {written}: it names no value");
        answers.push(GuideAnswer {
            facet: facet.to_owned(),
            value: value.to_owned(),
        });
    }
    let guided = answer.guide(&subject, &answers, asked.destination.as_deref())?;
    if asked.json || guided.get("error").is_some() {
        return crate::print(&guided);
    }
    write!(io::stdout(), "{}", plain(&guided))?;
    Ok(true)
}

/// The answer for people: the question, its answers, what is left, the notes that decide.
fn plain(guided: &Value) -> String {
    let mut lines = Vec::new();
    for told in list(guided, "told") {
        lines.push(format!("told: {}", ids(told)));
    }
    if let Some(question) = guided
        .get("question")
        .filter(|question| !question.is_null())
    {
        lines.push(format!("{}?", text(question, "facet")));
        for answer in list(question, "answers") {
            let words = match text(answer, "title") {
                "" => ids(answer),
                title => match text(answer, "under") {
                    "" => title.to_owned(),
                    under => format!("{under} – {title}"),
                },
            };
            let value = format!("{}={}", text(question, "facet"), text(answer, "value"));
            let leaves = answer.get("leaves").and_then(Value::as_u64).unwrap_or(0);
            lines.push(format!("  {value:<24} {leaves:>3}  {words}"));
        }
    }
    let left = list(guided, "candidates");
    lines.push(format!("{} left", left.len()));
    for candidate in left {
        let (code, share) = (text(candidate, "code"), text(candidate, "share"));
        lines.push(format!(
            "  {code:<10} {share}  {}",
            text(candidate, "title")
        ));
    }
    for note in list(guided, "notes") {
        lines.push(format!("{}: {}", text(note, "note"), text(note, "words")));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn list<'a>(of: &'a Value, name: &str) -> &'a [Value] {
    let found = of.get(name).and_then(Value::as_array);
    found.map_or(&[], Vec::as_slice)
}

fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn ids(of: &Value) -> String {
    let ids = list(of, "ids").iter().filter_map(Value::as_str);
    ids.collect::<Vec<_>>().join(", ")
}
