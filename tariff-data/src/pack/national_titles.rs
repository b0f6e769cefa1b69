//! Titles of the Harmonized System from a national tariff: for a language that no publisher at hand has the whole system in.
//!
//! A tariff prints a heading or subheading that nothing divides as its only line (`0205 00 00`), so a code with noughts after it is the
//! code. Chapters and sections are not among a tariff's lines; those have their English titles (`languages`).

use std::collections::BTreeMap;

use crate::tables::{HsGroup, HsNode, Line};

/// The title of each node and group that the lines have one for.
pub(super) fn titles(
    lines: &[Line],
    nodes: &[HsNode],
    groups: &[HsGroup],
) -> BTreeMap<String, String> {
    let by_code: BTreeMap<&str, &str> = lines
        .iter()
        .filter(|line| !line.code.is_empty())
        .map(|line| (line.code.as_str(), line.title.as_str()))
        .collect();
    let nodes = nodes.iter().map(|node| node.code.as_str());
    let of_nodes = nodes.filter_map(|code| Some((code, of_node(&by_code, code)?)));
    let groups = groups.iter().map(|group| group.code.as_str());
    let of_groups = groups.filter_map(|code| Some((code, of_group(lines, code)?)));
    of_nodes
        .chain(of_groups)
        .map(|(code, title)| (code.to_owned(), plain(title)))
        .collect()
}

fn of_node<'l>(by_code: &BTreeMap<&str, &'l str>, code: &str) -> Option<&'l str> {
    let mut padded = code.to_owned();
    while padded.len() <= LONGEST && code.len() > 2 {
        if let Some(title) = by_code.get(padded.as_str()) {
            return Some(title);
        }
        padded.push('0');
    }
    None
}

/// The longest code of a tariff's line.
const LONGEST: usize = 10;

/// A group has no code in a tariff: it is the row without one that stands above its first line, less deep.
fn of_group<'l>(lines: &'l [Line], code: &str) -> Option<&'l str> {
    let first = lines.iter().position(|line| line.code.starts_with(code))?;
    let depth = lines.get(first)?.depth;
    let above = lines.get(..first)?.iter().rev();
    let mut gathering = above.take_while(|line| line.code.is_empty());
    let row = gathering.find(|line| line.depth < depth)?;
    Some(row.title.as_str())
}

/// Without the dashes that some tariffs print before a title.
fn plain(title: &str) -> String {
    title
        .trim_start_matches(['-', '−', '–', ' '])
        .trim_end_matches([':', ' '])
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_with_noughts_is_its_subheading_and_a_row_without_a_code_its_group() {
        let row = |code: &str, depth, title: &str| Line {
            code: code.into(),
            depth,
            title: title.into(),
            ..Line::default()
        };
        let lines = [
            row("0101", 0, "Cavalos"),
            row("", 1, "- Cavalos:"),
            row("01012100", 2, "Reprodutores de raça pura"),
            row("010129", 2, "Outros"),
            row("01012910", 3, "Para abate"),
            row("02050000", 0, "Carnes de cavalo"),
        ];
        let nodes = ["01", "0101", "010121", "010129", "0205", "020500"];
        let nodes = nodes.map(|code| HsNode {
            code: code.into(),
            title: String::new(),
        });
        let groups = ["01012", "02059"].map(|code| HsGroup {
            code: code.into(),
            title: String::new(),
        });
        let titles = titles(&lines, &nodes, &groups);
        let told: Vec<_> = titles
            .iter()
            .map(|(code, title)| (code.as_str(), title.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("0101", "Cavalos"),
                ("01012", "Cavalos"),
                ("010121", "Reprodutores de raça pura"),
                ("010129", "Outros"),
                ("0205", "Carnes de cavalo"),
                ("020500", "Carnes de cavalo"),
            ]
        );
    }
}
