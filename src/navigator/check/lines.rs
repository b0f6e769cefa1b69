//! Does the destination take the code as it is?

use super::code::{FEW, alike};
use super::finding::{Candidate, Finding, FindingCode, Severity};
use crate::gather::gather;
use crate::navigator::national::National;
use crate::navigator::search::Navigator;
use crate::nomenclature::CommodityCode;

/// A line that can be declared: where it stands, and its code.
type Declarable = (usize, CommodityCode);

/// The lines that can be declared and lie under a code. A schedule may write a heading for its only subheading and that one's only line.
fn declarable(national: &National, code: CommodityCode) -> Vec<Declarable> {
    let rows = 0..national.lines().len();
    let lines = rows.filter_map(|row| {
        let line = national.lines().row(row).filter(|row| row.declarable)?;
        let own = line.code?;
        let is_under = code.covers(own) || own.padded() == code.padded();
        is_under.then_some((row, own))
    });
    gather(&mut { lines })
}

/// Whether there is one at all.
pub(super) fn are_under(national: &National, code: CommodityCode) -> bool {
    !declarable(national, code).is_empty()
}

impl Navigator {
    pub(super) fn check_lines<'a>(
        &'a self,
        code: CommodityCode,
        national: &'a National,
    ) -> Option<Finding<'a>> {
        let open = declarable(national, code);
        let digits = national.digits();
        match open.as_slice() {
            [] if code.length() < 6 => Some(self.too_short(code)),
            [] => Some(self.not_there(code, national)),
            [_] if code.length() >= digits => None,
            _ => {
                let mut finding = Finding::new(FindingCode::CodeTooShort);
                finding.digits = Some(digits);
                finding.count = Some(open.len());
                if open.len() <= FEW {
                    finding.candidates = self.candidates(national, &open);
                }
                if open.len() == 1 && code.length() >= 6 {
                    finding.severity = Severity::Info;
                }
                Some(finding)
            }
        }
    }

    /// The subheading is one, but there is no such line.
    fn not_there<'a>(&'a self, code: CommodityCode, national: &'a National) -> Finding<'a> {
        let subheading = code.prefix(6);
        let all = declarable(national, subheading);
        let mut finding = Finding::new(match all.len() {
            _ if national.is_in_part() => FindingCode::CodeLineNotAtHand,
            0 => FindingCode::CodeNotInTariff,
            _ => FindingCode::CodeTooLong,
        });
        let nearest = all.iter().map(|(_, line)| alike(*line, code)).max();
        let nearest = nearest.unwrap_or(6).max(6);
        finding.known = Some(code.prefix(nearest).to_string());
        finding.count = Some(all.len());
        let near = all.iter().copied();
        let near = gather(&mut near.filter(|(_, line)| alike(*line, code) == nearest));
        finding.candidates = self.candidates(national, near.get(..FEW).unwrap_or(&near));
        finding
    }

    /// Lines with their designations, in the digits that a declaration has.
    fn candidates<'a>(
        &'a self,
        national: &'a National,
        lines: &[Declarable],
    ) -> Vec<Candidate<'a>> {
        let digits = national.digits();
        gather(&mut lines.iter().map(|(row, line)| {
            let length = digits.max(line.length());
            let in_full = CommodityCode::from_padded(line.padded(), length);
            Candidate {
                title: national.title(*row),
                ..self.candidate(in_full.unwrap_or(*line))
            }
        }))
    }
}
