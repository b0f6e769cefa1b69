//! `dutiable classify`: a catalogue in, the same with codes out, row by row as it comes.

mod cells;
mod columns;
mod dialect;
mod progress;
mod rows;

use std::io::{self, BufRead, Write};

use anyhow::Result;
use clap::{ArgGroup, Args};
use dutiable::navigator::MAX_TEXT;
use serde_json::{Value, json};

use crate::answer::{Answer, Where, with_id};
use columns::{Columns, Said};
use dialect::{BOM, Dialect};
use progress::Progress;
use rows::Rows;

/// Codes of a row where the caller does not say.
const CODES: usize = 5;

/// What a catalogue is written in, and which of its columns are read.
#[derive(Args)]
#[command(group = ArgGroup::new("form").required(true))]
pub(crate) struct ClassifyArguments {
    /// A CSV file with a header in, the same with the columns hs_code, hs_title, hs_confidence, hs_alternatives and hs_needs out
    #[arg(long, group = "form")]
    csv: bool,
    /// One `{"id", "text"}` a line in, one `{"id", "code", "title", "path", "confidence", "alternatives", "needs"}` a line out; `check` has lines for
    /// codes
    #[arg(long, group = "form")]
    lines: bool,
    /// A column that says what the goods are; several are read as one text. `description`, or the only column, where none is named
    #[arg(long = "text", value_name = "COLUMN", conflicts_with = "lines")]
    text: Vec<String>,
    /// A column with codes that are there already: each is checked, with what the row says of the goods. Then hs_check says how it stands and what
    /// for, hs_instead which codes to look at, and hs_found, in place of hs_code, which code the text leads to
    #[arg(long, value_name = "COLUMN", conflicts_with = "lines")]
    code: Option<String>,
    /// At most so many codes of a row, its alternatives among them
    #[arg(long, default_value_t = CODES)]
    limit: usize,
    #[command(flatten)]
    at: Where,
}

/// Why a whole file is refused.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// A stable dotted code.
    pub(crate) code: &'static str,
    /// The column or the line that it is about.
    pub(crate) field: String,
}

impl Refusal {
    pub(crate) fn at(code: &'static str, field: impl Into<String>) -> Self {
        Self {
            code,
            field: field.into(),
        }
    }
}

impl core::fmt::Display for Refusal {
    fn fmt(&self, form: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(form, "{} at {}", self.code, self.field)
    }
}

impl core::error::Error for Refusal {}

/// Classifies what is on standard input; false where a row, or the file, could not be answered.
///
/// # Errors
/// A pack that cannot be opened, a file that cannot be read or written.
pub(crate) fn run(answer: &mut Answer, asked: &ClassifyArguments) -> Result<bool> {
    if asked.lines {
        return classify_lines(answer, asked);
    }
    let done = classify_csv(answer, asked);
    match done.as_ref().err().and_then(|error| error.downcast_ref()) {
        // Standard output is the file's.
        Some(Refusal { code, field }) => refuse(&json!({ "code": code, "field": field })),
        None => done,
    }
}

fn refuse(error: &Value) -> Result<bool> {
    writeln!(io::stderr(), "{}", json!({ "error": error }))?;
    Ok(false)
}

