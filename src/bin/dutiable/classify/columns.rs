//! The columns of a catalogue: those that are read, and those that are added.

use std::io::Read;

use anyhow::Result;
use csv::{ByteRecord, StringRecord};

use super::Refusal;
use super::rows::{Fault, Row, Rows};

/// What is added to each row.
pub(super) const ADDED: [&str; 5] = [
    "hs_code",
    "hs_title",
    "hs_confidence",
    "hs_alternatives",
    "hs_needs",
];
/// The column that says what the goods are, where none is named.
const DESCRIPTION: &str = "description";

/// The header, and where the text is.
pub(super) struct Columns {
    /// With what is added.
    header: ByteRecord,
    /// Of the file.
    width: usize,
    delimiter: u8,
    text: Vec<usize>,
}

impl Columns {
    /// Reads the header.
    ///
    /// # Errors
    /// A [`Refusal`] where there is none, where it lacks a column that is asked for, or has one that would be added.
    pub(super) fn read(
        rows: &mut Rows<impl Read>,
        asked: &[String],
        delimiter: u8,
    ) -> Result<Self> {
        let header = rows
            .next()?
            .ok_or_else(|| Refusal::at("csv.empty", "header"))?;
        let names = match StringRecord::from_byte_record(header.record) {
            Ok(names) if !header.is_open => names,
            Ok(_) => return Err(Refusal::at("csv.quote-not-closed", "header").into()),
            Err(_) => return Err(Refusal::at("csv.not-utf-8", "header").into()),
        };
        let has = |name: &str| names.iter().any(|column| column.trim() == name);
        if let Some(name) = ADDED.into_iter().find(|name| has(name)) {
            return Err(Refusal::at("csv.column-exists", name).into());
        }
        let text = text_columns(&names, asked)?;
        let width = names.len();
        let mut header = names.into_byte_record();
        for name in ADDED {
            header.push_field(name.as_bytes());
        }
        Ok(Self {
            header,
            width,
            delimiter,
            text,
        })
    }

    /// The header as it is written.
    pub(super) fn header(&self) -> &ByteRecord {
        &self.header
    }

    /// What the row says the goods are.
    ///
    /// # Errors
    /// What is wrong with the row.
    pub(super) fn text(&self, row: &Row) -> Result<String, Fault> {
        if row.is_open {
            return Err(Fault::QuoteNotClosed);
        }
        if row.record.len() != self.width {
            return Err(Fault::FieldCount);
        }
        let fields =
            StringRecord::from_byte_record(row.record.clone()).map_err(|_| Fault::NotUtf8)?;
        let said = self.text.iter().filter_map(|at| fields.get(*at));
        let said: Vec<&str> = said
            .map(str::trim)
            .filter(|field| !field.is_empty())
            .collect();
        match said.join(" ") {
            text if text.is_empty() => Err(Fault::NoText),
            text => Ok(text),
        }
    }

    /// The row's fields under the header's columns: where there are too few, empty ones behind them; where there are too many, the last
    /// column takes what is left over, as it stands in the file.
    pub(super) fn fit(&self, row: Row) -> ByteRecord {
        let mut record = row.record;
        if record.len() <= self.width {
            for _ in record.len()..self.width {
                record.push_field(b"");
            }
            return record;
        }
        let kept = self.width.saturating_sub(1);
        let left_over: Vec<&[u8]> = record.iter().skip(kept).collect();
        let last = left_over.join(&self.delimiter);
        record.iter().take(kept).chain([last.as_slice()]).collect()
    }
}

/// Where the columns are that say what the goods are.
fn text_columns(names: &StringRecord, asked: &[String]) -> Result<Vec<usize>, Refusal> {
    if !asked.is_empty() {
        let find = |name: &String| {
            let at = names.iter().position(|column| column.trim() == name.trim());
            at.ok_or_else(|| Refusal::at("csv.column-missing", name))
        };
        return asked.iter().map(find).collect();
    }
    let is_description = |column: &str| column.trim().eq_ignore_ascii_case(DESCRIPTION);
    match names.iter().position(is_description) {
        Some(at) => Ok(vec![at]),
        None if names.len() == 1 => Ok(vec![0]),
        None => Err(Refusal::at("csv.column-missing", DESCRIPTION)),
    }
}
