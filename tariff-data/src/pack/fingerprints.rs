//! `fingerprints.csv`: the hash of every pack, kept beside the facts, so that no fact changes unseen.

use std::collections::BTreeMap;

use anyhow::Result;

use super::manifest::Entry;
use crate::check::Report;
use crate::tables::{Fingerprint, TableFolder};

/// Writes the packs' hashes; a file that says the same is left alone, for `make` goes by its time.
///
/// # Errors
/// Where the folder cannot be written.
pub(crate) fn write(entries: &[Entry], folder: &TableFolder) -> Result<()> {
    let rows: Vec<Fingerprint> = entries.iter().map(fingerprint).collect();
    if folder.has::<Fingerprint>() && folder.read::<Fingerprint>().is_ok_and(|old| old == rows) {
        return Ok(());
    }
    folder.write(rows)
}

/// Compares the packs that the tables make now with those that were committed.
///
/// # Errors
/// Where there are no fingerprints, or not in their columns.
pub(crate) fn check(entries: &[Entry], folder: &TableFolder) -> Result<Report> {
    let made: Vec<Fingerprint> = entries.iter().map(fingerprint).collect();
    let mut report = Report::new("packs");
    report.count("packs", made.len());
    for difference in differences(&made, &folder.read()?) {
        report.fail(difference);
    }
    Ok(report)
}

fn fingerprint(entry: &Entry) -> Fingerprint {
    Fingerprint {
        pack: entry.id.clone(),
        sha256: entry.sha256.clone(),
    }
}

fn differences(made: &[Fingerprint], committed: &[Fingerprint]) -> Vec<String> {
    let mut committed: BTreeMap<&str, &str> = committed
        .iter()
        .map(|row| (row.pack.as_str(), row.sha256.as_str()))
        .collect();
    let mut differences = Vec::new();
    for row in made {
        match committed.remove(row.pack.as_str()) {
            Some(sha256) if sha256 == row.sha256 => {}
            Some(_) => differences.push(format!(
                "{} is not the pack of fingerprints.csv: `cargo tariff pack`, and commit the difference",
                row.pack
            )),
            None => differences.push(format!("fingerprints.csv lacks {}", row.pack)),
        }
    }
    differences.extend(
        committed
            .into_keys()
            .map(|pack| format!("fingerprints.csv names {pack}, which no table makes")),
    );
    differences
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(rows: &[(&str, &str)]) -> Vec<Fingerprint> {
        rows.iter()
            .map(|(pack, sha256)| Fingerprint {
                pack: (*pack).into(),
                sha256: (*sha256).into(),
            })
            .collect()
    }

    #[test]
    fn a_pack_changed_added_or_gone_is_said() {
        let made = rows(&[("eu", "a1"), ("fx", "b2"), ("us", "c3")]);
        assert!(differences(&made, &made).is_empty());
        let found =
            differences(&made, &rows(&[("eu", "a1"), ("fx", "b3"), ("xx", "d4")])).join("\n");
        assert!(found.contains("fx is not the pack of"), "{found}");
        assert!(found.contains("lacks us"), "{found}");
        assert!(found.contains("names xx"), "{found}");
        assert!(!found.contains("eu"), "{found}");
    }
}
