//! The engine on the command line: the same JSON in, the same JSON out, as in the page.
//!
//! `dutiable quote < request.json > quote.json` · with `--lines`, one JSON object a line in and out, errors included; a line
//! `{"id", "request"}` comes back as `{"id", "request", "quote"}`.
//!
//! `dutiable compare --destinations DE,GB,US,JP --table < request.json` · `--incoterms DAP,DDP`, `--collections vendor,border`,
//! `--dates 2026-03-01,2026-08-01`: every combination, a row each.
//!
//! `dutiable refund < request.json`: what comes back where the request says `"returned": [{"id": "sku-1", "quantity": "1"}]`.
//!
//! `dutiable quote --lines < orders.jsonl | dutiable remit > 2026-11.csv`: a period's charges on account, equal to the transactions'.
//!
//! `dutiable guide "t-shirt" --answer material=cotton`: the next question and what is left; `--json` as a page gets it.
//! `dutiable check 851712 --destination GB --description "smartphone"`: whether a code is one, is enough for the destination, and fits the
//! description; `--plain` for people, `--lines` for one JSON object a line.
//!
//! `dutiable classify --csv --text title < products.csv > classified.csv`: a catalogue with codes, its columns kept; `--lines` as `search --lines`.
//!
//! `dutiable lab --patch reform.toml --sample baskets.jsonl`: a sample under the rules and under them with a reform.

mod answer;
mod check;
mod classify;
mod compare;
mod guide;
mod lab;
mod packs;
mod remit;

use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};
use serde_json::json;

use answer::Answer;
use packs::PackFolder;

/// The true price at the door, and the right code for the goods.
#[derive(Parser)]
#[command(name = "dutiable", version)]
struct Arguments {
    /// The folder with `packs.json`.
    #[arg(long, global = true, env = "DUTIABLE_PACKS", default_value = "packs")]
    packs: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Quote the request on standard input
    Quote {
        /// One request a line in, one quote or error a line out
        #[arg(long)]
        lines: bool,
    },
    /// Quote the request on standard input to several places, on several terms, days, ways of collecting
    Compare(compare::CompareArguments),
    /// Say what comes back of the charges where goods of the request on standard input are returned
    Refund {
        /// One request a line in, one answer or error a line out
        #[arg(long)]
        lines: bool,
    },
    /// Add up a period's quotes by whom the money goes to, as CSV
    Remit(remit::RemitArguments),
    /// Run a sample of baskets under a rule set and under it with a reform
    Lab(lab::LabArguments),
    /// Find the codes that a text can mean
    Search {
        /// What the goods are, in a shopper's words
        #[arg(required_unless_present = "lines")]
        text: Option<String>,
        /// At most so many hits
        #[arg(long, default_value_t = dutiable::engine::DEFAULT_HITS)]
        limit: usize,
        #[command(flatten)]
        at: answer::Where,
        /// One `{"id", "text"}` a line in, one `{"id", "hits", "needs"}` a line out
        #[arg(long)]
        lines: bool,
    },
    /// Find a code for each row of the catalogue on standard input
    Classify(classify::ClassifyArguments),
    /// Ask what tells the codes apart that a text can mean
    Guide(guide::GuideArguments),
    /// Check a code that you have: is it one, does the destination take it, does it fit the description
    Check(check::CheckArguments),
    /// Look at a place of the nomenclature: what is above and below it
    Browse {
        /// A code, or a section's roman numeral; the sections when left out
        code: Option<String>,
        #[command(flatten)]
        at: answer::Where,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        // The answer is an error of the request's; it has been printed as JSON.
        Ok(false) => ExitCode::from(2),
        Err(error) => {
            let _ = writeln!(io::stderr(), "dutiable: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<bool> {
    // Adding up needs no packs.
    if let Command::Remit(asked) = &arguments.command {
        return remit::run(asked);
    }
    let packs = PackFolder::open(&arguments.packs)?;
    match arguments.command {
        Command::Lab(asked) => lab::run(packs, &asked),
        command => answer(Answer::new(packs), command),
    }
}

fn answer(mut answer: Answer, command: Command) -> Result<bool> {
    match command {
        Command::Quote { lines: false } => print(&answer.quote(&standard_input()?)?),
        Command::Quote { lines: true } => each_line(|line| answer.quote_line(line)),
        Command::Compare(asked) => compare::run(&mut answer, &asked),
        Command::Refund { lines: false } => print(&answer.refund(&standard_input()?)?),
        Command::Refund { lines: true } => each_line(|line| answer.refund(line)),
        Command::Search {
            limit,
            at,
            lines: true,
            ..
        } => each_line(|line| answer.search_line(line, limit, &at)),
        Command::Search {
            text,
            limit,
            at,
            lines: false,
        } => print(&answer.search(&text.unwrap_or_default(), limit, &at)?),
        Command::Browse { code, at } => print(&answer.browse(code.as_deref(), &at)?),
        Command::Classify(asked) => classify::run(&mut answer, &asked),
        Command::Guide(asked) => guide::run(&mut answer, &asked),
        Command::Check(asked) if asked.lines => each_line(|line| answer.check_line(line)),
        Command::Check(asked) => {
            let request = json!({
                "code": asked.code, "destination": asked.destination, "description": asked.description,
            });
            let checked = answer.check(&request.to_string())?;
            if !asked.plain {
                return print(&checked);
            }
            write!(io::stdout(), "{}", check::plain(&checked))?;
            Ok(checked.get("error").is_none())
        }
        Command::Lab(_) | Command::Remit(_) => Ok(true),
    }
}

fn standard_input() -> Result<String> {
    let mut text = String::new();
    io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

/// Prints an answer; false where it is a refusal.
fn print(answer: &serde_json::Value) -> Result<bool> {
    writeln!(io::stdout(), "{}", serde_json::to_string_pretty(answer)?)?;
    Ok(answer.get("error").is_none())
}

/// Answers line by line as they come; an error of one line is that line's answer.
fn each_line(mut answer: impl FnMut(&str) -> Result<serde_json::Value>) -> Result<bool> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let line = line?;
        if !line.trim().is_empty() {
            serde_json::to_writer(&mut out, &answer(&line)?)?;
            out.write_all(b"\n")?;
        }
    }
    out.flush()?;
    Ok(true)
}
