//! A tariff with one fault at a time: the check that is meant to find it does.

use std::collections::BTreeMap;

use anyhow::Result;
use dutiable::confidence::Confidence;
use dutiable::tariff::MeasureType;

use super::*;
use crate::tables::{Area, Line, Manifest, Measure, Series};

fn sound() -> Result<Tariff> {
    let series = |name: &str, measure_type, area: &str| Series {
        series: name.into(),
        measure_type,
        areas: vec![area.into()],
        from: "2026-01-01".into(),
        ..Series::default()
    };
    let measure = |series: &str, expression: &str| Measure {
        code: "0101".into(),
        series: series.into(),
        expression: expression.into(),
        ..Measure::default()
    };
    Ok(Tariff {
        manifest: Manifest {
            id: "zz".into(),
            title: "T".into(),
            publisher: "P".into(),
            digits: 8,
            currency: "ZZD".into(),
            as_of: "2026-01-01".parse()?,
            covers_from: "2026-01-01".parse()?,
            covers_to: None,
            nomenclature: "HS 2022".into(),
            language: "en".into(),
            split: "whole".into(),
            in_part: false,
            sources: vec!["zz/t".into()],
            counts: BTreeMap::new(),
        },
        lines: vec![
            Line {
                code: "0101".into(),
                title: "Horses".into(),
                ..Line::default()
            },
            Line {
                code: "01012100".into(),
                depth: 1,
                declarable: true,
                title: "Pure".into(),
                ..Line::default()
            },
        ],
        series: vec![
            series("general", MeasureType::ThirdCountryDuty, "all"),
            series("pref", MeasureType::Preference, "X"),
        ],
        measures: vec![measure("general", "2 %"), measure("pref", "1 USD/kg")],
        areas: vec![Area {
            area: "X".into(),
            member: "AU".into(),
            ..Area::default()
        }],
        area_titles: Vec::new(),
        unparsed: Vec::new(),
    })
}

fn failures(fault: impl FnOnce(&mut Tariff)) -> Result<String> {
    let mut tariff = sound()?;
    fault(&mut tariff);
    let kilogram = Unit {
        unit: "kg".into(),
        base: "kg".into(),
        factor: "1".into(),
        title: "kilogram".into(),
    };
    Ok(checked(&tariff, &[kilogram], "zz").failures().join("\n"))
}

fn measure(tariff: &mut Tariff, change: impl FnOnce(&mut Measure)) {
    if let Some(measure) = tariff.measures.last_mut() {
        change(measure);
    }
}

fn series(tariff: &mut Tariff, change: impl FnOnce(&mut Series)) {
    if let Some(series) = tariff.series.last_mut() {
        change(series);
    }
}

#[test]
fn a_sound_tariff_has_no_failures() -> Result<()> {
    assert_eq!(failures(|_| {})?, "");
    Ok(())
}

#[test]
fn each_fault_is_found() -> Result<()> {
    let found = |fault: &dyn Fn(&mut Tariff), words: &str| -> Result<()> {
        let failures = failures(|tariff| fault(tariff))?;
        assert!(
            failures.contains(words),
            "expected \"{words}\" in \"{failures}\""
        );
        Ok(())
    };
    found(
        &|t| measure(t, |m| m.code = "02".into()),
        "no declarable line begins so",
    )?;
    found(
        &|t| measure(t, |m| m.series = "lost".into()),
        "series lost is not in series.csv",
    )?;
    found(
        &|t| measure(t, |m| m.series = "general".into()),
        "series pref has no measure",
    )?;
    found(
        &|t| measure(t, |m| m.expression = "5%".into()),
        "is no duty expression",
    )?;
    found(
        &|t| measure(t, |m| m.expression = "1 USD/ell".into()),
        "unit ell is not in units.csv",
    )?;
    found(
        &|t| measure(t, |m| m.expression = String::new()),
        "says nothing",
    )?;
    found(
        &|t| series(t, |s| s.areas = vec!["Y9".into()]),
        "area Y9 has no members",
    )?;
    found(
        &|t| series(t, |s| s.to = "2025-12-31".into()),
        "2026-01-01 is after 2025-12-31",
    )?;
    found(
        &|t| series(t, |s| s.from = "2026-13-01".into()),
        "is no date",
    )?;
    found(
        &|t| t.manifest.language = "Japanese".into(),
        "`Japanese` is no language",
    )?;
    found(
        &|t| series(t, |s| s.confidence = Confidence::Caller),
        "pref: `caller` is no confidence of a table",
    )?;
    Ok(())
}

#[test]
fn periods_that_overlap_are_found_and_periods_that_follow_are_not() -> Result<()> {
    let later = |from: &'static str| {
        move |tariff: &mut Tariff| {
            series(tariff, |series| series.to = "2026-06-30".into());
            if let Some(copy) = tariff.series.last().cloned() {
                let next = Series {
                    series: "next".into(),
                    from: from.into(),
                    to: String::new(),
                    ..copy
                };
                tariff.series.push(next);
            }
            if let Some(copy) = tariff.measures.last().cloned() {
                tariff.measures.push(Measure {
                    series: "next".into(),
                    ..copy
                });
            }
        }
    };
    assert_eq!(failures(later("2026-07-01"))?, "");
    assert!(failures(later("2026-06-30"))?.contains("overlap"));
    Ok(())
}

#[test]
fn a_line_without_a_measure_of_its_own_is_found_in_a_flat_schedule() -> Result<()> {
    let mut tariff = sound()?;
    let failures = |tariff: &Tariff| {
        let mut report = Report::new("zz");
        third_country::every_line(tariff, &mut report);
        report.failures().len()
    };
    assert_eq!(failures(&tariff), 1);
    for measure in &mut tariff.measures {
        measure.code = "01012100".into();
    }
    assert_eq!(failures(&tariff), 0);
    Ok(())
}
