//! Supplementary units.
//!
//! Two publishers together: TARIC's measures of type 109 say *that* goods need one, Eurostat's list of the Combined
//! Nomenclature says *which*.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use calamine::{Reader, Xlsx, open_workbook};

use super::rows::SourceRow;
use super::units;

/// What is known of supplementary units.
#[derive(Debug, Default)]
pub(super) struct SupplementaryUnits {
    needed: BTreeSet<String>,
    listed: BTreeMap<String, &'static str>,
}

impl SupplementaryUnits {
    /// From the measures and, if it is at hand, Eurostat's list.
    pub(super) fn read(rows: &[SourceRow], list: Option<&Path>) -> Result<Self> {
        let needed = rows
            .iter()
            .filter(|row| row.measure_type == "109")
            .map(|row| row.code.clone())
            .collect();
        let listed = list.map(read_list).transpose()?.unwrap_or_default();
        Ok(Self { needed, listed })
    }

    /// The unit of a ten-digit code; empty where none is needed or none is known.
    pub(super) fn of(&self, padded: &str) -> &'static str {
        let cn8 = padded.get(..8).unwrap_or(padded);
        let needs = [4, 6, 8, 10]
            .into_iter()
            .filter_map(|length| padded.get(..length))
            .any(|code| self.needed.contains(code));
        if needs {
            self.listed.get(cn8).copied().unwrap_or_default()
        } else {
            ""
        }
    }
}

/// Columns: CN key (ten digits and the suffix), abbreviation, name. Only the eight-digit lines have a unit.
fn read_list(path: &Path) -> Result<BTreeMap<String, &'static str>> {
    let mut workbook: Xlsx<_> =
        open_workbook(path).with_context(|| format!("opening {}", path.display()))?;
    let sheet = workbook
        .worksheet_range_at(0)
        .context("the workbook has no sheet")??;
    let mut listed = BTreeMap::new();
    for (row, cells) in sheet.rows().enumerate().skip(1) {
        let [key, abbreviation, ..] = cells else {
            continue;
        };
        let abbreviation = abbreviation.to_string().replace('\u{a0}', " ");
        let unit = units::supplementary(abbreviation.trim()).with_context(|| {
            let row = row.saturating_add(1);
            format!("{} row {row}: the unit \"{abbreviation}\"", path.display())
        })?;
        let key = key.to_string();
        if let Some(cn8) = key
            .get(..8)
            .filter(|_| key.ends_with("80") && !unit.is_empty())
        {
            listed.insert(cn8.to_owned(), unit);
        }
    }
    Ok(listed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_needs_both_publishers() {
        let units = SupplementaryUnits {
            needed: ["6109".to_owned(), "8501".to_owned()].into_iter().collect(),
            listed: [
                ("61091000".to_owned(), "item"),
                ("57011010".to_owned(), "m2"),
            ]
            .into_iter()
            .collect(),
        };
        assert_eq!(units.of("6109100010"), "item");
        assert_eq!(units.of("5701101000"), "");
        assert_eq!(units.of("8501331000"), "");
    }
}
