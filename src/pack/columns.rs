//! Fixed-width columns inside a pack, read in place.

use crate::error::{Error, ErrorCode};
use core::ops::Range;

/// A column of bytes: where it lies in its pack.
#[derive(Clone, Debug)]
pub struct Column8(pub Range<usize>);

impl Column8 {
    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entry at a position.
    #[must_use]
    pub fn get(&self, bytes: &[u8], position: usize) -> Option<u8> {
        bytes.get(self.0.clone())?.get(position).copied()
    }
}

/// A column of 16-bit numbers: where it lies in its pack.
#[derive(Clone, Debug)]
pub struct Column16(pub Range<usize>);

impl Column16 {
    /// How many entries there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len() >> 1
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The entry at a position.
    #[must_use]
    pub fn get(&self, bytes: &[u8], position: usize) -> Option<u16> {
        let start = position.checked_mul(2)?;
        let entry = bytes
            .get(self.0.clone())?
            .get(start..start.checked_add(2)?)?;
        Some(u16::from_le_bytes(entry.try_into().ok()?))
    }
}

/// Bytes of one step: a ten-digit code can be the first of its column, and 32 bits end at 4294967295.
pub(crate) const STEP: usize = 5;

/// Ascending numbers kept as 40-bit steps; expanded once on opening. Steps compress to a third of the numbers themselves.
///
/// # Errors
/// [`ErrorCode::PackCorrupt`] where the section is not a whole number of steps.
pub fn expand_deltas(section: &[u8]) -> Result<Vec<u64>, Error> {
    let steps = section.chunks_exact(STEP);
    if !steps.remainder().is_empty() {
        return Err(ErrorCode::PackCorrupt.into());
    }
    let mut last = 0_u64;
    let expand = |step: &[u8]| {
        let step = step
            .iter()
            .rev()
            .fold(0_u64, |number, byte| (number << 8) | u64::from(*byte));
        last = last.saturating_add(step);
        last
    };
    Ok(steps.map(expand).collect())
}
