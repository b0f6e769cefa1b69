//! Exact decimal arithmetic with bounds.
//!
//! `rust_decimal` rounds silently once a product passes 28 digits. Here every operation is exact or refused with
//! [`ErrorCode::Overflow`]; rounding happens only where [`Rounding`] is named.

use crate::error::{Error, ErrorCode};
use crate::stored::{Stored, StoredReader, stored};
pub use rust_decimal::Decimal;
use rust_decimal::RoundingStrategy;
use serde::{Deserialize, Serialize};

/// Digits before the point that an amount, a quantity or a rate may have in a request.
pub const MAX_INTEGER_DIGITS: usize = 12;
/// Digits after the point that an amount in a request may have.
pub const MAX_AMOUNT_DECIMALS: usize = 4;
/// Digits in all that a quantity or a rate in a request may have.
pub const MAX_RATE_DIGITS: u32 = 12;

/// Reads a plain decimal: digits, at most one point, an optional minus sign, nothing else.
///
/// # Errors
/// [`ErrorCode::AmountMalformed`] for any other character, for an empty text and for a point without digits on both sides;
/// [`ErrorCode::AmountOutOfRange`] past [`MAX_INTEGER_DIGITS`] before or `decimals` digits after the point.
///
/// ```
/// use dutiable::decimal::parse;
/// assert_eq!(parse("-0.50", 4)?.to_string(), "-0.50");
/// assert!(parse("1,5", 4).is_err());
/// assert!(parse("12345678901234567890123456789", 4).is_err());
/// # Ok::<(), dutiable::Error>(())
/// ```
pub fn parse(text: &str, decimals: usize) -> Result<Decimal, Error> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (integer, fraction) = match digits.split_once('.') {
        Some((integer, fraction)) if !fraction.is_empty() => (integer, fraction),
        Some(_) => return Err(ErrorCode::AmountMalformed.into()),
        None => (digits, ""),
    };
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if integer.is_empty() || !plain(integer) || !plain(fraction) {
        return Err(ErrorCode::AmountMalformed.into());
    }
    if integer.trim_start_matches('0').len() > MAX_INTEGER_DIGITS || fraction.len() > decimals {
        return Err(ErrorCode::AmountOutOfRange.into());
    }
    Decimal::from_str_exact(text).map_err(|_| ErrorCode::AmountMalformed.into())
}

/// The exact sum.
///
/// # Errors
/// [`ErrorCode::Overflow`] where the sum needs more digits than a decimal holds.
pub fn add(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    let mut sum = a.checked_add(b).ok_or(ErrorCode::Overflow)?;
    let scale = a.scale().max(b.scale());
    // Beside a zero the other operand comes back as it is.
    if a.is_zero() || b.is_zero() {
        sum.rescale(scale);
    }
    if sum.scale() == scale {
        Ok(sum)
    } else {
        Err(ErrorCode::Overflow.into())
    }
}

/// The exact difference.
///
/// # Errors
/// As [`add`].
pub fn subtract(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    add(a, if b.is_zero() { b } else { -b })
}

/// The exact product.
///
/// # Errors
/// [`ErrorCode::Overflow`] where the product would have been rounded.
pub fn multiply(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    if a.is_zero() || b.is_zero() {
        return Ok(Decimal::ZERO);
    }
    let product = a.checked_mul(b).ok_or(ErrorCode::Overflow)?;
    let lossless = product.scale() == a.scale().saturating_add(b.scale());
    if lossless {
        Ok(product)
    } else {
        Err(ErrorCode::Overflow.into())
    }
}

/// A quotient to `decimals` digits after the point, half to even. The one place where the engine divides.
///
/// # Errors
/// [`ErrorCode::Overflow`] for a zero divisor or a quotient that does not fit.
pub fn divide(a: Decimal, b: Decimal, decimals: u32) -> Result<Decimal, Error> {
    let quotient = a.checked_div(b).ok_or(ErrorCode::Overflow)?;
    Ok(quotient.round_dp(decimals))
}

