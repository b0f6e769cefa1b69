//! Amounts of money and the currencies they are in.

use crate::decimal::{self, Decimal, MAX_AMOUNT_DECIMALS};
use crate::error::{Error, ErrorCode};
use crate::stored::{Stored, StoredReader};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// An ISO 4217 alphabetic code.
///
/// ```
/// use dutiable::money::CurrencyCode;
/// assert_eq!(CurrencyCode::parse("JPY")?.decimals(), 0);
/// assert!(CurrencyCode::parse("eur").is_err());
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct CurrencyCode([u8; 3]);

impl CurrencyCode {
    /// Reads three capital letters.
    ///
    /// # Errors
    /// [`ErrorCode::CurrencyMalformed`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Error> {
        match <[u8; 3]>::try_from(text.as_bytes()) {
            Ok(letters) if letters.iter().all(u8::is_ascii_uppercase) => Ok(Self(letters)),
            _ => Err(ErrorCode::CurrencyMalformed.into()),
        }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// Digits after the point of the currency's minor unit.
    ///
    /// # Source
    /// ISO 4217, column "minor unit": the currencies with other than two.
    #[must_use]
    pub fn decimals(self) -> u32 {
        let listed = |codes: &[u8]| codes.chunks_exact(3).any(|code| code == self.0);
        if listed(b"BIFCLPDJFGNFISKJPYKMFKRWPYGRWFUGXUYIVNDVUVXAFXOFXPF") {
            0
        } else if listed(b"BHDIQDJODKWDLYDOMRTND") {
            3
        } else {
            2
        }
    }
}

impl fmt::Debug for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for CurrencyCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Stored for CurrencyCode {
    fn read(from: &mut StoredReader<'_>) -> Self {
        from.parsed(Self::parse, Self(*b"XXX"))
    }
}

impl Serialize for CurrencyCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for CurrencyCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| de::Error::custom("not an ISO 4217 code"))
    }
}

/// An amount in a currency. In rule files and tables it is written `135 GBP`.
///
/// ```
/// use dutiable::money::Money;
/// let money = Money::parse("135 GBP")?;
/// assert_eq!(money.to_string(), "135 GBP");
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Money {
    /// The amount, in main units of the currency.
    pub amount: Decimal,
    /// The currency.
    pub currency: CurrencyCode,
}

impl Money {
    /// Reads an amount, one space, a currency code.
    ///
    /// # Errors
    /// [`ErrorCode::AmountMalformed`], [`ErrorCode::AmountOutOfRange`] or [`ErrorCode::CurrencyMalformed`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        let (amount, currency) = text.split_once(' ').ok_or(ErrorCode::AmountMalformed)?;
        let amount = decimal::parse(amount, MAX_AMOUNT_DECIMALS)?;
        Ok(Self {
            amount,
            currency: CurrencyCode::parse(currency)?,
        })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency)
    }
}

impl Stored for Money {
    fn read(from: &mut StoredReader<'_>) -> Self {
        let instead = Self {
            amount: Decimal::ZERO,
            currency: CurrencyCode(*b"XXX"),
        };
        from.parsed(Self::parse, instead)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| de::Error::custom("not an amount such as `135 GBP`"))
    }
}

/// A rate in per cent: `12` is 12 %. Applying it is exact; the caller rounds where the law does.
///
/// ```
/// use dutiable::{decimal::Decimal, money::Percentage};
/// let rate = Percentage(Decimal::new(12, 0));
/// assert_eq!(rate.of(Decimal::new(4560, 2))?.to_string(), "5.4720");
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percentage(pub Decimal);

impl Percentage {
    /// The exact share of an amount.
    ///
    /// # Errors
    /// [`ErrorCode::Overflow`] past 28 digits.
    pub fn of(self, amount: Decimal) -> Result<Decimal, Error> {
        decimal::multiply(decimal::multiply(amount, self.0)?, Decimal::new(1, 2))
    }
}

impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.0.normalize())
    }
}

impl Percentage {
    /// Reads a rate as rules write it: `12 %`.
    ///
    /// # Errors
    /// [`ErrorCode::AmountMalformed`] without the sign, and as [`decimal::parse`].
    pub fn parse(text: &str) -> Result<Self, Error> {
        let number = text.strip_suffix(" %").ok_or(ErrorCode::AmountMalformed)?;
        decimal::parse(number, 6).map(Self)
    }
}

impl Stored for Percentage {
    fn read(from: &mut StoredReader<'_>) -> Self {
        from.parsed(Self::parse, Self(Decimal::ZERO))
    }
}

impl Serialize for Percentage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Percentage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| de::Error::custom("not a rate such as `12 %`"))
    }
}

/// Writes a decimal as the text that the JSON contract carries amounts in.
///
/// # Errors
/// The serializer's own.
pub fn as_text<S: Serializer>(value: &Decimal, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

/// Writes a decimal as [`as_text`] does, and nothing as `null`.
///
/// # Errors
/// The serializer's own.
pub fn as_text_or_null<S: Serializer>(
    value: &Option<Decimal>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}
