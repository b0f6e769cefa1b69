//! The tables of one schedule, entered cell by cell: a cell that is filled becomes a measure or a reason, and is counted.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result};

use super::AreaList;
use crate::check::columns;
use crate::provenance::Provenance;
use crate::publishers::Job;
use crate::publishers::duty_text::proven;
use crate::tables::{Line, Manifest, Measure, Series, SeriesBook, Tariff, Unparsed};

/// A publisher's cell: what a column says of a code.
#[derive(Debug, Clone, Copy)]
pub struct Cell<'a> {
    /// Our name of the column; the series of its measures are called by it.
    pub column: &'a str,
    /// The code.
    pub code: &'a str,
    /// The text as published.
    pub text: &'a str,
}

/// What is to be said of a schedule as a whole.
#[derive(Debug, Clone, Copy)]
pub struct Edition<'a> {
    /// The folder's name.
    pub place: &'a str,
    /// The tariff's own title.
    pub title: &'a str,
    /// Who publishes it.
    pub publisher: &'a str,
    /// The most digits a declarable code has.
    pub digits: u8,
    /// The currency of the declaration.
    pub currency: &'a str,
    /// The first and the last day on which the rates hold.
    pub covers: (&'a str, Option<&'a str>),
    /// The language of the designations.
    pub language: &'a str,
    /// The areas that the series name.
    pub areas: &'a [AreaList],
    /// The sources, the main one first.
    pub sources: &'a [Provenance],
    /// Sources of other tables that these rest on too.
    pub also: &'a [&'a str],
}

/// Tables in the making.
#[derive(Debug, Default)]
pub struct FlatBook {
    series: SeriesBook,
    lines: Vec<Line>,
    measures: BTreeSet<Measure>,
    unparsed: BTreeSet<Unparsed>,
    cells: BTreeMap<String, BTreeSet<String>>,
    in_part: bool,
}

impl FlatBook {
    /// Adds a line of the nomenclature.
    pub fn line(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// Enters a filled cell: the measure it makes, or one that says nothing and the reason why. `stem` names the series if it is new;
    /// it is the column's name, alone or with a suffix after `-`.
    pub fn enter(
        &mut self,
        cell: Cell<'_>,
        stem: &str,
        facts: Series,
        said: Result<String, &str>,
    ) -> Result<()> {
        let expression = match said {
            Ok(expression) => proven(expression).with_context(|| format!("{cell:?}"))?,
            Err(reason) => {
                self.unparsed.insert(unparsed(cell, reason));
                String::new()
            }
        };
        self.count(cell);
        self.measure(cell.code, stem, facts, expression);
        Ok(())
    }

    /// Enters a filled cell that stands on no line.
    pub fn set_aside(&mut self, cell: Cell<'_>, reason: &str) {
        self.count(cell);
        self.unparsed.insert(unparsed(cell, reason));
    }

    /// Notes a text that is for no measure, such as a tax's.
    pub fn note(&mut self, cell: Cell<'_>, reason: &str) {
        self.unparsed.insert(unparsed(cell, reason));
    }

    /// Adds a measure that the law makes without a cell of its own.
    pub fn measure(&mut self, code: &str, stem: &str, facts: Series, expression: String) {
        self.measures.insert(Measure {
            code: code.into(),
            series: self.series.name(stem, facts),
            expression,
            ..Measure::default()
        });
    }

    /// Gives a line of its own, with a duty that is unknown, to each subheading of which not all lines can be at hand: one line of a
    /// split alone, or no line for the rest. A quote by six digits then says that it does not know. For tariffs at hand in part.
    pub fn leave_open(&mut self, stem: &str, facts: &Series) {
        self.in_part = true;
        for (subheading, at) in self.open_subheadings() {
            let group = self.lines.iter_mut().find(|line| line.code == subheading);
            if let Some(group) = group {
                group.declarable = true;
            } else {
                let depth = self.lines.get(at).map(|line| line.depth);
                let line = Line {
                    code: subheading.clone(),
                    depth: depth.unwrap_or_default(),
                    declarable: true,
                    supplementary: String::new(),
                    title: "(lines of this subheading that are not at hand)".into(),
                };
                self.lines.insert(at, line);
            }
            let cell = Cell {
                column: "lines",
                code: &subheading,
                text: "",
            };
            self.note(cell, "not all lines of the subheading are at hand");
            self.measure(&subheading, stem, facts.clone(), String::new());
        }
    }

    /// The subheadings, last first, and where the first of their lines stands.
    fn open_subheadings(&self) -> Vec<(String, usize)> {
        let mut split: BTreeMap<&str, (usize, Vec<&str>)> = BTreeMap::new();
        for (at, line) in self.lines.iter().enumerate().filter(|(_, l)| l.declarable) {
            if let Some((subheading, rest)) = line.code.split_at_checked(6) {
                let (_, lines) = split.entry(subheading).or_insert((at, Vec::new()));
                lines.push(rest);
            }
        }
        let whole = |rest: &&str| rest.is_empty() || rest.starts_with("00");
        let remainder = |rest: &&str| rest.get(..2).is_some_and(|pair| pair.contains('9'));
        split.retain(|_, (_, lines)| {
            !lines.iter().any(whole) && (lines.len() == 1 || !lines.iter().any(remainder))
        });
        let open = split.into_iter().rev();
        open.map(|(code, (at, _))| (code.to_owned(), at)).collect()
    }

    /// The codes of the lines that can be declared.
    pub fn declarable(&self) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().filter(|line| line.declarable);
        lines.map(|line| line.code.as_str())
    }

