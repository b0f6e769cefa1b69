//! Do the code and the description belong together?
//!
//! Where the classifier is asked, a code is unlikely if that gives its heading less than a few millionths; or, where the heading is likely, the code
//! itself next to nothing of it.
//!
//! Else the index is asked. A code is unlikely where that is sure of itself and does not name it, however far one
//! looks: either its chapter or its heading is not among the first hundred hits, and of the first five hits three or more agree on
//! another one. For a chapter, the first hit must answer a third of the description's words, for a heading three fifths.
//!
//! `tests/checks.rs` measures the index on own examples, and `cargo tariff train --measure` both on those that it did not learn: how many right codes
//! they doubt, and how many wrong ones.

use super::code::Read;
use super::finding::{Finding, FindingCode};
use crate::error::Error;
use crate::gather::gather;
use crate::navigator::fuse::Fused;
use crate::navigator::query;
use crate::navigator::result::Hit;
use crate::navigator::search::{Navigator, Ranking};
use crate::nomenclature::CommodityCode;

/// A heading that is less likely than this, in millionths, is not the description's. Of 18,271 held-out examples 10 doubted 1.2 % of right codes, 96 % of
/// other chapters' and 81 % of other headings'; 5 doubted 1.0, 95 and 79 %; 1 doubted 0.7, 93 and 74 %.
const UNLIKELY: u32 = 5;
/// A heading that is likelier than this, in millionths, is the description's: likelier than all others together. No other number was tried.
const LIKELY: u32 = 500_000;
/// A subheading of a likely heading that has less than one part in so many of it is not the description's. On the same examples 1,000 doubted 0.6 % of right
/// codes more, and 68 % of other subheadings'; 10,000 0.3 and 59 %; 100,000 0.1 and 49 %.
const PARTS: u32 = 10_000;
/// The digits of a heading.
const HEADING: u8 = 4;

/// How many hits are looked at before a code is called unlikely.
const LOOKED_AT: usize = 100;
/// How many of how many first hits have to agree before the search is sure.
const SURE_OF: (usize, usize) = (3, 5);
/// The levels at which they can agree, and what share of the words the first hit must answer then.
const LEVELS: [(u8, Share); 2] = [(2, Share(1, 3)), (4, Share(3, 5))];
/// The most codes that are named instead.
const INSTEAD: usize = 3;

/// A share: so many of so many.
#[derive(Clone, Copy)]
struct Share(usize, usize);

impl Share {
    const fn is_reached(self, part: usize, whole: usize) -> bool {
        part.saturating_mul(self.1) >= whole.saturating_mul(self.0)
    }
}

/// What a description speaks for.
struct Told {
    /// The best codes first.
    codes: Vec<CommodityCode>,
    /// Whether it speaks against all that the seller's code can mean.
    is_unlikely: bool,
}

impl Navigator {
    /// What the description has to say of the code. The successors of an earlier code are put in the order in which it names them.
    pub(super) fn check_likelihood<'a>(
        &'a self,
        text: &'a str,
        ranking: Ranking,
        read: &mut Read<'a>,
    ) -> Result<Option<Finding<'a>>, Error> {
        let fused = match ranking {
            Ranking::Index => None,
            Ranking::Classifier => self.fused(text),
        };
        let told = match fused {
            Some(fused) => self.told_by_classifier(&fused, &read.meant),
            None => self.told_by_index(text, &read.meant)?,
        };
        if told.codes.is_empty() {
            return Ok(Some(Finding::new(FindingCode::DescriptionNotUnderstood)));
        }
        for finding in &mut read.findings {
            if finding.code == FindingCode::CodeOfEarlierEdition {
                finding.candidates.sort_by_key(|candidate| {
                    let is_it = |code: &CommodityCode| code.to_string() == candidate.code;
                    told.codes.iter().position(is_it).unwrap_or(LOOKED_AT)
                });
            }
        }
        if !told.is_unlikely {
            return Ok(None);
        }
        let mut finding = Finding::new(FindingCode::CodeUnlikely);
        let is_other = |code: &&CommodityCode| !read.meant.iter().any(|meant| meant.covers(**code));
        let instead = told.codes.iter().filter(is_other).take(INSTEAD);
        finding.candidates = gather(&mut instead.map(|code| self.candidate(*code)));
        Ok(Some(finding))
    }

    fn told_by_classifier(&self, fused: &Fused, meant: &[CommodityCode]) -> Told {
        let of = |codes: &[CommodityCode]| {
            let is_under = |node| {
                let found = self.tree().code(node);
                found.is_some_and(|found| codes.iter().any(|code| code.covers(found)))
            };
            fused.likelihood(is_under)
        };
        let headings = gather(&mut meant.iter().map(|code| code.prefix(HEADING)));
        let (heading, itself) = (of(&headings), of(meant));
        let is_beside = heading < UNLIKELY || (heading > LIKELY && itself < heading / PARTS);
        let found = fused.best(LOOKED_AT);
        let codes = found.iter();
        let codes = gather(&mut codes.filter_map(|ranked| self.tree().code(ranked.node)));
        let is_unlikely = is_beside && !meant.is_empty();
        Told { codes, is_unlikely }
    }

    fn told_by_index(&self, text: &str, meant: &[CommodityCode]) -> Result<Told, Error> {
        let found = self.search_by(Ranking::Index, text, LOOKED_AT)?;
        let answered = answered(text, &found.hits);
        let codes = found.hits.iter();
        let codes = gather(&mut codes.filter_map(|hit| CommodityCode::parse(&hit.code).ok()));
        let is_unlikely = LEVELS.iter().any(|(length, share)| {
            share.is_reached(answered.0, answered.1) && is_beside(*length, &codes, meant)
        });
        Ok(Told { codes, is_unlikely })
    }
}

