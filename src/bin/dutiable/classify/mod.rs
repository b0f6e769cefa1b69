//! `dutiable classify`: a catalogue in, the same with codes out, row by row as it comes.

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
use columns::Columns;
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
    /// One `{"id", "text"}` a line in, one `{"id", "code", "title", "path", "confidence", "alternatives", "needs"}` a line out
    #[arg(long, group = "form")]
    lines: bool,
    /// A column that says what the goods are; several are read as one text. `description`, or the only column, where none is named
    #[arg(long = "text", value_name = "COLUMN", conflicts_with = "lines")]
    text: Vec<String>,
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
    let columns = Columns::read(&mut rows, &asked.text, dialect.delimiter)?;
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
    while let Some(row) = rows.next()? {
        let answered = match columns.text(&row) {
            Ok(text) => classified(answer, &text, asked)?,
            Err(fault) => json!({ "error": { "code": fault.as_str() } }),
        };
        let mut record = columns.fit(row);
        for cell in cells(&answered) {
            record.push_field(cell.as_bytes());
        }
        out.write_byte_record(&record)?;
        progress.row(answered.get("error").is_some())?;
    }
    out.flush()?;
    progress.end("they are named in hs_needs")
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

/// The best code of a text and its alternatives, or the search's refusal. Of a long text its beginning is read, as much as a search takes.
fn classified(answer: &mut Answer, text: &str, asked: &ClassifyArguments) -> Result<Value> {
    let read: String = text.chars().take(MAX_TEXT).collect();
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

/// Designations above the heading's, which say little of the goods: the section's and the chapter's.
const ABOVE_HEADING: usize = 2;

/// What is written in [`columns::ADDED`].
fn cells(answered: &Value) -> [String; 5] {
    let text = |pointer: &str| {
        let found = answered.pointer(pointer).and_then(Value::as_str);
        found.map(str::to_owned)
    };
    let texts = |pointer: &str| {
        let found = answered.pointer(pointer).and_then(Value::as_array);
        let texts = found.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect::<Vec<_>>()
    };
    let alternatives = answered.get("alternatives").and_then(Value::as_array);
    let alternatives = alternatives.into_iter().flatten();
    let alternatives = alternatives.filter_map(|hit| hit.get("code").and_then(Value::as_str));
    // "Other" alone names no goods.
    let titles = texts("/path").into_iter().skip(ABOVE_HEADING);
    let titles = titles.chain(text("/title"));
    let reason = text("/error/code").or_else(|| text("/needs/reason"));
    let needs = reason.into_iter().chain(texts("/needs/lacks"));
    [
        text("/code").unwrap_or_default(),
        titles.collect::<Vec<_>>().join(" > "),
        text("/confidence").unwrap_or_default(),
        alternatives.collect::<Vec<_>>().join(" "),
        needs.collect::<Vec<_>>().join(" "),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_hit_and_its_needs_say_is_passed_through() {
        let answered = json!({
            "code": "610910", "title": "Of cotton", "confidence": "0.82", "path": ["XI", "61", "T-shirts"],
            "alternatives": [{ "code": "610990" }, { "code": "611020" }],
            "needs": { "reason": "unsure", "lacks": ["material", "use"] },
        });
        let expected = [
            "610910",
            "T-shirts > Of cotton",
            "0.82",
            "610990 611020",
            "unsure material use",
        ];
        assert_eq!(cells(&answered), expected);
        let unanswered = json!({
            "code": null, "title": null, "confidence": null, "alternatives": [], "needs": { "reason": "no-match" },
        });
        assert_eq!(cells(&unanswered), ["", "", "", "", "no-match"]);
        let refused = json!({ "error": { "code": "not-utf-8" } });
        assert_eq!(cells(&refused), ["", "", "", "", "not-utf-8"]);
    }
}
