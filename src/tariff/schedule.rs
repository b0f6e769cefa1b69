//! A tariff's national lines and its measures, read from packs.

use super::area::Area;
use super::dictionary::Dictionary;
use super::measure::{Measure, Series};
use super::unit::Unit;
use crate::calendar::CalendarDate;
use crate::error::{Error, ErrorCode};
use crate::nomenclature::CommodityCode;
use crate::pack::{Column8, Column16, Pack, expand_deltas};
use crate::place::PlaceCode;

/// Section numbers of tariff and measure packs.
pub mod sections {
    use crate::pack::SectionId;
    /// [`super::Dictionary`].
    pub const DICTIONARY: SectionId = SectionId(20);
    /// Ten-digit numbers of the declarable lines, as steps.
    pub const LINE_CODES: SectionId = SectionId(21);
    /// Digits of each line.
    pub const LINE_LENGTHS: SectionId = SectionId(22);
    /// Supplementary unit of each line: position in the units, 255 for none.
    pub const LINE_UNITS: SectionId = SectionId(23);
    /// Ten-digit numbers of the codes that measures stand on, as steps.
    pub const MEASURE_CODES: SectionId = SectionId(24);
    /// Digits of each of these codes.
    pub const MEASURE_LENGTHS: SectionId = SectionId(25);
    /// Series of each measure.
    pub const MEASURE_SERIES: SectionId = SectionId(26);
    /// Expression of each measure, 65535 where none says what the source states.
    pub const MEASURE_EXPRESSIONS: SectionId = SectionId(27);
    /// Circumstance of each measure: position plus one, 0 for none.
    pub const MEASURE_CIRCUMSTANCES: SectionId = SectionId(28);
}

/// The position that stands for "no expression says it".
pub const UNSTATED: u16 = u16::MAX;
/// The position that stands for "no supplementary unit".
pub const NO_UNIT: u8 = u8::MAX;

/// The measures of one pack.
#[derive(Clone, Debug)]
pub struct MeasureSet {
    pack: Pack,
    dictionary: Dictionary,
    codes: Vec<u64>,
    lengths: Column8,
    series: Column16,
    expressions: Column16,
    circumstances: Column16,
}

impl MeasureSet {
    /// Reads and verifies the measures of a pack: equal columns, ascending codes, every reference in range.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`] where any check fails.
    pub fn open(pack: Pack) -> Result<Self, Error> {
        let set = Self {
            dictionary: pack.value(sections::DICTIONARY)?,
            codes: expand_deltas(pack.section(sections::MEASURE_CODES)?)?,
            lengths: pack.column8(sections::MEASURE_LENGTHS)?,
            series: pack.column16(sections::MEASURE_SERIES)?,
            expressions: pack.column16(sections::MEASURE_EXPRESSIONS)?,
            circumstances: pack.column16(sections::MEASURE_CIRCUMSTANCES)?,
            pack,
        };
        if set.is_sound() {
            Ok(set)
        } else {
            Err(ErrorCode::PackCorrupt.into())
        }
    }

    fn is_sound(&self) -> bool {
        let count = self.codes.len();
        let columns = [
            self.lengths.len(),
            self.series.len(),
            self.expressions.len(),
            self.circumstances.len(),
        ];
        let series_sound = |series: &Series| {
            let areas = self.dictionary.areas.len();
            !series.areas.is_empty() && series.areas.iter().all(|area| usize::from(*area) < areas)
        };
        columns.iter().all(|column| *column == count)
            && self.dictionary.series.iter().all(series_sound)
            && (0..count).all(|position| self.measure_at(position).is_some())
    }

    /// The measure in a row; `None` past the end (and, before opening has succeeded, for a row that refers to nothing).
    fn measure_at(&self, position: usize) -> Option<Measure<'_>> {
        let bytes = self.pack.bytes();
        let code = CommodityCode::from_padded(
            *self.codes.get(position)?,
            self.lengths.get(bytes, position)?,
        )?;
        let series = self
            .dictionary
            .series
            .get(usize::from(self.series.get(bytes, position)?))?;
        let expression = match self.expressions.get(bytes, position)? {
            UNSTATED => None,
            expression => Some(self.dictionary.expressions.get(usize::from(expression))?),
        };
        let circumstance = match self.circumstances.get(bytes, position)?.checked_sub(1) {
            None => None,
            Some(circumstance) => Some(
                self.dictionary
                    .circumstances
                    .get(usize::from(circumstance))?,
            ),
        };
        let programme = match series.programme {
            None => None,
            Some(programme) => Some(self.dictionary.programmes.get(usize::from(programme))?),
        };
        Some(Measure {
            code,
            series,
            areas: &self.dictionary.areas,
            expression,
            circumstance,
            programme,
        })
    }

    /// Adds the measures that stand on exactly this code and are in force on the day.
    fn collect_on<'a>(
        &'a self,
        code: CommodityCode,
        day: CalendarDate,
        found: &mut Vec<Measure<'a>>,
    ) {
        let number = code.padded();
        let mut position = self.codes.partition_point(|other| *other < number);
        while self.codes.get(position) == Some(&number) {
            if let Some(measure) = self.measure_at(position)
                && measure.code == code
                && measure.series.valid.contains(day)
            {
                found.push(measure);
            }
            position = position.saturating_add(1);
        }
    }

    /// What the rows refer to.
    #[must_use]
    pub const fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    /// The pack the measures lie in.
    #[must_use]
    pub const fn pack(&self) -> &Pack {
        &self.pack
    }
}

