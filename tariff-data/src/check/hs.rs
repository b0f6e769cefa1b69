//! The tree of the Harmonized System is whole.

use std::collections::BTreeSet;

use anyhow::Result;

use super::{Report, hs_editions};
use crate::tables::{
    HsGroup, HsNode, HsTitle, LANGUAGES, Section, SectionTitle, TableFolder, Term,
};

/// What HS 2022 has: sections, chapters (77 is reserved), headings, subheadings.
const SECTIONS: usize = 21;
const LAST_CHAPTER: u8 = 97;
const RESERVED_CHAPTER: &str = "77";
const HEADINGS: usize = 1_228;
const SUBHEADINGS: usize = 5_612;

/// Checks `tables/hs`.
pub fn check(folder: &TableFolder) -> Result<Report> {
    let mut report = Report::new("hs");
    let nodes: Vec<HsNode> = folder.read()?;
    let codes: BTreeSet<&str> = nodes.iter().map(|node| node.code.as_str()).collect();
    let level = |digits: usize| codes.iter().filter(|code| code.len() == digits).count();
    let sections: Vec<Section> = folder.read()?;
    report.against("sections", sections.len(), SECTIONS);
    report.against(
        "chapters (77 is reserved)",
        level(2),
        usize::from(LAST_CHAPTER).saturating_sub(1),
    );
    report.against("headings", level(4), HEADINGS);
    report.against("subheadings", level(6), SUBHEADINGS);
    report.against("nodes of one code each", nodes.len(), codes.len());
    parents(&nodes, &codes, &mut report);
    chapters(&sections, &codes, &mut report);
    let group_rows: Vec<HsGroup> = folder.read()?;
    groups(&group_rows, &codes, &mut report);
    let section_titles: Vec<SectionTitle> = folder.read()?;
    for language in LANGUAGES {
        let all = codes.iter().copied();
        let all = all.chain(group_rows.iter().map(|group| group.code.as_str()));
        let rows = folder.read_from(&HsTitle::file(language))?;
        titles(language, &rows, &all.collect(), &mut report);
        let of_sections = section_titles.iter().filter(|row| row.language == language);
        let titled: BTreeSet<&str> = of_sections.map(|row| row.section.as_str()).collect();
        let known: BTreeSet<&str> = sections.iter().map(|row| row.section.as_str()).collect();
        report.expect(titled == known, || {
            format!("section_titles.csv: not each section has a title in {language}")
        });
    }
    terms("trade terms", &folder.read()?, &codes, &mut report);
    let held_out = folder.read_from(Term::HELD_OUT)?;
    terms("trade terms held out", &held_out, &codes, &mut report);
    let subheadings = codes.iter().copied().filter(|code| code.len() == 6);
    hs_editions::check(&folder.read()?, &subheadings.collect(), &mut report);
    Ok(report)
}

fn parents(nodes: &[HsNode], codes: &BTreeSet<&str>, report: &mut Report) {
    let mut with_child = BTreeSet::new();
    for node in nodes {
        report.expect(!node.title.trim().is_empty(), || {
            format!("{} has no title", node.code)
        });
        let marks = node.title.ends_with(':') || node.title.contains(['|', '@', '$']);
        report.expect(!marks, || {
            format!("{}: marks in \"{}\"", node.code, node.title)
        });
        let parent = node
            .code
            .len()
            .checked_sub(2)
            .and_then(|end| node.code.get(..end));
        if let Some(parent) = parent.filter(|parent| !parent.is_empty()) {
            report.expect(codes.contains(parent), || {
                format!("{} has no parent", node.code)
            });
            with_child.insert(parent);
        }
    }
    for code in codes.iter().filter(|code| code.len() < 6) {
        report.expect(with_child.contains(code), || {
            format!("{code} has nothing below it")
        });
    }
}

/// The sections hold every chapter once, in order.
fn chapters(sections: &[Section], codes: &BTreeSet<&str>, report: &mut Report) {
    let mut ranges: Vec<(&str, &str)> = sections
        .iter()
        .map(|section| {
            (
                section.first_chapter.as_str(),
                section.last_chapter.as_str(),
            )
        })
        .collect();
    ranges.sort_unstable();
    for number in 1..=LAST_CHAPTER {
        let chapter = format!("{number:02}");
        let holders = ranges
            .iter()
            .filter(|(first, last)| (*first..=*last).contains(&chapter.as_str()));
        report.expect(holders.count() == 1, || {
            format!("chapter {chapter} is not in one section")
        });
        let there = codes.contains(chapter.as_str());
        report.expect(there != (chapter == RESERVED_CHAPTER), || {
            format!("chapter {chapter}")
        });
    }
}

fn groups(groups: &[HsGroup], codes: &BTreeSet<&str>, report: &mut Report) {
    report.count("groups of subheadings", groups.len());
    for group in groups {
        let below = codes
            .iter()
            .filter(|code| code.len() == 6 && code.starts_with(&group.code));
        report.expect(below.count() > 0, || {
            format!("group {} is empty", group.code)
        });
    }
}

/// Every node and group has one title in the language, and nothing else has.
fn titles(language: &str, rows: &[HsTitle], codes: &BTreeSet<&str>, report: &mut Report) {
    let file = HsTitle::file(language);
    let titled: BTreeSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
    report.against(&format!("titles in {language}"), rows.len(), codes.len());
    for code in codes.symmetric_difference(&titled) {
        report.expect(false, || {
            format!("{file}: {code} is in the tree or has a title, not both")
        });
    }
    for row in rows {
        let marks = row.title.ends_with(':') || row.title.contains(['|', '@', '$']);
        report.expect(!marks && !row.title.trim().is_empty(), || {
            format!("{file}: {}: \"{}\"", row.code, row.title)
        });
    }
}

fn terms(name: &str, terms: &[Term], codes: &BTreeSet<&str>, report: &mut Report) {
    report.count(name, terms.len());
    for term in terms {
        let node = term.code.get(..6).unwrap_or(&term.code);
        report.expect(codes.contains(node), || {
            format!("\"{}\": {} is no code", term.term, term.code)
        });
        report.expect(!term.term.is_empty(), || {
            format!("a term of {} is empty", term.code)
        });
    }
}
