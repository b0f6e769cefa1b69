//! Exact decimal arithmetic with bounds.
//!
//! `rust_decimal` holds and writes the numbers; its own operators round silently past 28 digits, so they are not used. Here every
//! operation is one on whole numbers, exact or refused with [`ErrorCode::Overflow`]; rounding happens only where it is named, and once.

mod rounding;

use crate::error::{Error, ErrorCode};
use crate::stored::{Stored, StoredReader};
pub use rounding::{Rounding, RoundingMode};
pub use rust_decimal::Decimal;

/// Digits before the point that an amount, a quantity or a rate may have in a request.
pub const MAX_INTEGER_DIGITS: usize = 12;
/// Digits after the point that an amount in a request may have.
pub const MAX_AMOUNT_DECIMALS: usize = 4;
/// Digits in all that a quantity or a rate in a request may have.
pub const MAX_RATE_DIGITS: u32 = 12;
/// Digits after the point of a quotient that is to be shortened.
const MOST_DECIMALS: u32 = 16;

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
    let mut mantissa = 0_i128;
    for digit in integer.bytes().chain(fraction.bytes()) {
        // At most so many digits as were just allowed; zeros before them change nothing.
        mantissa = mantissa
            .wrapping_mul(10)
            .wrapping_add(i128::from(digit & 0x0F));
    }
    let scale = u32::try_from(fraction.len()).unwrap_or(u32::MAX);
    decimal(
        if digits.len() < text.len() {
            mantissa.wrapping_neg()
        } else {
            mantissa
        },
        scale,
    )
}

/// 10⁰ to 10³⁸: all that 127 bits hold.
#[expect(clippy::indexing_slicing, reason = "the compiler reckons it")]
const POWERS: [i128; 39] = {
    let mut powers = [1_i128; 39];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at.wrapping_sub(1)].wrapping_mul(10);
        at = at.wrapping_add(1);
    }
    powers
};

fn power_of_ten(exponent: u32) -> Result<i128, Error> {
    let power = usize::try_from(exponent).ok().and_then(|at| POWERS.get(at));
    power.copied().ok_or_else(|| ErrorCode::Overflow.into())
}

/// A product of whole numbers, below 2¹²⁶.
fn times(a: i128, b: i128) -> Result<i128, Error> {
    let zeros = a
        .unsigned_abs()
        .leading_zeros()
        .saturating_add(b.unsigned_abs().leading_zeros());
    if zeros < 130 {
        return Err(ErrorCode::Overflow.into());
    }
    // Most products fit into 63 bits, for which a page's machine has an instruction.
    Ok(match (i64::try_from(a), i64::try_from(b)) {
        (Ok(a), Ok(b)) if zeros >= 193 => i128::from(a.wrapping_mul(b)),
        _ => a.wrapping_mul(b),
    })
}

fn decimal(mantissa: i128, scale: u32) -> Result<Decimal, Error> {
    Decimal::try_from_i128_with_scale(mantissa, scale).map_err(|_| ErrorCode::Overflow.into())
}

/// The exact sum, with as many decimals as the operand that has more.
///
/// # Errors
/// [`ErrorCode::Overflow`] where the sum needs more digits than a decimal holds.
pub fn add(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    let scale = a.scale().max(b.scale());
    let whole = |value: Decimal| {
        times(
            value.mantissa(),
            power_of_ten(scale.saturating_sub(value.scale()))?,
        )
    };
    decimal(whole(a)?.saturating_add(whole(b)?), scale)
}

/// The exact difference.
///
/// # Errors
/// As [`add`].
pub fn subtract(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    let mut negative = b;
    negative.set_sign_negative(b.is_sign_positive());
    add(a, negative)
}

/// The exact product.
///
/// # Errors
/// [`ErrorCode::Overflow`] where the product needs more digits than a decimal holds.
pub fn multiply(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    let product = times(a.mantissa(), b.mantissa())?;
    if product == 0 {
        return Ok(Decimal::ZERO);
    }
    decimal(product, a.scale().saturating_add(b.scale()))
}

/// A quotient to `decimals` digits after the point, half to even, without zeros at its end. The one place where the engine divides.
///
/// # Errors
/// [`ErrorCode::Overflow`] for a zero divisor or a quotient that does not fit.
pub fn divide(a: Decimal, b: Decimal, decimals: u32) -> Result<Decimal, Error> {
    let mut rest = times(a.mantissa(), power_of_ten(b.scale())?)?;
    let divisor = times(b.mantissa(), power_of_ten(a.scale())?)?;
    let (mut quotient, mut left) = (0_i128, decimals);
    // Long division, nine digits a step: a rest times 10⁹ is below 2¹²⁶ as long as the divisor is below 2⁹⁶.
    loop {
        let (next, remainder) = divided(rest, divisor)?;
        quotient = quotient.saturating_add(next);
        rest = remainder;
        let step = left.min(9);
        if step == 0 {
            break;
        }
        quotient = times(quotient, power_of_ten(step)?)?;
        rest = times(rest, power_of_ten(step)?)?;
        left = left.saturating_sub(step);
    }
    let rounded = RoundingMode::HalfEven.rounded(quotient, rest, divisor);
    Ok(decimal(rounded, decimals)?.normalize())
}

fn divided(number: i128, divisor: i128) -> Result<(i128, i128), Error> {
    match (number.checked_div(divisor), number.checked_rem(divisor)) {
        (Some(quotient), Some(remainder)) => Ok((quotient, remainder)),
        _ => Err(ErrorCode::Overflow.into()),
    }
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
    let mantissa = value.mantissa().abs();
    let longer = |power: &&i128| **power <= mantissa;
    let digits = POWERS.iter().take_while(longer).count();
    u32::try_from(digits.max(1)).unwrap_or(u32::MAX)
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
/// assert_eq!(quotient(Decimal::from(200_200), Decimal::from(3))?, "66700");
/// # Ok::<(), dutiable::Error>(())
/// ```
pub fn divide_to_digits(a: Decimal, b: Decimal, digits: u32) -> Result<Decimal, Error> {
    // A first quotient tells how long the exact one is; the second is rounded where it ends.
    let rough = divide(a, b, MOST_DECIMALS)?;
    let excess = self::digits(rough).saturating_sub(digits);
    let Some(decimals) = rough.scale().checked_sub(excess) else {
        let zeros = excess.saturating_sub(rough.scale());
        let unit = decimal(power_of_ten(zeros)?, 0)?;
        let mode = RoundingMode::HalfEven;
        return Ok(Rounding { unit, mode }.apply(rough)?.normalize());
    };
    divide(a, b, decimals)
}

#[cfg(test)]
mod tests;
