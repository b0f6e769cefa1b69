//! Charges, and what is missing for one.

use crate::confidence::Confidence;
use crate::decimal::Decimal;
use crate::destination::Severity;
use crate::error::{Error, ErrorCode, Field};
use core::fmt;
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

/// The id of a source, as lines name it: `gb/import-vat` for a law, `gb/ukgt` for a publisher's file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceId<'a> {
    territory: &'a str,
    id: &'a str,
}

impl<'a> SourceId<'a> {
    /// The caller of the engine.
    pub const CALLER: SourceId<'static> = SourceId::of_file("caller");

    /// A law, by the id of its rule.
    #[must_use]
    pub const fn of_law(territory: &'a str, id: &'a str) -> Self {
        Self { territory, id }
    }

    /// A publisher's file, by the id in its pack.
    #[must_use]
    pub const fn of_file(id: &'a str) -> Self {
        Self { territory: "", id }
    }
}

impl fmt::Display for SourceId<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.territory.is_empty() {
            f.write_str(self.territory)?;
            f.write_str("/")?;
        }
        f.write_str(self.id)
    }
}

impl Serialize for SourceId<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A charge with its working.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Charge<'a> {
    /// What it is.
    pub kind: ChargeKind,
    /// The measure's type, the tax's, fee's or regime's id.
    pub measure: &'a str,
    /// Of a programme's duty: the programme, and the heading of the tariff that charges it.
    pub programme: Option<(&'a str, &'a str)>,
    /// The item it is for, by position; `None` for the consignment.
    pub item: Option<usize>,
    /// The item whose treatment says who collects it.
    pub follows: usize,
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
    /// Its source.
    pub source: SourceId<'a>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Something that is missing, and the field that would settle it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Need {
    /// The field.
    #[serde(serialize_with = "as_displayed")]
    pub field: Field,
    /// What is needed there: `quantity`, a unit, `national-line`, `rate`.
    pub needs: String,
    /// Why the engine cannot know it by itself, as a stable dotted code, where the field alone does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
}

fn as_displayed<S: Serializer>(field: &Field, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(field)
}

impl Need {
    /// A need of an item's field.
    #[must_use]
    pub fn of_item(item: usize, name: &'static str, needs: &str) -> Self {
        let item = u32::try_from(item).unwrap_or(u32::MAX);
        Self {
            field: Field::of_item(item, name),
            needs: needs.to_owned(),
            reason: None,
        }
    }

    /// A need of the request's field.
    #[must_use]
    pub fn of_request(name: &'static str, needs: &str) -> Self {
        Self {
            field: Field::of_request(name),
            needs: needs.to_owned(),
            reason: None,
        }
    }

    /// The same need, with its reason.
    #[must_use]
    pub fn because(self, reason: &'static str) -> Self {
        Self {
            reason: Some(reason),
            ..self
        }
    }
}

/// A charge that is due, or may be, and whose amount is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenCharge<'a> {
    /// What it is.
    pub kind: ChargeKind,
    /// The tax's or fee's id; of a duty whose measure is not known either, `duties`.
    pub measure: &'a str,
    /// The item it is for, by position; `None` for the consignment.
    pub item: Option<usize>,
    /// The item whose treatment says who collects it.
    pub follows: usize,
}

impl OpenCharge<'_> {
    /// Whether it is this charge, where that is known.
    pub(crate) fn is_of(&self, charge: &Charge<'_>) -> bool {
        (self.kind, self.measure, self.item) == (charge.kind, charge.measure, charge.item)
    }
}

/// Charges, those that are open, what would settle them, and what must be said.
#[derive(Clone, Debug, Default)]
pub struct Assessed<'a> {
    /// The charges.
    pub charges: Vec<Charge<'a>>,
    /// Those whose amount is not known.
    pub open: Vec<OpenCharge<'a>>,
    /// What is missing for them.
    pub needs: Vec<Need>,
    /// What must be said: a lower rate that some goods under a code have.
    pub notices: Vec<Notice<'a>>,
}

/// Adds needs, each once.
pub(crate) fn add_needs(needs: &mut Vec<Need>, more: Vec<Need>) {
    for need in more {
        if !needs.contains(&need) {
            needs.push(need);
        }
    }
}

/// Why an amount cannot be reckoned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unsettled {
    /// Something is missing; the rest of the quote is given all the same.
    Needs(Vec<Need>),
    /// Something is wrong; there is no quote.
    Refused(Error),
}

impl From<Need> for Unsettled {
    fn from(need: Need) -> Self {
        Self::Needs(vec![need])
    }
}

impl From<Error> for Unsettled {
    fn from(error: Error) -> Self {
        Self::Refused(error)
    }
}

impl From<ErrorCode> for Unsettled {
    fn from(code: ErrorCode) -> Self {
        Self::Refused(code.into())
    }
}

/// Something a quote says plainly. The sentence lives at the edge; here are its code and what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Notice<'a> {
    /// A stable dotted code.
    pub code: &'a str,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about, by name.
    #[serde(serialize_with = "as_object")]
    pub params: Vec<(&'static str, String)>,
}

impl<'a> Notice<'a> {
    /// A notice without parameters.
    #[must_use]
    pub const fn new(code: &'a str, severity: Severity) -> Self {
        Self {
            code,
            severity,
            params: Vec::new(),
        }
    }

    /// With one more parameter.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &dyn fmt::Display) -> Self {
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
