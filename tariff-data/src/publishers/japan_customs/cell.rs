//! One rate cell: its parentheses and marks, then the rate.

use super::rate::{self, Reason};

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing, or a rate in parentheses: one that is not lower than another that applies anyway.
    NotApplied,
    /// A rate.
    Rate {
        /// As a duty expression.
        expression: String,
        /// Marked ◎: only for the end use that the line's own designation names.
        end_use: bool,
    },
    /// A text that no expression says, and why.
    Unparsed(Reason),
}

/// Reads a cell, or one part of a cell that names several cases.
///
/// The publisher's marks:
/// - `(…)` a rate that does not apply, because another column's is lower or equal; so it makes no measure;
/// - `◎` stands on lines whose designation names an end use, and only there;
/// - `●` the rate differs below the nine digits (by the tenth character of the import declaration code);
/// - `◆n` a footnote that is not at hand; `※` a mark whose legend is not at hand;
/// - `*`, `**` before a WTO rate: read without them, see the provenance file.
pub fn read(raw: &str) -> Cell {
    let text = rate::plain(raw);
    let text = text.trim_start_matches('*');
    if text.is_empty() || not_applied(text) {
        return Cell::NotApplied;
    }
    if let Some(reason) = doubtful_mark(text) {
        return Cell::Unparsed(reason);
    }
    let end_use = text.starts_with('◎');
    match rate::expression(text.trim_start_matches('◎')) {
        Ok(expression) => Cell::Rate {
            expression,
            end_use,
        },
        Err(reason) => Cell::Unparsed(reason),
    }
}

fn doubtful_mark(text: &str) -> Option<Reason> {
    const MARKS: [(&str, Reason); 4] = [
        ("●", "varies-below-line"),
        ("非譲許", "varies-below-line"),
        ("◆", "footnote-not-at-hand"),
        ("※", "mark-without-legend"),
    ];
    MARKS
        .iter()
        .find(|(mark, _)| text.contains(mark))
        .map(|(_, reason)| *reason)
}

/// Whether every rate of the cell stands in parentheses: `(5%)`, `(無税)〜(3%)`, `(無税)〜(3%)又は(5円/kg)`.
fn not_applied(text: &str) -> bool {
    encloses_all(text)
        || text
            .split('〜')
            .flat_map(|part| part.split("又は"))
            .all(encloses_all)
}

/// Whether the first parenthesis closes at the very end.
fn encloses_all(text: &str) -> bool {
    let mut depth = 0_i32;
    let last = text.chars().count();
    for (position, c) in text.chars().enumerate() {
        depth = match c {
            '(' => depth.saturating_add(1),
            ')' => depth.saturating_sub(1),
            _ => depth,
        };
        if depth == 0 {
            return position > 0 && position.saturating_add(1) == last;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expression(raw: &str) -> Option<(String, bool)> {
        match read(raw) {
            Cell::Rate {
                expression,
                end_use,
            } => Some((expression, end_use)),
            _ => None,
        }
    }

    #[test]
    fn rates_in_parentheses_are_not_applied() {
        for raw in [
            "",
            "(無税)",
            "（無税）",
            "(500円\n/kg)",
            "(35%＋466円/kg)",
            "*(55円/kg)",
            "**(35.4%又は47円/kgのうちいずれか高い税率)",
            "(無税)〜(3%)",
            "(無税）〜（N%)",
            "(無税)〜\n(4.3%)",
            "(無税〜5%)",
            "(無税)〜(3%)又は(5円/kg)",
            "(一部3.5%）",
        ] {
            assert_eq!(read(raw), Cell::NotApplied, "{raw}");
        }
    }

    #[test]
    fn marks_are_kept_apart_from_the_rate() {
        assert_eq!(expression("◎2.8%"), Some(("2.8 %".into(), true)));
        assert_eq!(
            expression("*29.8%＋396円/kg"),
            Some(("29.8 % + 396 JPY/kg".into(), false))
        );
        for (raw, reason) in [
            ("●2.2%又は非譲許", "varies-below-line"),
            ("無税〜(N%)又は非譲許", "varies-below-line"),
            ("●5%〜(6%)", "varies-below-line"),
            ("4.3% ◆2", "footnote-not-at-hand"),
            ("※17.7%", "mark-without-legend"),
            ("(73.70円−課税価格)/kg", "gate-price"),
            (
                "（（課税価格×（1.007-51.46/897.59）＋51.46円）-課税価格）/kg",
                "gate-price",
            ),
        ] {
            assert_eq!(read(raw), Cell::Unparsed(reason), "{raw}");
        }
    }
}
