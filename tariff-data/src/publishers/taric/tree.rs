//! From the publisher's nodes to `lines.csv`.
//!
//! The workbook tells the tree by dashes: chapters and headings have none, every dash is a level below the heading.

use std::collections::BTreeSet;

use super::super::taric_nomenclature::Designation;
use super::supplementary::SupplementaryUnits;
use crate::tables::Line;

/// What stands where the designation of a code younger than the nomenclature's edition would.
const NO_DESIGNATION: &str = "(designation later than the edition of the nomenclature at hand)";

/// A node of the nomenclature.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    /// Ten digits, zeros at the end included.
    padded: String,
    /// Whether it bears its code; other nodes group those after them.
    has_code: bool,
    /// 0 for a heading; `None` for a chapter, which the shared `hs` tables have.
    depth: Option<u8>,
    title: String,
}

impl Node {
    /// The code at the length of its level: the pairs of zeros at the end are cut.
    fn code(&self) -> &str {
        trim(&self.padded)
    }
}

/// A ten-digit code without the pairs of zeros at its end, at least a chapter.
fn trim(padded: &str) -> &str {
    let mut code = padded;
    while let Some(shorter) = code.strip_suffix("00").filter(|shorter| shorter.len() >= 2) {
        code = shorter;
    }
    code
}

/// The nodes in force on a day, in the publisher's order.
pub(super) fn nodes(rows: Vec<Designation>, day: &str) -> Vec<Node> {
    rows.into_iter()
        .filter(|row| row.from.as_str() <= day && (row.to.is_empty() || row.to.as_str() >= day))
        .map(|row| {
            let has_code = row.suffix == "80";
            let is_chapter = has_code && trim(&row.code).len() == 2;
            Node {
                padded: row.code,
                has_code,
                depth: (!is_chapter).then_some(row.dashes),
                title: row.title,
            }
        })
        .collect()
}

/// Adds the codes that bear measures but are younger than the nomenclature's edition, with no designation but a remark.
///
/// Each becomes a sibling of the nodes around it. Returns the added codes.
pub(super) fn add_younger(nodes: &mut Vec<Node>, measured: &BTreeSet<String>) -> Vec<String> {
    let known: BTreeSet<String> = nodes
        .iter()
        .filter(|node| node.has_code)
        .map(|node| node.code().to_owned())
        .collect();
    let younger: Vec<String> = measured.difference(&known).cloned().collect();
    for code in &younger {
        insert(nodes, code);
    }
    younger
}

fn insert(nodes: &mut Vec<Node>, code: &str) {
    let padded = format!("{code:0<10}");
    let at = nodes.partition_point(|node| node.padded <= padded);
    let parent = nodes
        .iter()
        .take(at)
        .rev()
        .find(|node| node.has_code && code.starts_with(node.code()));
    let below_parent = parent
        .and_then(|node| node.depth)
        .map_or(0, |depth| depth.saturating_add(1));
    // No deeper node that follows may become its child.
    let next = nodes
        .get(at)
        .filter(|next| parent.is_some_and(|parent| next.padded.starts_with(parent.code())))
        .and_then(|next| next.depth)
        .unwrap_or(0);
    let node = Node {
        padded,
        has_code: true,
        depth: Some(below_parent.max(next)),
        title: NO_DESIGNATION.into(),
    };
    nodes.insert(at, node);
}

/// The lines: chapters are left to the shared tables, grouping nodes have no code.
pub(super) fn lines(nodes: &[Node], units: &SupplementaryUnits) -> Vec<Line> {
    let depths: Vec<Option<u8>> = nodes.iter().map(|node| node.depth).collect();
    nodes
        .iter()
        .enumerate()
        .filter_map(|(position, node)| {
            let depth = node.depth?;
            let next = depths.get(position.saturating_add(1)).copied().flatten();
            let declarable = node.has_code && next.is_none_or(|next| next <= depth);
            let unit = if declarable {
                units.of(&node.padded)
            } else {
                ""
            };
            Some(Line {
                code: if node.has_code {
                    trim(&node.padded).to_owned()
                } else {
                    String::new()
                },
                depth,
                declarable,
                supplementary: unit.to_owned(),
                title: node.title.clone(),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, suffix: &str, dashes: u8) -> Designation {
        Designation {
            code: code.into(),
            suffix: suffix.into(),
            language: "en".into(),
            from: "2012-01-01".into(),
            to: String::new(),
            digits: 0,
            dashes,
            title: "t".into(),
        }
    }

    fn tree() -> Vec<Node> {
        let mut rows = vec![
            row("2900000000", "80", 0),
            row("2903000000", "80", 0),
            row("2903910000", "10", 1),
            row("2903910000", "80", 2),
            row("2903990000", "80", 2),
            row("2903998000", "80", 3),
            row("2903998010", "80", 4),
            row("2903998050", "80", 4),
            row("2904000000", "80", 0),
            row("2905000000", "80", 0),
            row("2906000000", "80", 0),
        ];
        for (code, from, to) in [
            ("2905000000", "2027-01-01", ""),
            ("2906000000", "", "2026-06-30"),
        ] {
            for row in rows.iter_mut().filter(|row| row.code == code) {
                (row.from, row.to) = (from.into(), to.into());
            }
        }
        nodes(rows, "2026-07-12")
    }

    #[test]
    fn declarable_is_what_is_in_force_and_has_no_children() {
        let lines = lines(&tree(), &SupplementaryUnits::default());
        let said: Vec<(&str, bool)> = lines
            .iter()
            .map(|line| (line.code.as_str(), line.declarable))
            .collect();
        assert_eq!(
            said,
            [
                ("2903", false),
                ("", false),
                ("290391", true),
                ("290399", false),
                ("29039980", false),
                ("2903998010", true),
                ("2903998050", true),
                ("2904", true),
            ]
        );
    }

    #[test]
    fn a_younger_code_becomes_a_sibling() {
        let mut nodes = tree();
        let measured = ["290391", "2903998028", "2904200010"];
        let measured = measured.iter().map(|code| (*code).to_owned()).collect();
        assert_eq!(
            add_younger(&mut nodes, &measured),
            ["2903998028", "2904200010"]
        );
        let depth = |code: &str| {
            let found = nodes.iter().find(|node| node.padded == code);
            found.and_then(|node| node.depth)
        };
        assert_eq!(depth("2903998028"), Some(4));
        assert_eq!(depth("2904200010"), Some(1));
    }

    #[test]
    fn a_younger_code_takes_no_children() {
        let mut nodes = tree();
        let measured = ["2903905000".to_owned()].into_iter().collect();
        add_younger(&mut nodes, &measured);
        let lines = lines(&nodes, &SupplementaryUnits::default());
        assert!(
            lines
                .iter()
                .any(|line| line.code == "29039050" && line.declarable)
        );
    }
}
