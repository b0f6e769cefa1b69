//! Taxes that a tariff's file states beside its duties: one rate a code and tax, on codes that some line begins with.

use std::collections::BTreeSet;

use dutiable::tariff::DutyExpression;

use super::Report;
use crate::tables::{Tariff, Tax};

/// Checks the table of taxes.
pub fn check(tariff: &Tariff, taxes: &[Tax], report: &mut Report) {
    let lines: BTreeSet<&str> = tariff.lines.iter().map(|line| line.code.as_str()).collect();
    let mut seen = BTreeSet::new();
    for row in taxes {
        let what = || format!("tax {} on {}", row.tax, row.code);
        // The next line in the order of the codes begins with the code, or none does.
        let next = lines.range(row.code.as_str()..).next();
        report.expect(next.is_some_and(|line| line.starts_with(&row.code)), || {
            format!("{}: there is no such line", what())
        });
        report.expect(seen.insert((&row.code, &row.tax)), || {
            format!("{} twice", what())
        });
        // `NT` is not taxed; an empty rate is one that no expression says.
        let said =
            ["", "NT"].contains(&row.rate.as_str()) || DutyExpression::parse(&row.rate).is_ok();
        report.expect(said, || {
            format!("{}: \"{}\" is no expression", what(), row.rate)
        });
    }
    report.count("taxes", taxes.len());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::{Line, Manifest};

    #[test]
    fn a_tax_twice_on_no_line_or_without_a_rate_is_found() -> anyhow::Result<()> {
        let manifest = "id = \"zz\"\ntitle = \"T\"\npublisher = \"P\"\ndigits = 8\ncurrency = \"ZZD\"\nas-of = 2026-01-01\n\
             covers-from = 2026-01-01\nnomenclature = \"HS 2022\"\nlanguage = \"en\"\nsplit = \"whole\"\nsources = []\n";
        let tariff = Tariff {
            manifest: toml::from_str::<Manifest>(manifest)?,
            lines: vec![Line {
                code: "010121".into(),
                ..Line::default()
            }],
            series: Vec::new(),
            measures: Vec::new(),
            areas: Vec::new(),
            area_titles: Vec::new(),
            unparsed: Vec::new(),
        };
        let tax = |code: &str, rate: &str| Tax {
            code: code.into(),
            tax: "vat".into(),
            rate: rate.into(),
        };
        let failures = |taxes: &[Tax]| {
            let mut report = Report::new("zz");
            check(&tariff, taxes, &mut report);
            report.failures().len()
        };
        assert_eq!(failures(&[tax("010121", "7.5 %")]), 0);
        assert_eq!(failures(&[tax("010121", "7.5 %"), tax("010121", "5 %")]), 1);
        assert_eq!(failures(&[tax("010129", "7.5 %")]), 1);
        assert_eq!(failures(&[tax("010121", "some")]), 1);
        Ok(())
    }
}
