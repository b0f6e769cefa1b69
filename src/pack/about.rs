//! What a pack says of itself.

use crate::calendar::{CalendarDate, ValidityPeriod};
use crate::place::PlaceCode;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// What a pack holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[repr(u8)]
pub enum PackKind {
    /// The tree of the harmonised nomenclature: codes only.
    Nomenclature = 1,
    /// The navigator's word index.
    Index = 2,
    /// Designations, of the nomenclature or of a tariff's lines.
    Text = 3,
    /// A tariff: national lines and the measures that apply whatever the origin.
    Tariff = 4,
    /// Further measures of a tariff, for some origins.
    Measures = 5,
    /// The rules of a customs territory.
    Rules = 6,
    /// Exchange rates.
    Rates = 7,
    /// What the navigator learned from described goods.
    Classifier = 8,
    /// What guided classification asks: facets of the nomenclature, with the notes that decide.
    Guide = 9,
}

impl PackKind {
    /// The kind with this number.
    #[must_use]
    pub const fn from_number(number: u8) -> Option<Self> {
        Some(match number {
            1 => Self::Nomenclature,
            2 => Self::Index,
            3 => Self::Text,
            4 => Self::Tariff,
            5 => Self::Measures,
            6 => Self::Rules,
            7 => Self::Rates,
            8 => Self::Classifier,
            9 => Self::Guide,
            _ => return None,
        })
    }

    /// The kind's number in a header.
    #[must_use]
    pub const fn number(self) -> u8 {
        match self {
            Self::Nomenclature => 1,
            Self::Index => 2,
            Self::Text => 3,
            Self::Tariff => 4,
            Self::Measures => 5,
            Self::Rules => 6,
            Self::Rates => 7,
            Self::Classifier => 8,
            Self::Guide => 9,
        }
    }
}

/// A publisher's file that a pack was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// The id that quote lines name, such as `gb/ukgt`.
    pub id: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Licence.
    pub licence: String,
    /// Where a reader finds it.
    pub url: String,
    /// The day the source describes.
    pub as_of: Option<CalendarDate>,
}

stored!(struct Source { id, title, publisher, licence, url, as_of });

/// The section that every pack begins with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct About {
    /// The pack's id: `us`, `eu-from-CN`, `eu.rules`, `hs2022.en`.
    pub id: String,
    /// The tariff or territory the pack belongs to; empty for what serves all.
    pub tariff: String,
    /// The destinations it serves; `None` for all.
    pub destinations: Option<Vec<PlaceCode>>,
    /// The countries of origin it serves; `None` for all.
    pub origins: Option<Vec<PlaceCode>>,
    /// The language of a text pack.
    pub language: Option<String>,
    /// The edition of the harmonised nomenclature that its codes belong to.
    pub edition: u16,
    /// The day the sources describe.
    pub as_of: CalendarDate,
    /// The days for which the pack answers.
    pub covers: ValidityPeriod,
    /// What it was made from.
    pub sources: Vec<Source>,
}

stored!(struct About { id, tariff, destinations, origins, language, edition, as_of, covers, sources });
