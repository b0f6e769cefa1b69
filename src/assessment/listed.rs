//! What rules say by listed codes: of several that list the goods, the longest code decides.

use crate::nomenclature::CommodityCode;

/// Which of several lists of codes name some goods, by their positions, each with the length of its code.
#[derive(Debug, Default)]
pub(super) struct Listed {
    /// The list with the longest code that covers the goods' own. A list without codes is for all that no other names.
    pub(super) nearest: Option<(u8, usize)>,
    /// Those with codes below the goods' own, which may therefore mean them, in the order of the lists.
    pub(super) below: Vec<(u8, usize)>,
}

impl Listed {
    /// The list with the longest of all these codes; of equal ones the first.
    pub(super) fn longest_below(&self) -> Option<usize> {
        let mut longest: Option<(u8, usize)> = None;
        for (length, position) in &self.below {
            if longest.is_none_or(|(other, _)| *length > other) {
                longest = Some((*length, *position));
            }
        }
        longest.map(|(_, position)| position)
    }
}

/// Looks a code up in lists.
pub(super) fn listed(lists: &mut dyn Iterator<Item = &[String]>, code: CommodityCode) -> Listed {
    let mut found = Listed::default();
    for (position, codes) in lists.enumerate() {
        if codes.is_empty() && found.nearest.is_none() {
            found.nearest = Some((0, position));
        }
        for listed in codes {
            let Ok(listed) = CommodityCode::parse(listed) else {
                continue;
            };
            let length = listed.length();
            if listed.covers(code) {
                if found.nearest.is_none_or(|(longest, _)| length > longest) {
                    found.nearest = Some((length, position));
                }
            } else if code.covers(listed) {
                found.below.push((length, position));
            }
        }
    }
    found
}
