//! Below six digits: the lines of one destination.

use super::language::Reading;
use super::query::{self, MAX_HITS};
use super::result::{BrowseChild, BrowseStep, Hit, SearchResult};
use super::search::{Navigator, Ranking, as_code, by_code};
use super::words::words;
use crate::error::{Error, ErrorCode};
use crate::gather::{add, gather};
use crate::nomenclature::{CommodityCode, Level, Lines, Titles};
use core::ops::Range;

/// The lines that are told of one subheading at most, where its lines answer equally well.
const EQUAL_LINES: usize = 3;

/// A destination's lines with their designations.
#[derive(Clone, Debug)]
pub struct National {
    lines: Lines,
    titles: Titles,
    /// The digits of the longest code that can be declared.
    digits: u8,
    is_in_part: bool,
}

impl National {
    /// Opens the sections of a destination's text pack: its lines, and as many designations.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`].
    pub fn open(lines: &[u8], titles: &[u8]) -> Result<Self, Error> {
        let (lines, titles) = (Lines::open(lines)?, Titles::open(titles)?);
        if lines.len() != titles.len() {
            return Err(ErrorCode::PackCorrupt.into());
        }
        let rows = (0..lines.len()).filter_map(|row| lines.row(row));
        let codes = rows.filter(|row| row.declarable).filter_map(|row| row.code);
        let digits = codes.map(CommodityCode::length).max().unwrap_or(0);
        Ok(Self {
            lines,
            titles,
            digits,
            is_in_part: false,
        })
    }

    /// Says that lines are missing which the destination has: a code that is not among them may be there.
    #[must_use]
    pub const fn in_part(mut self) -> Self {
        self.is_in_part = true;
        self
    }

    /// Whether lines are missing.
    #[must_use]
    pub const fn is_in_part(&self) -> bool {
        self.is_in_part
    }

    /// How many digits a declaration has. Lines may be written without the noughts at their end.
    #[must_use]
    pub const fn digits(&self) -> u8 {
        self.digits
    }

    /// The lines.
    #[must_use]
    pub const fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The designation of a row.
    #[must_use]
    pub fn title(&self, row: usize) -> Option<&str> {
        self.titles.get(row)
    }

    pub(super) fn is_declarable(&self, code: CommodityCode) -> bool {
        let line = self.lines.find(code).and_then(|row| self.lines.row(row));
        line.is_some_and(|row| row.declarable)
    }

    pub(super) fn has_children(&self, code: CommodityCode) -> bool {
        !self.below(code).is_empty()
    }

    /// The rows below a code: after its own row as long as they stand deeper; all of a subheading without a row of its own.
    fn below(&self, code: CommodityCode) -> Range<usize> {
        let subheading = self.lines.under(code.prefix(6));
        let Some(own) = self.lines.find(code) else {
            return if code.length() == 6 { subheading } else { 0..0 };
        };
        let depth = self.depth(own);
        let start = own.saturating_add(1);
        let end = (start..subheading.end)
            .find(|row| self.depth(*row) <= depth)
            .unwrap_or(subheading.end);
        start..end
    }

    fn depth(&self, row: usize) -> u8 {
        self.lines.row(row).map_or(0, |row| row.depth)
    }