/// A declarable line of a tariff.
#[derive(Clone, Copy, Debug)]
pub struct NationalLine<'a> {
    /// Its code, as long as its level.
    pub code: CommodityCode,
    /// The unit in which a declaration counts it besides its net weight.
    pub supplementary_unit: Option<&'a Unit>,
}

/// A tariff: its lines, the measures for all origins, and those opened for some.
#[derive(Clone, Debug)]
pub struct Tariff {
    base: MeasureSet,
    further: Vec<MeasureSet>,
    lines: Vec<u64>,
    line_lengths: Column8,
    line_units: Column8,
}

impl Tariff {
    /// Reads and verifies a tariff pack.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`] where any check fails.
    pub fn open(pack: Pack) -> Result<Self, Error> {
        let base = MeasureSet::open(pack)?;
        let tariff = Self {
            lines: expand_deltas(base.pack.section(sections::LINE_CODES)?)?,
            line_lengths: base.pack.column8(sections::LINE_LENGTHS)?,
            line_units: base.pack.column8(sections::LINE_UNITS)?,
            base,
            further: Vec::new(),
        };
        let count = tariff.lines.len();
        let sound = tariff.line_lengths.len() == count
            && tariff.line_units.len() == count
            && (0..count).all(|position| tariff.line_at(position).is_some());
        if sound {
            Ok(tariff)
        } else {
            Err(ErrorCode::PackCorrupt.into())
        }
    }

    /// Adds the measures of a further pack.
    ///
    /// # Errors
    /// [`ErrorCode::PackMismatch`] where they are of another tariff or another day.
    pub fn extend(&mut self, measures: MeasureSet) -> Result<(), Error> {
        let (own, other) = (self.base.pack.about(), measures.pack.about());
        if own.tariff != other.tariff || own.as_of != other.as_of {
            return Err(ErrorCode::PackMismatch.into());
        }
        // Of equal duties the first is named: by the packs' ids, not by which arrived first.
        let before = |other: &MeasureSet| other.pack.about().id < measures.pack.about().id;
        let at = self.further.partition_point(before);
        self.further.insert(at, measures);
        Ok(())
    }

    /// The sets of measures that are open: the tariff's own first.
    pub fn measure_sets(&self) -> impl Iterator<Item = &MeasureSet> {
        core::iter::once(&self.base).chain(&self.further)
    }

    /// What the tariff's own rows refer to.
    #[must_use]
    pub const fn dictionary(&self) -> &Dictionary {
        &self.base.dictionary
    }

    fn line_at(&self, position: usize) -> Option<NationalLine<'_>> {
        let bytes = self.base.pack.bytes();
        let code = CommodityCode::from_padded(
            *self.lines.get(position)?,
            self.line_lengths.get(bytes, position)?,
        )?;
        let supplementary_unit = match self.line_units.get(bytes, position)? {
            NO_UNIT => None,
            unit => Some(self.base.dictionary.units.get(usize::from(unit))?),
        };
        Some(NationalLine {
            code,
            supplementary_unit,
        })
    }

    /// The declarable lines that a code can mean: the line itself, or all under a shorter code. A code written out with zeros to the
    /// declaration's length (`0101210000` for `01012100`) means the line.
    pub fn lines_under(&self, code: CommodityCode) -> impl Iterator<Item = NationalLine<'_>> {
        let start = self.lines.partition_point(|line| *line < code.padded());
        let end = self.lines.partition_point(|line| *line < code.end());
        (start..end).filter_map(|position| self.line_at(position))
    }

    /// The measures in force on a line on a day: those on its code and on every code above it, the longest code first, and last those
    /// that stand on all goods.
    #[must_use]
    pub fn measures_on(&self, line: CommodityCode, day: CalendarDate) -> Vec<Measure<'_>> {
        let mut found = Vec::new();
        for length in (2..=line.length()).rev() {
            for set in self.measure_sets() {
                set.collect_on(line.prefix(length), day, &mut found);
            }
        }
        for set in self.measure_sets() {
            set.collect_on(CommodityCode::ALL_GOODS, day, &mut found);
        }
        found
    }

    /// Whether the tables hold the rates of every programme that a place belongs to on a day, in all packs that are open.
    #[must_use]
    pub fn knows_rates_of(&self, place: PlaceCode, day: CalendarDate) -> bool {
        let known = |area: &Area| area.rates_known || !area.contains(place, day);
        self.measure_sets()
            .all(|set| set.dictionary.areas.iter().all(known))
    }

    /// The unit of that name.
    #[must_use]
    pub fn unit(&self, name: &str) -> Option<&Unit> {
        self.base
            .dictionary
            .units
            .iter()
            .find(|unit| unit.unit == name)
    }

    /// The pack the lines lie in.
    #[must_use]
    pub const fn pack(&self) -> &Pack {
        &self.base.pack
    }
}
