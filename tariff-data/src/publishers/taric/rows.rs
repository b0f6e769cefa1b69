//! A row of the measures file, as published.

use std::path::Path;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::files;

/// One row; the names are the publisher's.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceRow {
    /// Two to ten digits: the pairs of zeros at the end are cut.
    pub(super) code: String,
    pub(super) area: String,
    pub(super) measure_type: String,
    pub(super) add_code: String,
    pub(super) order_no: String,
    pub(super) duty: String,
    pub(super) certificate: String,
    pub(super) cond_amount: String,
    pub(super) cond_cur: String,
    pub(super) cond_unit: String,
    pub(super) legal: String,
    pub(super) from: String,
    pub(super) to: String,
}

impl SourceRow {
    /// Whether the other row is another step or document of the same measure.
    pub(super) fn same_measure(&self, other: &Self) -> bool {
        let key = |row: &Self| {
            [
                &row.code,
                &row.area,
                &row.measure_type,
                &row.add_code,
                &row.order_no,
                &row.legal,
                &row.from,
            ]
            .map(String::clone)
        };
        key(self) == key(other)
    }
}

/// All rows of the file, in its order.
pub(super) fn read(path: &Path) -> Result<Vec<SourceRow>> {
    let bytes = files::bytes(path)?;
    csv::Reader::from_reader(bytes.as_slice())
        .deserialize()
        .enumerate()
        .map(|(row, read)| {
            read.with_context(|| format!("{} line {}", path.display(), row.saturating_add(2)))
        })
        .collect()
}

/// `2026.07.20` as `2026-07-20`.
pub(super) fn iso_date(date: &str) -> String {
    date.replace('.', "-")
}