    /// What is directly below a code. A gathering row has no code to ask by, so what it gathers follows it.
    pub(super) fn children(&self, code: CommodityCode) -> Vec<BrowseChild<'_>> {
        let rows = self.below(code);
        let first = rows.clone().map(|row| self.depth(row)).min().unwrap_or(0);
        let mut children = Vec::new();
        // Rows deeper than the last row with a code lie below that one.
        let mut hidden_below: Option<u8> = None;
        for position in rows {
            let Some(row) = self.lines.row(position) else {
                continue;
            };
            if hidden_below.is_some_and(|depth| row.depth > depth) {
                continue;
            }
            hidden_below = row.code.map(|_| row.depth);
            children.push(BrowseChild {
                code: row.code.map(|code| code.to_string()),
                title: self.title(position),
                level: if row.code.is_some() {
                    Level::National
                } else {
                    Level::Group
                },
                depth: row.depth.saturating_sub(first),
                declarable: row.declarable,
                has_children: row.code.is_none()
                    || row.code.is_some_and(|code| self.has_children(code)),
            });
        }
        children
    }

    /// The rows with a code that a row lies under, below the subheading.
    pub(super) fn above(&self, row: usize) -> Vec<BrowseStep<'_>> {
        let step = |row: usize| {
            let code = self.lines.row(row)?.code.filter(|code| code.length() > 6)?;
            Some(BrowseStep {
                code: code.to_string(),
                title: self.title(row),
            })
        };
        gather(&mut self.ancestors(row).into_iter().filter_map(step))
    }

    /// The rows that a row stands under within its subheading, the outermost first.
    pub(super) fn ancestors(&self, row: usize) -> Vec<usize> {
        let Some(code) = self.lines.row(row).and_then(|row| row.code) else {
            return Vec::new();
        };
        let mut depth = self.depth(row);
        let mut found = Vec::new();
        for above in (self.lines.under(code.prefix(6)).start..row).rev() {
            if self.depth(above) < depth {
                depth = self.depth(above);
                found.push(above);
            }
        }
        found.reverse();
        found
    }

    /// The declarable lines of a subheading that share most words with the query, at most a few, in the order of the schedule.
    fn choose(&self, subheading: CommodityCode, asked: &Words<'_>) -> Vec<usize> {
        let declarable = |row: &usize| self.lines.row(*row).is_some_and(|row| row.declarable);
        let rows = self.lines.under(subheading).filter(declarable);
        let (mut chosen, mut most) = (Vec::new(), 0);
        for row in rows {
            let count = self.answers(row, asked);
            if count > most {
                chosen.clear();
                most = count;
            }
            if count == most && chosen.len() < EQUAL_LINES {
                chosen.push(row);
            }
        }
        chosen
    }

    /// How many of the words asked stand in a row or in those above it.
    fn answers(&self, row: usize, asked: &Words<'_>) -> usize {
        let mut rows = self.ancestors(row);
        rows.push(row);
        let mut said = Vec::new();
        for title in rows.into_iter().filter_map(|row| self.titles.get(row)) {
            said.append(&mut words(title, asked.language));
        }
        let is_said = |asked: &&String| said.iter().any(|word| word.text == **asked);
        asked.texts.iter().filter(is_said).count()
    }
}

/// The words of a query and their language, in which the destination's designations are read too: where they are in another, the words
/// choose none of its lines.
struct Words<'w> {
    texts: Vec<String>,
    language: Reading<'w>,
}

