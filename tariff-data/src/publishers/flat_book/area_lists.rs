//! To which places a column applies, where the schedule does not say it: each list names where it was read, and how sure it is.

use dutiable::confidence::Confidence;

use crate::tables::{Area, AreaTitle};

/// The 27 members of the European Union.
pub const EUROPEAN_UNION: &str =
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// An area, its members and its source.
#[derive(Debug, Clone, Copy)]
pub struct AreaList {
    /// Our name of it.
    pub area: &'static str,
    /// Its title.
    pub title: &'static str,
    /// Where the members were read, and what is known of the rates.
    pub source: &'static str,
    /// How sure the members are.
    pub confidence: Confidence,
    /// `XX`, or `XX:from` or `XX::to` where membership began or ended within living tariffs; parted by spaces.
    pub members: &'static str,
}

impl AreaList {
    /// The tables of areas.
    pub fn tables(lists: &[Self]) -> (Vec<Area>, Vec<AreaTitle>) {
        let titles = lists.iter().map(|list| AreaTitle {
            area: list.area.into(),
            title: list.title.into(),
            source: list.source.into(),
            confidence: list.confidence,
        });
        (
            lists.iter().flat_map(Self::rows).collect(),
            titles.collect(),
        )
    }

    fn rows(&self) -> impl Iterator<Item = Area> {
        let area = self.area;
        self.members.split_whitespace().map(move |member| {
            let mut parts = member.split(':').map(str::to_owned);
            Area {
                area: area.into(),
                member: parts.next().unwrap_or_default(),
                from: parts.next().unwrap_or_default(),
                to: parts.next().unwrap_or_default(),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_may_have_dates() {
        let list = AreaList {
            area: "zz",
            title: "T",
            source: "S",
            confidence: Confidence::Official,
            members: "AA BB:2026-01-01 CC::2026-12-31",
        };
        let (areas, titles) = AreaList::tables(&[list]);
        let shown: Vec<String> = areas
            .iter()
            .map(|row| format!("{} {} {} {}", row.area, row.member, row.from, row.to))
            .collect();
        assert_eq!(shown, ["zz AA  ", "zz BB 2026-01-01 ", "zz CC  2026-12-31"]);
        assert_eq!(titles.len(), 1);
    }
}
