//! The one error of the engine: a stable dotted code and the field it is about.
//!
//! Errors are small and `Copy`; they carry no sentence. Sentences live at the edge (the package's `messages`, the command line),
//! so that they can be translated and so that no formatting code is shipped in the wasm.

use core::fmt;

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal,)*) => {
        /// What went wrong, as a stable dotted code. Codes are never renamed; new ones may be added.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[non_exhaustive]
        pub enum ErrorCode { $($(#[doc = $doc])* $name,)* }

        impl ErrorCode {
            /// Every code there is, for tables of sentences to be checked against.
            pub const ALL: &[ErrorCode] = &[$(ErrorCode::$name,)*];

            /// The code as it crosses to JavaScript and the command line.
            ///
            /// ```
            /// use dutiable::ErrorCode;
            /// assert_eq!(ErrorCode::CodeUnknown.as_str(), "code.unknown");
            /// ```
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$name => $code,)* }
            }
        }
    };
}

codes! {
    /// The request is no JSON, or is nested or long past the limits.
    InputMalformed = "input.malformed",
    /// The field is missing and has no default.
    InputMissing = "input.missing",
    /// The field has another type than the contract says (amounts are strings).
    InputType = "input.type",
    /// The text is longer than its limit.
    InputTooLong = "input.too-long",
    /// The value is none of those the field can take.
    InputChoice = "input.choice",
    /// Not a plain decimal number: `1,234.56`, `1e3`, ` 5` and `٣` are none.
    AmountMalformed = "amount.malformed",
    /// The amount is negative where it cannot be.
    AmountNegative = "amount.negative",
    /// More digits than the engine computes exactly.
    AmountOutOfRange = "amount.out-of-range",
    /// Not a date of the calendar in the form `2026-11-24`, or outside 1990–2099.
    DateImpossible = "date.impossible",
    /// No pack that is open covers the date.
    DateOutsideCoverage = "date.outside-coverage",
    /// Not an ISO 3166-1 alpha-2 code in capitals.
    PlaceMalformed = "place.malformed",
    /// No rules are open for the place.
    PlaceUnknown = "place.unknown",
    /// Not an ISO 4217 code in capitals.
    CurrencyMalformed = "currency.malformed",
    /// No exchange rate between the two currencies for the date.
    ExchangeRateMissing = "exchange-rate.missing",
    /// Not 6 to 10 digits.
    CodeMalformed = "code.malformed",
    /// No line of the destination's nomenclature begins with the code.
    CodeUnknown = "code.unknown",
    /// The basket has no item.
    BasketEmpty = "basket.empty",
    /// The basket has more items than the limit.
    BasketTooLarge = "basket.too-large",
    /// Two items have the same id.
    ItemDuplicate = "item.duplicate",
    /// A result would have more digits than the engine computes exactly.
    Overflow = "overflow",
    /// Two rules both apply and neither replaces the other.
    RuleConflict = "rule.conflict",
    /// No rule applies on the date.
    RuleMissing = "rule.missing",
    /// Not a pack, cut off, or altered.
    PackCorrupt = "pack.corrupt",
    /// A pack of a format that this engine does not read.
    PackFormat = "pack.format",
    /// Two packs that do not belong together: another day's measures beside a tariff.
    PackMismatch = "pack.mismatch",
    /// A pack that the call needs is not open.
    PackMissing = "pack.missing",
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The place in a request that an error or an unknown is about: `freight`, or `items[3].netWeightKg`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The field's name in the JSON contract; of the item where `item` is set.
    pub name: &'static str,
    /// The position in `items`, from 0.
    pub item: Option<u32>,
}

impl Field {
    /// A field of the request itself.
    #[must_use]
    pub const fn of_request(name: &'static str) -> Self {
        Self { name, item: None }
    }

    /// A field of an item.
    #[must_use]
    pub const fn of_item(item: u32, name: &'static str) -> Self {
        Self {
            name,
            item: Some(item),
        }
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.item, self.name) {
            (None, name) => f.write_str(name),
            (Some(item), "") => write!(f, "items[{item}]"),
            (Some(item), name) => write!(f, "items[{item}].{name}"),
        }
    }
}

/// A refusal: what is wrong, and where.
///
/// ```
/// use dutiable::{Error, ErrorCode, Field};
/// let error = Error::at(ErrorCode::AmountNegative, Field::of_item(3, "unitPrice"));
/// assert_eq!(error.to_string(), "amount.negative at items[3].unitPrice");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error {
    /// What went wrong.
    pub code: ErrorCode,
    /// Where, if it is about one field.
    pub field: Option<Field>,
}

impl Error {
    /// An error that is about no single field.
    #[must_use]
    pub const fn new(code: ErrorCode) -> Self {
        Self { code, field: None }
    }

    /// An error about a field.
    #[must_use]
    pub const fn at(code: ErrorCode, field: Field) -> Self {
        Self {
            code,
            field: Some(field),
        }
    }

    /// The same error, said of a field. A field that is already named stays.
    #[must_use]
    pub const fn or_at(self, field: Field) -> Self {
        match self.field {
            Some(_) => self,
            None => Self {
                code: self.code,
                field: Some(field),
            },
        }
    }
}

impl From<ErrorCode> for Error {
    fn from(code: ErrorCode) -> Self {
        Self::new(code)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field {
            Some(field) => write!(f, "{} at {field}", self.code),
            None => write!(f, "{}", self.code),
        }
    }
}

impl core::error::Error for Error {}
