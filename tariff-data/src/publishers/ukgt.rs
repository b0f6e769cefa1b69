//! The United Kingdom's tariff: the UK Global Tariff of 2021 on the codes of 2026, and the preferences of 2022.

mod agreements;
mod mfn;
mod preferences;
mod rate;
mod season;

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};

use self::agreements::Agreements;
use self::mfn::Mfn;
use self::preferences::Preferences;
use super::Job;
use crate::check::columns;
use crate::files;
use crate::provenance::{Provenance, Publication};
use crate::tables::{Manifest, SeriesBook, Tariff, Unit};

const UKGT: Publication = Publication {
    id: "gb/ukgt",
    title: "UK Global Tariff of 2021-01-01, mapped to the Combined Nomenclature list of April 2026",
    publisher: "Department for International Trade; mapped by us through the United Nations' correlation tables",
    licence: "Open Government Licence v3.0",
    edition: "rates of 2021-01-01 on codes of 2026-04-01",
    as_of: "2026-04-01",
    url: "https://www.gov.uk/guidance/uk-tariffs-from-1-january-2021",
    remarks: "The rates are those that came into force on 2021-01-01; what was changed, suspended or added since \
              (for instance for Russia and Belarus) is not in them. Coverage begins on 2026-04-01, the day of the code list, since earlier codes are not here. \
              Match grades: exact, inferred and partial are in the series' confidence; 324 ambiguous lines have no rate \
              and are listed in unparsed.csv. The list gives the designations of the declarable codes only, and no \
              supplementary units. The Developing Countries Trading Scheme (in force since 2023-06-19) and agreements \
              since 2022 (Australia, New Zealand, CPTPP, India) have members but no rates here.",
};

const PREFERENCES: Publication = Publication {
    id: "gb/preferences-2022",
    title: "UK preferential duty rates by agreement, March 2022",
    publisher: "Department for International Trade, as parsed in tcolwell7/tariff-schedule-automation (7ef79965)",
    licence: "Crown copyright, Open Government Licence v3.0",
    edition: "March 2022",
    as_of: "2022-03-01",
    url: "https://www.gov.uk/government/collections/the-uks-trade-agreements",
    remarks: "Old, and thin for some agreements: a rate found here is reported for 2022, a rate not found is unknown, not \
              refused. Rates marked as staged were still falling in 2022, so they are upper bounds today. Footnote \
              letters are not at hand and are flagged. Ten-digit codes are kept as parts of their CN8 line. For the \
              European Union the table gives nought on all 96 chapters, which is what article 21 of the Trade and \
              Cooperation Agreement says of all originating goods (https://brexitlegal.ie/the-eu-uk-agreement-on-goods/; \
              https://whitecase.com/publications/alert/what-business-needs-know-about-trading-goods-under-eu-uk-trade-and-cooperation; \
              http://brexitlegalguide.co.uk/trade-in-goods/). Andorra and San Marino, which HMRC lists with the European \
              Union, are left out: their terms are not at hand.",
};

const SCHEMES: Publication = Publication {
    id: "gb/schemes",
    title: "Rules of origin schemes and measurement units of the Online Trade Tariff",
    publisher: "HM Revenue & Customs",
    licence: "MIT (Crown copyright)",
    edition: "2026-08",
    as_of: "2026-08-01",
    url: "https://github.com/trade-tariff/trade-tariff-backend",
    remarks: "Members of agreements and the day from which HMRC lists them; the service's XS is written RS (Serbia).",
};

/// Writes the tables from the publisher's files.
pub fn normalise(job: &Job) -> Result<()> {
    let ukgt = job.files.named("mfn")?;
    let preferences = job.files.named("preferences")?;
    let schemes = job.files.named("roo_schemes")?;
    let units = job.files.named("measurement_units")?;
    check_units(units)?;
    let source = job.main_source(&UKGT, &[ukgt])?;
    let mut series = SeriesBook::default();
    let mfn = Mfn::read(ukgt, &mut series)?;
    let preferential = Preferences::read(preferences, &mfn.prefixes(), &mut series)?;
    let (areas, area_titles) = Agreements::read(schemes)?.tables()?;
    job.tables.add(own_units())?;
    Tariff {
        manifest: manifest(&source, mfn.lines.len())?,
        lines: mfn.lines,
        series: series.into_rows(),
        measures: mfn
            .measures
            .into_iter()
            .chain(preferential.measures)
            .collect(),
        areas,
        area_titles,
        unparsed: mfn
            .unparsed
            .into_iter()
            .chain(preferential.unparsed)
            .collect(),
    }
    .write(&job.tables.place("gb"))?;
    source.write(&job.sources)?;
    Provenance::of(&PREFERENCES, &[preferences])?.write(&job.sources)?;
    Provenance::of(&SCHEMES, &[schemes, units])?.write(&job.sources)
}

fn manifest(source: &Provenance, lines: usize) -> Result<Manifest> {
    Ok(Manifest {
        id: "gb".into(),
        title: "UK Global Tariff".into(),
        publisher: "Department for Business and Trade, HM Revenue & Customs".into(),
        digits: 8,
        currency: "GBP".into(),
        as_of: source.as_of,
        covers_from: "2026-04-01".parse()?,
        covers_to: None,
        nomenclature: "HS 2022".into(),
        language: "en".into(),
        split: "by-area".into(),
        in_part: false,
        sources: [UKGT, PREFERENCES, SCHEMES].map(|p| p.id.into()).into(),
        counts: [(format!("ukgt{}", columns::CELLS), lines)].into(),
    })
}

/// Every unit that a duty may be for is one that HMRC knows.
fn check_units(path: &Path) -> Result<()> {
    let known: BTreeMap<String, serde_json::Value> = serde_json::from_str(&files::text(path)?)
        .with_context(|| format!("reading {}", path.display()))?;
    match rate::unit_codes().find(|code| !known.contains_key(*code)) {
        Some(code) => bail!("{}: no unit {code}", path.display()),
        None => Ok(()),
    }
}

/// Units of these duties that the shared table may not have yet.
fn own_units() -> Vec<Unit> {
    [
        ("kg-drained", "kilogram of drained weight"),
        ("kg-dry", "kilogram of dry weight"),
        ("kg-dry-lactic", "kilogram of dry lactic matter"),
        ("kg-lactic", "kilogram of lactic matter"),
        (
            "kg-standard-quality",
            "kilogram of sugar of the standard quality",
        ),
        ("kg-sucrose", "kilogram multiplied by per cent of sucrose"),
        ("vol-hl", "hectolitre multiplied by per cent of alcohol"),
    ]
    .map(|(unit, title)| Unit {
        unit: unit.into(),
        base: unit.into(),
        factor: "1".into(),
        title: title.into(),
    })
    .into()
}
