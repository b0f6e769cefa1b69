//! The Customs Tariff of Japan: statutory rates, WTO rates, and the preferential columns of the parsed schedule.

mod agreements;
mod areas;
mod book;
mod cell;
mod duty;
mod lines;
mod rate;
mod rows;
mod season;
mod shared;
mod treatment;

use anyhow::Result;

use self::book::Book;
use self::rows::Row;
use super::Job;
use crate::provenance::Publication;
use crate::tables::{Manifest, Tariff, Unit};

const PUBLICATION: Publication = Publication {
    id: "jp/schedule",
    title: "実行関税率表 (Customs Tariff of Japan, statistical codes for import)",
    publisher: "Japan Customs; parsed by qlitre/japan-tariff-mcp (715eff92)",
    licence: "Japanese government's public data; the parsed file is under the MIT licence",
    edition: "as parsed on 2026-07-09",
    as_of: "2026-07-09",
    url: "https://www.customs.go.jp/tariff/index.htm",
    remarks: "Which column applies: a preference claimed and proven, then the WTO rate where lower, then the temporary \
              rate, then the general one (https://www.kanzei.or.jp/english/statistics/country_code_stat.htm; \
              https://www.customs.go.jp/english/c-answer_e/imtsukan/1105_e.htm); tables/jp/README.md says how the tables \
              hold that. Columns of other agreements (Singapore, Mexico, ASEAN, Thailand, India, Australia, Switzerland, \
              Peru, Mongolia, RCEP beyond China and so on) are not in the parsed file: a preference for them is unknown, \
              not refused. Chapter and section notes, the footnotes behind the mark U+25C6 and the legend of the marks \
              U+203B, U+25CE, * and ** are not at hand. Rates below the nine digits (mark U+25CF) are not at hand. \
              Agreement rates fall on 1 April, so the tables speak for the fiscal year from 2026-04-01 to 2027-03-31; \
              changes of codes within it after 2026-07-09 are not known. Simplified rates for small parcels are rules, \
              not lines of this schedule.",
};

/// Members of the World Trade Organization that Japan's list has: all but Japan itself, whatever treatment Japan has withdrawn.
pub fn wto_members() -> impl Iterator<Item = &'static str> {
    areas::members_of(areas::WTO)
}

/// Writes the tables from the publisher's files.
pub fn normalise(job: &Job) -> Result<()> {
    let path = job.files.only()?;
    let source = job.main_source(&PUBLICATION, &[path])?;
    let rows = Row::read(path)?;
    let mut book = Book::default();
    for row in &rows {
        book.enter(row)?;
    }
    let counts = book.counts();
    let (series, measures, unparsed) = book.into_tables();
    let (areas, area_titles) = areas::tables();
    job.tables.add(units())?;
    Tariff {
        manifest: Manifest {
            id: "jp".into(),
            title: PUBLICATION.title.into(),
            publisher: "Japan Customs".into(),
            digits: 9,
            currency: "JPY".into(),
            as_of: source.as_of,
            covers_from: "2026-04-01".parse()?,
            covers_to: Some("2027-03-31".parse()?),
            nomenclature: "HS 2022".into(),
            language: "ja".into(),
            split: "by-area".into(),
            in_part: false,
            sources: vec![PUBLICATION.id.into()],
            counts,
        },
        lines: lines::lines(&rows)?,
        series,
        measures,
        areas,
        area_titles,
        unparsed,
    }
    .write(&job.tables.place("jp"))?;
    source.write(&job.sources)
}

/// Units of this schedule that the shared table may not have yet.
fn units() -> Vec<Unit> {
    [
        ("head", "item", "1", "number of animals"),
        ("kl", "l", "1000", "kilolitre"),
        ("set", "set", "1", "set"),
        (
            "gross-tonnage",
            "gross-tonnage",
            "1",
            "gross tonnage of a ship",
        ),
        (
            "displacement-tonnage",
            "displacement-tonnage",
            "1",
            "displacement tonnage of a ship",
        ),
    ]
    .map(|(unit, base, factor, title)| Unit {
        unit: unit.into(),
        base: base.into(),
        factor: factor.into(),
        title: title.into(),
    })
    .into()
}
