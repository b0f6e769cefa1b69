//! Opening a pack, which is verifying it.

use super::about::{About, PackKind};
use super::columns::{Column8, Column16};
use super::crc::crc32;
use super::{ENTRY, FORMAT, HEADER, MAGIC, MAX_LENGTH};
use crate::error::{Error, ErrorCode};
use crate::stored::{self, Stored};
use core::ops::Range;

/// The number of a section. Numbers are given once and never used again for something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionId(pub u16);

impl SectionId {
    /// [`About`], in every pack.
    pub const ABOUT: Self = Self(1);
}

/// A verified pack: its bytes, and where the sections lie.
#[derive(Clone)]
pub struct Pack {
    bytes: Vec<u8>,
    kind: PackKind,
    about: About,
    sections: Vec<(SectionId, Range<usize>)>,
}

impl core::fmt::Debug for Pack {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Pack")
            .field("id", &self.about.id)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

impl Pack {
    /// Verifies the bytes and takes them.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`] for bytes that are no pack, cut off or altered; [`ErrorCode::PackFormat`] for a whole pack of
    /// another format.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Error> {
        let corrupt = || Error::new(ErrorCode::PackCorrupt);
        verify_envelope(&bytes).ok_or_else(corrupt)?;
        if number16(&bytes, 8) != Some(FORMAT) {
            return Err(ErrorCode::PackFormat.into());
        }
        let kind = bytes
            .get(10)
            .copied()
            .and_then(PackKind::from_number)
            .ok_or_else(corrupt)?;
        let sections = read_directory(&bytes).ok_or_else(corrupt)?;
        let about = find(&sections, SectionId::ABOUT)
            .and_then(|range| bytes.get(range))
            .ok_or_else(corrupt)?;
        let about = stored::read(about).ok_or(ErrorCode::PackCorrupt)?;
        Ok(Self {
            bytes,
            kind,
            about,
            sections,
        })
    }

    /// What the pack holds.
    #[must_use]
    pub const fn kind(&self) -> PackKind {
        self.kind
    }

    /// What the pack says of itself.
    #[must_use]
    pub const fn about(&self) -> &About {
        &self.about
    }

    /// The whole file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The bytes of a section.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`] where the pack has no such section.
    pub fn section(&self, id: SectionId) -> Result<&[u8], Error> {
        self.range(id).and_then(|range| {
            self.bytes
                .get(range)
                .ok_or_else(|| ErrorCode::PackCorrupt.into())
        })
    }

    /// Where a section lies.
    ///
    /// # Errors
    /// As [`Pack::section`].
    pub fn range(&self, id: SectionId) -> Result<Range<usize>, Error> {
        find(&self.sections, id).ok_or_else(|| ErrorCode::PackCorrupt.into())
    }

    /// A section of bytes as a column.
    ///
    /// # Errors
    /// As [`Pack::section`].
    pub fn column8(&self, id: SectionId) -> Result<Column8, Error> {
        Ok(Column8(self.range(id)?))
    }

    /// A section of 16-bit numbers as a column.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`] where there is none, or where it is not a whole number of entries.
    pub fn column16(&self, id: SectionId) -> Result<Column16, Error> {
        let range = self.range(id)?;
        if range.len() & 1 != 0 {
            return Err(ErrorCode::PackCorrupt.into());
        }
        Ok(Column16(range))
    }

    /// A section that holds one value in the postcard format.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`] where there is none, or where its bytes are not exactly one value.
    pub fn value<T: Stored>(&self, id: SectionId) -> Result<T, Error> {
        stored::read(self.section(id)?).ok_or_else(|| ErrorCode::PackCorrupt.into())
    }
}

fn verify_envelope(bytes: &[u8]) -> Option<()> {
    let whole = bytes.len() <= MAX_LENGTH
        && bytes.starts_with(&MAGIC)
        && usize::try_from(number32(bytes, 12)?).ok()? == bytes.len();
    let sum = crc32(&[bytes.get(..16)?, bytes.get(20..)?]);
    (whole && number32(bytes, 16)? == sum).then_some(())
}

fn read_directory(bytes: &[u8]) -> Option<Vec<(SectionId, Range<usize>)>> {
    let count = usize::from(number16(bytes, 20)?);
    let mut end = HEADER.checked_add(count.checked_mul(ENTRY)?)?;
    let mut sections: Vec<(SectionId, Range<usize>)> = Vec::with_capacity(count);
    for entry in bytes.get(HEADER..end)?.chunks_exact(ENTRY) {
        let id = SectionId(number16(entry, 0)?);
        let start = usize::try_from(number32(entry, 4)?).ok()?;
        let stop = start.checked_add(usize::try_from(number32(entry, 8)?).ok()?)?;
        let ascending = sections.last().is_none_or(|(last, _)| *last < id);
        if !ascending || start != end || stop > bytes.len() {
            return None;
        }
        sections.push((id, start..stop));
        end = stop;
    }
    (end == bytes.len()).then_some(sections)
}

fn find(sections: &[(SectionId, Range<usize>)], id: SectionId) -> Option<Range<usize>> {
    let position = sections.binary_search_by_key(&id, |(id, _)| *id).ok()?;
    sections.get(position).map(|(_, range)| range.clone())
}

fn number16(bytes: &[u8], at: usize) -> Option<u16> {
    let slice = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(slice.try_into().ok()?))
}

fn number32(bytes: &[u8], at: usize) -> Option<u32> {
    let slice = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(slice.try_into().ok()?))
}
