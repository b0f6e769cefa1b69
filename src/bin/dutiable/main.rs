//! The engine on the command line: the same JSON in, the same JSON out, as in the page.
//!
//! `dutiable quote < request.json > quote.json` · with `--lines`, one JSON object a line in and out, errors included.

mod answer;
mod lab;
mod packs;

use std::io::{self, BufRead, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

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
    /// Find the codes that a text can mean
    Search {
        /// What the goods are, in a shopper's words
        #[arg(required_unless_present = "lines")]
        text: Option<String>,
        /// At most so many hits
        #[arg(long, default_value_t = dutiable::engine::DEFAULT_HITS)]
        limit: usize,
        /// Down to this place's own lines
        #[arg(long)]
        destination: Option<String>,
        /// One `{"id", "text"}` a line in, one `{"id", "hits", "needs"}` a line out
        #[arg(long)]
        lines: bool,
    },
    /// Run a sample of baskets under a rule set and under it with a reform
    Lab(lab::LabArguments),
    /// Look at a place of the nomenclature: what is above and below it
    Browse {
        /// A code, or a section's roman numeral; the sections when left out
        code: Option<String>,
        /// Down to this place's own lines
        #[arg(long)]
        destination: Option<String>,
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
    let mut packs = PackFolder::open(&arguments.packs)?;
    if let Command::Lab(asked) = &arguments.command {
        let report = lab::run(&mut packs, asked)?;
        if asked.json {
            return print(&serde_json::to_value(report)?);
        }
        write!(io::stdout(), "{}", report.markdown()?)?;
        return Ok(true);
    }
    let mut answer = Answer::new(packs);
    match arguments.command {
        Command::Quote { lines: false } => {
            let mut request = String::new();
            io::stdin().read_to_string(&mut request)?;
            print(&answer.quote(&request)?)
        }
        Command::Quote { lines: true } => each_line(|line| answer.quote(line)),
        Command::Search {
            limit,
            destination,
            lines: true,
            ..
        } => each_line(|line| answer.search_line(line, limit, destination.as_deref())),
        Command::Search {
            text,
            limit,
            destination,
            lines: false,
        } => print(&answer.search(&text.unwrap_or_default(), limit, destination.as_deref())?),
        Command::Lab(_) => Ok(true),
        Command::Browse { code, destination } => {
            print(&answer.browse(code.as_deref(), destination.as_deref())?)
        }
    }
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
