//! The columns of a catalogue: those that are read, and those that are added.

use std::io::Read;

use anyhow::Result;
use csv::{ByteRecord, StringRecord};

use super::Refusal;
use super::rows::{Fault, Row, Rows};

/// What is added to each row: what is found by its text.
const FOUND: [&str; 5] = [
    "hs_code",
    "hs_title",
    "hs_confidence",
    "hs_alternatives",
    "hs_needs",
];
/// What is added where the rows have codes, which are most often in a column `hs_code`: how each stands, and the codes to look at instead. What is
/// found by the text comes after them, its code as `hs_found`.
const CHECKED: [&str; 3] = ["hs_check", "hs_instead", "hs_found"];
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
    code: Option<usize>,
}

/// What a row says.
pub(super) struct Said {
    /// What the goods are, or why that is not known.
    pub(super) text: Result<String, Fault>,
    /// The code that it has, as it stands there; `None` where nothing is asked of codes, or the row has none.
    pub(super) code: Option<String>,
}

impl Columns {
    /// Reads the header.
    ///
    /// # Errors
    /// A [`Refusal`] where there is none, where it lacks a column that is asked for, or has one that would be added.
    pub(super) fn read(
        rows: &mut Rows<impl Read>,
        text: &[String],
        code: Option<&String>,
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
        let added = match code {
            None => FOUND.to_vec(),
            Some(_) => CHECKED
                .iter()
                .chain(FOUND.iter().skip(1))
                .copied()
                .collect(),
        };
        let has = |name: &str| names.iter().any(|column| column.trim() == name);
        if let Some(name) = added.iter().find(|name| has(name)) {
            return Err(Refusal::at("csv.column-exists", *name).into());
        }
        let text = text_columns(&names, text)?;
        let code = code.map(|code| column(&names, code)).transpose()?;
        let width = names.len();
        let mut header = names.into_byte_record();
        for name in added {
            header.push_field(name.as_bytes());
        }
        Ok(Self {
            header,
            width,
            delimiter,
            text,
            code,
        })
    }

    /// The header as it is written.
    pub(super) fn header(&self) -> &ByteRecord {
        &self.header
    }

    /// Whether rows have codes that are to be checked.
    pub(super) fn have_codes(&self) -> bool {
        self.code.is_some()
    }

    /// What the row says. Of one with a fault no code is known: it may stand in another column.
    pub(super) fn said(&self, row: &Row) -> Said {
        let fields = match self.fields(row) {
            Ok(fields) => fields,
            Err(fault) => {
                return Said {
                    text: Err(fault),
                    code: None,
                };
            }
        };
        let filled = |at: usize| {
            let field = fields.get(at).map(str::trim);
            field.filter(|field| !field.is_empty())
        };
        let text: Vec<&str> = self.text.iter().filter_map(|at| filled(*at)).collect();
        Said {
            text: if text.is_empty() {
                Err(Fault::NoText)
            } else {
                Ok(text.join(" "))
            },
            code: self.code.and_then(filled).map(str::to_owned),
        }
    }

    fn fields(&self, row: &Row) -> Result<StringRecord, Fault> {
        if row.is_open {
            return Err(Fault::QuoteNotClosed);
        }
        if row.record.len() != self.width {
            return Err(Fault::FieldCount);
        }
        StringRecord::from_byte_record(row.record.clone()).map_err(|_| Fault::NotUtf8)
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
        return asked.iter().map(|name| column(names, name)).collect();
    }
    let is_description = |column: &str| column.trim().eq_ignore_ascii_case(DESCRIPTION);
    match names.iter().position(is_description) {
        Some(at) => Ok(vec![at]),
        None if names.len() == 1 => Ok(vec![0]),
        None => Err(Refusal::at("csv.column-missing", DESCRIPTION)),
    }
}

/// Where a column of this name is.
fn column(names: &StringRecord, name: &str) -> Result<usize, Refusal> {
    let at = names.iter().position(|column| column.trim() == name.trim());
    at.ok_or_else(|| Refusal::at("csv.column-missing", name))
}
