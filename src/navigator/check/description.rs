//! Does the description say what the goods are?

use super::finding::{Finding, FindingCode};
use super::general::{Says, Told};
use crate::gather::gather;

/// What is to be said of a description.
pub(super) fn check<'a>(told: &Told<'a>) -> Vec<Finding<'a>> {
    if told.is_vague() {
        return vec![vague(told)];
    }
    let mut findings = Vec::new();
    for (says, code) in [
        (Says::Set, FindingCode::DescriptionSet),
        (Says::Part, FindingCode::DescriptionParts),
        (Says::Gift, FindingCode::DescriptionGift),
    ] {
        let mut finding = Finding::new(code);
        for (typed, general) in &told.general {
            if general.says == says {
                finding.words.push(*typed);
            }
        }
        if !finding.words.is_empty() {
            findings.push(finding);
        }
    }
    findings
}

/// The words, and what would say it.
fn vague<'a>(told: &Told<'a>) -> Finding<'a> {
    let mut finding = Finding::new(FindingCode::DescriptionVague);
    finding.words = gather(&mut told.general.iter().map(|(typed, _)| *typed));
    finding.lacks = told.lacks();
    finding
}
