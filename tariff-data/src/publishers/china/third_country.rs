//! The rates that do not depend on an agreement.

use std::collections::BTreeSet;

use anyhow::Result;
use dutiable::confidence::Confidence;
use dutiable::tariff::MeasureType;

use super::rate::Rate;
use super::row::Row;
use super::{GENERAL, MFN, TEMPORARY, areas};
use crate::publishers::rates::{Cell, Rates, Reason, for_all};
use crate::tables::Series;

const LAW: &str = "Tariff Law of the People's Republic of China";

/// Enters the three columns of a row.
pub fn enter(rates: &mut Rates, row: &Row, within_quota: bool) -> Result<()> {
    if within_quota {
        return enter_quota(rates, row);
    }
    let mfn = Rate::read(&row.mfn);
    let said = mfn.clone().map(|rate| rate.expression());
    enter_for_members(
        rates,
        cell(row, MFN, &row.mfn),
        MeasureType::ThirdCountryDuty,
        said,
    )?;
    rates.enter(
        cell(row, GENERAL, &row.general),
        "",
        for_all(LAW, Confidence::VerifiedSecondary),
        general(row, mfn.as_ref().ok()),
    )?;
    enter_temporary(rates, row, mfn)
}

/// The rate of the quota alone: the code is for goods within it. Its temporary rate, where it has one, displaces the other.
fn enter_quota(rates: &mut Rates, row: &Row) -> Result<()> {
    rates.not_applied(GENERAL);
    let (column, text, legal) = if row.temporary.is_empty() {
        (
            MFN,
            &row.mfn,
            "Tariff Law of the People's Republic of China; rate within the quota",
        )
    } else {
        rates.not_applied(MFN);
        (
            TEMPORARY,
            &row.temporary,
            "Tariff Law of the People's Republic of China; temporary rate within the quota",
        )
    };
    let facts = Series {
        measure_type: MeasureType::Quota,
        flags: vec!["licence".into()],
        ..for_all(legal, Confidence::VerifiedSecondary)
    };
    let said = Rate::read(text).map(|rate| rate.expression());
    rates.enter(cell(row, column, text), "-quota", facts, said)
}

fn enter_temporary(rates: &mut Rates, row: &Row, mfn: Result<Rate, Reason>) -> Result<()> {
    if row.temporary.is_empty() {
        return Ok(());
    }
    let temporary = Rate::read(&row.temporary);
    let lower = match (&temporary, &mfn) {
        (Ok(temporary), Ok(mfn)) => temporary.is_lower_than(mfn),
        // There is one, and which is lower is not known: it displaces the other all the same.
        _ => Some(true),
    };
    if lower == Some(false) {
        rates.not_applied(TEMPORARY);
        return Ok(());
    }
    enter_for_members(
        rates,
        cell(row, TEMPORARY, &row.temporary),
        MeasureType::Suspension,
        temporary.map(|rate| rate.expression()),
    )
}

/// The general rate. One below the most-favoured-nation rate is no rate of the tariff's: the file lost an amount by weight.
fn general(row: &Row, mfn: Option<&Rate>) -> Result<String, Reason> {
    let general = Rate::read(&row.general)?;
    if mfn.is_some_and(|mfn| general.is_lower_than(mfn) == Some(true)) {
        return Err("below-most-favoured-nation-rate");
    }
    Ok(general.expression())
}

/// What is known to be due, or not to be settled, and is not at hand: one row a chapter says that it is unknown.
///
/// The United States' goods bear duties in retaliation, of which the file has none: without this row a quote would leave them out.
///
/// # Source
/// <https://koreajoongangdaily.joins.com/news/2025-11-05/world/world/China-confirms-suspension-of-24-tariff-on-US-goods-retains-10-levy/2437232>:
/// 10 % on all goods kept, 24 % suspended for a year from 2025-11-10; what holds after that is not known, nor are the lists of 2018.
pub fn enter_unknown(rates: &mut Rates, rows: &[Row]) -> Result<()> {
    let chapters: BTreeSet<&str> = rows.iter().filter_map(|row| row.code.get(..2)).collect();
    for code in chapters {
        for (column, area, measure_type, legal, reason) in [
            (
                "unsettled",
                areas::UNSETTLED,
                MeasureType::ThirdCountryDuty,
                LAW,
                "treatment-unknown",
            ),
            (
                "retaliation",
                "US",
                MeasureType::AdditionalDuty,
                "Announcement 4 of 2025 of the Customs Tariff Commission, and the lists of 2018",
                "duty-not-at-hand",
            ),
        ] {
            let cell = Cell {
                code,
                column,
                text: "",
            };
            let facts = Series {
                measure_type,
                areas: vec![area.into()],
                ..for_all(legal, Confidence::MemoryUnverified)
            };
            rates.enter(cell, "", facts, Err(reason))?;
        }
    }
    Ok(())
}

