//! The tree of the harmonised nomenclature: sections, chapters, headings, groups of subheadings, subheadings.

use super::CommodityCode;
use super::level::Level;
use crate::error::{Error, ErrorCode};
use crate::varint::Reader;
use core::ops::Range;

/// Codes of at most six digits, in the order of the nomenclature. A group has five: `01012` gathers the horses, `010121` and `010129`.
///
/// A node is known by its position: a chapter stands before its headings and a heading before its subheadings, so what lies under a
/// node is a range of positions. The section that holds the tree is a few kilobytes of steps, expanded once on opening.
///
/// ```
/// # #[cfg(feature = "write")] {
/// use dutiable::nomenclature::{CommodityCode, Level, Tree};
/// let codes = ["61", "6109", "610910", "610990"].map(CommodityCode::parse);
/// let codes = codes.into_iter().collect::<Result<Vec<_>, _>>()?;
/// let tree = Tree::open(&Tree::write(&[(50, 63)], &codes)?)?;
/// let heading = tree.find(CommodityCode::parse("6109")?).unwrap_or_default();
/// assert_eq!(tree.level(heading), Some(Level::Heading));
/// assert_eq!(tree.children(heading).count(), 2);
/// # }
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Tree {
    /// First and last chapter of each section.
    sections: Vec<(u8, u8)>,
    /// Six-digit number times eight, plus the code's length: ascending in the order of the nomenclature.
    keys: Vec<u32>,
    /// Where what lies under a node ends.
    ends: Vec<u16>,
    /// What a node lies under, directly; a chapter under itself.
    parents: Vec<u16>,
}

impl Tree {
    /// Reads the section and verifies that it is a tree: ascending codes, every node under its parent.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`].
    pub fn open(section: &[u8]) -> Result<Self, Error> {
        let tree = Self::read(section).ok_or(ErrorCode::PackCorrupt)?;
        let sound = tree.positions().all(|node| tree.is_sound_at(node));
        if sound {
            Ok(tree)
        } else {
            Err(ErrorCode::PackCorrupt.into())
        }
    }

    fn read(section: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(section);
        let mut sections = Vec::new();
        for _ in 0..reader.byte()? {
            sections.push((reader.byte()?, reader.byte()?));
        }
        let count = reader.size().filter(|count| *count <= section.len())?;
        let mut keys = Vec::with_capacity(count);
        let mut key = 0_u32;
        for _ in 0..count {
            key = key.checked_add(reader.number()?)?;
            keys.push(key);
        }
        let (ends, parents) = family(&keys)?;
        reader.is_at_end().then_some(Self {
            sections,
            keys,
            ends,
            parents,
        })
    }

    fn is_sound_at(&self, node: usize) -> bool {
        let ascending = match node.checked_sub(1) {
            Some(before) => self.keys.get(before) < self.keys.get(node),
            None => true,
        };
        let placed = match self.level(node) {
            Some(Level::Chapter) => true,
            Some(level) => self
                .parent(node)
                .and_then(|parent| self.level(parent))
                .is_some_and(|above| stands_under(level, above)),
            None => false,
        };
        ascending && placed && self.code(node).is_some()
    }

    /// How many nodes there are.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there is none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The positions of all nodes.
    #[must_use]
    pub const fn positions(&self) -> Range<usize> {
        0..self.keys.len()
    }

    /// How many sections there are.
    #[must_use]
    pub const fn section_count(&self) -> usize {
        self.sections.len()
    }

    /// The node's code.
    #[must_use]
    pub fn code(&self, node: usize) -> Option<CommodityCode> {
        let key = *self.keys.get(node)?;
        let padded = u64::from(key >> 3).checked_mul(10_000)?;
        CommodityCode::from_padded(padded, key_length(key))
    }

    /// The node's level.
    #[must_use]
    pub fn level(&self, node: usize) -> Option<Level> {
        Level::of_length(key_length(*self.keys.get(node)?))
    }

