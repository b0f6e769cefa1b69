//! What became of the subheadings of HS 2012 and HS 2017 in HS 2022: the correlation tables of the United Nations Statistics Division.
//!
//! The publisher pairs each subheading of HS 2022 with those of the earlier edition that its goods came from, and says of each pair how
//! many there are on either side. Read from the earlier code, that is one row of ours: what became of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use calamine::{Data, Reader, Xlsx, open_workbook};

use super::Job;
use crate::provenance::Publication;
use crate::tables::Successor;

const OF_2012: Publication = Publication {
    id: "hs/correlation-2012",
    title: "HS 2022 to HS 2012: conversion and correlation tables",
    publisher: "United Nations Statistics Division",
    licence: "UN; codes and their relations only",
    edition: "HS 2022 to HS 2012",
    as_of: "2022-01-01",
    url: "https://unstats.un.org/unsd/classifications/Econ",
    remarks: REMARKS,
};

const OF_2017: Publication = Publication {
    id: "hs/correlation-2017",
    title: "HS 2022 to HS 2017: conversion and correlation tables",
    edition: "HS 2022 to HS 2017",
    ..OF_2012
};

const REMARKS: &str = "The sheet of correlations is read, not that of conversions, which gives each code one successor. 999999, the \
                       publisher's own code for what is not classified, is left out. The day is that on which HS 2022 began: the file \
                       gives none. Most rows have codes of heading 8549, electrical waste, among their successors.";

/// The sheet that has every pair; the other one has a single successor for each code.
const SHEET: &str = "Correlations";
/// The publisher's own code for goods that are not classified.
const NOT_CLASSIFIED: &str = "999999";

/// Writes `tables/hs/successors.csv`.
pub fn normalise(job: &Job) -> Result<()> {
    let mut rows = Vec::new();
    for (edition, name, publication) in [
        ("2012", "toHS2012", &OF_2012),
        ("2017", "toHS2017", &OF_2017),
    ] {
        let path = job.files.named(name)?;
        let pairs = read(path)?;
        let known = successors(edition, &pairs);
        rows.extend(known.with_context(|| format!("reading {}", path.display()))?);
        job.main_source(publication, &[path])?.write(&job.sources)?;
    }
    job.tables.place("hs").write(rows)
}

/// A pair of the publisher's.
#[derive(Debug, PartialEq, Eq)]
struct Pair {
    /// The subheading of HS 2022.
    later: String,
    /// The subheading of the earlier edition.
    earlier: String,
    /// How many later ones there are to how many earlier ones: `n:1` is one code that was split.
    relationship: String,
}

fn read(path: &Path) -> Result<Vec<Pair>> {
    let mut workbook: Xlsx<_> =
        open_workbook(path).with_context(|| format!("opening {}", path.display()))?;
    let names = workbook.sheet_names();
    let name = names.iter().find(|name| name.ends_with(SHEET));
    let name = name.with_context(|| format!("{} has no sheet of {SHEET}", path.display()))?;
    let sheet = workbook.worksheet_range(name)?;
    // A title, then the names of the columns.
    let mut rows = sheet.rows().skip(1);
    let header = rows.next().unwrap_or_default();
    ensure!(
        header.iter().map(text).nth(2).as_deref() == Some("Relationship"),
        "{}: the third column must be Relationship",
        path.display()
    );
    let pairs = rows.map(|cells| match cells {
        [later, earlier, relationship, ..] => pair(text(later), text(earlier), text(relationship)),
        _ => bail!("{}: a row of {} cells", path.display(), cells.len()),
    });
    pairs
        .filter(|pair| !pair.as_ref().is_ok_and(|pair| pair.later == NOT_CLASSIFIED))
        .collect()
}

fn text(cell: &Data) -> String {
    cell.to_string().trim().to_owned()
}

fn pair(later: String, earlier: String, relationship: String) -> Result<Pair> {
    for code in [&later, &earlier] {
        let is_subheading = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
        ensure!(is_subheading, "\"{code}\" is no subheading");
    }
    Ok(Pair {
        later,
        earlier,
        relationship,
    })
}

/// What became of each earlier subheading that does not go on under its own code with the same goods.
fn successors(edition: &str, pairs: &[Pair]) -> Result<Vec<Successor>> {
    let mut after: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut before: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for pair in pairs {
        after.entry(&pair.earlier).or_default().insert(&pair.later);
        before.entry(&pair.later).or_default().insert(&pair.earlier);
    }
    let several = |codes: Option<&BTreeSet<&str>>| codes.is_some_and(|codes| codes.len() > 1);
    for pair in pairs {
        let is_split = several(after.get(pair.earlier.as_str()));
        let is_merged = several(before.get(pair.later.as_str()));
        let counted = match (is_split, is_merged) {
            (false, false) => "1:1",
            (true, false) => "n:1",
            (false, true) => "1:n",
            (true, true) => "n:n",
        };
        ensure!(
            pair.relationship == counted,
            "{} and {}: {} is said, {counted} counted",
            pair.later,
            pair.earlier,
            pair.relationship
        );
    }
    let mut rows = Vec::new();
    for (code, later) in &after {
        let shared = later.iter().any(|later| several(before.get(later)));
        let is_unchanged = !shared && later.iter().eq([code]);
        if is_unchanged {
            continue;
        }
        let relation = match (later.len(), shared) {
            (1, false) => "1:1",
            (1, true) => "merged",
            (_, false) => "split",
            (_, true) => "n:n",
        };
        rows.push(Successor {
            edition: edition.to_owned(),
            code: (*code).to_owned(),
            successors: later.iter().map(|later| (*later).to_owned()).collect(),
            relation: relation.to_owned(),
        });
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(pairs: &[(&str, &str, &str)]) -> Result<Vec<Pair>> {
        let read = |(later, earlier, relationship): &(&str, &str, &str)| {
            pair((*later).into(), (*earlier).into(), (*relationship).into())
        };
        pairs.iter().map(read).collect()
    }

    #[test]
    fn what_became_of_a_code_is_read_from_its_pairs() -> Result<()> {
        let pairs = pairs(&[
            ("010121", "010121", "1:1"),
            ("030910", "030510", "1:1"),
            ("080291", "080290", "n:1"),
            ("080292", "080290", "n:1"),
            ("160100", "160100", "1:n"),
            ("160100", "041000", "n:n"),
            ("041010", "041000", "n:1"),
        ])?;
        let shown: Vec<String> = successors("2017", &pairs)?
            .iter()
            .map(|row| format!("{} {} {}", row.code, row.relation, row.successors.join(";")))
            .collect();
        assert_eq!(
            shown,
            [
                "030510 1:1 030910",
                "041000 n:n 041010;160100",
                "080290 split 080291;080292",
                "160100 merged 160100",
            ]
        );
        Ok(())
    }

    #[test]
    fn a_relation_that_its_pairs_do_not_bear_out_is_refused() -> Result<()> {
        let pairs = pairs(&[("080291", "080290", "1:1"), ("080292", "080290", "n:1")])?;
        assert!(successors("2017", &pairs).is_err());
        assert!(pair("80291".into(), "080290".into(), "1:1".into()).is_err());
        Ok(())
    }
}
