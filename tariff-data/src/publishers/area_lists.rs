//! Lists of places that a schedule's columns apply to, where the schedule itself does not give them.

use dutiable::confidence::Confidence;

use crate::tables::{Area, AreaTitle};

/// The 27 members of the European Union.
pub const EUROPEAN_UNION: &str =
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK";

/// An area whose members were read elsewhere: where, and how sure it is.
pub struct List {
    /// The area's code.
    pub area: &'static str,
    /// Its name.
    pub title: &'static str,
    /// Where the members were read.
    pub source: &'static str,
    /// How sure it is.
    pub confidence: Confidence,
    /// `XX`, or `XX:from` or `XX::to` where membership began or ended within living tariffs.
    pub members: &'static str,
}

/// The tables of areas.
pub fn tables(lists: &[List]) -> (Vec<Area>, Vec<AreaTitle>) {
    let titles = lists
        .iter()
        .map(|list| AreaTitle {
            area: list.area.into(),
            title: list.title.into(),
            source: list.source.into(),
            confidence: list.confidence,
        })
        .collect();
    (lists.iter().flat_map(rows).collect(), titles)
}

fn rows(list: &List) -> impl Iterator<Item = Area> {
    list.members.split(' ').map(|member| {
        let mut parts = member.split(':').map(str::to_owned);
        Area {
            area: list.area.into(),
            member: parts.next().unwrap_or_default(),
            from: parts.next().unwrap_or_default(),
            to: parts.next().unwrap_or_default(),
        }
    })
}
