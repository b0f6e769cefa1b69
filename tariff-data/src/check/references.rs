//! Series, areas, units and expressions resolve.

use std::collections::{BTreeMap, BTreeSet};

use dutiable::confidence::Confidence;
use dutiable::tariff::{DutyExpression, MeasureType, Term};

use super::Report;
use crate::tables::{MeasureTypeTitle, Tariff, Unit};

/// The area that everyone belongs to.
const EVERYONE: &str = "all";

/// Checks every name in the tables against the table that explains it.
pub fn check(tariff: &Tariff, units: &[Unit], report: &mut Report) {
    series(tariff, report);
    areas(tariff, report);
    confidence(tariff, report);
    let units: BTreeSet<&str> = units.iter().map(|row| row.unit.as_str()).collect();
    for line in tariff
        .lines
        .iter()
        .filter(|line| !line.supplementary.is_empty())
    {
        report.expect(units.contains(line.supplementary.as_str()), || {
            format!(
                "line {}: unit {} is not in units.csv",
                line.code, line.supplementary
            )
        });
    }
    expressions(tariff, &units, report);
}

/// Checks that the units settle in one another.
pub fn check_units(units: &[Unit], report: &mut Report) {
    let bases: BTreeMap<&str, &str> = units
        .iter()
        .map(|row| (row.unit.as_str(), row.base.as_str()))
        .collect();
    report.against("units of one name each", units.len(), bases.len());
    for row in units {
        let settled = bases.get(row.base.as_str()) == Some(&row.base.as_str());
        report.expect(settled, || {
            format!("unit {}: {} is no base unit", row.unit, row.base)
        });
        let factor = dutiable::decimal::parse(&row.factor, 9);
        let positive = factor.is_ok_and(|factor| factor.is_sign_positive() && !factor.is_zero());
        report.expect(positive, || {
            format!("unit {}: factor {}", row.unit, row.factor)
        });
        let itself = row.unit != row.base || row.factor == "1";
        report.expect(itself, || format!("unit {} is not itself", row.unit));
    }
}

/// Checks that a measure type in use has a title.
pub fn check_types(tariff: &Tariff, titles: &[MeasureTypeTitle], report: &mut Report) {
    let titled: BTreeSet<MeasureType> = titles.iter().map(|row| row.measure_type).collect();
    for row in &tariff.series {
        report.expect(titled.contains(&row.measure_type), || {
            format!("{:?} is not in measure_types.csv", row.measure_type)
        });
    }
}

fn series(tariff: &Tariff, report: &mut Report) {
    let mut unused: BTreeSet<&str> = BTreeSet::new();
    for row in &tariff.series {
        report.expect(unused.insert(&row.series), || {
            format!("series {} twice", row.series)
        });
        report.expect(!row.areas.is_empty(), || {
            format!("series {} is for no area", row.series)
        });
    }
    let known = unused.clone();
    for measure in &tariff.measures {
        unused.remove(measure.series.as_str());
        report.expect(known.contains(measure.series.as_str()), || {
            format!(
                "measure on {}: series {} is not in series.csv",
                measure.code, measure.series
            )
        });
    }
    for name in unused {
        report.fail(format!("series {name} has no measure"));
    }
}

/// An area is everyone, one with members, a place by its own code, or one whose title says that its members are unknown.
fn areas(tariff: &Tariff, report: &mut Report) {
    let mut known: BTreeSet<&str> = tariff.areas.iter().map(|row| row.area.as_str()).collect();
    report.count("areas with members", known.len());
    let titled = tariff.area_titles.iter().map(|row| row.area.as_str());
    known.extend(titled);
    let place = |area: &str| area.len() == 2 && area.bytes().all(|byte| byte.is_ascii_uppercase());
    for row in &tariff.series {
        for area in &row.areas {
            let resolves = area == EVERYONE || known.contains(area.as_str()) || place(area);
            report.expect(resolves, || {
                format!("series {}: area {area} has no members", row.series)
            });
        }
    }
    for row in &tariff.areas {
        report.expect(place(&row.member), || {
            format!("area {}: {} is no place", row.area, row.member)
        });
    }
}

/// The engine's scale has one grade that no table may claim: a figure that a caller gave.
fn confidence(tariff: &Tariff, report: &mut Report) {
    let series = tariff
        .series
        .iter()
        .map(|row| (&row.series, row.confidence));
    let titles = tariff
        .area_titles
        .iter()
        .map(|row| (&row.area, row.confidence));
    for (name, confidence) in series.chain(titles) {
        report.expect(confidence != Confidence::Caller, || {
            format!(
                "{name}: `{}` is no confidence of a table",
                confidence.as_str()
            )
        });
    }
}

fn expressions(tariff: &Tariff, units: &BTreeSet<&str>, report: &mut Report) {
    let units_only: BTreeSet<&str> = tariff
        .series
        .iter()
        .filter(|row| row.measure_type == MeasureType::SupplementaryUnit)
        .map(|row| row.series.as_str())
        .collect();
    let explained: BTreeSet<&str> = tariff
        .unparsed
        .iter()
        .map(|row| row.code.as_str())
        .collect();
    let mut texts: BTreeMap<&str, &str> = BTreeMap::new();
    for measure in &tariff.measures {
        if measure.expression.is_empty() {
            // A heading on a part of the goods that nobody can tell from the code: said by a notice.
            let said = measure.condition.starts_with("goods ")
                || units_only.contains(measure.series.as_str())
                || explained.contains(measure.code.as_str());
            report.expect(said, || {
                format!(
                    "measure on {} ({}) says nothing",
                    measure.code, measure.series
                )
            });
        } else {
            texts.entry(&measure.expression).or_insert(&measure.code);
        }
    }
    report.count("different duty expressions", texts.len());
    for (text, code) in texts {
        match DutyExpression::parse(text) {
            Ok(expression) => terms(&expression, code, units, report),
            Err(_) => report.fail(format!(
                "measure on {code}: \"{text}\" is no duty expression"
            )),
        }
    }
}

fn terms(expression: &DutyExpression, code: &str, units: &BTreeSet<&str>, report: &mut Report) {
    for term in expression.terms() {
        if let Term::Specific { unit, .. } = term {
            let known = unit.is_empty() || units.contains(unit.as_str());
            report.expect(known, || {
                format!("measure on {code}: unit {unit} is not in units.csv")
            });
        }
    }
}
