//! The successors of earlier editions' subheadings are whole: every one is in HS 2022, and all pairs of the publisher are accounted for.

use std::collections::{BTreeMap, BTreeSet};

use super::Report;
use crate::tables::Successor;

/// What the publisher's table of an edition counts, without its own code for what is not classified.
struct Published {
    edition: &'static str,
    /// Different subheadings of the earlier edition.
    subheadings: usize,
    /// Pairs by the publisher's relationship, later to earlier: `1:1`, `1:n`, `n:1`, `n:n`.
    pairs: [usize; 4],
}

const PUBLISHED: [Published; 2] = [
    Published {
        edition: "2012",
        subheadings: 5_205,
        pairs: [3_713, 70, 1_718, 10_875],
    },
    Published {
        edition: "2017",
        subheadings: 5_386,
        pairs: [4_096, 54, 1_392, 10_114],
    },
];

/// The names of the publisher's relationships, as they are counted.
const RELATIONSHIPS: [&str; 4] = ["1:1", "1:n", "n:1", "n:n"];

/// Checks `successors.csv` against the subheadings of HS 2022 and the publisher's counts.
pub(super) fn check(rows: &[Successor], subheadings: &BTreeSet<&str>, report: &mut Report) {
    report.count("codes of earlier editions that changed", rows.len());
    for published in &PUBLISHED {
        let own: Vec<&Successor> = rows
            .iter()
            .filter(|row| row.edition == published.edition)
            .collect();
        edition(published, &own, subheadings, report);
    }
    for row in rows {
        let known = PUBLISHED.iter().any(|known| known.edition == row.edition);
        report.expect(known, || format!("{}: edition {}", row.code, row.edition));
    }
}

fn edition(
    published: &Published,
    rows: &[&Successor],
    subheadings: &BTreeSet<&str>,
    report: &mut Report,
) {
    let name = published.edition;
    // How many changed codes of the edition each successor has.
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    for successor in rows.iter().flat_map(|row| &row.successors) {
        let count = sources.entry(successor).or_default();
        *count = count.saturating_add(1);
    }
    for row in rows {
        let at = |what: &str| format!("HS {name}, {}: {what}", row.code);
        report.expect(row.successors.is_sorted(), || at("out of order"));
        report.expect(!row.successors.is_empty(), || at("no successor"));
        for successor in &row.successors {
            let there = subheadings.contains(successor.as_str());
            report.expect(there, || at(&format!("{successor} is not in HS 2022")));
        }
        report.expect(row.relation == relation(row, &sources), || {
            at(&format!("its successors make no relation {}", row.relation))
        });
        let is_unchanged = row.relation == "1:1" && row.successors == [row.code.clone()];
        report.expect(!is_unchanged, || at("it has not changed"));
    }
    // Every subheading of HS 2022 comes from somewhere: what no changed code gave goes on unchanged.
    let unchanged = subheadings
        .iter()
        .filter(|code| !sources.contains_key(**code));
    let unchanged = unchanged.count();
    report.against(
        &format!("HS {name}: subheadings, unchanged and changed"),
        unchanged.saturating_add(rows.len()),
        published.subheadings,
    );
    let mut pairs = [unchanged, 0, 0, 0];
    for row in rows {
        for successor in &row.successors {
            let is_merged = sources.get(successor.as_str()) > Some(&1);
            let kind = usize::from(is_merged) | (usize::from(row.successors.len() > 1) << 1);
            if let Some(count) = pairs.get_mut(kind) {
                *count = count.saturating_add(1);
            }
        }
    }
    for ((relationship, ours), theirs) in RELATIONSHIPS.iter().zip(pairs).zip(published.pairs) {
        report.against(&format!("HS {name}: pairs {relationship}"), ours, theirs);
    }
}

fn relation(row: &Successor, sources: &BTreeMap<&str, usize>) -> &'static str {
    let mut successors = row.successors.iter();
    let shared = successors.any(|successor| sources.get(successor.as_str()) > Some(&1));
    match (row.successors.len(), shared) {
        (1, false) => "1:1",
        (1, true) => "merged",
        (_, false) => "split",
        (_, true) => "n:n",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, successors: &[&str], relation: &str) -> Successor {
        Successor {
            edition: "2017".into(),
            code: code.into(),
            successors: successors.iter().map(|code| (*code).into()).collect(),
            relation: relation.into(),
        }
    }

    fn failures(rows: &[Successor]) -> Vec<String> {
        let subheadings = BTreeSet::from(["010121", "030910", "080291", "080292"]);
        let published = Published {
            edition: "2017",
            subheadings: 3,
            pairs: [2, 0, 2, 0],
        };
        let mut report = Report::new("hs");
        let rows: Vec<&Successor> = rows.iter().collect();
        edition(&published, &rows, &subheadings, &mut report);
        report.failures().to_vec()
    }

    #[test]
    fn whole_tables_pass_and_others_fail() {
        let moved = row("030510", &["030910"], "1:1");
        let split = row("080290", &["080291", "080292"], "split");
        assert_eq!(failures(&[moved.clone(), split.clone()]), [""; 0]);
        let missing = failures(std::slice::from_ref(&moved));
        assert!(missing.iter().any(|what| what.contains("4 here, 3 there")));
        let wrong = failures(&[moved.clone(), row("080290", &["080291", "080292"], "n:n")]);
        assert!(wrong.iter().any(|what| what.contains("no relation n:n")));
        let gone = failures(&[moved, row("080290", &["080291", "080299"], "split")]);
        assert!(gone.iter().any(|what| what.contains("080299 is not in")));
    }
}
