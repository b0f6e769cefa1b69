//! The facts that the measures of a column share.

use dutiable::tariff::MeasureType;

use super::agreements::Agreement;
use super::areas;
use super::duty::Duty;
use super::treatment::{Parties, Quota, Treatment};
use crate::tables::Series;

/// The series of a statutory or WTO rate.
pub fn shared(duty: &Duty, within_quota: bool) -> (String, Series) {
    let (area, legal) = match duty.column {
        "general" => ("all", "Customs Tariff Act art. 3"),
        "temporary" => ("all", "Temporary Tariff Measures Act art. 2"),
        _ if duty.lower_of_two => (
            areas::WTO,
            "Customs Tariff Act art. 3 proviso; GATT 1994 art. II; the lower of the WTO rate and the statutory one",
        ),
        _ => (
            areas::WTO,
            "Customs Tariff Act art. 3 proviso; GATT 1994 art. II",
        ),
    };
    let mut areas = vec![area.to_owned()];
    if duty.column == "wto" {
        areas.push(areas::BENEFICIAL.into());
    }
    let (name, measure_type) = if within_quota {
        (format!("{}-quota", duty.column), MeasureType::Quota)
    } else {
        (duty.column.to_owned(), MeasureType::ThirdCountryDuty)
    };
    let facts = Series {
        measure_type,
        areas,
        legal: legal.into(),
        flags: said(&[(duty.end_use, "end-use")]),
        ..Series::default()
    };
    (name, facts)
}

fn said(flags: &[(bool, &str)]) -> Vec<String> {
    flags
        .iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, flag)| (*flag).to_owned())
        .collect()
}

/// What the series of a case is called.
pub fn stem(agreement: &Agreement, case: &Treatment) -> String {
    let quota = if case.quota.is_some() { "-quota" } else { "" };
    format!("{}{quota}", agreement.name)
}

/// The series of a preferential rate.
pub fn preference(
    agreement: &Agreement,
    case: &Treatment,
    cases: &[Treatment],
    end_use: bool,
) -> Series {
    let certificate = case.quota == Some(Quota::ImportCertificate);
    let order = match &case.quota {
        Some(Quota::Named(name)) => name.clone(),
        _ => String::new(),
    };
    Series {
        measure_type: if case.quota.is_some() {
            MeasureType::PreferentialQuota
        } else {
            MeasureType::Preference
        },
        areas: parties(agreement, case, cases),
        legal: agreement.legal.into(),
        order,
        flags: said(&[(certificate, "licence"), (end_use, "end-use")]),
        ..Series::default()
    }
}

/// The area of the agreement, or the parties that the case names; `other parties` are those that no case names.
fn parties(agreement: &Agreement, case: &Treatment, cases: &[Treatment]) -> Vec<String> {
    match &case.parties {
        Parties::All => vec![agreement.name.into()],
        Parties::Only(codes) => codes.iter().map(|code| (*code).to_owned()).collect(),
        Parties::Others => {
            let named = |code: &str| {
                cases
                    .iter()
                    .any(|case| matches!(&case.parties, Parties::Only(c) if c.contains(&code)))
            };
            areas::members_of(agreement.name)
                .filter(|code| !named(code))
                .map(str::to_owned)
                .collect()
        }
    }
}
