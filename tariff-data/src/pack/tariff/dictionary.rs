//! What the rows of a pack refer to, numbered in the order of first use.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};
use dutiable::calendar::{CalendarDate, ValidityPeriod};
use dutiable::confidence::Confidence;
use dutiable::decimal::Decimal;
use dutiable::money::CurrencyCode;
use dutiable::pack::{About, PackWriter};
use dutiable::place::PlaceCode;
use dutiable::tariff::{
    self as engine, Circumstance, Companion, Dictionary, DutyExpression, MeasureFlag, UNSTATED,
    sections,
};
use serde::de::DeserializeOwned;

use crate::pack::sources;
use crate::tables::{AdditionalDuties, AreaTitle, Measure, Series, Tariff, Unit};

/// The flag of a series that an old report is the source of.
const REPORTED: &str = "reported-2022";
/// The expression of a measure whose duty no expression says.
const UNSTATED_TEXT: &str = "";

/// Numbers series, areas, expressions and circumstances as rows come by.
pub(crate) struct DictionaryBuilder<'a> {
    tariff: &'a Tariff,
    additional: &'a AdditionalDuties,
    titles: BTreeMap<&'a str, &'a AreaTitle>,
    dictionary: Dictionary,
    areas: BTreeMap<String, u16>,
    series: BTreeMap<String, u16>,
    expressions: BTreeMap<String, u16>,
    circumstances: BTreeMap<[String; 3], u16>,
    programmes: BTreeMap<String, u16>,
}

impl<'a> DictionaryBuilder<'a> {
    /// An empty dictionary with the tariff's units.
    ///
    /// # Errors
    /// A unit or currency that is none.
    pub(crate) fn new(
        tariff: &'a Tariff,
        additional: &'a AdditionalDuties,
        units: &[Unit],
        about: &About,
    ) -> Result<Self> {
        let source = about
            .sources
            .first()
            .context("a tariff without a source")?
            .id
            .clone();
        Ok(Self {
            tariff,
            additional,
            titles: tariff
                .area_titles
                .iter()
                .map(|title| (title.area.as_str(), title))
                .collect(),
            dictionary: Dictionary {
                source,
                currency: CurrencyCode::parse(&tariff.manifest.currency)?,
                digits: tariff.manifest.digits,
                units: units.iter().map(unit).collect::<Result<_>>()?,
                areas: Vec::new(),
                series: Vec::new(),
                expressions: Vec::new(),
                circumstances: Vec::new(),
                companions: Vec::new(),
                programmes: Vec::new(),
            },
            areas: BTreeMap::new(),
            series: BTreeMap::new(),
            expressions: BTreeMap::new(),
            circumstances: BTreeMap::new(),
            programmes: BTreeMap::new(),
        })
    }

    /// The position of a unit.
    pub(crate) fn unit(&self, name: &str) -> Option<usize> {
        self.dictionary
            .units
            .iter()
            .position(|unit| unit.unit == name)
    }

    /// The number of a series.
    ///
    /// # Errors
    /// A flag, date or area that is none.
    pub(crate) fn series(&mut self, series: &Series) -> Result<u16> {
        if let Some(number) = self.series.get(&series.series) {
            return Ok(*number);
        }
        let context = || format!("series.csv: {}", series.series);
        let areas = series
            .areas
            .iter()
            .map(|area| self.area(area))
            .collect::<Result<_>>()
            .with_context(context)?;
        let flags = series
            .flags
            .iter()
            .map(|flag| word::<MeasureFlag>(flag))
            .collect::<Result<_>>()
            .with_context(context)?;
        let programme = self.programme(&series.series)?;
        let number = number(self.dictionary.series.len())?;
        self.dictionary.series.push(engine::Series {
            measure_type: series.measure_type,
            areas,
            valid: period(&series.from, &series.to).with_context(context)?,
            legal_base: series.legal.clone(),
            order_number: series.order.clone(),
            flags,
            confidence: series.confidence,
            programme,
        });
        self.series.insert(series.series.clone(), number);
        Ok(number)
    }

    /// The number of the programme that a series belongs to.
    fn programme(&mut self, series: &str) -> Result<Option<u16>> {
        let Some(row) = self.additional.programme_of(series) else {
            return Ok(None);
        };
        if let Some(number) = self.programmes.get(&row.programme) {
            return Ok(Some(*number));
        }
        let number = number(self.dictionary.programmes.len())?;
        self.dictionary.programmes.push(engine::Programme {
            id: row.programme.clone(),
            order: row.order,
            source: sources::programme_id(&self.tariff.manifest.id, &row.programme),
            displaced_by: row.displaced_by.clone(),
            freed_by: row.freed_by.clone(),
            notice: row.notice.clone(),
        });
        self.programmes.insert(row.programme.clone(), number);
        Ok(Some(number))
    }

