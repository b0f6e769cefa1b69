//! Lines and measures as columns.

use anyhow::{Context, Result};
use dutiable::nomenclature::CommodityCode;
use dutiable::pack::{PackWriter, deltas};
use dutiable::tariff::{MeasureType, NO_UNIT, sections};

use super::dictionary::DictionaryBuilder;
use crate::tables::{Line, Measure, Series};

/// The measures of a pack, a column a field, ascending by code.
pub(crate) struct MeasureColumns {
    codes: Vec<CommodityCode>,
    series: Vec<u16>,
    expressions: Vec<u16>,
    circumstances: Vec<u16>,
}

/// Numbers the measures' fields and orders them.
///
/// # Errors
/// A measure that cannot be packed, by its code.
pub(crate) fn measure_columns(
    dictionary: &mut DictionaryBuilder<'_>,
    measures: &[(&Measure, &Series)],
) -> Result<MeasureColumns> {
    let mut rows = Vec::with_capacity(measures.len());
    for (measure, series) in measures {
        if series.measure_type == MeasureType::SupplementaryUnit {
            // The unit stands on the line.
            continue;
        }
        let code = code(&measure.code)?;
        let series = dictionary.series(series)?;
        rows.push((
            code,
            series,
            dictionary.expression(measure)?,
            dictionary.circumstance(measure)?,
        ));
    }
    rows.sort_by_key(|(code, series, ..)| (*code, *series));
    Ok(MeasureColumns {
        codes: rows.iter().map(|row| row.0).collect(),
        series: rows.iter().map(|row| row.1).collect(),
        expressions: rows.iter().map(|row| row.2).collect(),
        circumstances: rows.iter().map(|row| row.3).collect(),
    })
}

impl MeasureColumns {
    /// Adds the columns to a pack.
    ///
    /// # Errors
    /// Where the codes do not ascend.
    pub(crate) fn write(&self, writer: PackWriter) -> Result<PackWriter> {
        Ok(writer
            .section(
                sections::MEASURE_CODES,
                deltas(self.codes.iter().map(|code| code.padded()))?,
            )
            .section(
                sections::MEASURE_LENGTHS,
                self.codes.iter().map(|code| code.length()).collect(),
            )
            .column16(sections::MEASURE_SERIES, &self.series)
            .column16(sections::MEASURE_EXPRESSIONS, &self.expressions)
            .column16(sections::MEASURE_CIRCUMSTANCES, &self.circumstances))
    }
}

/// Adds the declarable lines to a pack.
///
/// # Errors
/// A code that is none, or a unit that the table of units lacks.
pub(crate) fn write_lines(
    writer: PackWriter,
    dictionary: &DictionaryBuilder<'_>,
    lines: &[Line],
) -> Result<PackWriter> {
    let mut rows = Vec::new();
    for line in lines.iter().filter(|line| line.declarable) {
        rows.push((code(&line.code)?, unit(dictionary, line)?));
    }
    rows.sort();
    rows.dedup_by_key(|(code, _)| code.padded());
    Ok(writer
        .section(
            sections::LINE_CODES,
            deltas(rows.iter().map(|(code, _)| code.padded()))?,
        )
        .section(
            sections::LINE_LENGTHS,
            rows.iter().map(|(code, _)| code.length()).collect(),
        )
        .section(
            sections::LINE_UNITS,
            rows.iter().map(|(_, unit)| *unit).collect(),
        ))
}

fn unit(dictionary: &DictionaryBuilder<'_>, line: &Line) -> Result<u8> {
    if line.supplementary.is_empty() {
        return Ok(NO_UNIT);
    }
    let context = || {
        format!(
            "lines.csv: {}: units.csv has no {}",
            line.code, line.supplementary
        )
    };
    let position = dictionary.unit(&line.supplementary).with_context(context)?;
    u8::try_from(position)
        .ok()
        .filter(|position| *position != NO_UNIT)
        .context("more units than a byte can name")
}

fn code(text: &str) -> Result<CommodityCode> {
    CommodityCode::parse(text).with_context(|| format!("`{text}` is not a commodity code"))
}
