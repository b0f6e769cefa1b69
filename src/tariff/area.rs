//! Geographical areas and preference programmes: groups of places.

use crate::calendar::{CalendarDate, ValidityPeriod};
use crate::confidence::Confidence;
use crate::place::PlaceCode;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// The code of the area that everywhere belongs to.
pub const EVERYWHERE: &str = "all";

/// A group of places, or one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    /// The publisher's code: `all`, `2020`, `AU`, `cptpp`.
    pub code: String,
    /// Its name, where the table has one.
    pub title: String,
    /// Who belongs to it, and when. Empty for `all` and for a single place, whose code says it.
    pub members: Vec<(PlaceCode, ValidityPeriod)>,
    /// How sure the membership is.
    pub confidence: Confidence,
    /// Whether the tables hold the area's rates in full. Where they do not, a rate that is not found is unknown, not refused.
    pub rates_known: bool,
}

stored!(struct Area { code, title, members, confidence, rates_known });

impl Area {
    /// Whether everywhere belongs to it.
    #[must_use]
    pub fn is_everywhere(&self) -> bool {
        self.code == EVERYWHERE
    }

    /// Whether the place belongs to the area on the day.
    #[must_use]
    pub fn contains(&self, place: PlaceCode, day: CalendarDate) -> bool {
        // A programme may be named like its one member (`NP`): its rows, which end, come before its name.
        self.is_everywhere()
            || (self.members.is_empty() && self.code == place.as_str())
            || self
                .members
                .iter()
                .any(|(member, valid)| *member == place && valid.contains(day))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    #[test]
    fn a_programme_named_like_its_member_ends_when_its_row_says() -> Result<(), Error> {
        let nepal = PlaceCode::parse("NP")?;
        let valid = ValidityPeriod {
            from: None,
            to: Some(CalendarDate::parse("2025-12-31")?),
        };
        let mut area = Area {
            code: "NP".into(),
            title: String::new(),
            members: vec![(nepal, valid)],
            confidence: Confidence::Official,
            rates_known: true,
        };
        assert!(area.contains(nepal, CalendarDate::parse("2025-12-31")?));
        assert!(!area.contains(nepal, CalendarDate::parse("2026-06-08")?));
        area.members.clear();
        assert!(area.contains(nepal, CalendarDate::parse("2026-06-08")?));
        Ok(())
    }
}