/// Enters a rate of those who are given the most-favoured-nation rate: one series for the members and one for the countries with a clause,
/// for of the two lists one is surer than the other, and a series is as sure as the least sure of its areas.
fn enter_for_members(
    rates: &mut Rates,
    cell: Cell<'_>,
    measure_type: MeasureType,
    said: Result<String, Reason>,
) -> Result<()> {
    let facts = |area: &str| Series {
        measure_type,
        areas: vec![area.into()],
        ..for_all(LAW, Confidence::VerifiedSecondary)
    };
    rates.enter(cell, "", facts(areas::WTO), said.clone())?;
    rates.also(cell, "-clause", facts(areas::CLAUSE), said)
}

fn cell<'a>(row: &'a Row, column: &'a str, text: &'a str) -> Cell<'a> {
    Cell {
        code: row.own_level(),
        column,
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::super::row::fixture;
    use super::*;

    /// `series: expression` of every measure of a row, and the reasons.
    fn entered(mfn: &str, temporary: &str, general: &str, quota: bool) -> Result<Vec<String>> {
        let mut rates = Rates::default();
        let row = fixture("0101210010", mfn, temporary, general);
        enter(&mut rates, &row, quota)?;
        let tables = rates.into_tables();
        let measures = tables.measures.iter();
        let measures = measures.map(|m| format!("{}: {}", m.series, m.expression));
        let reasons = tables.unparsed.iter();
        let reasons = reasons.map(|row| format!("{}! {}", row.column, row.reason));
        Ok(measures.chain(reasons).collect())
    }

    #[test]
    fn a_lower_temporary_rate_suspends_and_an_equal_one_does_not() -> Result<()> {
        let lower = entered("8%", "3%", "40%", false)?;
        let expected = [
            "general: 40 %",
            "mfn: 8 %",
            "mfn-clause: 8 %",
            "temporary: 3 %",
            "temporary-clause: 3 %",
        ];
        assert_eq!(lower, expected);
        let equal = entered("8%", "8%", "40%", false)?;
        assert_eq!(equal, ["general: 40 %", "mfn: 8 %", "mfn-clause: 8 %"]);
        Ok(())
    }

    #[test]
    fn a_general_rate_below_the_other_is_not_believed() -> Result<()> {
        let said = entered("20%", "", "0%", false)?;
        let expected = [
            "general: ",
            "mfn: 20 %",
            "mfn-clause: 20 %",
            "general! below-most-favoured-nation-rate",
        ];
        assert_eq!(said, expected);
        Ok(())
    }

    #[test]
    fn a_blank_is_unknown_and_never_nought() -> Result<()> {
        let said = entered("", "", "", false)?;
        let expected = [
            "general: ",
            "mfn: ",
            "mfn-clause: ",
            "general! no-rate-in-source",
            "mfn! no-rate-in-source",
        ];
        assert_eq!(said, expected);
        Ok(())
    }

    #[test]
    fn what_is_not_at_hand_is_said_once_a_chapter() -> Result<()> {
        let mut rates = Rates::default();
        let rows = ["0101210000", "0102210000", "0201100000"].map(|code| fixture(code, "", "", ""));
        enter_unknown(&mut rates, &rows)?;
        let tables = rates.into_tables();
        let said: Vec<_> = tables
            .measures
            .iter()
            .map(|m| format!("{} {} {}", m.code, m.series, m.expression))
            .collect();
        let expected = [
            "01 retaliation ",
            "01 unsettled ",
            "02 retaliation ",
            "02 unsettled ",
        ];
        assert_eq!(said, expected);
        assert_eq!(tables.unparsed.len(), 4);
        Ok(())
    }

    #[test]
    fn columns_keep_series_of_their_own() -> Result<()> {
        let mut rates = Rates::default();
        enter(&mut rates, &fixture("1001110001", "1%", "", "180%"), true)?;
        enter(&mut rates, &fixture("3102100010", "4%", "1%", "150%"), true)?;
        let series = rates.into_tables().series;
        let names: BTreeSet<&str> = series.iter().map(|row| row.series.as_str()).collect();
        assert_eq!(names, BTreeSet::from(["mfn-quota", "temporary-quota"]));
        Ok(())
    }

    #[test]
    fn a_quotas_own_code_has_the_quotas_rate_alone() -> Result<()> {
        assert_eq!(entered("1%", "", "180%", true)?, ["mfn-quota: 1 %"]);
        assert_eq!(entered("4%", "1%", "150%", true)?, ["temporary-quota: 1 %"]);
        Ok(())
    }
}
