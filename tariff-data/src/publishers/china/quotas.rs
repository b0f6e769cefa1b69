//! Statistical codes for goods within a tariff quota.

use std::collections::{BTreeMap, BTreeSet};

use super::rate::Rate;
use super::row::Row;

/// The headings that have tariff quotas: wheat, maize, rice and what is milled of them, sugar, three fertilisers, wool and wool tops,
/// cotton.
const HEADINGS: [&str; 15] = [
    "1001", "1005", "1006", "1101", "1102", "1103", "1104", "1701", "3102", "3105", "5101", "5103",
    "5105", "5201", "5203",
];

/// The codes within a quota.
///
/// The file has lost the words that say so: two codes of one line of eight digits are called the same and differ by rate, and the lower
/// rate is the quota's.
pub fn within(rows: &[Row]) -> BTreeSet<&str> {
    let mut alike: BTreeMap<(&str, &str), Vec<&Row>> = BTreeMap::new();
    for row in rows {
        let (heading, line) = (row.code.get(..4), row.code.get(..8));
        if let (Some(heading), Some(line)) = (heading, line)
            && HEADINGS.contains(&heading)
        {
            alike
                .entry((line, row.designation.as_str()))
                .or_default()
                .push(row);
        }
    }
    alike
        .into_values()
        .filter_map(|rows| lowest(&rows))
        .collect()
}

fn lowest<'a>(rows: &[&'a Row]) -> Option<&'a str> {
    let rated = rows
        .iter()
        .filter_map(|row| Some((Rate::read(&row.mfn).ok()?, row.code.as_str())));
    let mut rated: Vec<_> = rated.collect();
    rated.sort_by_key(|(rate, _)| match rate {
        Rate::AdValorem(rate) => Some(*rate),
        _ => None,
    });
    match rated.as_slice() {
        [(low, code), (high, _), ..] if low.is_lower_than(high) == Some(true) => Some(code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::row::fixture;
    use super::*;

    #[test]
    fn the_lower_of_two_alike_is_the_quotas() {
        let mut software = fixture("5203000020", "0%", "", "50%");
        software.designation = "其他".into();
        let rows = [
            fixture("1001110001", "1%", "", "180%"),
            fixture("1001110090", "65%", "", "180%"),
            // Blank, beside a quota's code and one beyond it.
            fixture("5201000001", "1%", "", "125%"),
            fixture("5201000080", "", "", ""),
            fixture("5201000090", "40%", "", "125%"),
            // Called otherwise.
            fixture("5203000010", "6%", "", "50%"),
            software,
            // Of no heading with quotas.
            fixture("8515190010", "0%", "", "30%"),
            fixture("8515190090", "10%", "", "30%"),
        ];
        let within: Vec<&str> = within(&rows).into_iter().collect();
        assert_eq!(within, ["1001110001", "5201000001"]);
    }
}
