//! A destination's own nomenclature, row by row as its schedule prints it.

use super::CommodityCode;
use crate::error::{Error, ErrorCode};
use crate::varint::{Reader, unzigzag};
use core::ops::Range;

/// A row of a national schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The code; `None` for a row that only gathers those below it.
    pub code: Option<CommodityCode>,
    /// How deep the schedule indents it.
    pub depth: u8,
    /// Whether a declaration can name it.
    pub declarable: bool,
}

/// The rows of a schedule, in its order, and where each subheading's rows lie.
///
/// A subheading's rows go from the first to the last row whose code lies under it. A gathering row above the first stands over
/// several subheadings, and their own designations say it already.
///
/// ```
/// # #[cfg(feature = "write")] {
/// use dutiable::nomenclature::{CommodityCode, Lines, Row};
/// let code = CommodityCode::parse("61091000")?;
/// let rows = [
///     Row { code: None, depth: 1, declarable: false },
///     Row { code: Some(code), depth: 2, declarable: true },
/// ];
/// let lines = Lines::open(&Lines::write(&rows)?)?;
/// assert_eq!(lines.under(code.prefix(6)), 1..2);
/// assert_eq!(lines.row(1).and_then(|row| row.code), Some(code));
/// # }
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Lines {
    rows: Vec<Row>,
    /// Six-digit numbers with their rows, ascending.
    subheadings: Vec<(u32, Range<u32>)>,
}

/// The bit of a row's shape that says it can be declared; the length of its code stands below it.
const DECLARABLE: u8 = 0x10;

impl Lines {
    /// Reads the section: depths and shapes, then the steps of the codes.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`], also where a subheading's rows are not together.
    pub fn open(section: &[u8]) -> Result<Self, Error> {
        let rows = read_rows(section).ok_or(ErrorCode::PackCorrupt)?;
        let subheadings = gather(&rows).ok_or(ErrorCode::PackCorrupt)?;
        Ok(Self { rows, subheadings })
    }

    /// How many rows there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row at a position.
    #[must_use]
    pub fn row(&self, position: usize) -> Option<Row> {
        self.rows.get(position).copied()
    }

    /// The rows of a subheading; empty where the schedule has none.
    #[must_use]
    pub fn under(&self, subheading: CommodityCode) -> Range<usize> {
        let number = six_digits(subheading).unwrap_or(u32::MAX);
        let found = self
            .subheadings
            .binary_search_by_key(&number, |(number, _)| *number);
        let range = found
            .ok()
            .and_then(|position| self.subheadings.get(position));
        let size = |number: u32| usize::try_from(number).unwrap_or(0);
        range.map_or(0..0, |(_, rows)| size(rows.start)..size(rows.end))
    }

    /// The row that carries exactly this code.
    #[must_use]
    pub fn find(&self, code: CommodityCode) -> Option<usize> {
        self.under(code.prefix(6)).find(|position| {
            self.row(*position)
                .is_some_and(|row| row.code == Some(code))
        })
    }

    /// The section for these rows.
    ///
    /// # Errors
    /// [`ErrorCode::RuleConflict`] where the rows of a subheading are not together, which no schedule does.
    #[cfg(feature = "write")]
    pub fn write(rows: &[Row]) -> Result<Vec<u8>, Error> {
        gather(rows).ok_or(ErrorCode::RuleConflict)?;
        let mut bytes = Vec::new();
        crate::varint::write(
            &mut bytes,
            u32::try_from(rows.len()).map_err(|_| ErrorCode::Overflow)?,
        );
        bytes.extend(rows.iter().map(|row| row.depth));
        bytes.extend(rows.iter().map(|row| {
            let length = row.code.map_or(0, CommodityCode::length);
            length | if row.declarable { DECLARABLE } else { 0 }
        }));
        let mut last = 0_u64;
        for code in rows.iter().filter_map(|row| row.code) {
            crate::varint::write(
                &mut bytes,
                write_step(last, code).ok_or(ErrorCode::Overflow)?,
            );
            last = code.padded();
        }
        Ok(bytes)
    }
}

/// Steps count in units of the code's last digit, so that eight-digit codes do not cost ten digits.
#[cfg(feature = "write")]
fn write_step(last: u64, code: CommodityCode) -> Option<u32> {
    let unit = unit_of(code.length());
    let base = last.checked_div(unit)?;
    let number = code.padded().checked_div(unit)?;
    let step = i64::try_from(number)
        .ok()?
        .checked_sub(i64::try_from(base).ok()?)?;
    Some(crate::varint::zigzag(i32::try_from(step).ok()?))
}

fn unit_of(length: u8) -> u64 {
    10_u64.saturating_pow(u32::from(10_u8.saturating_sub(length)))
}

fn six_digits(code: CommodityCode) -> Option<u32> {
    let number = code.prefix(6).padded().checked_div(10_000)?;
    u32::try_from(number).ok().filter(|_| code.length() >= 6)
}

fn read_rows(section: &[u8]) -> Option<Vec<Row>> {
    let mut reader = Reader::new(section);
    let count = reader.size()?;
    let depths = reader.take(count)?;
    let shapes = reader.take(count)?;
    let mut rows = Vec::with_capacity(count);
    let mut last = 0_u64;
    for (depth, shape) in depths.iter().zip(shapes) {
        let code = match shape & 0x0F {
            0 => None,
            length => Some(read_code(&mut reader, last, length)?),
        };
        last = code.map_or(last, CommodityCode::padded);
        let declarable = shape & DECLARABLE != 0;
        rows.push(Row {
            code,
            depth: *depth,
            declarable,
        });
    }
    reader.is_at_end().then_some(rows)
}

fn read_code(reader: &mut Reader<'_>, last: u64, length: u8) -> Option<CommodityCode> {
    let unit = unit_of(length);
    let base = i64::try_from(last.checked_div(unit)?).ok()?;
    let number = base.checked_add(i64::from(unzigzag(reader.number()?)))?;
    CommodityCode::from_padded(u64::try_from(number).ok()?.checked_mul(unit)?, length)
}

/// The runs of rows with the same first six digits; `None` where a subheading has two runs.
fn gather(rows: &[Row]) -> Option<Vec<(u32, Range<u32>)>> {
    let mut runs: Vec<(u32, Range<u32>)> = Vec::new();
    for (position, row) in rows.iter().enumerate() {
        let Some(number) = row.code.and_then(six_digits) else {
            continue;
        };
        let start = u32::try_from(position).ok()?;
        let end = start.checked_add(1)?;
        match runs.last_mut() {
            Some((same, run)) if *same == number => run.end = end,
            _ => runs.push((number, start..end)),
        }
    }
    runs.sort_unstable_by_key(|(number, _)| *number);
    let distinct = runs.windows(2).all(|pair| match pair {
        [(first, _), (second, _)] => first < second,
        _ => true,
    });
    distinct.then_some(runs)
}
