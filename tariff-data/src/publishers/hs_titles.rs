//! The Harmonized System in further languages: the designations of TARIC, a workbook for each language.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use super::Job;
use super::taric_nomenclature::{self, Designation};
use crate::provenance::{Provenance, Publication};
use crate::tables::{HsGroup, HsNode, HsTitle, TableFolder};

/// The languages there is a workbook for: of each the word for it in the title of its provenance, its edition, and the day that speaks for.
const LANGUAGES: [(&str, Publication); 3] = [
    (
        "de",
        publication(
            "hs/titles-de",
            "TARIC nomenclature, German",
            "2026-04-01",
            "2026-04-01",
        ),
    ),
    (
        "fr",
        publication(
            "hs/titles-fr",
            "TARIC nomenclature, French",
            "2026-04-01",
            "2026-04-01",
        ),
    ),
    (
        "es",
        publication(
            "hs/titles-es",
            "TARIC nomenclature, Spanish",
            "2025",
            "2025-01-01",
        ),
    ),
];

const fn publication(
    id: &'static str,
    title: &'static str,
    edition: &'static str,
    as_of: &'static str,
) -> Publication {
    Publication {
        id,
        title,
        publisher: "European Commission",
        licence: "CC BY 4.0",
        edition,
        as_of,
        url: "https://circabc.europa.eu/",
        remarks: "Designations at two, four and six digits, and of the groups between four and six; no notes. Titles of chapters \
                  are printed in capitals there; here each word is written as the other titles write it.",
    }
}

/// Writes `tables/hs/titles.<language>.csv` for each workbook it is given.
pub fn normalise(job: &Job) -> Result<()> {
    let folder = job.tables.place("hs");
    let tree = tree(&folder)?;
    for path in job.files.all() {
        let designations = taric_nomenclature::read(path)?;
        let language = designations
            .first()
            .map(|row| row.language.as_str())
            .with_context(|| format!("{} has no rows", path.display()))?;
        let known = LANGUAGES.iter().find(|(code, _)| *code == language);
        let (code, publication) =
            known.with_context(|| format!("no table is made of `{language}`"))?;
        folder.write_to(&HsTitle::file(code), titles(&designations, &tree)?)?;
        Provenance::of(publication, &[path])?
            .dated(job.edition.as_deref(), job.as_of.as_deref())?
            .write(&job.sources)?;
    }
    Ok(())
}

/// The codes of the tree's nodes and groups, which `hs` has written.
fn tree(folder: &TableFolder) -> Result<Vec<String>> {
    let nodes = folder.read::<HsNode>()?.into_iter().map(|row| row.code);
    let groups = folder.read::<HsGroup>()?.into_iter().map(|row| row.code);
    Ok(nodes.chain(groups).collect())
}

/// The titles of the nodes and groups of the tree.
fn titles(designations: &[Designation], tree: &[String]) -> Result<Vec<HsTitle>> {
    let case = Case::of(designations);
    let mut published = BTreeMap::new();
    for row in designations {
        let Some(code) = code(row) else { continue };
        if published.insert(code, row.title.as_str()).is_some() {
            bail!("{code} stands twice");
        }
    }
    let titles = tree.iter().map(|code| {
        // A heading with one subheading stands once, and is both.
        let heading = code.strip_suffix("00").filter(|code| code.len() == 4);
        let title = published
            .get(code.as_str())
            .or_else(|| published.get(heading?));
        let title = title.filter(|title| !title.is_empty());
        let title = title.with_context(|| format!("{code} has no designation"))?;
        let title = if code.len() == 2 {
            case.written(title)
        } else {
            (*title).to_owned()
        };
        Ok(HsTitle {
            code: code.clone(),
            title: initial(&title),
        })
    });
    titles.collect()
}

/// The code of a node of the Harmonized System. Groups (`0101.2`) are grouping rows with one dash before lines with two.
fn code(row: &Designation) -> Option<&str> {
    let is_line = row.suffix == "80";
    let digits = match (row.digits, is_line, row.dashes) {
        (2 | 4 | 6, true, _) => usize::from(row.digits),
        (6, false, 1) => 5,
        _ => return None,
    };
    row.code.get(..digits)
}

