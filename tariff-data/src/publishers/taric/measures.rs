//! The measures file as series and measures of ours.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use dutiable::confidence::Confidence;

use super::expressions::{self, Duty};
use super::rows::{SourceRow, iso_date};
use super::types::{self, Fate};
use super::{areas, conditions};
use crate::tables::{Measure, PublisherRows, Series, SeriesBook, Unparsed};

/// What the file becomes.
#[derive(Debug, Default)]
pub(super) struct Measures {
    book: SeriesBook,
    pub(super) measures: Vec<Measure>,
    pub(super) unparsed: Vec<Unparsed>,
    pub(super) areas: BTreeSet<String>,
    tally: BTreeMap<String, PublisherRows>,
}

/// A code that stands for no goods.
const NO_GOODS: &str = "9999999999";

/// Areas whose measures the publisher restricts by excluding origins, which the file does not carry.
const EXCLUSIONS_LOST: [(&str, &str); 2] = [("142", "2020"), ("696", "1011")];

/// Reads all rows; the steps and documents of one measure stand together in the file.
pub(super) fn read(rows: &[SourceRow]) -> Result<Measures> {
    let mut all = Measures::default();
    for measure in rows.chunk_by(SourceRow::same_measure) {
        for row in measure {
            all.add(row, measure)
                .with_context(|| format!("the measure {row:?}"))?;
        }
    }
    Ok(all)
}

impl Measures {
    fn add(&mut self, row: &SourceRow, measure: &[SourceRow]) -> Result<()> {
        let fate = types::fate(&row.measure_type).context("an unknown measure type")?;
        let tally = self.tally.entry(row.measure_type.clone()).or_default();
        tally.rows = tally.rows.saturating_add(1);
        match fate {
            Fate::LeftOut(reason) => {
                tally.left_out = tally.left_out.saturating_add(1);
                tally.remark = reason.into();
            }
            Fate::Kept { .. } if row.code == NO_GOODS => {
                tally.left_out = tally.left_out.saturating_add(1);
                tally.remark = format!("{NO_GOODS} stands for no goods");
            }
            Fate::Kept { stem, .. } => {
                tally.kept = tally.kept.saturating_add(1);
                let tops_up = conditions::is_difference(row, measure);
                let series = self.series(row, fate, stem, tops_up)?;
                self.keep(row, tops_up, series)?;
            }
        }
        Ok(())
    }

    fn keep(&mut self, row: &SourceRow, tops_up: bool, series: String) -> Result<()> {
        let expression = match expressions::parse(&row.duty) {
            Duty::Says(said) if tops_up => format!("{said} - 100 %"),
            Duty::Says(said) => said,
            Duty::Nothing => "0 %".into(),
            Duty::Unsaid(reason) => {
                self.unsaid(row, &series, reason);
                String::new()
            }
        };
        self.measures.push(Measure {
            code: row.code.clone(),
            series,
            expression,
            additional: row.add_code.clone(),
            certificate: row.certificate.clone(),
            condition: conditions::of(row)?,
        });
        Ok(())
    }

    fn unsaid(&mut self, row: &SourceRow, series: &str, reason: &str) {
        let column: Vec<&str> = [series, &row.add_code, &row.certificate]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect();
        self.unparsed.push(Unparsed {
            code: row.code.clone(),
            column: column.join(" "),
            text: row.duty.clone(),
            reason: reason.into(),
        });
        if let Some(tally) = self.tally.get_mut(&row.measure_type) {
            tally.unparsed = tally.unparsed.saturating_add(1);
        }
    }

    fn series(&mut self, row: &SourceRow, fate: Fate, stem: &str, tops_up: bool) -> Result<String> {
        let Fate::Kept {
            measure_type,
            flags,
            ..
        } = fate
        else {
            anyhow::bail!("left out");
        };
        let area = areas::name(&row.area).to_owned();
        let stem = if area == "all" {
            stem.to_owned()
        } else {
            format!("{stem}-{area}")
        };
        self.areas.insert(area.clone());
        Ok(self.book.name(
            &stem,
            Series {
                series: String::new(),
                measure_type,
                areas: vec![area],
                from: iso_date(&row.from),
                to: iso_date(&row.to),
                legal: row.legal.clone(),
                order: row.order_no.clone(),
                flags: flags
                    .iter()
                    .copied()
                    .chain(listed(row))
                    .map(str::to_owned)
                    .collect(),
                confidence: confidence(row, tops_up),
            },
        ))
    }

    /// The tables of series and of what became of the publisher's rows.
    pub(super) fn into_series(self) -> (Vec<Series>, Vec<PublisherRows>) {
        let tally = self
            .tally
            .into_iter()
            .map(|(kind, rows)| PublisherRows { kind, ..rows });
        (self.book.into_rows(), tally.collect())
    }
}

/// Additional code 2500 is for substances of the list of pharmaceuticals; its fellow, 2501, is for all others.
fn listed(row: &SourceRow) -> Option<&'static str> {
    (row.add_code == "2500").then_some("listed-pharmaceutical")
}

