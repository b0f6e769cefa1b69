//! Is it a code of the nomenclature, and if not, what is it?

use super::Schedule;
use super::finding::{Candidate, Finding, FindingCode, Severity};
use super::lines;
use crate::gather::gather;
use crate::navigator::search::Navigator;
use crate::nomenclature::{CommodityCode, Earlier, Editions};
use core::cmp::Reverse;

/// The most codes that a finding names.
pub(super) const FEW: usize = 5;
/// The digits that all members of the nomenclature share.
const SHARED: u8 = 6;

/// A code as it was read.
#[derive(Debug, Default)]
pub(super) struct Read<'a> {
    /// Its digits; `None` where it is no code.
    pub(super) code: Option<String>,
    /// What it can mean in the nomenclature: itself, or its successors; empty where that is not known.
    pub(super) meant: Vec<CommodityCode>,
    /// What was found.
    pub(super) findings: Vec<Finding<'a>>,
}

impl Navigator {
    pub(super) fn check_code<'a>(
        &'a self,
        text: &str,
        schedule: Schedule<'a>,
        editions: &Editions,
    ) -> Read<'a> {
        let mut read = Read::default();
        let Ok(code) = CommodityCode::parse(text.trim()) else {
            read.findings.push(Finding::new(FindingCode::CodeMalformed));
            return read;
        };
        read.code = Some(code.to_string());
        let is_there = self.has(code, schedule);
        if let Some(longer) = self.with_zero(code, schedule) {
            let mut finding = Finding::new(FindingCode::CodeLeadingZero);
            finding.candidates = vec![self.candidate(longer)];
            read.meant.push(longer.prefix(SHARED));
            if is_there {
                finding.severity = Severity::Warning;
            }
            read.findings.push(finding);
        }
        if is_there {
            read.meant.push(code.prefix(SHARED));
            read.findings.extend(self.check_length(code, schedule));
        } else if let Some(earlier) = editions.find(code.prefix(SHARED)) {
            read.meant.clone_from(&earlier.successors);
            read.findings.push(self.of_earlier_edition(earlier));
        } else if read.findings.is_empty() {
            read.findings.push(self.unknown(code));
        }
        read
    }

    /// Whether the nomenclature has the code, or the subheading of a longer one; or the destination, for some chapters are each country's own.
    fn has(&self, code: CommodityCode, schedule: Schedule<'_>) -> bool {
        self.reaches(code)
            || matches!(schedule, Schedule::AtHand(national) if lines::are_under(national, code.prefix(SHARED)))
    }

    /// Whether a code is, or begins, a code of the nomenclature; of more than six digits, whether their subheading is one. The group `03029`
    /// is no subheading `030290`.
    fn reaches(&self, code: CommodityCode) -> bool {
        let shared = code.prefix(SHARED);
        let mut within = self.tree().within(shared);
        within.any(|node| {
            self.tree()
                .code(node)
                .is_some_and(|found| shared.covers(found))
        })
    }

    /// The code with a nought before it, where it has an odd number of digits and the nomenclature has the longer one. Chapters 1 to 9 lose
    /// theirs in spreadsheets. Some destinations do have lines of seven or nine digits.
    fn with_zero(&self, code: CommodityCode, schedule: Schedule<'_>) -> Option<CommodityCode> {
        let is_line =
            matches!(schedule, Schedule::AtHand(national) if national.lines().find(code).is_some());
        if code.length().is_multiple_of(2) || is_line {
            return None;
        }
        let length = code.length().saturating_add(1);
        let longer = CommodityCode::from_padded(code.padded().checked_div(10)?, length)?;
        self.reaches(longer).then_some(longer)
    }

    /// What there is to be said of a code that is there: how much of it is still open, or too much.
    fn check_length<'a>(
        &'a self,
        code: CommodityCode,
        schedule: Schedule<'a>,
    ) -> Option<Finding<'a>> {
        match schedule {
            Schedule::AtHand(national) => self.check_lines(code, national),
            _ if code.length() < SHARED => Some(self.too_short(code)),
            Schedule::NotAtHand => Some(Finding::new(FindingCode::CodeLinesNotAtHand)),
            Schedule::Unasked if code.length() > SHARED => {
                Some(Finding::new(FindingCode::CodeNationalUnchecked))
            }
            Schedule::Unasked => None,
        }
    }

    /// A chapter, heading or group: one of the subheadings below has to be chosen.
    pub(super) fn too_short(&self, code: CommodityCode) -> Finding<'_> {
        let tree = self.tree();
        let below = tree.within(code).filter_map(|node| tree.code(node));
        let below = gather(&mut below.filter(|code| code.length() == SHARED));
        let mut finding = Finding::new(FindingCode::CodeTooShort);
        finding.digits = Some(SHARED);
        finding.count = Some(below.len());
        if below.len() <= FEW {
            finding.candidates = gather(&mut below.iter().map(|code| self.candidate(*code)));
        }
        finding
    }

    fn of_earlier_edition(&self, earlier: &Earlier) -> Finding<'_> {
        let mut finding = Finding::new(FindingCode::CodeOfEarlierEdition);
        finding.edition = Some(earlier.edition);
        finding.relation = Some(earlier.relation);
        finding.count = Some(earlier.successors.len());
        // Those that differ least from it first: its goods went there more likely than to the waste of their chapter.
        let mut successors = earlier.successors.clone();
        successors.sort_by_key(|successor| Reverse(alike(*successor, earlier.code)));
        finding.candidates = gather(&mut successors.iter().map(|code| self.candidate(*code)));
        finding
    }

    fn unknown(&self, code: CommodityCode) -> Finding<'_> {
        let mut finding = Finding::new(FindingCode::CodeUnknown);
        let known = [4, 2].map(|length| code.prefix(length));
        let known = known
            .into_iter()
            .find(|known| known.length() < code.length() && self.tree().find(*known).is_some());
        finding.known = known.map(|known| known.to_string());
        finding
    }

    /// A code of the nomenclature with its designation.
    pub(super) fn candidate(&self, code: CommodityCode) -> Candidate<'_> {
        let title = |code| self.tree().find(code).and_then(|node| self.title(node));
        let is_below = code.length() > 4;
        Candidate {
            code: code.to_string(),
            title: title(code.prefix(SHARED)),
            heading: title(code.prefix(4)).filter(|_| is_below),
        }
    }
}

/// How many digits two codes share from the first.
pub(super) fn alike(one: CommodityCode, other: CommodityCode) -> u8 {
    let mut shared = 0;
    for length in 2..=one.length().min(other.length()) {
        if one.prefix(length) == other.prefix(length) {
            shared = length;
        }
    }
    shared
}