    /// Writes the tables, and what they were made of.
    pub fn write(self, job: &Job, edition: &Edition<'_>) -> Result<()> {
        let main = edition.sources.first().context("no source is named")?;
        let (areas, area_titles) = AreaList::tables(edition.areas);
        let (from, to) = edition.covers;
        let counts = self.cells.iter();
        let own = edition.sources.iter().map(|source| source.id.clone());
        let also = edition.also.iter().map(|id| (*id).to_owned());
        Tariff {
            manifest: Manifest {
                id: edition.place.into(),
                title: edition.title.into(),
                publisher: edition.publisher.into(),
                digits: edition.digits,
                currency: edition.currency.into(),
                as_of: main.as_of,
                covers_from: from.parse()?,
                covers_to: to.map(str::parse).transpose()?,
                nomenclature: "HS 2022".into(),
                language: edition.language.into(),
                split: "by-area".into(),
                in_part: self.in_part,
                sources: own.chain(also).collect(),
                counts: counts
                    .map(|(column, codes)| (format!("{column}{}", columns::CELLS), codes.len()))
                    .collect(),
            },
            lines: self.lines,
            series: self.series.into_rows(),
            measures: self.measures.into_iter().collect(),
            areas,
            area_titles,
            unparsed: self.unparsed.into_iter().collect(),
        }
        .write(&job.tables.place(edition.place))?;
        let mut sources = edition.sources.iter();
        sources.try_for_each(|source| source.write(&job.sources))
    }

    /// What is said of a code, each with its series, for tests.
    #[cfg(test)]
    pub fn said_of(&self, code: &str) -> Vec<String> {
        let measures = self.measures.iter().filter(|measure| measure.code == code);
        measures
            .map(|measure| format!("{} {}", measure.series, measure.expression))
            .collect()
    }

    fn count(&mut self, cell: Cell<'_>) {
        let codes = self.cells.entry(cell.column.to_owned()).or_default();
        codes.insert(cell.code.to_owned());
    }
}

fn unparsed(cell: Cell<'_>, reason: &str) -> Unparsed {
    Unparsed {
        code: cell.code.into(),
        column: cell.column.into(),
        text: cell.text.into(),
        reason: reason.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CELL: Cell<'_> = Cell {
        column: "general",
        code: "010121",
        text: "as published",
    };

    #[test]
    fn a_subheading_whose_lines_cannot_be_all_is_left_open() {
        let mut book = FlatBook::default();
        for (code, declarable) in [
            // Whole, split and complete, split with one line, split without a rest.
            ("010121", true),
            ("01022910", true),
            ("01022990", true),
            ("640291", false),
            ("64029110", true),
            ("64029210", true),
            ("64029220", true),
        ] {
            book.line(Line {
                code: code.into(),
                declarable,
                ..Line::default()
            });
        }
        book.leave_open("general", &Series::default());
        let lines: Vec<&str> = book.declarable().collect();
        assert_eq!(
            lines,
            [
                "010121", "01022910", "01022990", "640291", "64029110", "640292", "64029210",
                "64029220"
            ]
        );
        assert_eq!(book.said_of("640291"), ["general "]);
        assert_eq!(book.said_of("640292"), ["general "]);
        assert_eq!(book.unparsed.len(), 2);
    }

    #[test]
    fn a_cell_is_a_measure_or_a_reason_and_is_counted_once() -> Result<()> {
        let mut book = FlatBook::default();
        book.enter(CELL, "general", Series::default(), Ok("5 %".into()))?;
        book.enter(CELL, "general", Series::default(), Err("why"))?;
        let said: Vec<&str> = book
            .measures
            .iter()
            .map(|m| m.expression.as_str())
            .collect();
        assert_eq!(said, ["", "5 %"]);
        assert_eq!(
            book.unparsed.iter().map(|u| &u.reason).collect::<Vec<_>>(),
            ["why"]
        );
        assert_eq!(book.cells.get("general").map(BTreeSet::len), Some(1));
        let misprint = book.enter(CELL, "general", Series::default(), Ok("5%".into()));
        assert!(misprint.is_err());
        Ok(())
    }
}
