//! Rounding, as the law names it.

use super::{Decimal, decimal, divided, power_of_ten, times};
use crate::error::Error;
use crate::stored::stored;
use core::cmp::Ordering;
use serde::{Deserialize, Serialize};

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
    /// [`crate::ErrorCode::Overflow`] where the value is too large to be rounded exactly.
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
    pub(super) fn rounded(self, quotient: i128, rest: i128, divisor: i128) -> i128 {
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