impl Navigator {
    /// The lines of a destination that a text can mean: of each subheading that [`Navigator::search`] finds, the declarable lines
    /// that answer most of its words. A subheading that the destination's schedule does not have is left out. A text that is a code
    /// gives the line with that code first, then the lines under it.
    ///
    /// # Errors
    /// As [`Navigator::search`].
    ///
    /// # Example
    /// ```
    /// # #[cfg(feature = "write")] {
    /// # use dutiable::navigator::{National, Navigator, NavigatorWriter};
    /// # use dutiable::nomenclature::{CommodityCode, Lines, Row, Titles};
    /// # let mut writer = NavigatorWriter::default();
    /// # for (code, title) in [("61", "Apparel, knitted"), ("6109", "T-shirts and vests"), ("610910", "Of cotton"), ("610990", "Other")] {
    /// #     writer.node(code, title)?;
    /// # }
    /// # let written = writer.write()?;
    /// # let navigator = Navigator::open(&written.tree, written.index())?;
    /// let row = |code, depth| Ok::<_, dutiable::Error>(Row { code: Some(CommodityCode::parse(code)?), depth, declarable: depth > 0 });
    /// let lines = Lines::write(&[row("610910", 0)?, row("6109100004", 1)?, row("6109100012", 1)?])?;
    /// let titles = Titles::write(["Of cotton", "Men's T-shirts, all white", "Women's T-shirts"])?;
    /// let national = National::open(&lines, &titles)?;
    /// let found = navigator.search_lines("women's cotton t-shirt", 10, &national)?;
    /// assert_eq!(found.hits[0].code, "6109100012");
    /// let found = navigator.search_lines("6109.10.00.12", 10, &national)?;
    /// assert_eq!(found.hits[0].code, "6109100012");
    /// # }
    /// # Ok::<(), dutiable::Error>(())
    /// ```
    pub fn search_lines<'a>(
        &'a self,
        text: &'a str,
        limit: usize,
        national: &'a National,
    ) -> Result<SearchResult<'a>, Error> {
        self.search_lines_by(Ranking::Classifier, text, limit, national)
    }

    /// A search of lines that says by what it ranks.
    ///
    /// # Errors
    /// As [`Navigator::search_lines`].
    pub fn search_lines_by<'a>(
        &'a self,
        ranking: Ranking,
        text: &'a str,
        limit: usize,
        national: &'a National,
    ) -> Result<SearchResult<'a>, Error> {
        if let Some(code) = as_code(text) {
            query::check(text, limit)?;
            return Ok(self.with_needs(self.lines_of_code(text, code, limit, national)));
        }
        let mut result = self.search_by(ranking, text, limit)?;
        let language = self.language();
        let words = query::read(text, language).into_iter();
        let asked = Words {
            texts: gather(&mut words.map(|asked| asked.text)),
            language,
        };
        for hit in core::mem::take(&mut result.hits) {
            result.hits.append(&mut national.hits(&hit, &asked));
        }
        result.hits.truncate(limit);
        Ok(result)
    }

    /// The very line whose code it is, and the declarable lines under a code, in the order of the schedule.
    fn lines_of_code<'a>(
        &'a self,
        text: &'a str,
        code: CommodityCode,
        limit: usize,
        national: &'a National,
    ) -> Vec<Hit<'a>> {
        let mut hits = Vec::new();
        for above in self.under_code(text, code, MAX_HITS) {
            let Ok(subheading) = CommodityCode::parse(&above.code) else {
                continue;
            };
            for row in national.lines.under(subheading) {
                if hits.len() == limit {
                    return hits;
                }
                let found = national.code_of(row, code);
                if let Some((found, mut hit)) = found.zip(national.hit(&above, row)) {
                    let why = by_code(text, code, found);
                    (hit.matched, hit.why) = (vec![why.word.clone()], vec![why]);
                    hits.push(hit);
                }
            }
        }
        hits
    }
}

impl National {
    /// The code of a row that a code asks for: it lies under that code and can be declared, or is that very code. Zeros after the last
    /// digit that a schedule writes do not count.
    fn code_of(&self, row: usize, asked: CommodityCode) -> Option<CommodityCode> {
        let row = self.lines.row(row)?;
        let code = row.code?;
        let is_line = code == asked && code.length() > 6;
        let is_under = asked.covers(code) || asked.padded() == code.padded();
        (is_line || (is_under && row.declarable)).then_some(code)
    }

    fn hits<'a>(&'a self, hit: &Hit<'a>, asked: &Words<'_>) -> Vec<Hit<'a>> {
        let Ok(subheading) = CommodityCode::parse(&hit.code) else {
            return Vec::new();
        };
        let rows = self.choose(subheading, asked).into_iter();
        gather(&mut rows.filter_map(|row| self.hit(hit, row)))
    }

    fn hit<'a>(&'a self, above: &Hit<'a>, row: usize) -> Option<Hit<'a>> {
        let code = self.lines.row(row)?.code?;
        let mut path = above.path.clone();
        let rows = self.ancestors(row).into_iter();
        let below = rows.filter(|row| !self.is_subheading(*row));
        let titles = below.filter_map(|row| self.title(row));
        add(&mut path, &mut above.title.into_iter().chain(titles));
        Some(Hit {
            code: code.to_string(),
            title: self.title(row),
            path,
            ..above.clone()
        })
    }

    fn is_subheading(&self, row: usize) -> bool {
        self.lines
            .row(row)
            .and_then(|row| row.code)
            .is_some_and(|code| code.length() == 6)
    }
}
