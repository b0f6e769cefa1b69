//! Exact decimal arithmetic with bounds.
//!
//! `rust_decimal` holds and writes the numbers; its own operators round silently past 28 digits, so they are not used. Here every
//! operation is one on whole numbers, exact or refused with [`ErrorCode::Overflow`]; rounding happens only where it is named, and once.

use crate::error::{Error, ErrorCode};
use crate::stored::{Stored, StoredReader, stored};
use core::cmp::Ordering;
pub use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

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
    /// The unit.
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
        let unit = self.unit;
        let number = times(value.mantissa(), power_of_ten(unit.scale())?)?;
        let divisor = times(unit.mantissa(), power_of_ten(value.scale())?)?;
        let (units, rest) = divided(number, divisor)?;
        let rounded = self.mode.rounded(units, rest, divisor);
        decimal(times(rounded, unit.mantissa())?, unit.scale())
    }
}

impl RoundingMode {
    /// A quotient that was cut off, rounded by what was left over; both are below zero where the exact quotient is.
    fn rounded(self, quotient: i128, rest: i128, divisor: i128) -> i128 {
        let half = rest.abs().saturating_mul(2).cmp(&divisor.abs());
        let away = match self {
            Self::HalfUp => half != Ordering::Less,
            Self::HalfEven => {
                half == Ordering::Greater || (half == Ordering::Equal && quotient & 1 == 1)
            }
            Self::Down => false,
            Self::Up => rest != 0,
        };
        match (away, (rest < 0) == (divisor < 0)) {
            (false, _) => quotient,
            (true, true) => quotient.saturating_add(1),
            (true, false) => quotient.saturating_sub(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rust_decimal::RoundingStrategy;

    /// Numbers that `rust_decimal` reckons with exactly: what it says of them is the oracle.
    fn any_decimal() -> impl Strategy<Value = Decimal> {
        (-1_000_000_000_000_i64..1_000_000_000_000, 0_u32..7)
            .prop_map(|(mantissa, scale)| Decimal::new(mantissa, scale))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(5_000))]

        #[test]
        fn sums_and_products_are_those_of_the_library(a in any_decimal(), b in any_decimal()) {
            prop_assert_eq!(add(a, b).ok(), a.checked_add(b));
            prop_assert_eq!(subtract(a, b).ok(), a.checked_sub(b));
            prop_assert_eq!(multiply(a, b).ok(), a.checked_mul(b));
            prop_assert_eq!(add(a, b).map(|sum| sum.scale()), Ok(a.scale().max(b.scale())));
        }

        #[test]
        fn quotients_are_those_of_the_library(a in any_decimal(), b in any_decimal(), decimals in 0_u32..8) {
            let theirs = a.checked_div(b).map(|quotient| quotient.round_dp(decimals));
            prop_assert_eq!(divide(a, b, decimals).ok(), theirs);
        }

        #[test]
        fn significant_digits_are_those_of_the_library(a in 1_i64..10_000_000, b in 1_i64..10_000_000, digits in 1_u32..9) {
            let (a, b) = (Decimal::new(a, 3), Decimal::new(b, 5));
            let theirs = a.checked_div(b).and_then(|quotient| quotient.round_sf(digits));
            prop_assert_eq!(divide_to_digits(a, b, digits).ok(), theirs);
        }

        #[test]
        fn roundings_are_those_of_the_library(value in any_decimal(), decimals in 0_u32..5) {
            for (mode, strategy) in [
                (RoundingMode::HalfUp, RoundingStrategy::MidpointAwayFromZero),
                (RoundingMode::HalfEven, RoundingStrategy::MidpointNearestEven),
                (RoundingMode::Down, RoundingStrategy::ToZero),
                (RoundingMode::Up, RoundingStrategy::AwayFromZero),
            ] {
                let rounding = Rounding { unit: Decimal::new(1, decimals), mode };
                prop_assert_eq!(rounding.apply(value), Ok(value.round_dp_with_strategy(decimals, strategy)));
            }
        }

        #[test]
        fn what_is_written_is_parsed(value in any_decimal()) {
            prop_assert_eq!(parse(&value.to_string(), 6), Ok(value));
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let most = Decimal::MAX;
        let overflow = Err(Error::from(ErrorCode::Overflow));
        assert_eq!(add(most, Decimal::ONE), overflow);
        assert_eq!(multiply(most, Decimal::TEN), overflow);
        assert_eq!(multiply(most, Decimal::new(1, 1)), Ok(most / Decimal::TEN));
        assert_eq!(divide(Decimal::ONE, Decimal::ZERO, 2), overflow);
        assert_eq!(divide(most, Decimal::new(1, 2), 2), overflow);
        assert_eq!(Rounding::to_decimals(2).apply(most), overflow);
    }

    #[test]
    fn a_unit_need_not_be_a_power_of_ten() {
        let rappen = Rounding {
            unit: Decimal::new(5, 2),
            mode: RoundingMode::HalfUp,
        };
        assert_eq!(
            rappen.apply(Decimal::new(1_023, 3)),
            Ok(Decimal::new(100, 2))
        );
        assert_eq!(
            rappen.apply(Decimal::new(1_025, 3)),
            Ok(Decimal::new(105, 2))
        );
    }
}