/// Stored as a mantissa and a scale, never as a float.
impl Stored for Decimal {
    fn read(from: &mut StoredReader<'_>) -> Self {
        let (mantissa, scale) = Stored::read(from);
        let value = Self::try_new(mantissa, scale);
        value.unwrap_or_else(|_| {
            from.fail();
            Self::ZERO
        })
    }
}

/// How many digits a number has, without zeros at its beginning; nought has one.
#[must_use]
pub fn digits(value: Decimal) -> u32 {
    let length = value.mantissa().unsigned_abs().checked_ilog10();
    length.unwrap_or(0).saturating_add(1)
}

/// A quotient at so many significant digits, half to even, without zeros at its end.
///
/// # Errors
/// As [`divide`].
///
/// ```
/// use dutiable::decimal::{Decimal, divide_to_digits};
/// let quotient = |a, b| divide_to_digits(a, b, 3).map(|quotient| quotient.to_string());
/// assert_eq!(quotient(Decimal::ONE, Decimal::from(3))?, "0.333");
/// assert_eq!(quotient(Decimal::from(200_100), Decimal::from(3))?, "66700");
/// # Ok::<(), dutiable::Error>(())
/// ```
pub fn divide_to_digits(a: Decimal, b: Decimal, digits: u32) -> Result<Decimal, Error> {
    let quotient = a.checked_div(b).ok_or(ErrorCode::Overflow)?;
    let excess = self::digits(quotient).saturating_sub(digits);
    let rounded = match quotient.scale().checked_sub(excess) {
        Some(decimals) => quotient.round_dp(decimals),
        None => {
            let zeros = excess.saturating_sub(quotient.scale());
            let unit = divide(Decimal::ONE, Decimal::new(1, zeros), 0)?;
            let mode = RoundingMode::HalfEven;
            Rounding { unit, mode }.apply(quotient)?
        }
    };
    Ok(rounded.normalize())
}

/// Which way a rounding goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoundingMode {
    /// To the nearest unit, a half away from zero: 2.345 → 2.35.
    HalfUp,
    /// To the nearest unit, a half to the even one: 2.345 → 2.34.
    HalfEven,
    /// Towards zero: 2.349 → 2.34.
    Down,
    /// Away from zero: 2.341 → 2.35.
    Up,
}

stored!(
    enum RoundingMode {
        HalfUp,
        HalfEven,
        Down,
        Up,
    }
);

/// A rounding as the law names it: to a multiple of `unit` (0.01, 1, 100, 1000), and which way.
///
/// ```
/// use dutiable::decimal::{Decimal, Rounding, RoundingMode};
/// let to_hundred_yen = Rounding { unit: Decimal::new(100, 0), mode: RoundingMode::Down };
/// assert_eq!(to_hundred_yen.apply(Decimal::new(2_199, 0))?.to_string(), "2100");
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rounding {
    /// The unit; a power of ten.
    pub unit: Decimal,
    /// Which way.
    pub mode: RoundingMode,
}

impl Rounding {
    /// To the minor unit of a currency with this many decimals, a half away from zero.
    #[must_use]
    pub fn to_decimals(decimals: u32) -> Self {
        Self {
            unit: Decimal::new(1, decimals),
            mode: RoundingMode::HalfUp,
        }
    }

    /// The rounded value, written with as many decimals as the unit.
    ///
    /// # Errors
    /// [`ErrorCode::Overflow`] where the value is too large to be rounded exactly.
    pub fn apply(self, value: Decimal) -> Result<Decimal, Error> {
        let strategy = match self.mode {
            RoundingMode::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            RoundingMode::HalfEven => RoundingStrategy::MidpointNearestEven,
            RoundingMode::Down => RoundingStrategy::ToZero,
            RoundingMode::Up => RoundingStrategy::AwayFromZero,
        };
        if self.unit <= Decimal::ONE {
            let mut rounded = value.round_dp_with_strategy(self.unit.scale(), strategy);
            rounded.rescale(self.unit.scale());
            return Ok(rounded);
        }
        // A unit above one (¥1,000): scale down by an exact power of ten, round, scale back.
        let inverse = divide(Decimal::ONE, self.unit, 12)?;
        let units = multiply(value, inverse)?.round_dp_with_strategy(0, strategy);
        multiply(units, self.unit)
    }
}
