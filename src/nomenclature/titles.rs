//! Designations: many short texts in one heap.

use crate::error::{Error, ErrorCode};
use crate::varint::Reader;

/// Texts by position: of the nomenclature's sections and nodes, or of a tariff's lines.
///
/// The section that holds them is a count, the texts' lengths and one UTF-8 heap.
///
/// ```
/// # #[cfg(feature = "write")] {
/// use dutiable::nomenclature::Titles;
/// let section = Titles::write(["Live animals", "Live horses"])?;
/// let titles = Titles::open(&section)?;
/// assert_eq!(titles.get(1), Some("Live horses"));
/// assert_eq!(titles.get(2), None);
/// # }
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Titles {
    heap: String,
    ends: Vec<u32>,
}

impl Titles {
    /// Reads the section once: lengths, bounds and UTF-8 are checked here and nowhere else.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`].
    pub fn open(section: &[u8]) -> Result<Self, Error> {
        Self::read(section).ok_or_else(|| ErrorCode::PackCorrupt.into())
    }

    fn read(section: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let count = reader.size().filter(|count| *count <= section.len())?;
        let mut ends = Vec::with_capacity(count);
        let mut end = 0_u32;
        for _ in 0..count {
            end = end.checked_add(reader.number()?)?;
            ends.push(end);
        }
        let heap = reader.take(usize::try_from(end).ok()?)?;
        let heap = String::from_utf8(heap.to_vec()).ok()?;
        let on_boundaries = ends
            .iter()
            .all(|end| usize::try_from(*end).is_ok_and(|end| heap.is_char_boundary(end)));
        (reader.is_at_end() && on_boundaries).then_some(Self { heap, ends })
    }

    /// How many texts there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text at a position.
    #[must_use]
    pub fn get(&self, position: usize) -> Option<&str> {
        let start = match position.checked_sub(1) {
            Some(before) => *self.ends.get(before)?,
            None => 0,
        };
        let end = usize::try_from(*self.ends.get(position)?).ok()?;
        self.heap.get(usize::try_from(start).ok()?..end)
    }

    /// The section for these texts.
    ///
    /// # Errors
    /// [`ErrorCode::Overflow`] where they are longer than 32 bits count.
    #[cfg(feature = "write")]
    pub fn write<'a>(texts: impl IntoIterator<Item = &'a str>) -> Result<Vec<u8>, Error> {
        let number = |size: usize| u32::try_from(size).map_err(|_| ErrorCode::Overflow);
        let (mut lengths, mut heap, mut count) = (Vec::new(), Vec::new(), 0_usize);
        for text in texts {
            crate::varint::write(&mut lengths, number(text.len())?);
            heap.extend_from_slice(text.as_bytes());
            count = count.saturating_add(1);
        }
        number(heap.len())?;
        let mut section = Vec::new();
        crate::varint::write(&mut section, number(count)?);
        section.append(&mut lengths);
        section.append(&mut heap);
        Ok(section)
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failing test may panic")]
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_was_written_is_read(texts: Vec<String>) {
            let section = Titles::write(texts.iter().map(String::as_str)).unwrap();
            let titles = Titles::open(&section).unwrap();
            prop_assert_eq!(titles.len(), texts.len());
            for (position, text) in texts.iter().enumerate() {
                prop_assert_eq!(titles.get(position), Some(text.as_str()));
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            if let Ok(titles) = Titles::open(&bytes) {
                for position in 0..=titles.len() {
                    let _ = titles.get(position);
                }
            }
        }
    }

    #[test]
    fn a_cut_inside_a_letter_is_refused() {
        // Two texts of one byte each over one two-byte letter.
        assert!(Titles::open(&[2, 1, 1, 0xC3, 0xA9]).is_err());
    }
}
