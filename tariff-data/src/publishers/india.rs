//! India: averages of the statutory rate at six digits, which are estimates of every line's duty.

use anyhow::Result;
use dutiable::confidence::Confidence;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::Job;
use super::area_lists::List;
use super::flat::{self, About};
use super::rates::{Cell, Rates, for_all};
use crate::provenance::Publication;
use crate::tables::{Line, Series};

const PUBLICATION: Publication = Publication {
    id: "in/wits",
    title: "India: average statutory most-favoured-nation duty by HS 2022 subheading",
    publisher: "World Trade Organization / World Integrated Trade Solution, as carried by devdash01/TariffIQ-project (1adc1458)",
    licence: "figures",
    edition: "about 2022",
    as_of: "2022-01-01",
    url: "https://wits.worldbank.org/",
    remarks: "Estimates: the average over the lines of each subheading of the statutory rate of the First Schedule, of about 2022 \
              (the file gives no date). What notifications have lowered since or then, the Social Welfare Surcharge, the \
              Agriculture Infrastructure Cess, the Health Cess and the Integrated GST are not in it, nor the specific part of \
              duties that have one (clothing, for instance: a percentage or an amount a piece, whichever is higher). An average \
              without a finite decimal form is carried to eight places and flagged. Preferences are not at hand: for the parties \
              listed in areas.csv one is unknown, not refused. The file has no designations and no national lines.",
};

const AREAS: [List; 1] = [List {
    area: "other-agreements",
    title: "Parties to India's agreements and schemes, whose rates are not at hand: a preference is unknown",
    source: "from memory: ASEAN, Japan, Korea, Sri Lanka, Nepal, Bhutan, SAFTA, APTA, the Emirates, Australia, Mauritius, EFTA, Chile, Mercosur, Afghanistan, the United Kingdom (whether in force is to be verified) and the scheme for least developed countries",
    confidence: Confidence::MemoryUnverified,
    members: "AE AF AO AR AU BD BF BI BJ BN BR BT CD CF CH CL CN DJ ER ET GB GM GN GW HT ID IS JP KH KI KM KR LA LI LK LR LS MG ML MM MN MR MU MV MW MY MZ NE NO NP OM PH PK PY RW SB SD SG SL SN SO SS TD TG TH TL TV TZ UG UY VN YE ZM",
}];

const COLUMN: &str = "average";

#[derive(Deserialize)]
struct Row {
    #[serde(rename = "HSCode")]
    code: String,
    #[serde(rename = "AppliedTariff")]
    rate: String,
}

/// Writes the tables from the publisher's file.
pub fn normalise(job: &Job) -> Result<()> {
    let path = job.files.only()?;
    let source = job.main_source(&PUBLICATION, &[path])?;
    let mut rows: Vec<Row> = flat::rows(path, 6, |row: &Row| row.code.clone())?;
    rows.sort_by(|one, other| one.code.cmp(&other.code));
    let mut rates = Rates::default();
    for row in &rows {
        enter(&mut rates, row)?;
    }
    let lines = rows.iter().map(line).collect();
    flat::write(
        job,
        &About {
            id: "in",
            publisher: "World Trade Organization / World Integrated Trade Solution",
            digits: 6,
            currency: "INR",
            covers_from: "2022-01-01",
            covers_to: None,
            language: "en",
            split: "by-area",
            areas: &AREAS,
        },
        &[source],
        lines,
        rates.into_tables(),
    )
}

fn enter(rates: &mut Rates, row: &Row) -> Result<()> {
    let cell = Cell {
        code: &row.code,
        column: COLUMN,
        text: &row.rate,
    };
    let (said, rounded) = match average(&row.rate) {
        Some((rate, rounded)) => (Ok(rate), rounded),
        None => (Err("unknown-shape"), false),
    };
    let suffix = if rounded { "-rounded" } else { "" };
    rates.enter(cell, suffix, facts(rounded), said)
}

fn facts(rounded: bool) -> Series {
    Series {
        flags: rounded.then(|| "rounded".to_owned()).into_iter().collect(),
        ..for_all(
            "Customs Tariff Act 1975, First Schedule; average over the subheading",
            Confidence::Estimate,
        )
    }
}

/// The average as an expression, and whether it had to be cut to eight places.
fn average(text: &str) -> Option<(String, bool)> {
    let exact: Decimal = text.parse().ok()?;
    let carried = exact.round_dp(8);
    let said = format!("{} %", carried.normalize());
    (!exact.is_sign_negative()).then_some((said, carried != exact))
}

fn line(row: &Row) -> Line {
    Line {
        code: row.code.clone(),
        declarable: true,
        ..Line::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_average_is_said_and_one_without_end_is_cut_and_says_so() {
        let said = average;
        assert_eq!(said("10.0"), Some(("10 %".into(), false)));
        assert_eq!(said("0.0"), Some(("0 %".into(), false)));
        assert_eq!(
            said("18.3333333333333"),
            Some(("18.33333333 %".into(), true))
        );
        assert_eq!(said("-1"), None);
        assert_eq!(said(""), None);
    }

    #[test]
    fn every_measure_is_an_estimate_for_all() -> Result<()> {
        let mut rates = Rates::default();
        for (code, rate) in [
            ("010121", "30.0"),
            ("010129", "8.33333333333333"),
            ("010130", "?"),
        ] {
            let row = Row {
                code: code.into(),
                rate: rate.into(),
            };
            enter(&mut rates, &row)?;
        }
        let tables = rates.into_tables();
        let said: Vec<_> = tables
            .measures
            .iter()
            .map(|m| (m.series.as_str(), m.expression.as_str()))
            .collect();
        let expected = [
            ("average", "30 %"),
            ("average-rounded", "8.33333333 %"),
            ("average", ""),
        ];
        assert_eq!(said, expected);
        let estimates =
            |row: &Series| row.confidence == Confidence::Estimate && row.areas == ["all"];
        assert!(tables.series.iter().all(estimates));
        assert_eq!(tables.unparsed.len(), 1);
        Ok(())
    }
}