/// How many of the words asked the first hit answers.
fn answered(text: &str, hits: &[Hit<'_>]) -> (usize, usize) {
    let mut asked = query::read(text, None);
    asked.retain(|asked| !asked.is_joined);
    let by_first = asked.iter().filter(|asked| {
        let mut why = hits.first().into_iter().flat_map(|hit| &hit.why);
        why.any(|why| why.asked.contains(asked.typed))
    });
    (by_first.count(), asked.len())
}

/// Whether the first hits agree at a level and no hit at all agrees with what the code can mean. A code that does not go down to the level
/// is never beside it.
fn is_beside(length: u8, hits: &[CommodityCode], meant: &[CommodityCode]) -> bool {
    let first = hits.get(..SURE_OF.1).unwrap_or(hits);
    let is_sure = first.iter().any(|one| {
        let same = first
            .iter()
            .filter(|other| other.prefix(length) == one.prefix(length));
        same.count() >= SURE_OF.0
    });
    let is_named = |code: &CommodityCode| {
        code.length() < length
            || hits
                .iter()
                .any(|hit| hit.prefix(length) == code.prefix(length))
    };
    is_sure && !meant.is_empty() && !meant.iter().any(is_named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(texts: &[&str]) -> Result<Vec<CommodityCode>, Error> {
        texts
            .iter()
            .map(|text| CommodityCode::parse(text))
            .collect()
    }

    #[test]
    fn a_code_is_beside_what_three_of_five_agree_on_and_no_hit_is_like() -> Result<(), Error> {
        let sure = codes(&["851830", "851762", "853400", "610910", "420221"])?;
        let beside = |length, hits: &[CommodityCode], meant: &[&str]| -> Result<bool, Error> {
            Ok(is_beside(length, hits, &codes(meant)?))
        };
        assert!(beside(2, &sure, &["940161"])?);
        // A hit is in its chapter, though not among those that agree.
        assert!(!beside(2, &sure, &["610990"])?);
        // One of the codes that it can mean is.
        assert!(!beside(2, &sure, &["940161", "851830"])?);
        // The chapter is agreed on, the heading is not.
        assert!(!beside(4, &sure, &["852990"])?);
        let heading = codes(&["851830", "851821", "851829", "851762", "610910"])?;
        assert!(beside(4, &heading, &["852990"])?);
        assert!(!beside(4, &heading, &["85"])?);
        assert!(!beside(2, &heading, &[])?);
        assert!(!beside(
            2,
            &codes(&["851830", "851762", "610910"])?,
            &["940161"]
        )?);
        assert!(!beside(2, &[], &["940161"])?);
        Ok(())
    }

    #[test]
    fn a_share_is_reached_exactly() {
        assert!(Share(3, 5).is_reached(3, 5) && !Share(3, 5).is_reached(2, 4));
        assert!(Share(1, 3).is_reached(1, 3) && !Share(1, 3).is_reached(1, 4));
    }
}