    fn area(&mut self, code: &str) -> Result<u16> {
        if let Some(number) = self.areas.get(code) {
            return Ok(*number);
        }
        let members = self.tariff.areas.iter().filter(|row| row.area == code);
        let member = |row: &crate::tables::Area| -> Result<(PlaceCode, ValidityPeriod)> {
            let context = || format!("areas.csv: {} {}", row.area, row.member);
            Ok((
                PlaceCode::parse(&row.member).with_context(context)?,
                period(&row.from, &row.to).with_context(context)?,
            ))
        };
        let title = self.titles.get(code);
        let confidence = title.map_or(Confidence::Official, |title| title.confidence);
        let mut series = self
            .tariff
            .series
            .iter()
            .filter(|series| series.areas.iter().any(|area| area == code))
            .peekable();
        // A report of 2022 holds what it holds: a rate it lacks may exist.
        let rates_known = series.peek().is_some()
            && series.all(|series| series.flags.iter().all(|flag| flag != REPORTED));
        let area = engine::Area {
            code: code.to_owned(),
            title: title.map_or_else(String::new, |title| title.title.clone()),
            members: members.map(member).collect::<Result<_>>()?,
            rates_known,
            confidence,
        };
        let number = number(self.dictionary.areas.len())?;
        self.dictionary.areas.push(area);
        self.areas.insert(code.to_owned(), number);
        Ok(number)
    }

    /// Adds the areas that no series names: agreements whose rates are not at hand.
    ///
    /// # Errors
    /// A member that is no place.
    pub(crate) fn add_areas_without_series(&mut self) -> Result<()> {
        let named: BTreeSet<&str> = self
            .tariff
            .series
            .iter()
            .flat_map(|series| &series.areas)
            .map(String::as_str)
            .collect();
        let mut rest: Vec<&str> = self
            .tariff
            .areas
            .iter()
            .map(|row| row.area.as_str())
            .collect();
        rest.dedup();
        for area in rest.into_iter().filter(|area| !named.contains(area)) {
            self.area(area)?;
        }
        Ok(())
    }

    /// The number of a measure's expression.
    ///
    /// # Errors
    /// A text that is not of the grammar, or a unit that the table of units lacks.
    pub(crate) fn expression(&mut self, measure: &Measure) -> Result<u16> {
        let text = measure.expression.as_str();
        if text == UNSTATED_TEXT {
            return Ok(UNSTATED);
        }
        if let Some(number) = self.expressions.get(text) {
            return Ok(*number);
        }
        let context = || format!("measures.csv: {}: `{text}`", measure.code);
        let expression = DutyExpression::parse(text).with_context(context)?;
        for term in expression.terms() {
            if let engine::Term::Specific { unit, .. } = term {
                anyhow::ensure!(
                    unit.is_empty() || self.unit(unit).is_some(),
                    "{}: units.csv has no {unit}",
                    context()
                );
            }
        }
        let number = number(self.dictionary.expressions.len())?;
        self.dictionary.expressions.push(expression);
        self.expressions.insert(text.to_owned(), number);
        Ok(number)
    }

    /// The number of a measure's circumstance plus one; 0 for none.
    ///
    /// # Errors
    /// Where there are too many.
    pub(crate) fn circumstance(&mut self, measure: &Measure) -> Result<u16> {
        let key = [
            measure.additional.clone(),
            measure.certificate.clone(),
            measure.condition.clone(),
        ];
        if key.iter().all(String::is_empty) {
            return Ok(0);
        }
        if let Some(number) = self.circumstances.get(&key) {
            return Ok(*number);
        }
        let [additional_code, certificate, condition] = key.clone();
        self.dictionary.circumstances.push(Circumstance {
            additional_code,
            certificate,
            condition,
        });
        let number = number(self.dictionary.circumstances.len())?;
        self.circumstances.insert(key, number);
        Ok(number)
    }

    /// Adds the dictionary to the pack.
    ///
    /// # Errors
    /// Where it cannot be encoded.
    pub(crate) fn write(
        mut self,
        writer: PackWriter,
        companions: Vec<Companion>,
    ) -> Result<PackWriter> {
        self.dictionary.companions = companions;
        Ok(writer.value(sections::DICTIONARY, &self.dictionary)?)
    }
}

fn number(count: usize) -> Result<u16> {
    u16::try_from(count)
        .ok()
        .filter(|number| *number < UNSTATED)
        .context("more entries than a 16-bit number can name")
}

fn unit(row: &Unit) -> Result<engine::Unit> {
    let factor =
        Decimal::from_str_exact(&row.factor).with_context(|| format!("units.csv: {}", row.unit))?;
    Ok(engine::Unit {
        unit: row.unit.clone(),
        base: row.base.clone(),
        factor,
    })
}

fn period(from: &str, to: &str) -> Result<ValidityPeriod> {
    let day = |text: &str| match text {
        "" => Ok(None),
        text => CalendarDate::parse(text)
            .map(Some)
            .with_context(|| format!("`{text}` is not a day")),
    };
    Ok(ValidityPeriod {
        from: day(from)?,
        to: day(to)?,
    })
}

fn word<T: DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_value(text.into())
        .with_context(|| format!("`{text}` is not a word of the tables"))
}
