//! Writing packs: for `tariff-data`, never in the wasm.

use super::about::{About, PackKind};
use super::columns::STEP;
use super::crc::crc32;
use super::read::SectionId;
use super::{ENTRY, FORMAT, HEADER, MAGIC, MAX_LENGTH};
use crate::error::{Error, ErrorCode};
use serde::Serialize;
use std::collections::BTreeMap;

/// Collects sections and seals them into a pack. The same sections give the same bytes.
///
/// ```
/// use dutiable::pack::{About, Pack, PackKind, PackWriter, SectionId};
/// # use dutiable::calendar::{CalendarDate, ValidityPeriod};
/// # let about = About { id: "zz".into(), tariff: "zz".into(), destinations: None, origins: None, language: None, edition: 2022,
/// #     as_of: CalendarDate::parse("2026-01-01")?, covers: ValidityPeriod::default(), sources: vec![] };
/// let bytes = PackWriter::new(PackKind::Text, &about)?.section(SectionId(40), b"words".to_vec()).seal()?;
/// let pack = Pack::open(bytes)?;
/// assert_eq!(pack.section(SectionId(40))?, b"words");
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Debug)]
pub struct PackWriter {
    kind: PackKind,
    sections: BTreeMap<SectionId, Vec<u8>>,
}

impl PackWriter {
    /// A pack with its first section.
    ///
    /// # Errors
    /// [`ErrorCode::Overflow`] where `about` cannot be encoded.
    pub fn new(kind: PackKind, about: &About) -> Result<Self, Error> {
        Self {
            kind,
            sections: BTreeMap::new(),
        }
        .value(SectionId::ABOUT, about)
    }

    /// Adds a section of bytes.
    #[must_use]
    pub fn section(mut self, id: SectionId, bytes: Vec<u8>) -> Self {
        self.sections.insert(id, bytes);
        self
    }

    /// Adds a section that holds one value.
    ///
    /// # Errors
    /// [`ErrorCode::Overflow`] where the value cannot be encoded.
    pub fn value<T: Serialize>(self, id: SectionId, value: &T) -> Result<Self, Error> {
        let bytes = postcard::to_allocvec(value).map_err(|_| ErrorCode::Overflow)?;
        Ok(self.section(id, bytes))
    }

    /// Adds a column of 16-bit numbers.
    #[must_use]
    pub fn column16(self, id: SectionId, entries: &[u16]) -> Self {
        self.section(
            id,
            entries
                .iter()
                .flat_map(|entry| entry.to_le_bytes())
                .collect(),
        )
    }

    /// The finished file.
    ///
    /// # Errors
    /// [`ErrorCode::Overflow`] where it would be larger than a pack may be.
    pub fn seal(self) -> Result<Vec<u8>, Error> {
        let overflow = || Error::new(ErrorCode::Overflow);
        let directory = self.sections.len().saturating_mul(ENTRY);
        let start = HEADER.saturating_add(directory);
        let length = self
            .sections
            .values()
            .fold(start, |sum, section| sum.saturating_add(section.len()));
        if length > MAX_LENGTH {
            return Err(overflow());
        }
        let number = |value: usize| u32::try_from(value).map_err(|_| overflow());
        let count = u16::try_from(self.sections.len()).map_err(|_| overflow())?;
        let mut head = Vec::with_capacity(length);
        head.extend(MAGIC);
        head.extend(FORMAT.to_le_bytes());
        head.extend([self.kind.number(), 0]);
        head.extend(number(length)?.to_le_bytes());
        let mut body = Vec::with_capacity(length);
        body.extend(count.to_le_bytes());
        body.extend([0, 0]);
        let mut offset = start;
        for (id, section) in &self.sections {
            body.extend(id.0.to_le_bytes());
            body.extend([0, 0]);
            body.extend(number(offset)?.to_le_bytes());
            body.extend(number(section.len())?.to_le_bytes());
            offset = offset.saturating_add(section.len());
        }
        body.extend(self.sections.values().flatten());
        let sum = crc32(&[&head, &body]);
        head.extend(sum.to_le_bytes());
        head.extend(body);
        Ok(head)
    }
}

/// Ascending numbers as 40-bit steps, for [`super::expand_deltas`].
///
/// # Errors
/// [`ErrorCode::Overflow`] where the numbers do not ascend or a step needs more than 40 bits.
pub fn deltas(numbers: impl IntoIterator<Item = u64>) -> Result<Vec<u8>, Error> {
    let mut last = 0_u64;
    let mut bytes = Vec::new();
    for number in numbers {
        let step = number
            .checked_sub(last)
            .filter(|step| *step < 1 << 40)
            .ok_or(ErrorCode::Overflow)?;
        bytes.extend(step.to_le_bytes().iter().take(STEP));
        last = number;
    }
    Ok(bytes)
}
