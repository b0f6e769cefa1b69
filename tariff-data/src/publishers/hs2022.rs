//! The tree of the Harmonized System 2022, with the designations that governments publish.
//!
//! The tree's codes come from UN Comtrade's list; its titles do not. Titles are those of TARIC in English, or of the United
//! States' schedule where TARIC has none.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::Job;
use super::taric_nomenclature::{self, Designation};
use crate::files;
use crate::provenance::{Provenance, Publication};
use crate::tables::{HsGroup, HsNode, Line, Section};

const TREE: Publication = Publication {
    id: "hs/tree",
    title: "Harmonized System 2022: sections and codes",
    publisher: "UN Comtrade, through datasets/harmonized-system",
    licence: "PDDL 1.0",
    edition: "HS 2022",
    as_of: "2022-01-01",
    url: "https://github.com/datasets/harmonized-system",
    remarks: "Only codes and the titles of sections are used. TOTAL and chapter 99, which the Harmonized System does not \
              have, are left out; chapter 77 is reserved and empty.",
};

const TITLES: Publication = Publication {
    id: "hs/titles",
    title: "TARIC nomenclature, English",
    publisher: "European Commission",
    licence: "CC BY 4.0",
    edition: "2026-04-01",
    as_of: "2026-04-01",
    url: "https://circabc.europa.eu/",
    remarks: "Designations at two, four and six digits, and of the groups between four and six. Titles of chapters are \
              printed in capitals there and in sentence case here.",
};

/// Writes `tables/hs/sections.csv`, `nodes.csv` and `groups.csv`.
pub fn normalise(job: &Job) -> Result<()> {
    let tree = job.files.named("hs2022.csv")?;
    let sections = job.files.named("sections")?;
    let titles = job.files.named("TARIC_nomenclature")?;
    let codes = read_codes(tree)?;
    let designations = taric_nomenclature::read(titles)?;
    let united_states = job.tables.place("us");
    let fallback: Vec<Line> = if united_states.has::<Line>() {
        united_states.read()?
    } else {
        Vec::new()
    };
    let folder = job.tables.place("hs");
    folder.write(section_rows(&codes, &read_section_titles(sections)?)?)?;
    folder.write(nodes(&codes, &designations, &fallback)?)?;
    folder.write(groups(&designations))?;
    Provenance::of(&TREE, &[tree, sections])?.write(&job.sources)?;
    job.main_source(&TITLES, &[titles])?.write(&job.sources)
}

/// A row of the list of codes; its description is not read.
#[derive(Debug, Deserialize)]
struct Code {
    section: String,
    hscode: String,
}

#[derive(Debug, Deserialize)]
struct SectionTitle {
    section: String,
    name: String,
}

fn rows<R: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<R>> {
    let text = files::text(path)?;
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize()
        .enumerate()
        .map(|(row, read)| {
            read.with_context(|| format!("{} line {}", path.display(), row.saturating_add(2)))
        })
        .collect()
}

fn read_codes(path: &Path) -> Result<Vec<Code>> {
    let all: Vec<Code> = rows(path)?;
    Ok(all
        .into_iter()
        .filter(|row| row.section != "TOTAL" && !row.hscode.starts_with("99"))
        .collect())
}

fn read_section_titles(path: &Path) -> Result<BTreeMap<String, String>> {
    let all: Vec<SectionTitle> = rows(path)?;
    Ok(all
        .into_iter()
        .map(|row| (row.section, sentence_case(row.name.trim(), false)))
        .collect())
}

fn section_rows(codes: &[Code], titles: &BTreeMap<String, String>) -> Result<Vec<Section>> {
    let mut chapters: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in codes.iter().filter(|row| row.hscode.len() == 2) {
        chapters
            .entry(&row.section)
            .or_default()
            .insert(&row.hscode);
    }
    chapters
        .into_iter()
        .map(|(section, chapters)| {
            let end = |chapter: Option<&&str>| chapter.map(|c| (*c).to_owned()).unwrap_or_default();
            Ok(Section {
                section: section.to_owned(),
                first_chapter: end(chapters.first()),
                last_chapter: end(chapters.last()),
                title: titles
                    .get(section)
                    .cloned()
                    .with_context(|| format!("section {section}"))?,
            })
        })
        .collect()
}

