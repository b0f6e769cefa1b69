//! The Common Customs Tariff of the Eurasian Economic Union: codes and rates, without designations.

mod areas;
mod rate;

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use dutiable::tariff::MeasureType;
use serde::Deserialize;

use super::Job;
use super::flat_book::{self, Cell, Edition, FlatBook, HsTitles};
use crate::provenance::Publication;
use crate::tables::{Line, Series, Unit};

const PUBLICATION: Publication = Publication {
    id: "eaeu/ett",
    title: "Единый таможенный тариф Евразийского экономического союза (Common Customs Tariff)",
    publisher: "Eurasian Economic Commission; parsed by ivan88810900-star/tnved_starter_kit_v2 (9712c7b1)",
    licence: "Eurasian Economic Commission's public data",
    edition: "as parsed on 2026-06-18",
    as_of: "2026-06-18",
    url: "https://eec.eaeunion.org/comission/department/catr/ett/",
    remarks: "Codes and rates only. The designations are the English ones of the six-digit subheading of HS 2022, which all lines below \
              it share; the national ones are not at hand. The rates of the union carry a per cent sign or a unit, or are a bare \
              nought. The parsed file mixes in rows of another kind: bare numbers, some beside a rate for the same code, some \
              under codes that do not exist (6666, 7777, 0406900000), at least one against the rates of its neighbours (beer, \
              2203000100). Such a number is not taken for a rate: the line's duty is unknown unless the union's own rate \
              stands beside it and says the same. Among these lines is 6109100000, cotton T-shirts. Tariff preferences \
              (developing and least developed countries), free trade agreements, trade remedies, and the exemptions of \
              single member states are not here.",
};

const COLUMN: &str = "ett";

#[derive(Debug, Deserialize)]
struct Row {
    code: String,
    duty_rate: String,
}

/// Writes the tables from the publisher's file.
pub fn normalise(job: &Job) -> Result<()> {
    let path = job.files.only()?;
    let titles = HsTitles::read(&job.tables)?;
    let book = read(flat_book::rows(path)?, &titles)?;
    let sources = [job.main_source(&PUBLICATION, &[path])?];
    job.tables.add(vec![Unit {
        unit: "cm3-engine".into(),
        base: "cm3-engine".into(),
        factor: "1".into(),
        title: "cubic centimetre of the engine's capacity".into(),
    }])?;
    book.write(
        job,
        &Edition {
            place: "eaeu",
            title: "Common Customs Tariff of the Eurasian Economic Union",
            publisher: "Eurasian Economic Commission",
            digits: 10,
            currency: "RUB",
            covers: ("2026-06-18", None),
            language: "en",
            areas: &areas::LISTS,
            sources: &sources,
            also: &["hs/tree", "hs/titles"],
        },
    )
}

fn read(rows: Vec<Row>, titles: &HsTitles) -> Result<FlatBook> {
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        let texts = texts.entry(flat_book::code(&row.code)?).or_default();
        texts.insert(row.duty_rate.trim().to_owned());
    }
    let levels: BTreeSet<&str> = texts.keys().map(|code| flat_book::level(code)).collect();
    let mut book = FlatBook::default();
    for (published, texts) in &texts {
        let code = flat_book::level(published);
        let text = texts.iter().cloned().collect::<Vec<_>>().join(" | ");
        let cell = Cell {
            column: COLUMN,
            code,
            text: &text,
        };
        let Some(title) = titles.of(code).filter(|_| !has_longer(&levels, code)) else {
            book.set_aside(cell, "no line of the nomenclature");
            continue;
        };
        book.line(Line {
            code: code.into(),
            depth: 0,
            declarable: true,
            supplementary: String::new(),
            title: title.into(),
        });
        book.enter(cell, COLUMN, facts(), rate::of_all(texts))?;
    }
    Ok(book)
}

/// Whether other codes stand below this one, which is then a group.
fn has_longer(codes: &BTreeSet<&str>, code: &str) -> bool {
    let after = (std::ops::Bound::Excluded(code), std::ops::Bound::Unbounded);
    let next = codes.range::<str, _>(after).next();
    next.is_some_and(|next| next.starts_with(code))
}

fn facts() -> Series {
    Series {
        measure_type: MeasureType::ThirdCountryDuty,
        areas: vec!["all".into()],
        legal: "Решение Совета ЕЭК от 14.09.2021 № 80".into(),
        ..Series::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, duty_rate: &str) -> Row {
        Row {
            code: code.into(),
            duty_rate: duty_rate.into(),
        }
    }

    #[test]
    fn lines_take_the_title_of_their_subheading_and_no_code_is_made_up() -> Result<()> {
        let titles: HsTitles = [("010121".to_owned(), "Horses".to_owned())]
            .into_iter()
            .collect();
        let book = read(
            vec![
                row("0101210000", "0"),
                row("0101290000", "5%"),
                row("6666", "11"),
            ],
            &titles,
        )?;
        assert_eq!(book.declarable().collect::<Vec<_>>(), ["010121"]);
        let group = read(
            vec![row("0101210000", "8"), row("0101211000", "5%")],
            &titles,
        )?;
        assert_eq!(group.declarable().collect::<Vec<_>>(), ["01012110"]);
        Ok(())
    }
}
