//! Israel's customs book: the part of it that is at hand.

mod areas;
mod rate;

use anyhow::{Context, Result};
use dutiable::tariff::MeasureType;
use serde::Deserialize;

use super::Job;
use super::flat_book::{self, Cell, Edition, FlatBook};
use crate::provenance::Publication;
use crate::tables::{Line, Series, Tax};

const PUBLICATION: Publication = Publication {
    id: "il/customs-book",
    title: "תעריף המכס והפטורים ומס קנייה (customs tariff and purchase tax), in part",
    publisher: "Israel Tax Authority through data.gov.il; parsed by HassanEwida/israel-tariff-x402 (c2d1ac58)",
    licence: "Israeli government's open data",
    edition: "as parsed on 2026-08-10",
    as_of: "2026-08-10",
    url: "https://data.gov.il/",
    remarks: "In part: 4,381 codes, and 2,374 subheadings of HS 2022 have none of them, cotton T-shirts among them; a code that is absent is \
              unknown. 649 rows have no rate. Most are groups whose lines are absent or stand below them; the file does not \
              say which, so they are kept as lines whose duty is unknown. A subheading of which some lines are here may have \
              others. Only the general column is here: rates of Israel's agreements are not at hand. The two abbreviations \
              of the book are read as \"but not more than\" and \"but not less than\". The purchase tax is in taxes.csv and enters \
              no quote.",
};

const COLUMN: &str = "mfn";
const PURCHASE_TAX: &str = "purchase-tax";

#[derive(Debug, Deserialize)]
struct Row {
    code: String,
    unit: String,
    mfn: String,
    purchase_tax: String,
    designation_he: String,
}

/// Writes the tables from the publisher's file.
pub fn normalise(job: &Job) -> Result<()> {
    let path = job.files.only()?;
    let mut book = FlatBook::default();
    let mut taxes = Vec::new();
    let mut rows: Vec<Row> = flat_book::rows(path)?;
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    for row in &rows {
        enter(&mut book, &mut taxes, row).with_context(|| row.code.clone())?;
    }
    let sources = [job.main_source(&PUBLICATION, &[path])?];
    book.leave_open(COLUMN, &facts());
    job.tables.place("il").write(taxes)?;
    book.write(
        job,
        &Edition {
            place: "il",
            title: "Customs tariff of Israel (in part)",
            publisher: "Israel Tax Authority",
            digits: 10,
            currency: "ILS",
            covers: ("2026-08-10", None),
            language: "he",
            areas: &areas::LISTS,
            sources: &sources,
            also: &[],
        },
    )
}

fn enter(book: &mut FlatBook, taxes: &mut Vec<Tax>, row: &Row) -> Result<()> {
    let published = flat_book::code(&row.code)?;
    let code = flat_book::level(&published);
    book.line(Line {
        code: code.into(),
        depth: 0,
        declarable: true,
        supplementary: unit(row.unit.trim()).into(),
        title: flat_book::tidy(&row.designation_he)
            .trim_end_matches(":-")
            .trim()
            .to_owned(),
    });
    let said = match row.mfn.trim() {
        "" => Err("no rate in the file: a group, or a line whose rate is not at hand"),
        text => rate::expression(text).ok_or("unknown-shape"),
    };
    let cell = |column, text| Cell { column, code, text };
    book.enter(cell(COLUMN, &row.mfn), COLUMN, facts(), said)?;
    match row.purchase_tax.trim() {
        "" => {}
        text => match rate::expression(text) {
            Some(rate) => taxes.push(Tax {
                code: code.into(),
                tax: PURCHASE_TAX.into(),
                rate,
            }),
            None => book.note(cell(PURCHASE_TAX, text), "a rule of the book sets the rate"),
        },
    }
    Ok(())
}

fn facts() -> Series {
    Series {
        measure_type: MeasureType::ThirdCountryDuty,
        areas: vec!["all".into()],
        legal: "צו תעריף המכס והפטורים ומס קנייה על טובין, התשע\"ז-2017".into(),
        ..Series::default()
    }
}

/// The unit of the declaration.
fn unit(text: &str) -> &'static str {
    match text {
        "קילוגרם" => "kg",
        "כל אחד" => "item",
        "מטר רבוע" => "m2",
        "מטר מעוקב / 1000 ליטר" => "m3",
        "טון" => "t",
        "זוג" => "pair",
        "ליטר" => "l",
        "קרט" => "carat",
        "אלף יחידות" => "thousand",
        "מטר" => "m",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taxes(mfn: &str, purchase_tax: &str) -> Result<(FlatBook, Vec<Tax>)> {
        let (mut book, mut taxes) = (FlatBook::default(), Vec::new());
        let row = Row {
            code: "0106391100".into(),
            unit: "כל אחד".into(),
            mfn: mfn.into(),
            purchase_tax: purchase_tax.into(),
            designation_he: "אחרים:-".into(),
        };
        enter(&mut book, &mut taxes, &row)?;
        Ok((book, taxes))
    }

    #[test]
    fn purchase_tax_is_kept_apart_and_never_made_up() -> Result<()> {
        let (book, kept) = taxes("Exempt", "שיעור 11%")?;
        assert_eq!(book.declarable().collect::<Vec<_>>(), ["01063911"]);
        let rates: Vec<&str> = kept.iter().map(|tax| tax.rate.as_str()).collect();
        assert_eq!(rates, ["11 %"]);
        assert!(taxes("Exempt", "ראה כללים 1 עד 3 לכנ\"י")?.1.is_empty());
        assert!(taxes("", "")?.1.is_empty());
        Ok(())
    }
}
