//! The records of a CSV file, one at a time, and what can be wrong with one.

use std::cell::Cell;
use std::io::{self, Cursor, Read};
use std::rc::Rc;

use anyhow::Result;
use csv::{ByteRecord, Reader};

use super::Refusal;
use super::dialect::Dialect;

/// More bytes than this are no row: somewhere before them a quote was opened and not closed.
const LONGEST: usize = 1024 * 1024;
/// What is read after the file: a record of its own, unless a quote is still open.
const END: &[u8] = b"\n\x02end of file\x03\n";

/// What is wrong with a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// It has more or fewer fields than the header.
    FieldCount,
    /// It has bytes that are no UTF-8.
    NotUtf8,
    /// Its last field begins with a quote that nothing closes.
    QuoteNotClosed,
    /// The columns that say what the goods are say nothing.
    NoText,
}

impl Fault {
    /// As it is written in `hs_needs`.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::FieldCount => "field-count",
            Self::NotUtf8 => "not-utf-8",
            Self::QuoteNotClosed => "quote-not-closed",
            Self::NoText => "no-text",
        }
    }
}

/// A record as it stands in the file.
pub(super) struct Row {
    pub(super) record: ByteRecord,
    /// Whether the file ends within its last field.
    pub(super) is_open: bool,
}

/// A file with [`END`] behind it.
type Ended<R> = io::Chain<R, Cursor<&'static [u8]>>;

/// The records of a file.
pub(super) struct Rows<R> {
    reader: Reader<Limited<Ended<R>>>,
    room: Rc<Cell<usize>>,
    is_over: bool,
}

impl<R: Read> Rows<R> {
    /// The records of what is written like this.
    pub(super) fn new(input: R, dialect: &Dialect) -> Self {
        let room = Rc::new(Cell::new(0));
        let limited = Limited {
            input: input.chain(Cursor::new(END)),
            room: Rc::clone(&room),
        };
        let reader = csv::ReaderBuilder::new()
            .delimiter(dialect.delimiter)
            .has_headers(false)
            .flexible(true)
            .from_reader(limited);
        Self {
            reader,
            room,
            is_over: false,
        }
    }

    /// The next record; blank lines are none.
    ///
    /// # Errors
    /// Those of reading; a [`Refusal`] of a record that is too long to be one.
    pub(super) fn next(&mut self) -> Result<Option<Row>> {
        if self.is_over {
            return Ok(None);
        }
        self.room.set(LONGEST);
        let line = self.reader.position().line();
        let mut record = ByteRecord::new();
        if let Err(error) = self.reader.read_byte_record(&mut record) {
            return match self.room.get() {
                0 => Err(Refusal::at("csv.record-too-long", format!("line {line}")).into()),
                _ => Err(error.into()),
            };
        }
        let last = record.iter().next_back().unwrap_or_default();
        let mark = END.trim_ascii();
        self.is_over = last.ends_with(END) || (record.len() == 1 && last == mark);
        if !self.is_over {
            return Ok(Some(Row {
                record,
                is_open: false,
            }));
        }
        let Some(own) = last.strip_suffix(END) else {
            return Ok(None);
        };
        let before = record.iter().take(record.len().saturating_sub(1));
        let record = before.chain([own]).collect();
        Ok(Some(Row {
            record,
            is_open: true,
        }))
    }
}

/// Reads so many bytes and then refuses, until there is room again.
struct Limited<R> {
    input: R,
    room: Rc<Cell<usize>>,
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let room = self.room.get();
        if room == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let most = into.len().min(room);
        let read = self.input.read(into.get_mut(..most).unwrap_or_default())?;
        self.room.set(room.saturating_sub(read));
        Ok(read)
    }
}
