//! The lexicon names codes of the nomenclature, and each description and name once.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::Report;
use crate::classifier::{Lexicon, read_lexicon};
use crate::tables::{HsNode, TableFolder};

/// Checks `lexicon` beside these tables.
pub(super) fn check(tables: &TableFolder) -> Result<Report> {
    let nodes: Vec<HsNode> = tables.place("hs").read()?;
    let codes = nodes.iter().map(|node| node.code.as_str());
    let lexicon = read_lexicon(&tables.path().with_file_name("lexicon"))?;
    let mut report = Report::new("lexicon");
    texts(&lexicon, &codes.collect(), &mut report);
    Ok(report)
}

fn texts(lexicon: &Lexicon, codes: &BTreeSet<&str>, report: &mut Report) {
    let terms = lexicon.terms.iter();
    let terms: Vec<_> = terms.map(|row| (&row.term, &row.code)).collect();
    report.count("terms", terms.len());
    known("terms", &terms, &[4, 6], codes, report);
    let examples = lexicon.examples.iter();
    let examples: Vec<_> = examples.map(|row| (&row.text, &row.code)).collect();
    let names = lexicon.names.iter();
    let names: Vec<_> = names.map(|row| (&row.name, &row.code)).collect();
    for (what, rows) in [("examples", examples), ("names", names)] {
        report.count(what, rows.len());
        known(what, &rows, &[6], codes, report);
        once(what, &rows, report);
    }
}

fn known(
    what: &str,
    rows: &[(&String, &String)],
    digits: &[usize],
    codes: &BTreeSet<&str>,
    report: &mut Report,
) {
    for (text, code) in rows {
        let is_known = digits.contains(&code.len()) && codes.contains(code.as_str());
        report.expect(is_known, || {
            format!("{what}: `{text}` has the code {code}, which is none here")
        });
    }
}

fn once(what: &str, rows: &[(&String, &String)], report: &mut Report) {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    for (text, code) in rows {
        if let Some(other) = seen.insert(text.to_lowercase(), code) {
            report.fail(format!("{what}: `{text}` twice, {other} and {code}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{Example, GoodsName, ShopTerm};

    fn failures(term: &str, examples: [&str; 2], name: &str) -> usize {
        let example = |text: &str, code: &str| Example {
            text: text.to_owned(),
            code: code.to_owned(),
        };
        let [first, second] = examples;
        let lexicon = Lexicon {
            terms: vec![ShopTerm {
                term: "horse".to_owned(),
                code: term.to_owned(),
                given: String::new(),
            }],
            examples: vec![example(first, "010121"), example(second, "010129")],
            names: vec![GoodsName {
                name: "Shergar".to_owned(),
                goods: "horse".to_owned(),
                code: name.to_owned(),
            }],
            noise: Vec::new(),
        };
        let mut report = Report::new("lexicon");
        let codes = BTreeSet::from(["0101", "010121", "010129"]);
        texts(&lexicon, &codes, &mut report);
        report.print()
    }

    #[test]
    fn a_code_of_no_goods_and_a_text_of_two_codes_are_found() {
        assert_eq!(failures("0101", ["a mare", "a pony"], "010121"), 0);
        assert_eq!(failures("0102", ["a mare", "a pony"], "010121"), 1);
        assert_eq!(failures("0101", ["a mare", "A mare"], "010121"), 1);
        assert_eq!(failures("0101", ["a mare", "a pony"], "0101"), 1);
    }
}
