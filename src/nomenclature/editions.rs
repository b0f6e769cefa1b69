//! Subheadings that earlier editions had and the nomenclature has no longer, and what became of them.

use super::CommodityCode;
use crate::error::{Error, ErrorCode};
use crate::varint::{Reader, unzigzag};
use serde::Serialize;

/// How an earlier code's goods lie among its successors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Relation {
    /// The same goods under another code.
    #[serde(rename = "1:1")]
    Renumbered,
    /// One of several codes that have taken over its goods and no others.
    #[serde(rename = "split")]
    Split,
    /// One code that has taken over its goods and those of other codes.
    #[serde(rename = "merged")]
    Merged,
    /// One of several codes, some of which have taken over other codes' goods as well.
    #[serde(rename = "n:n")]
    Mixed,
}

impl Relation {
    /// All of them, in the order of their numbers in packs.
    const ALL: [Self; 4] = [Self::Renumbered, Self::Split, Self::Merged, Self::Mixed];

    /// The word of the tables and the JSON.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Renumbered => "1:1",
            Self::Split => "split",
            Self::Merged => "merged",
            Self::Mixed => "n:n",
        }
    }

    /// The relation that the tables call so.
    ///
    /// ```
    /// use dutiable::nomenclature::Relation;
    /// assert_eq!(Relation::parse("n:n"), Some(Relation::Mixed));
    /// assert_eq!(Relation::parse("n:1"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|relation| relation.as_str() == text)
    }
}

/// A subheading of an earlier edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The code, which the nomenclature has no longer.
    pub code: CommodityCode,
    /// The last edition that had it.
    pub edition: u16,
    /// How its goods lie among the successors.
    pub relation: Relation,
    /// The subheadings that have its goods now, ascending; at least one.
    pub successors: Vec<CommodityCode>,
}

/// The subheadings that earlier editions had, by code.
///
/// ```
/// # #[cfg(feature = "write")] {
/// use dutiable::nomenclature::{CommodityCode, Earlier, Editions, Relation};
/// let earlier = Earlier {
///     code: CommodityCode::parse("851712")?,
///     edition: 2017,
///     relation: Relation::Split,
///     successors: vec![CommodityCode::parse("851713")?, CommodityCode::parse("851714")?],
/// };
/// let editions = Editions::open(&Editions::write(&[earlier.clone()])?)?;
/// assert_eq!(editions.find(earlier.code), Some(&earlier));
/// assert_eq!(editions.find(CommodityCode::parse("851713")?), None);
/// # }
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Editions {
    earlier: Vec<Earlier>,
}

impl Editions {
    /// Reads the section: for each code its step from the one before, its edition and relation, and the steps of its successors.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`], also where codes are no subheadings, do not ascend, or have no successor.
    pub fn open(section: &[u8]) -> Result<Self, Error> {
        let earlier = read(section).ok_or(ErrorCode::PackCorrupt)?;
        Ok(Self { earlier })
    }

    /// What became of a subheading that the nomenclature has no longer; `None` also where there never was one.
    #[must_use]
    pub fn find(&self, code: CommodityCode) -> Option<&Earlier> {
        let found = self
            .earlier
            .binary_search_by_key(&code, |earlier| earlier.code);
        self.earlier.get(found.ok()?)
    }

    /// All of them, by code.
    #[must_use]
    pub fn all(&self) -> &[Earlier] {
        &self.earlier
    }

    /// The section for these codes, which stand in their order.
    ///
    /// # Errors
    /// [`ErrorCode::CodeMalformed`] where a code is no subheading, stands out of order, or has no successor; [`ErrorCode::Overflow`]
    /// for an edition before 1988 or long after.
    #[cfg(feature = "write")]
    pub fn write(earlier: &[Earlier]) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        let mut last = 0;
        for one in earlier {
            let own = number(one.code)?;
            crate::varint::write(&mut bytes, step(last, own)?);
            last = own;
            crate::varint::write(&mut bytes, told(one).ok_or(ErrorCode::Overflow)?);
            write_successors(&mut bytes, own, &one.successors)?;
        }
        read(&bytes).ok_or(ErrorCode::CodeMalformed)?;
        Ok(bytes)
    }
}

/// The year of the first edition: packs count from it.
const FIRST_EDITION: u16 = 1988;

/// The edition and the relation as one number.
#[cfg(feature = "write")]
fn told(earlier: &Earlier) -> Option<u32> {
    let years = earlier.edition.checked_sub(FIRST_EDITION)?;
    let relation = Relation::ALL
        .iter()
        .position(|relation| *relation == earlier.relation)?;
    Some(u32::from(years) << 2 | u32::try_from(relation).ok()?)
}

