//! Commodity codes of any length.

use crate::error::{Error, ErrorCode};
use core::fmt;

/// The longest code that is kept: ten digits.
const DIGITS: u8 = 10;

/// A commodity code: chapter (2 digits), heading (4), subheading (6) or national line (7 to 10).
///
/// Kept as a ten-digit number with the code's own length beside it, so that all codes under one are a range of numbers.
///
/// ```
/// use dutiable::nomenclature::CommodityCode;
/// let subheading = CommodityCode::parse("610910")?;
/// let line = CommodityCode::parse("6109.10.00.12")?;
/// assert!(subheading.covers(line));
/// assert_eq!(line.to_string(), "6109100012");
/// assert_eq!(line.prefix(6), subheading);
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommodityCode {
    padded: u64,
    length: u8,
}

impl CommodityCode {
    /// `00`, a chapter that no nomenclature has: a measure on it is on every line.
    pub const ALL_GOODS: Self = Self {
        padded: 0,
        length: 2,
    };

    /// Reads 2 to 10 digits; dots and spaces between them are passed over (`6109.10`).
    ///
    /// # Errors
    /// [`ErrorCode::CodeMalformed`] for other characters and lengths.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let mut number = 0_u64;
        let mut length = 0_u8;
        for byte in text.bytes() {
            match byte {
                b'0'..=b'9' if length < DIGITS => {
                    number = number
                        .saturating_mul(10)
                        .saturating_add(u64::from(byte.saturating_sub(b'0')));
                    length = length.saturating_add(1);
                }
                b'.' | b' ' if length > 0 => {}
                _ => return Err(ErrorCode::CodeMalformed.into()),
            }
        }
        if length < 2 {
            return Err(ErrorCode::CodeMalformed.into());
        }
        Ok(Self {
            padded: number.saturating_mul(power_of_ten(DIGITS.saturating_sub(length))),
            length,
        })
    }

    /// A code from its ten-digit number and its length, as packs hold them.
    #[must_use]
    pub fn from_padded(padded: u64, length: u8) -> Option<Self> {
        if !(2..=DIGITS).contains(&length) || padded >= power_of_ten(DIGITS) {
            return None;
        }
        let unit = power_of_ten(DIGITS.saturating_sub(length));
        (padded.checked_rem(unit) == Some(0)).then_some(Self { padded, length })
    }

    /// The code as a ten-digit number, zeros on the right.
    #[must_use]
    pub const fn padded(self) -> u64 {
        self.padded
    }

    /// How many digits the code has.
    #[must_use]
    pub const fn length(self) -> u8 {
        self.length
    }

    /// The code's first digits; the code itself where it is no longer than that.
    #[must_use]
    pub fn prefix(self, length: u8) -> Self {
        if length >= self.length {
            return self;
        }
        let unit = power_of_ten(DIGITS.saturating_sub(length));
        let rest = self.padded.checked_rem(unit).unwrap_or(0);
        Self {
            padded: self.padded.saturating_sub(rest),
            length,
        }
    }

    /// Whether the other code is this one or lies under it.
    #[must_use]
    pub fn covers(self, other: Self) -> bool {
        other.length >= self.length && other.prefix(self.length) == self
    }

    /// The first ten-digit number that no longer lies under the code.
    #[must_use]
    pub fn end(self) -> u64 {
        self.padded
            .saturating_add(power_of_ten(DIGITS.saturating_sub(self.length)))
    }

    /// The chapter the code lies in.
    ///
    /// ```
    /// # use dutiable::nomenclature::CommodityCode;
    /// assert_eq!(CommodityCode::parse("6109100012")?.chapter().to_string(), "61");
    /// # Ok::<(), dutiable::Error>(())
    /// ```
    #[must_use]
    pub fn chapter(self) -> Self {
        self.prefix(2)
    }
}

/// The powers of ten to that of `DIGITS`.
const POWERS: [u64; 11] = [
    1,
    10,
    100,
    1_000,
    10_000,
    100_000,
    1_000_000,
    10_000_000,
    100_000_000,
    1_000_000_000,
    10_000_000_000,
];

fn power_of_ten(exponent: u8) -> u64 {
    POWERS.get(usize::from(exponent)).copied().unwrap_or(1)
}

impl fmt::Display for CommodityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self
            .padded
            .checked_div(power_of_ten(DIGITS.saturating_sub(self.length)))
            .unwrap_or(0);
        write!(f, "{number:0width$}", width = usize::from(self.length))
    }
}

impl fmt::Debug for CommodityCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
