//! Packs: the files in which facts reach the engine.
//!
//! A pack is a header, a directory of sections, and the sections. Opening one verifies it: magic, length, CRC-32 over every other
//! byte, format, directory bounds, and then each section by the reader that knows it. A pack that fails any check is refused whole;
//! there is no way to look into an unverified one. `tests/packs.rs` flips and cuts every pack and expects a refusal each time.
//!
//! ```text
//!  0   8  magic     89 'D' 'T' 'P' 0D 0A 1A 0A     no HTML error page and no text-mangled file begins like this
//!  8   2  format    1
//! 10   1  kind      see `PackKind`
//! 11   1  zero
//! 12   4  length    of the whole file
//! 16   4  CRC-32    of bytes 0..16 and 20..length
//! 20   2  sections
//! 22   2  zero
//! 24  12n directory {id u16, zero u16, offset u32, length u32}, ascending, in order, without gaps
//! ```
//! All numbers are little-endian. Large arrays are sections of fixed-width columns, read in place; small dictionaries and rules are
//! sections in the postcard format, decoded once on opening.

mod about;
mod columns;
mod crc;
mod read;
#[cfg(feature = "write")]
mod write;

pub use about::{About, PackKind, Source};
pub use columns::{Column8, Column16, expand_deltas};
pub use read::{Pack, SectionId};
#[cfg(feature = "write")]
pub use write::{PackWriter, deltas};

/// The first eight bytes of every pack.
pub(crate) const MAGIC: [u8; 8] = [0x89, b'D', b'T', b'P', 0x0D, 0x0A, 0x1A, 0x0A];
/// The format that this engine writes and reads.
pub(crate) const FORMAT: u16 = 2;
/// Bytes before the directory.
pub(crate) const HEADER: usize = 24;
/// Bytes of one directory entry.
pub(crate) const ENTRY: usize = 12;
/// The largest pack that is opened (a limit of the promise, `TRUST` of the project: 16 MiB).
pub(crate) const MAX_LENGTH: usize = 16 << 20;
