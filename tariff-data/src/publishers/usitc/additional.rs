//! Lists of codes that additional duties reach: from the notes of chapter 99 and from lists that others keep of the Federal Register.
//!
//! Which lists there are, and where in which file each stands, is in `sources/us/lists.toml`; what each list is charged is in
//! `headings.csv`, kept by hand.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use csv::ReaderBuilder;
use serde::Deserialize;

use crate::files;
use crate::provenance::{Provenance, Publication};
use crate::publishers::Job;
use crate::tables::{HeadingCode, HeadingList, Line};

pub(super) const LISTS: Publication = Publication {
    id: "us/additional-duties",
    title: "Lists of goods under additional duties, from chapter 99 of the Harmonized Tariff Schedule and the Federal Register",
    publisher: "United States International Trade Commission; The Budget Lab at Yale (tariff-rate-tracker)",
    licence: "public domain; facts of the Federal Register from lists under the MIT licence",
    edition: "chapter 99 of 2026 Revision 6; lists of 2026-06",
    as_of: "2026-06-08",
    url: "https://hts.usitc.gov/",
    remarks: "programmes.csv and headings.csv are kept by hand from the headings of the 2026 Basic Edition and Revision 10, \
              with the Federal Register's citation of each programme; heading_codes.csv holds the lists that they name. Metal \
              lists of before 2026-04-06 are taken back from the annexes of that day, for the notes of before are not at hand. \
              U.S. notes 50 to 52 (section 301 on Brazil and forced labour, section 338) are later than the files: rates come \
              from secondary sources; notes 51(b) and 52(b) are kept in lists.toml as 2026 Revisions 13 to 19 print \
              them, read in brendanxmac/hts-hero (aa0e672c, 172d5ba3, 441b4e88), the other lists of these notes are missing. List 4B of section 301 (9903.88.16) is suspended and left out. \
              Not carried: exemptions for civil aircraft, goods in transit, donations, goods of chapter 98, company agreements; \
              U.S. notes 31(k) and (l) on chassis and cranes of China from 2026-11-10; section 201.",
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    list: Vec<List>,
}

/// One list: rows of a CSV file, the codes between two phrases of a text, or codes kept by hand.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct List {
    id: String,
    /// The beginning of the file's name.
    #[serde(default)]
    file: String,
    /// The codes, where no file at hand has them.
    #[serde(default)]
    codes: BTreeSet<String>,
    /// The column of the codes.
    #[serde(default)]
    column: String,
    /// Columns that must hold one of these.
    #[serde(default, rename = "where")]
    filter: BTreeMap<String, Vec<String>>,
    /// Only codes that begin so.
    #[serde(default)]
    within: Vec<String>,
    /// No codes that begin so.
    #[serde(default)]
    outside: Vec<String>,
    /// The phrase after which a text's list begins, and the next one at which it ends.
    #[serde(default)]
    from: String,
    #[serde(default)]
    to: String,
    remark: String,
}

/// Writes `heading_codes.csv` and `heading_lists.csv`.
pub fn normalise(job: &Job) -> Result<()> {
    let folder = job.tables.place("us");
    let lines: Vec<Line> = folder.read()?;
    let spec = job.sources.join("us/lists.toml");
    let text =
        std::fs::read_to_string(&spec).with_context(|| format!("reading {}", spec.display()))?;
    let lists: Lists = toml::from_str(&text).context("lists.toml")?;
    let (mut codes, mut accounts) = (Vec::new(), Vec::new());
    let mut used: BTreeSet<&Path> = BTreeSet::new();
    for list in &lists.list {
        let context = || format!("list {}", list.id);
        let published = if list.codes.is_empty() {
            let path = job.files.named(&list.file).with_context(context)?;
            used.insert(path);
            published(list, path).with_context(context)?
        } else {
            list.codes.clone()
        };
        ensure!(!published.is_empty(), "{}: no code", context());
        let (kept, missing): (BTreeSet<String>, BTreeSet<String>) = published
            .into_iter()
            .partition(|code| is_in_tariff(&lines, code));
        accounts.push(HeadingList {
            list: list.id.clone(),
            published: kept.len().saturating_add(missing.len()),
            kept: kept.len(),
            not_in_tariff: missing.into_iter().collect(),
            remark: list.remark.clone(),
        });
        codes.extend(kept.into_iter().map(|code| HeadingCode {
            list: list.id.clone(),
            code,
        }));
    }
    let used: Vec<&Path> = used.into_iter().collect();
    Provenance::of(&LISTS, &used)?.write(&job.sources)?;
    folder.write(codes)?;
    folder.write(accounts)
}