    /// The node with this code.
    #[must_use]
    pub fn find(&self, code: CommodityCode) -> Option<usize> {
        self.keys.binary_search(&key_of(code)?).ok()
    }

    /// The positions of the node with a code and of what lies under it; of a code of more than six digits, its subheading's. The code
    /// itself need not be there: `610` stands for the headings 6101 to 6109.
    #[must_use]
    pub fn within(&self, code: CommodityCode) -> Range<usize> {
        let subheading = code.prefix(6);
        let first = |padded: u64| {
            let number = padded.checked_div(10_000).unwrap_or(0).saturating_mul(8);
            self.keys.partition_point(|key| u64::from(*key) < number)
        };
        first(subheading.padded())..first(subheading.end())
    }

    /// The positions of what lies under a node, at every level.
    #[must_use]
    pub fn under(&self, node: usize) -> Range<usize> {
        let end = self.ends.get(node).copied().map_or(node, usize::from);
        node.saturating_add(1)..end
    }

    /// The nodes one level below.
    pub fn children(&self, node: usize) -> impl Iterator<Item = usize> {
        let mut next = node.saturating_add(1);
        let end = self.under(node).end;
        core::iter::from_fn(move || {
            let child = next;
            next = self.under(child).end;
            (child < end).then_some(child)
        })
    }

    /// The node one level above; a chapter has none.
    #[must_use]
    pub fn parent(&self, node: usize) -> Option<usize> {
        let parent = usize::from(*self.parents.get(node)?);
        (parent != node).then_some(parent)
    }

    /// The nodes above a node, the chapter first.
    #[must_use]
    pub fn above(&self, node: usize) -> Vec<usize> {
        let mut above = Vec::new();
        let mut next = self.parent(node);
        while let Some(node) = next {
            above.push(node);
            next = self.parent(node);
        }
        above.reverse();
        above
    }

    /// The chapter that a node lies in.
    #[must_use]
    pub fn chapter_of(&self, node: usize) -> usize {
        let mut top = node;
        while let Some(above) = self.parent(top) {
            top = above;
        }
        top
    }

    /// The chapters of a section, counted from 0.
    pub fn chapters(&self, section: usize) -> impl Iterator<Item = usize> {
        let (first, last) = self.sections.get(section).copied().unwrap_or((1, 0));
        (first..=last).filter_map(|chapter| {
            let padded = u64::from(chapter).checked_mul(100_000_000)?;
            self.find(CommodityCode::from_padded(padded, 2)?)
        })
    }

    /// The section, counted from 0, that a node lies in.
    #[must_use]
    pub fn section_of(&self, node: usize) -> Option<usize> {
        let chapter = self.code(node)?.padded().checked_div(100_000_000)?;
        let holds =
            |(first, last): &(u8, u8)| (u64::from(*first)..=u64::from(*last)).contains(&chapter);
        self.sections.iter().position(holds)
    }

    /// The section for these codes, which stand in the order of the nomenclature.
    ///
    /// # Errors
    /// [`ErrorCode::CodeMalformed`] where a code is longer than six digits or out of order.
    #[cfg(feature = "write")]
    pub fn write(sections: &[(u8, u8)], codes: &[CommodityCode]) -> Result<Vec<u8>, Error> {
        let malformed = || Error::new(ErrorCode::CodeMalformed);
        let mut bytes = vec![u8::try_from(sections.len()).map_err(|_| malformed())?];
        bytes.extend(sections.iter().flat_map(|(first, last)| [*first, *last]));
        crate::varint::write(
            &mut bytes,
            u32::try_from(codes.len()).map_err(|_| malformed())?,
        );
        let mut last = 0_u32;
        for code in codes {
            let key = key_of(*code).ok_or_else(malformed)?;
            let step = key
                .checked_sub(last)
                .filter(|step| *step > 0)
                .ok_or_else(malformed)?;
            crate::varint::write(&mut bytes, step);
            last = key;
        }
        Ok(bytes)
    }
}