fn nodes(codes: &[Code], designations: &[Designation], fallback: &[Line]) -> Result<Vec<HsNode>> {
    let taric: BTreeMap<&str, &str> = designations
        .iter()
        .filter(|row| row.suffix == "80")
        .map(|row| (row.code.as_str(), row.title.as_str()))
        .collect();
    let states: BTreeMap<&str, &str> = fallback
        .iter()
        .map(|line| (line.code.as_str(), line.title.as_str()))
        .collect();
    codes
        .iter()
        .map(|row| {
            let code = &row.hscode;
            let published = format!("{code:0<10}");
            let title = taric
                .get(published.as_str())
                .or_else(|| states.get(code.as_str()));
            let Some(title) = title.filter(|title| !title.is_empty()) else {
                bail!("{code} has no designation");
            };
            Ok(HsNode {
                code: code.clone(),
                title: sentence_case(title, code.len() == 2),
            })
        })
        .collect()
}

/// Groups of subheadings: `0101.2` is horses. In TARIC they are grouping rows with one dash before lines with two.
fn groups(designations: &[Designation]) -> Vec<HsGroup> {
    designations
        .iter()
        .filter(|row| row.suffix != "80" && row.digits == 6 && row.dashes == 1)
        .filter_map(|row| {
            let code = row.code.get(..5)?;
            Some(HsGroup {
                code: code.to_owned(),
                title: row.title.clone(),
            })
        })
        .collect()
}

/// A first capital letter, and with `lower` no others.
fn sentence_case(title: &str, lower: bool) -> String {
    let rest: String = if lower {
        title.to_lowercase()
    } else {
        title.to_owned()
    };
    let mut letters = rest.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn designation(code: &str, suffix: &str, digits: u8, dashes: u8, title: &str) -> Designation {
        Designation {
            code: code.into(),
            suffix: suffix.into(),
            language: "en".into(),
            from: String::new(),
            to: String::new(),
            digits,
            dashes,
            title: title.into(),
        }
    }

    fn code(code: &str) -> Code {
        Code {
            section: "I".into(),
            hscode: code.into(),
        }
    }

    #[test]
    fn a_title_is_taric_s_or_the_united_states_or_an_error() -> Result<()> {
        let designations = [
            designation("0100000000", "80", 2, 0, "LIVE ANIMALS"),
            designation("0101210000", "10", 6, 1, "Horses"),
            designation("0101210000", "80", 6, 2, "Pure-bred breeding animals"),
        ];
        let fallback = [Line {
            code: "0101".into(),
            title: "Live horses".into(),
            ..Line::default()
        }];
        let codes = [code("01"), code("0101"), code("010121")];
        let titles: Vec<String> = nodes(&codes, &designations, &fallback)?
            .into_iter()
            .map(|node| node.title)
            .collect();
        assert_eq!(
            titles,
            ["Live animals", "Live horses", "Pure-bred breeding animals"]
        );
        assert!(nodes(&[code("0102")], &designations, &fallback).is_err());
        let group = groups(&designations);
        assert_eq!(
            group,
            [HsGroup {
                code: "01012".into(),
                title: "Horses".into()
            }]
        );
        Ok(())
    }

    #[test]
    fn sections_span_their_chapters() -> Result<()> {
        let titles = BTreeMap::from([("I".to_owned(), "Animals".to_owned())]);
        let rows = section_rows(&[code("01"), code("0101"), code("05")], &titles)?;
        let first = rows
            .first()
            .map(|row| (row.first_chapter.as_str(), row.last_chapter.as_str()));
        assert_eq!(first, Some(("01", "05")));
        Ok(())
    }
}