/// How words are written where a title is not in capitals: `LEDERWAREN` is `Lederwaren` elsewhere, `LEBENDE` is `lebende`.
struct Case {
    written: BTreeMap<String, BTreeMap<String, usize>>,
    /// German: a word that no other title has is likely a noun, and nouns have a capital.
    nouns_have_capitals: bool,
}

impl Case {
    /// Counts how each word is written within titles; the first of a title has a capital whatever it is.
    fn of(designations: &[Designation]) -> Self {
        let mut written: BTreeMap<String, BTreeMap<String, usize>> = BTreeMap::new();
        for row in designations.iter().filter(|row| row.digits > 2) {
            let within = words(&row.title).skip(1);
            // Some headings are in capitals too.
            for word in within.filter(|word| *word != word.to_uppercase()) {
                let count = written.entry(word.to_uppercase()).or_default();
                let count = count.entry(word.to_owned()).or_default();
                *count = count.saturating_add(1);
            }
        }
        Self {
            written,
            nouns_have_capitals: designations.iter().any(|row| row.language == "de"),
        }
    }

    /// A title in capitals with every word as it is written most often.
    fn written(&self, title: &str) -> String {
        let mut text = String::with_capacity(title.len());
        let mut rest = title;
        for word in words(title) {
            // Each word stands in the rest: the words are read from it in their order.
            let (between, after) = rest.split_once(word).unwrap_or((rest, ""));
            text.push_str(between);
            // `-APPARATE` goes on with what an earlier word began.
            if text.ends_with(" -") {
                text.push_str(&word.to_lowercase());
            } else {
                text.push_str(&self.word(word));
            }
            rest = after;
        }
        text.push_str(rest);
        text
    }

    fn word(&self, word: &str) -> String {
        let forms = self.written.get(&word.to_uppercase());
        let commonest = forms.and_then(|forms| forms.iter().max_by_key(|(_, count)| **count));
        match commonest {
            Some((form, _)) => form.clone(),
            None if self.nouns_have_capitals => initial(&word.to_lowercase()),
            None => word.to_lowercase(),
        }
    }
}

fn words(title: &str) -> impl Iterator<Item = &str> {
    title
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
}

/// With a first capital letter.
fn initial(title: &str) -> String {
    let mut letters = title.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, suffix: &str, digits: u8, dashes: u8, title: &str) -> Designation {
        Designation {
            code: code.into(),
            suffix: suffix.into(),
            language: "de".into(),
            from: String::new(),
            to: String::new(),
            digits,
            dashes,
            title: title.into(),
        }
    }

    #[test]
    fn chapters_are_written_as_the_other_titles_are() -> Result<()> {
        let rows = [
            row(
                "0100000000",
                "80",
                2,
                0,
                "LEBENDE TIERE; AUSSENHÄUTE, -HAARE VOM STÖR",
            ),
            row(
                "0101000000",
                "80",
                4,
                0,
                "Pferde, Esel und andere lebende Tiere",
            ),
            row("0101210000", "10", 6, 1, "Pferde"),
            row(
                "0101210000",
                "80",
                6,
                2,
                "reinrassige Zuchttiere, ohne Außenhäute vom",
            ),
            row("0101210010", "80", 10, 3, "zum Schlachten"),
            row("0205000000", "80", 4, 0, "Fleisch von Pferden"),
        ];
        let tree = ["01", "0101", "01012", "010121", "0205", "020500"].map(str::to_owned);
        let titles: Vec<String> = titles(&rows, &tree)?
            .into_iter()
            .map(|row| row.title)
            .collect();
        assert_eq!(
            titles,
            [
                "Lebende Tiere; Außenhäute, -haare vom Stör",
                "Pferde, Esel und andere lebende Tiere",
                "Pferde",
                "Reinrassige Zuchttiere, ohne Außenhäute vom",
                "Fleisch von Pferden",
                "Fleisch von Pferden",
            ]
        );
        Ok(())
    }

    #[test]
    fn a_code_that_stands_twice_or_not_at_all_is_refused() {
        let horses = row("0101000000", "80", 4, 0, "Pferde");
        let tree = ["0101".to_owned()];
        assert!(titles(&[horses.clone(), horses], &tree).is_err());
        assert!(titles(&[row("0102000000", "80", 4, 0, "Rinder")], &tree).is_err());
    }
}
