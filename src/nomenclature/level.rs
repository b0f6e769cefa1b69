//! The levels of a nomenclature.

use serde::Serialize;

/// How deep a node of the nomenclature stands.
///
/// ```
/// use dutiable::nomenclature::Level;
/// assert_eq!(Level::of_length(6), Some(Level::Subheading));
/// assert_eq!(Level::of_length(3), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// One of the 21 sections, known by a roman numeral.
    Section,
    /// Two digits.
    Chapter,
    /// Four digits.
    Heading,
    /// What gathers rows below it and cannot be declared: five digits of the nomenclature, or a row of a national schedule that has
    /// no code.
    Group,
    /// Six digits: the last level that all members share.
    Subheading,
    /// Seven to ten digits of one destination.
    National,
}

impl Level {
    /// The level of codes with so many digits.
    #[must_use]
    pub const fn of_length(digits: u8) -> Option<Self> {
        Some(match digits {
            2 => Self::Chapter,
            4 => Self::Heading,
            5 => Self::Group,
            6 => Self::Subheading,
            7..=10 => Self::National,
            _ => return None,
        })
    }
}
