//! The rate columns as measures.

use std::collections::BTreeSet;

use anyhow::{Result, bail};
use dutiable::tariff::{DutyExpression, MeasureType};
use sha2::{Digest, Sha256};

use super::rate::{self, Rate};
use super::schedule::Entry;
use super::special::{self, Group};
use super::{at_row, code, tidy};
use crate::tables::{Measure, Series, SeriesBook, Unparsed};

/// What the rate columns make.
#[derive(Debug)]
pub(super) struct Measures {
    pub(super) series: Vec<Series>,
    pub(super) measures: Vec<Measure>,
    pub(super) unparsed: Vec<Unparsed>,
}

/// Programmes that are about the product: whose origins they are for, and what they ask for.
const PRODUCT_PROGRAMMES: [(&str, &str, &str, &str); 4] = [
    ("B", "B", "General note 5", "end-use"),
    ("C", "all", "General note 6", "end-use;airworthiness"),
    ("K", "all", "General note 13", "listed-pharmaceutical"),
    ("L", "all", "General note 14", "listed-dye-intermediate"),
];

/// The measures of all rows. `programmes` are the symbols that general note 3(c) names.
pub(super) fn measures(
    entries: &[Entry],
    from: &str,
    programmes: &BTreeSet<String>,
) -> Result<Measures> {
    let mut maker = Maker {
        from,
        programmes,
        book: SeriesBook::default(),
        measures: Vec::new(),
        unparsed: Vec::new(),
    };
    for entry in entries {
        at_row(entry, maker.entry(entry))?;
    }
    Ok(Measures {
        series: maker.book.into_rows(),
        measures: maker.measures,
        unparsed: maker.unparsed,
    })
}

struct Maker<'a> {
    from: &'a str,
    programmes: &'a BTreeSet<String>,
    book: SeriesBook,
    measures: Vec<Measure>,
    unparsed: Vec<Unparsed>,
}

impl Maker<'_> {
    fn entry(&mut self, entry: &Entry) -> Result<()> {
        let code = code(&entry.htsno)?;
        let rated = [&entry.general, &entry.special, &entry.other];
        if code.is_empty() && rated.iter().any(|column| !column.trim().is_empty()) {
            bail!("a rate without a code");
        }
        let general = Series {
            measure_type: MeasureType::ThirdCountryDuty,
            areas: vec!["all".into()],
            legal: "General note 3(a)".into(),
            ..self.facts()
        };
        self.column(&code, "general", &entry.general, "general", general)?;
        let other = Series {
            measure_type: MeasureType::Column2Duty,
            areas: vec!["column-2".into()],
            legal: "General note 3(b)".into(),
            ..self.facts()
        };
        self.column(&code, "other", &entry.other, "column-2", other)?;
        for group in special::groups(&entry.special) {
            self.special(&code, &group)?;
        }
        Ok(())
    }

    fn facts(&self) -> Series {
        Series {
            from: self.from.to_owned(),
            ..Series::default()
        }
    }

    fn column(
        &mut self,
        code: &str,
        column: &str,
        text: &str,
        stem: &str,
        facts: Series,
    ) -> Result<()> {
        if text.trim().is_empty() {
            return Ok(());
        }
        match rate::rate(text) {
            Ok(rate) => self.measure(code, stem, facts, &rate)?,
            Err(reason) => {
                // The measure is there, and what it says is unknown: it must not be taken for none.
                self.leave(code, column.to_owned(), text, reason);
                self.row(code, stem, facts, String::new());
            }
        }
        Ok(())
    }

    fn special(&mut self, code: &str, group: &Group) -> Result<()> {
        let (known, unknown): (Vec<String>, Vec<String>) = group
            .programmes
            .iter()
            .cloned()
            .partition(|symbol| self.programmes.contains(symbol));
        if !unknown.is_empty() || group.programmes.is_empty() {
            let reason = "not a programme of general note 3(c)";
            self.leave(code, column_of(&unknown), &group.rate, reason);
        }
        let (product, origin): (Vec<String>, Vec<String>) = known
            .into_iter()
            .partition(|symbol| PRODUCT_PROGRAMMES.iter().any(|(name, ..)| name == symbol));
        if !origin.is_empty() {
            let facts = Series {
                measure_type: MeasureType::Preference,
                areas: origin.clone(),
                legal: "General note 3(c)".into(),
                ..self.facts()
            };
            let stem = format!("special-{}", digest(&origin));
            self.column(code, &column_of(&origin), &group.rate, &stem, facts)?;
        }
        for symbol in product {
            self.product(code, &symbol, &group.rate)?;
        }
        Ok(())
    }

    fn product(&mut self, code: &str, symbol: &str, rate: &str) -> Result<()> {
        for (_, area, legal, flags) in PRODUCT_PROGRAMMES
            .iter()
            .filter(|(name, ..)| *name == symbol)
        {
            let facts = Series {
                measure_type: MeasureType::Preference,
                areas: vec![(*area).to_owned()],
                legal: (*legal).to_owned(),
                flags: flags.split(';').map(str::to_owned).collect(),
                ..self.facts()
            };
            let column = format!("special:{symbol}");
            self.column(code, &column, rate, &format!("special-{symbol}"), facts)?;
        }
        Ok(())
    }

    fn measure(&mut self, code: &str, stem: &str, mut facts: Series, rate: &Rate) -> Result<()> {
        if DutyExpression::parse(&rate.expression).is_err() {
            bail!("\"{}\" is not a canonical duty expression", rate.expression);
        }
        let mut stem = stem.to_owned();
        if let Some(flag) = rate.flag {
            facts.flags.push(flag.to_owned());
            stem = format!("{stem}-{flag}");
        }
        self.row(code, &stem, facts, rate.expression.clone());
        Ok(())
    }

    fn row(&mut self, code: &str, stem: &str, facts: Series, expression: String) {
        self.measures.push(Measure {
            code: code.to_owned(),
            series: self.book.name(stem, facts),
            expression,
            ..Measure::default()
        });
    }

    fn leave(&mut self, code: &str, column: String, text: &str, reason: &str) {
        self.unparsed.push(Unparsed {
            code: code.to_owned(),
            column,
            text: tidy(text),
            reason: reason.to_owned(),
        });
    }
}

fn column_of(programmes: &[String]) -> String {
    format!("special:{}", programmes.join(";"))
}

/// A short name for a set of programmes that does not change when other sets come and go.
fn digest(programmes: &[String]) -> String {
    let bytes = Sha256::digest(programmes.join(";"));
    bytes
        .iter()
        .take(3)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}