fn key_length(key: u32) -> u8 {
    let [length, ..] = (key & 7).to_le_bytes();
    length
}

fn key_of(code: CommodityCode) -> Option<u32> {
    Level::of_length(code.length()).filter(|_| code.length() <= 6)?;
    let number = u32::try_from(code.padded().checked_div(10_000)?).ok()?;
    Some(number.checked_mul(8)? | u32::from(code.length()))
}

fn stands_under(level: Level, above: Level) -> bool {
    match level {
        Level::Heading => above == Level::Chapter,
        Level::Group => above == Level::Heading,
        Level::Subheading => above == Level::Heading || above == Level::Group,
        _ => false,
    }
}

/// For each node, the position of the next one that is not under it, and the position of the one that it lies under.
fn family(keys: &[u32]) -> Option<(Vec<u16>, Vec<u16>)> {
    let count = u16::try_from(keys.len()).ok()?;
    let mut ends = vec![count; keys.len()];
    let mut parents = Vec::with_capacity(keys.len());
    let mut open: Vec<(u16, u32)> = Vec::new();
    for (key, position) in keys.iter().zip(0_u16..) {
        while let Some((node, _)) = open.pop_if(|(_, above)| !covers(*above, *key)) {
            *ends.get_mut(usize::from(node))? = position;
        }
        parents.push(open.last().map_or(position, |(above, _)| *above));
        open.push((position, *key));
    }
    Some((ends, parents))
}

/// Whether the code of the second key lies under that of the first. A longer code after a group need not be one of it: `010130` is none
/// of `01012`.
fn covers(above: u32, key: u32) -> bool {
    let length = key_length(above);
    let first = |key: u32| {
        (key >> 3).checked_div(10_u32.saturating_pow(u32::from(6_u8.saturating_sub(length))))
    };
    length < key_length(key) && first(above) == first(key)
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;

    fn tree(codes: &[&str]) -> Result<Tree, Error> {
        let codes = codes.iter().map(|code| CommodityCode::parse(code));
        Tree::open(&Tree::write(
            &[(1, 5)],
            &codes.collect::<Result<Vec<_>, _>>()?,
        )?)
    }

    #[test]
    fn a_subheading_after_a_group_lies_under_the_heading() -> Result<(), Error> {
        let codes = [
            "01", "0101", "01012", "010121", "010129", "010130", "01019", "010191", "02", "0201",
            "020110",
        ];
        let tree = tree(&codes)?;
        let named = |nodes: Vec<usize>| -> Vec<&str> {
            nodes
                .into_iter()
                .filter_map(|node| codes.get(node).copied())
                .collect()
        };
        assert_eq!(
            named(tree.children(1).collect()),
            ["01012", "010130", "01019"]
        );
        assert_eq!(named(tree.under(2).collect()), ["010121", "010129"]);
        let parents: Vec<_> = tree.positions().map(|node| tree.parent(node)).collect();
        let expected = [
            None,
            Some(0),
            Some(1),
            Some(2),
            Some(2),
            Some(1),
            Some(1),
            Some(6),
            None,
            Some(8),
            Some(9),
        ];
        assert_eq!(parents, expected);
        assert_eq!(tree.chapter_of(7), 0);
        assert_eq!(tree.chapter_of(10), 8);
        Ok(())
    }

    #[test]
    fn a_node_without_what_it_lies_under_is_refused() {
        for codes in [
            &["01", "0201"][..],
            &["01", "0101", "010210"],
            &["0101"],
            &["01", "010121"],
            &["01", "0101", "01012", "01022"],
        ] {
            assert!(tree(codes).is_err(), "{codes:?}");
        }
        assert!(tree(&["01", "0101", "01012", "010121"]).is_ok());
    }
}
