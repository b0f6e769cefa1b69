//! One row for all lines of a chapter, heading or subheading that are said the same of.

use std::collections::{BTreeMap, BTreeSet};

/// The lengths of code at which rows are gathered, the shortest first; what they do not cover stays by line.
const LEVELS: [usize; 4] = [2, 4, 6, 8];

/// For each shortest code whose lines, every one of them, have the same value: that code and the value.
///
/// A code is gathered only where all its lines are said and alike: so no line gets what it was not said to have, and the longest
/// matching code is the only one.
pub fn gathered<'a, T: Copy + Eq>(
    said: &BTreeMap<&'a str, T>,
    lines: &BTreeSet<&'a str>,
) -> Vec<(&'a str, T)> {
    let all: Vec<(&str, Option<T>)> = lines
        .iter()
        .map(|line| (*line, said.get(line).copied()))
        .collect();
    let mut rows = Vec::new();
    gather(&all, &LEVELS, &mut rows);
    rows
}

fn gather<'a, T: Copy + Eq>(
    lines: &[(&'a str, Option<T>)],
    levels: &[usize],
    rows: &mut Vec<(&'a str, T)>,
) {
    let Some((level, deeper)) = levels.split_first() else {
        rows.extend(
            lines
                .iter()
                .filter_map(|(code, value)| Some((*code, (*value)?))),
        );
        return;
    };
    for group in lines.chunk_by(|(one, _), (other, _)| one.get(..*level) == other.get(..*level)) {
        let Some((code, value)) = group.first() else {
            continue;
        };
        let alike = group.iter().all(|(_, other)| other == value);
        match (alike, value) {
            (true, Some(value)) => rows.push((code.get(..*level).unwrap_or(code), *value)),
            (true, None) => {}
            (false, _) => gather(group, deeper, rows),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_alike_are_one_row_and_a_line_unsaid_keeps_the_others_apart() {
        let lines = [
            "01012100",
            "0101290010",
            "0101290090",
            "01013000",
            "02011000",
            "02012000",
        ];
        let said = [
            ("01012100", 0),
            ("0101290010", 5),
            ("0101290090", 5),
            ("01013000", 0),
            ("02011000", 7),
        ];
        let rows = gathered(&said.into_iter().collect(), &lines.into_iter().collect());
        let expected = [("010121", 0), ("010129", 5), ("010130", 0), ("020110", 7)];
        assert_eq!(rows, expected);
        let whole = [("02011000", 7), ("02012000", 7)];
        let rows = gathered(&whole.into_iter().collect(), &lines.into_iter().collect());
        assert_eq!(rows, [("02", 7)]);
    }
}
