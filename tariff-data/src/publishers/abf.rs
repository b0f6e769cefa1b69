//! Australia's Customs Tariff: the chapters of Schedule 3 that are at hand, and the schedules of its agreements.

mod agreements;
mod areas;
mod cell;
mod dated;
mod rate;
mod schedule3;

use std::collections::BTreeSet;

use anyhow::Result;

use super::Job;
use super::flat_book::{self, Edition, FlatBook};
use crate::provenance::{Provenance, Publication};
use crate::tables::Unit;

const SCHEDULE_3: Publication = Publication {
    id: "au/schedule-3",
    title: "Working Tariff, Schedule 3: classification of goods and general and special rates of duty (72 of 96 chapters)",
    publisher: "Australian Border Force; parsed by networkneedsau/australian-tariff-classification (9a8f3f37)",
    licence: "Australian government's public text",
    edition: "April 2026",
    as_of: "2026-04-01",
    url: "https://www.abf.gov.au/importing-exporting-and-manufacturing/tariff-classification/current-tariff/schedule-3",
    remarks: "In part: 72 chapters, and 68 subheadings are missing within them; clothing and cosmetics are among what is absent, \
              which is unknown and not free. A subheading of which lines are visibly missing has a line of its own whose duty is \
              unknown. Of a rate that changed on given days the one in force in April 2026 is taken. \
              Statistical splits below a rated code are left out. Rates by volume, alcohol or tobacco are those of excise and \
              are raised in February and August (Customs Tariff Act 1995 s 19), on tobacco in March and September: they end \
              here before the next rise, and what follows is unknown. Where a country may have a rate, s 14 says which; the \
              countries of the abbreviations DC and DCS are not at hand, so their rates are in unparsed.csv. Goods of New \
              Zealand, Papua New Guinea and the Forum Islands are free where the classification sets no rate for them, those \
              of Canada pay the general rate (s 16, http://www.austlii.edu.au/au/legis/cth/consol_act/cta1995178/s16.html). \
              Concessions (Schedule 4, tariff concession orders) and dumping duties are not here.",
};

const AGREEMENTS: Publication = Publication {
    id: "au/agreements",
    title: "Working Tariff, Schedules 4A to 16: rates for originating goods of free trade agreements",
    publisher: "Australian Border Force; parsed by networkneedsau/australian-tariff-classification (9a8f3f37)",
    licence: "Australian government's public text",
    edition: "April 2026",
    as_of: "2026-04-01",
    url: "https://www.abf.gov.au/importing-exporting-and-manufacturing/tariff-classification/current-tariff",
    remarks: "The schedules list the goods that are not free; originating goods that are not listed are free (Customs Tariff Act \
              1995 s 16(1), read for the Trans-Pacific Partnership in \
              https://parlinfo.aph.gov.au/parlInfo/search/display/display.w3p;db=LEGISLATION;id=legislation%2Fbills%2Fr6166_first-reps%2F0001 \
              and stated for ASEAN in https://www.abf.gov.au/importing-exporting-and-manufacturing/tariff-classification/current-tariff/schedule-1; \
              the clauses of the other agreements are of one form and were not all read, which their confidence says). The \
              parsed file has one row a code: of rates that fall by stages the first stage, so such a rate is the most that can \
              be due, and is marked as staged; of a code with a rate for the United Kingdom and one for the other parties only \
              the former.",
};

/// Writes the tables from the publisher's files.
pub fn normalise(job: &Job) -> Result<()> {
    let schedule = job.files.named("schedule3")?;
    let agreements = job.files.named("fta")?;
    let mut book = FlatBook::default();
    schedule3::enter(&mut book, flat_book::rows(schedule)?)?;
    book.leave_open("general", &schedule3::general());
    let lines: BTreeSet<String> = book.declarable().map(str::to_owned).collect();
    agreements::enter(&mut book, &lines, agreements::read(agreements)?)?;
    job.tables.add(units())?;
    let sources = [
        job.main_source(&SCHEDULE_3, &[schedule])?,
        Provenance::of(&AGREEMENTS, &[agreements])?,
    ];
    book.write(
        job,
        &Edition {
            place: "au",
            title: "Customs Tariff of Australia (72 of 96 chapters)",
            publisher: "Australian Border Force",
            digits: 8,
            currency: "AUD",
            covers: ("2026-04-01", None),
            language: "en",
            areas: &areas::LISTS,
            sources: &sources,
            also: &[],
        },
    )
}

/// Units of this schedule that the shared table may not have yet.
fn units() -> Vec<Unit> {
    [
        ("kg-tobacco", "kilogram of tobacco content"),
        ("kg-tss", "kilogram of total soluble solids"),
        (
            "l-alcohol-over-1.15",
            "litre of pure alcohol beyond a strength of 1.15 per cent by volume",
        ),
    ]
    .map(|(unit, title)| Unit {
        unit: unit.into(),
        base: unit.into(),
        factor: "1".into(),
        title: title.into(),
    })
    .into()
}
