//! The national nomenclature, rebuilt from each row's designations.
//!
//! The source gives a code to the lines that are declared only. A heading is the first designation of its rows; a
//! subheading is the last one that all rows of its six digits share; what stands between and below groups.

use anyhow::Result;

use super::rows::Row;
use crate::tables::Line;

/// All nodes in the schedule's order, each once.
pub fn lines(rows: &[Row]) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    let mut open: Vec<&str> = Vec::new();
    let mut heading = String::new();
    for siblings in rows.chunk_by(|a, b| a.subheading() == b.subheading()) {
        let shared = shared_depth(siblings);
        for row in siblings {
            let path = row.designations();
            let own_heading: String = row.subheading().chars().take(4).collect();
            if own_heading != heading {
                open.clear();
                heading = own_heading;
            }
            let known = common(&open, &path);
            let last = path.len().saturating_sub(1);
            for (depth, title) in path.iter().enumerate() {
                if depth >= known || (depth == last && !is_last(&lines, row)) {
                    lines.push(node(row, depth, depth == last, shared, &heading, title)?);
                }
            }
            open = path;
        }
    }
    Ok(lines)
}

/// Whether the line was just written: the other season of the same code.
fn is_last(lines: &[Line], row: &Row) -> bool {
    lines
        .last()
        .is_some_and(|line| line.declarable && line.code == row.code())
}

fn node(
    row: &Row,
    depth: usize,
    declarable: bool,
    shared: usize,
    heading: &str,
    title: &str,
) -> Result<Line> {
    let code = match depth {
        _ if declarable => row.code(),
        0 => heading.to_owned(),
        d if d.saturating_add(1) == shared => row.subheading().to_owned(),
        _ => String::new(),
    };
    Ok(Line {
        code,
        depth: u8::try_from(depth)?,
        declarable,
        supplementary: if declarable {
            row.supplementary()?.into()
        } else {
            String::new()
        },
        title: title.split_whitespace().collect::<Vec<_>>().join(" "),
    })
}

/// How many designations all rows of a subheading share.
fn shared_depth(siblings: &[Row]) -> usize {
    let mut paths = siblings.iter().map(Row::designations);
    let Some(first) = paths.next() else { return 0 };
    paths.fold(first.len(), |depth, path| depth.min(common(&first, &path)))
}

fn common(one: &[&str], other: &[&str]) -> usize {
    one.iter().zip(other).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::super::rows::fixture;
    use super::*;

    #[test]
    fn headings_and_subheadings_get_their_codes() -> Result<()> {
        let units = "\"{\"\"I\"\": \"\"NO\"\", \"\"II\"\": \"\"KG\"\"}\"";
        let rows = [
            format!("020500,000,,Meat,,,,,,,,,,,{units}"),
            format!(
                "080510,000,Citrus > Orange,1 毎年6月1日から同年11月30日まで,,,,,,,,,,,{units}"
            ),
            format!(
                "080510,000,Citrus > Orange,2 毎年12月1日から翌年5月31日まで,,,,,,,,,,,{units}"
            ),
            format!("640320,011,Shoes > Leather > 1 Sole,within,,,,,,,,,,,{units}"),
            format!("640320,012,Shoes > Leather > 1 Sole,other,,,,,,,,,,,{units}"),
            format!("640320,020,Shoes > Leather,2 Other,,,,,,,,,,,{units}"),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let read = lines(&fixture(&rows)?)?;
        let shown: Vec<String> = read
            .iter()
            .map(|line| format!("{} {} {}", line.code, line.depth, line.title))
            .collect();
        assert_eq!(
            shown,
            [
                "020500000 0 Meat",
                "0805 0 Citrus",
                "080510000 1 Orange",
                "6403 0 Shoes",
                "640320 1 Leather",
                " 2 1 Sole",
                "640320011 3 within",
                "640320012 3 other",
                "640320020 2 2 Other",
            ]
        );
        Ok(())
    }
}