/// Official, but for the rows whose sense the file has partly lost.
fn confidence(row: &SourceRow, tops_up: bool) -> Confidence {
    let at = (row.measure_type.as_str(), row.area.as_str());
    if EXCLUSIONS_LOST.contains(&at) {
        Confidence::DerivedPartial
    } else if tops_up || row.duty == "NAR" {
        Confidence::DerivedInferred
    } else {
        Confidence::Official
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use dutiable::tariff::MeasureType;

    /// A file of our own, with one of each kind.
    const FIXTURE: &str = "\
code,area,measure_type,add_code,order_no,duty,certificate,cond_amount,cond_cur,cond_unit,legal,from,to
0702,1011,103,,,14.4 %,,52.6,EUR,DTN,R1,2026.06.01,2026.09.30
0702,1011,103,,,14.4 % + 29.8 EUR DTN,,0,EUR,DTN,R1,2026.06.01,2026.09.30
0702,XS,142,,,5.7 %,,,,,D1,2010.02.01,
72251100,CN,552,C039,,0 EUR TNE,,2043,EUR,TNE,R2,2022.01.18,
72251100,CN,552,C039,,2043 EUR TNE,,1681.48,EUR,TNE,R2,2022.01.18,
72251100,CN,552,C039,,21.5 %,,0,EUR,TNE,R2,2022.01.18,
28181011,CN,552,89RI,,NAR,K520,,,,R3,2026.01.17,
28181011,CN,552,89RI,,110.6 %,,,,,R3,2026.01.17,
85023100,CN,552,C726,,.075 ENC ENP,D008,,,,R4,2021.12.17,
02,1011,107,,,3 EUR,,,,,R5,2026.07.01,2026.10.31
0101,1011,109,,,,,,,,R6,2008.01.01,
72,N100,AAF,X6XX,,[A1] 27 %,,,,,2,2012.01.01,
9999999999,1011,103,,,0 %,,,,,R7,2004.05.01,
";

    fn fixture() -> Result<Measures> {
        let rows: Vec<SourceRow> = csv::Reader::from_reader(FIXTURE.as_bytes())
            .deserialize()
            .collect::<Result<_, _>>()?;
        read(&rows)
    }

    fn said(all: &Measures, code: &str) -> Vec<String> {
        let of_code = all.measures.iter().filter(|measure| measure.code == code);
        of_code
            .map(|m| {
                [
                    &m.series,
                    &m.expression,
                    &m.additional,
                    &m.certificate,
                    &m.condition,
                ]
                .map(String::as_str)
                .join("|")
            })
            .collect()
    }

    #[test]
    fn steps_areas_and_documents_are_carried() -> Result<()> {
        let all = fixture()?;
        assert_eq!(
            said(&all, "0702"),
            [
                "mfn|14.4 %|||>= 52.6 EUR/100 kg",
                "mfn|14.4 % + 29.8 EUR/100 kg|||>= 0 EUR/100 kg",
                "pref-RS|5.7 %|||",
            ]
        );
        assert_eq!(
            said(&all, "72251100"),
            [
                "ad-CN|0 EUR/t|C039||>= 2043 EUR/t",
                "ad-CN-2|2043 EUR/t - 100 %|C039||>= 1681.48 EUR/t",
                "ad-CN|21.5 %|C039||>= 0 EUR/t",
            ]
        );
        assert_eq!(said(&all, "02"), ["low-value|3 EUR|||"]);
        Ok(())
    }

    #[test]
    fn what_is_inferred_or_unsaid_is_marked() -> Result<()> {
        let all = fixture()?;
        assert_eq!(
            said(&all, "28181011"),
            ["ad-CN-3|0 %|89RI|K520|", "ad-CN-4|110.6 %|89RI||"]
        );
        assert_eq!(said(&all, "85023100"), ["ad-CN-5||C726|D008|"]);
        assert_eq!(all.unparsed.len(), 1);
        let (series, _) = all.into_series();
        let confidence = |name: &str| {
            let found = series.iter().find(|row| row.series == name);
            found.map(|row| (row.measure_type, row.confidence))
        };
        let remedy = MeasureType::AntiDumpingDuty;
        assert_eq!(
            confidence("ad-CN-3"),
            Some((remedy, Confidence::DerivedInferred))
        );
        assert_eq!(confidence("ad-CN-4"), Some((remedy, Confidence::Official)));
        Ok(())
    }

    #[test]
    fn every_row_is_accounted_for() -> Result<()> {
        let all = fixture()?;
        let kept = all.measures.len();
        let (_, tally) = all.into_series();
        let sum = |of: fn(&PublisherRows) -> u32| tally.iter().map(of).sum::<u32>();
        assert_eq!((sum(|t| t.rows), sum(|t| t.left_out)), (13, 3));
        assert_eq!(sum(|t| t.kept), u32::try_from(kept)?);
        assert!(
            tally
                .iter()
                .all(|t| t.left_out == 0 || !t.remark.is_empty())
        );
        Ok(())
    }
}