fn classify_csv(answer: &mut Answer, asked: &ClassifyArguments) -> Result<bool> {
    // What is wrong with the settings is said before anything is written.
    if let Some(error) = answer.search("", asked.limit, &asked.at)?.get("error") {
        return refuse(error);
    }
    let (dialect, input) = Dialect::of(io::stdin().lock())?;
    let mut rows = Rows::new(input, &dialect);
    let columns = Columns::read(
        &mut rows,
        &asked.text,
        asked.code.as_ref(),
        dialect.delimiter,
    )?;
    let mut out = io::stdout().lock();
    if dialect.has_mark {
        out.write_all(BOM)?;
    }
    let mut out = csv::WriterBuilder::new()
        .delimiter(dialect.delimiter)
        .terminator(dialect.terminator)
        .from_writer(out);
    out.write_byte_record(columns.header())?;
    let mut progress = Progress::new();
    let mut doubted = 0_u64;
    while let Some(row) = rows.next()? {
        let said = columns.said(&row);
        let answered = match &said.text {
            Ok(text) => classified(answer, text, asked)?,
            Err(fault) => json!({ "error": { "code": fault.as_str() } }),
        };
        let mut record = columns.fit(row);
        if columns.have_codes() {
            let checked = checked(answer, &said, asked)?;
            let is_doubted = !checked.is_null() && checked.get("status") != Some(&json!("sound"));
            doubted = doubted.saturating_add(u64::from(is_doubted));
            for cell in cells::of_check(&checked) {
                record.push_field(cell.as_bytes());
            }
        }
        for cell in cells::found(&answered) {
            record.push_field(cell.as_bytes());
        }
        out.write_byte_record(&record)?;
        progress.row(answered.get("error").is_some())?;
    }
    out.flush()?;
    let is_answered = progress.end("they are named in hs_needs")?;
    if doubted > 0 {
        writeln!(
            io::stderr(),
            "codes to look at again: {doubted}; hs_check says why"
        )?;
    }
    Ok(is_answered)
}

fn classify_lines(answer: &mut Answer, asked: &ClassifyArguments) -> Result<bool> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut progress = Progress::new();
    for line in io::stdin().lock().split(b'\n') {
        let line = line?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let row: Option<Value> = serde_json::from_slice(&line).ok();
        let answered = match row
            .as_ref()
            .map(|row| row.get("text").and_then(Value::as_str))
        {
            None => json!({ "error": { "code": "input.malformed", "field": null } }),
            Some(text) => match text.filter(|text| !text.trim().is_empty()) {
                None => json!({ "error": { "code": "input.missing", "field": "text" } }),
                Some(text) => classified(answer, text, asked)?,
            },
        };
        progress.row(answered.get("error").is_some())?;
        serde_json::to_writer(&mut out, &with_id(answered, row.as_ref()))?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    progress.end("they are answered with an error")
}

/// How a row's code stands, held against what the row says; null where it has none. Descriptions are understood in English.
fn checked(answer: &mut Answer, said: &Said, asked: &ClassifyArguments) -> Result<Value> {
    let Some(code) = &said.code else {
        return Ok(Value::Null);
    };
    let is_understood = asked.at.language().is_none_or(|language| language == "en");
    let text = said.text.as_ref().ok().filter(|_| is_understood);
    let request = json!({
        "code": code, "destination": asked.at.destination(), "description": text.map(|text| beginning(text)),
    });
    answer.check(&request.to_string())
}

/// As much of a text as a search or a check takes.
fn beginning(text: &str) -> String {
    text.chars().take(MAX_TEXT).collect()
}

/// The best code of a text and its alternatives, or the search's refusal. Of a long text its beginning is read.
fn classified(answer: &mut Answer, text: &str, asked: &ClassifyArguments) -> Result<Value> {
    let read = beginning(text);
    let found = answer.search(&read, asked.limit, &asked.at)?;
    if found.get("error").is_some() {
        return Ok(found);
    }
    let hits = found.get("hits").and_then(Value::as_array);
    let mut hits = hits.into_iter().flatten().map(|hit| {
        let kept = ["code", "title", "path", "confidence"].into_iter();
        let kept = kept.map(|name| (name.to_owned(), hit.get(name).cloned().unwrap_or_default()));
        kept.collect::<Value>()
    });
    let mut answered = hits
        .next()
        .unwrap_or_else(|| json!({ "code": null, "title": null, "path": [], "confidence": null }));
    if let Some(answered) = answered.as_object_mut() {
        answered.insert("alternatives".to_owned(), hits.collect());
        let needs = found.get("needs").cloned().unwrap_or_default();
        answered.insert("needs".to_owned(), needs);
    }
    Ok(answered)
}
