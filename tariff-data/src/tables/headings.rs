//! Headings of additional duties: one row a heading and its law, over lists of codes; here they become series and measures.
//!
//! Two headings of one programme can stand on overlapping lists. So that the longest code never decides by accident, a programme's lines
//! are grouped by the headings that reach them, and every heading of a group stands on the same codes: the shortest that cover exactly the
//! group's lines.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::{Context, Result, ensure};
use dutiable::tariff::MeasureType;

use super::{
    Heading, HeadingCode, HeadingList, Line, Measure, Programme, Series, TableFolder, Tariff,
};

/// Stands on every line; the engine's `CommodityCode::ALL_GOODS`.
pub const ALL_GOODS: &str = "00";
/// How a list of codes is named in `headings.csv`.
const LIST: &str = "list:";

/// The tables of additional duties, where a place has them.
#[derive(Debug, Clone, Default)]
pub struct AdditionalDuties {
    /// `programmes.csv`.
    pub programmes: Vec<Programme>,
    /// `headings.csv`.
    pub headings: Vec<Heading>,
    /// `heading_codes.csv`.
    pub codes: Vec<HeadingCode>,
    /// `heading_lists.csv`.
    pub lists: Vec<HeadingList>,
}

impl AdditionalDuties {
    /// Reads a place's folder.
    pub fn read(folder: &TableFolder) -> Result<Self> {
        if !folder.has::<Programme>() {
            return Ok(Self::default());
        }
        Ok(Self {
            programmes: folder.read()?,
            headings: folder.read()?,
            codes: folder.read()?,
            lists: folder.read()?,
        })
    }

    /// The tariff with the headings as series and measures among its own.
    ///
    /// # Errors
    /// A list or a code that is not there.
    pub fn join(&self, mut tariff: Tariff) -> Result<Tariff> {
        let (series, measures) = expand(&self.headings, &self.codes, &tariff.lines)?;
        tariff.series.extend(series);
        tariff.measures.extend(measures);
        Ok(tariff)
    }

    /// The programme that a series belongs to.
    pub fn programme_of(&self, series: &str) -> Option<&Programme> {
        let heading = self.headings.iter().find(|row| row.series == series)?;
        self.programmes
            .iter()
            .find(|row| row.programme == heading.programme)
    }
}

fn expand(
    headings: &[Heading],
    codes: &[HeadingCode],
    lines: &[Line],
) -> Result<(Vec<Series>, Vec<Measure>)> {
    let lists = Lists::new(codes, lines);
    let mut programmes: BTreeMap<&str, Vec<&Heading>> = BTreeMap::new();
    for heading in headings {
        programmes
            .entry(&heading.programme)
            .or_default()
            .push(heading);
    }
    let mut measures = Vec::new();
    for rows in programmes.values() {
        let mut reached: BTreeMap<usize, BTreeSet<&str>> = BTreeMap::new();
        let mut by_name: BTreeMap<&str, &Heading> = BTreeMap::new();
        for heading in rows {
            let context = || format!("headings.csv: {}", heading.series);
            by_name.insert(&heading.series, heading);
            if heading.codes == [ALL_GOODS] {
                measures.push(measure(heading, ALL_GOODS));
                continue;
            }
            let mut own = lists.lines(&heading.codes).with_context(context)?;
            for line in lists.lines(&heading.without).with_context(context)? {
                own.remove(&line);
            }
            ensure!(!own.is_empty(), "{}: it reaches no line", context());
            for line in own {
                reached.entry(line).or_default().insert(&heading.series);
            }
        }
        let mut groups: BTreeMap<BTreeSet<&str>, BTreeSet<usize>> = BTreeMap::new();
        for (line, series) in reached {
            groups.entry(series).or_default().insert(line);
        }
        for (series, group) in groups {
            for code in lists.cover(&group) {
                let rows = series.iter().filter_map(|name| by_name.get(name));
                measures.extend(rows.map(|heading| measure(heading, code)));
            }
        }
    }
    measures.sort();
    Ok((headings.iter().map(series).collect(), measures))
}

fn measure(heading: &Heading, code: &str) -> Measure {
    Measure {
        code: code.to_owned(),
        series: heading.series.clone(),
        expression: heading.expression.clone(),
        additional: heading.heading.clone(),
        certificate: heading.certificate.clone(),
        condition: if heading.goods.is_empty() {
            String::new()
        } else {
            format!("goods {}", heading.goods)
        },
    }
}

fn series(heading: &Heading) -> Series {
    Series {
        series: heading.series.clone(),
        measure_type: MeasureType::AdditionalDuty,
        areas: heading.areas.clone(),
        from: heading.from.clone(),
        to: heading.to.clone(),
        legal: heading.law.clone(),
        order: String::new(),
        flags: Vec::new(),
        confidence: heading.confidence,
    }
}

/// The lists of codes, over the declarable lines in ascending order.
struct Lists<'a> {
    lists: BTreeMap<&'a str, Vec<&'a str>>,
    lines: Vec<&'a str>,
}

impl<'a> Lists<'a> {
    fn new(codes: &'a [HeadingCode], lines: &'a [Line]) -> Self {
        let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in codes {
            lists.entry(&row.list).or_default().push(&row.code);
        }
        let declarable = lines.iter().filter(|line| line.declarable);
        let mut lines: Vec<&str> = declarable.map(|line| line.code.as_str()).collect();
        lines.sort_unstable();
        lines.dedup();
        Self { lists, lines }
    }

    /// The lines, by position, under the codes and lists that a cell names.
    fn lines(&self, cell: &'a [String]) -> Result<BTreeSet<usize>> {
        let mut found = BTreeSet::new();
        for part in cell {
            if let Some(name) = part.strip_prefix(LIST) {
                let codes = self.lists.get(name);
                for code in codes.with_context(|| format!("there is no list {name}"))? {
                    found.extend(self.under(code));
                }
            } else {
                let under = self.under(part);
                ensure!(!under.is_empty(), "no line begins with {part}");
                found.extend(under);
            }
        }
        Ok(found)
    }

    fn under(&self, code: &str) -> std::ops::Range<usize> {
        // A line whose suffix is 00 keeps eight digits, and a list may write it out.
        let short = code
            .strip_suffix("00")
            .filter(|short| code.len() == 10 && self.lines.binary_search(short).is_ok());
        let code = short.unwrap_or(code);
        let from = self.lines.partition_point(|line| *line < code);
        let rest = self.lines.get(from..).unwrap_or_default();
        let count = rest.partition_point(|line| line.starts_with(code));
        from..from.saturating_add(count)
    }

    /// The shortest codes under which lie exactly these lines.
    fn cover(&self, group: &BTreeSet<usize>) -> BTreeSet<&'a str> {
        let mut codes = BTreeSet::new();
        for position in group {
            let line = self.lines.get(*position).copied().unwrap_or_default();
            let whole = |length: &usize| {
                let code = line.get(..*length).unwrap_or(line);
                self.under(code).all(|other| group.contains(&other))
            };
            let length = [2, 4, 6, 8].into_iter().find(whole);
            let code = length.and_then(|length| line.get(..length)).unwrap_or(line);
            codes.insert(code);
        }
        codes
    }
}