/// How many there are; how far the first lies from the code itself, on either side; and the steps from each to the next.
#[cfg(feature = "write")]
fn write_successors(bytes: &mut Vec<u8>, own: u32, codes: &[CommodityCode]) -> Result<(), Error> {
    let signed = |number: u32| i32::try_from(number).map_err(|_| ErrorCode::Overflow);
    let count = u32::try_from(codes.len()).map_err(|_| ErrorCode::Overflow)?;
    crate::varint::write(bytes, count);
    let mut last = None;
    for code in codes {
        let number = number(*code)?;
        let written = match last {
            Some(last) => step(last, number)?,
            None => crate::varint::zigzag(signed(number)?.wrapping_sub(signed(own)?)),
        };
        crate::varint::write(bytes, written);
        last = Some(number);
    }
    Ok(())
}

/// The six digits of a subheading.
#[cfg(feature = "write")]
fn number(code: CommodityCode) -> Result<u32, Error> {
    let number = code.padded().checked_div(10_000);
    let number = number.filter(|_| code.length() == 6);
    let number = number.and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| ErrorCode::CodeMalformed.into())
}

/// How far a number lies beyond the one before it.
#[cfg(feature = "write")]
fn step(before: u32, number: u32) -> Result<u32, Error> {
    let step = number.checked_sub(before).filter(|step| *step > 0);
    step.ok_or_else(|| ErrorCode::CodeMalformed.into())
}

fn read(section: &[u8]) -> Option<Vec<Earlier>> {
    let mut reader = Reader::new(section);
    let mut earlier = Vec::new();
    let mut own = 0_u32;
    while !reader.is_at_end() {
        own = ascending(own, &mut reader)?;
        let told = reader.number()?;
        let count = reader.size().filter(|count| *count > 0)?;
        let first = own.checked_add_signed(unzigzag(reader.number()?))?;
        let mut successors = vec![code(first)?];
        let mut last = first;
        for _ in 1..count {
            last = ascending(last, &mut reader)?;
            successors.push(code(last)?);
        }
        earlier.push(Earlier {
            code: code(own)?,
            edition: FIRST_EDITION.checked_add(u16::try_from(told >> 2).ok()?)?,
            relation: *Relation::ALL.get(usize::try_from(told & 3).ok()?)?,
            successors,
        });
    }
    Some(earlier)
}

fn ascending(before: u32, reader: &mut Reader<'_>) -> Option<u32> {
    let step = reader.number().filter(|step| *step > 0)?;
    before.checked_add(step)
}

fn code(number: u32) -> Option<CommodityCode> {
    CommodityCode::from_padded(u64::from(number).checked_mul(10_000)?, 6)
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn earlier(code: &str, edition: u16, successors: &[&str]) -> Result<Earlier, Error> {
        let codes: Vec<_> = successors
            .iter()
            .map(|code| CommodityCode::parse(code))
            .collect();
        Ok(Earlier {
            code: CommodityCode::parse(code)?,
            edition,
            relation: Relation::Mixed,
            successors: codes.into_iter().collect::<Result<_, _>>()?,
        })
    }

    #[test]
    fn what_was_written_is_read() -> Result<(), Error> {
        let all = [
            earlier("030510", 2017, &["030910"])?,
            earlier("854810", 2012, &["010121", "854911", "854912"])?,
        ];
        let editions = Editions::open(&Editions::write(&all)?)?;
        assert_eq!(editions.all(), all);
        assert_eq!(editions.find(CommodityCode::parse("0305")?), None);
        Ok(())
    }

    #[test]
    fn what_is_out_of_order_or_leads_nowhere_is_refused() -> Result<(), Error> {
        let moved = earlier("030510", 2017, &["030910"])?;
        assert!(Editions::write(&[moved.clone(), moved.clone()]).is_err());
        for wrong in [
            earlier("030510", 2017, &[])?,
            earlier("0305", 2017, &["030910"])?,
            earlier("030510", 2017, &["03091000"])?,
            earlier("030510", 2017, &["030920", "030910"])?,
            earlier("030510", 1987, &["030910"])?,
        ] {
            assert!(
                Editions::write(core::slice::from_ref(&wrong)).is_err(),
                "{wrong:?}"
            );
        }
        let section = Editions::write(&[moved])?;
        for end in 1..section.len() {
            let cut = section.get(..end).unwrap_or_default();
            assert!(Editions::open(cut).is_err(), "cut to {end}");
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes: Vec<u8>) {
            if let Ok(editions) = Editions::open(&bytes) {
                prop_assert!(editions.all().iter().all(|earlier| !earlier.successors.is_empty()));
            }
        }
    }
}
