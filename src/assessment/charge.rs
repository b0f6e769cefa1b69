//! Charges, and what is missing for one.

use crate::confidence::Confidence;
use crate::decimal::Decimal;
use crate::destination::Severity;
use crate::error::Field;
use serde::{Serialize, Serializer};

/// What a charge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChargeKind {
    /// A customs duty.
    Duty,
    /// A tax.
    Tax,
    /// A fee of an authority.
    Fee,
    /// A relief: something that is not charged, and why.
    Relief,
}

/// A charge with its working.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge {
    /// What it is.
    pub kind: ChargeKind,
    /// The measure's type, the tax's, fee's or regime's id.
    pub measure: String,
    /// The item it is for, by position; `None` for the consignment.
    pub item: Option<usize>,
    /// What it is reckoned on, in the destination's currency.
    pub basis: Decimal,
    /// The rate as the law writes it.
    pub rate: String,
    /// How it is reckoned, for a pocket calculator.
    pub formula: String,
    /// The amount before rounding.
    pub exact: Decimal,
    /// The amount.
    pub amount: Decimal,
    /// The id of its source.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Something that is missing, and the field that would settle it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The field.
    pub field: Field,
    /// What is needed there: `quantity`, a unit, `national-line`, `rate`.
    pub needs: String,
}

impl Need {
    /// A need of an item's field.
    #[must_use]
    pub fn of_item(item: usize, name: &'static str, needs: impl Into<String>) -> Self {
        let item = u32::try_from(item).unwrap_or(u32::MAX);
        Self {
            field: Field::of_item(item, name),
            needs: needs.into(),
        }
    }

    /// A need of the request's field.
    #[must_use]
    pub fn of_request(name: &'static str, needs: impl Into<String>) -> Self {
        Self {
            field: Field::of_request(name),
            needs: needs.into(),
        }
    }
}

/// Something a quote says plainly. The sentence lives at the edge; here are its code and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice {
    /// A stable dotted code.
    pub code: String,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about, by name.
    #[serde(serialize_with = "as_object")]
    pub params: Vec<(&'static str, String)>,
}

impl Notice {
    /// A notice without parameters.
    #[must_use]
    pub fn new(code: impl Into<String>, severity: Severity) -> Self {
        Self {
            code: code.into(),
            severity,
            params: Vec::new(),
        }
    }

    /// With one more parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.params.push((name, value.to_string()));
        self
    }
}

/// Writes named values as an object.
///
/// # Errors
/// The serializer's own.
pub fn as_object<S: Serializer, K: Serialize, V: Serialize>(
    values: &[(K, V)],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(values.iter().map(|(name, value)| (name, value)))
}