/// Whether a declarable line lies under the code; a suffix of 00 may be written out.
fn is_in_tariff(lines: &[Line], code: &str) -> bool {
    let short = code.strip_suffix("00").filter(|_| code.len() == 10);
    lines
        .iter()
        .filter(|line| line.declarable)
        .any(|line| line.code.starts_with(code) || short.is_some_and(|short| line.code == short))
}

fn published(list: &List, path: &Path) -> Result<BTreeSet<String>> {
    let text = files::text_with_marks(path)?;
    let codes = if list.column.is_empty() {
        between(&text, &list.from, &list.to)?
    } else {
        column(&text, list)?
    };
    let begins = |code: &String, with: &[String]| with.iter().any(|with| code.starts_with(with));
    Ok(codes
        .into_iter()
        .filter(|code| list.within.is_empty() || begins(code, &list.within))
        .filter(|code| !begins(code, &list.outside))
        .collect())
}

fn column(text: &str, list: &List) -> Result<Vec<String>> {
    let mut reader = ReaderBuilder::new()
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let mut codes = Vec::new();
    for row in reader.deserialize() {
        let row: BTreeMap<String, String> = row?;
        let holds = |(column, values): (&String, &Vec<String>)| {
            row.get(column).is_some_and(|cell| values.contains(cell))
        };
        if list.filter.iter().all(holds) {
            let code = row.get(&list.column);
            codes.push(code.context("there is no such column")?.replace('.', ""));
        }
    }
    Ok(codes)
}

/// The codes of a text between two phrases. A number of four digits is a heading only in a row of nothing but codes.
fn between(text: &str, from: &str, to: &str) -> Result<Vec<String>> {
    let (_, rest) = text
        .split_once(from)
        .with_context(|| format!("there is no \"{from}\""))?;
    let (part, _) = rest
        .split_once(to)
        .with_context(|| format!("there is no \"{to}\" after it"))?;
    let mut codes = Vec::new();
    for row in part.lines() {
        let tokens: Vec<&str> = row.split_whitespace().collect();
        let only_codes = tokens.iter().all(|token| is_code(token));
        let bare = |token: &str| token.trim_matches(|c: char| !c.is_ascii_digit()).to_owned();
        for token in tokens.into_iter().map(bare).filter(|token| is_code(token)) {
            let is_heading = token.len() == 4;
            if (only_codes || !is_heading) && !token.starts_with("99") {
                codes.push(token.replace('.', ""));
            }
        }
    }
    Ok(codes)
}

/// `7601`, `7302.10`, `7301.10.00`, `7616.99.5160`.
fn is_code(token: &str) -> bool {
    let parts: Vec<&str> = token.split('.').collect();
    let digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    parts.iter().all(digits)
        && matches!(
            lengths.as_slice(),
            [4] | [4, 2] | [4, 2, 2] | [4, 2, 4] | [4, 2, 2, 2]
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_between_phrases_and_page_heads_are_passed_over() -> Result<()> {
        let text = "(a) Rates of 2026 on:\n  7601   7604.10\nHarmonized Tariff Schedule Revision 6 (2026)\n99 - III - 51\n\
                    U.S. Notes (con.)  7616.99.5160\n  9903.82.02\n(b) more 7607\n";
        let codes = between(text, "(a)", "(b)")?;
        assert_eq!(codes, ["7601", "760410", "7616995160"]);
        assert!(between(text, "(c)", "(d)").is_err());
        Ok(())
    }
}
