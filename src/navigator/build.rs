//! The write side of the index: for `tariff-data`, never in the wasm.

use super::compound::Divider;
use super::field::{Field, Stand};
use super::language::Language;
use super::stand::{Designations, Marks};
use super::vocabulary::Vocabulary;
use super::weights::Weights;
use super::words::words;
use crate::error::{Error, ErrorCode};
use crate::nomenclature::{CommodityCode, Titles, Tree};
use crate::varint;
use std::collections::{BTreeMap, BTreeSet};

/// Collects the nomenclature and its words, and writes the navigator's sections. The same rows in any order give the same bytes.
///
/// ```
/// use dutiable::navigator::{Navigator, NavigatorWriter};
/// let mut writer = NavigatorWriter::default();
/// writer.section(85, 85, "Machinery");
/// for (code, title) in [("85", "Electrical machinery"), ("8518", "Microphones; headphones"), ("851830", "Headphones")] {
///     writer.node(code, title)?;
/// }
/// writer.term("851830", "earbuds")?;
/// let written = writer.write()?;
/// let mut navigator = Navigator::open(&written.tree, written.index())?;
/// navigator.set_titles(&written.titles)?;
/// let found = navigator.search("earbud", 10)?;
/// assert_eq!(found.hits[0].code, "851830");
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct NavigatorWriter {
    /// The figures of the ranking.
    pub weights: Weights,
    /// The language of the texts, if it is not English.
    pub language: Option<Language>,
    /// How that language names goods in designations.
    pub marks: Marks,
    sections: BTreeMap<(u8, u8), String>,
    nodes: BTreeMap<CommodityCode, String>,
    terms: BTreeSet<(CommodityCode, String)>,
    lines: BTreeSet<(CommodityCode, String)>,
}

/// The sections of a navigator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// For [`Tree::open`].
    pub tree: Vec<u8>,
    /// For [`Titles::open`]: the titles of the sections, then of the nodes.
    pub titles: Vec<u8>,
    /// See [`super::IndexSections`].
    pub words: Vec<u8>,
    /// See [`super::IndexSections`].
    pub postings: Vec<u8>,
    /// See [`super::IndexSections`].
    pub texts: Vec<u8>,
    /// See [`super::IndexSections`].
    pub weights: Vec<u8>,
    /// See [`super::IndexSections`].
    pub language: Option<Vec<u8>>,
}

impl Written {
    /// The index's sections together.
    #[must_use]
    pub fn index(&self) -> super::IndexSections<'_> {
        super::IndexSections {
            words: &self.words,
            postings: &self.postings,
            texts: &self.texts,
            weights: &self.weights,
            language: self.language.as_deref(),
        }
    }
}

/// A word of national lines that more nodes bear than this is not indexed for them: it would cost a tenth of the index and moves no
/// development set by half a point.
const MOST_BEARERS: u32 = 100;

/// The shortest part of a compound that is indexed beside it: shorter ones stand in too many words that are none of theirs.
const SHORTEST_PART: usize = 4;

type Stands = Vec<(String, Stand)>;

impl NavigatorWriter {
    /// Adds a section: its first and last chapter.
    pub fn section(&mut self, first: u8, last: u8, title: &str) {
        self.sections.insert((first, last), title.to_owned());
    }

    /// Adds a chapter, heading, group (five digits) or subheading.
    ///
    /// # Errors
    /// [`ErrorCode::CodeMalformed`].
    pub fn node(&mut self, code: &str, title: &str) -> Result<(), Error> {
        self.nodes
            .insert(CommodityCode::parse(code)?, title.to_owned());
        Ok(())
    }

    /// Adds a trade term. A code of more than six digits stands for its subheading.
    ///
    /// # Errors
    /// [`ErrorCode::CodeMalformed`].
    pub fn term(&mut self, code: &str, term: &str) -> Result<(), Error> {
        self.terms
            .insert((CommodityCode::parse(code)?, term.to_owned()));
        Ok(())
    }

    /// Adds the designation of a national line, whose words are indexed for its subheading where the nomenclature has not said them.
    ///
    /// # Errors
    /// [`ErrorCode::CodeMalformed`].
    pub fn line(&mut self, code: &str, title: &str) -> Result<(), Error> {
        self.lines
            .insert((CommodityCode::parse(code)?, title.to_owned()));
        Ok(())
    }

    /// Writes the sections.
    ///
    /// # Errors
    /// [`ErrorCode::CodeMalformed`] where the nodes are no tree, [`ErrorCode::Overflow`] where they are too many.
    pub fn write(&self) -> Result<Written, Error> {
        let codes: Vec<CommodityCode> = self.nodes.keys().copied().collect();
        let sections: Vec<(u8, u8)> = self.sections.keys().copied().collect();
        let tree = Tree::write(&sections, &codes)?;
        let known = self.known();
        let knows = |text: &str| known.contains(text);
        let compounding = self
            .language
            .as_ref()
            .filter(|language| language.has_compounds());
        let designations = Designations {
            language: self.language.as_ref(),
            marks: &self.marks,
            divider: compounding.map(|language| Divider::new(language, &knows, SHORTEST_PART)),
        };
        let texts = self.texts(&Tree::open(&tree)?, &designations);
        let (words, postings) = write_words(&texts)?;
        Ok(Written {
            tree,
            titles: Titles::write(
                self.sections
                    .values()
                    .chain(self.nodes.values())
                    .map(String::as_str),
            )?,
            words,
            postings,
            texts: write_texts(&texts)?,
            weights: postcard::to_allocvec(&self.weights).map_err(|_| ErrorCode::Overflow)?,
            language: self
                .language
                .as_ref()
                .map(postcard::to_allocvec)
                .transpose()
                .map_err(|_| ErrorCode::Overflow)?,
        })
    }

    /// The words that compounds are parted into: those of titles and terms.
    fn known(&self) -> BTreeSet<String> {
        let terms = self.terms.iter().map(|(_, term)| term);
        let texts = self.nodes.values().chain(terms);
        let words = texts.flat_map(|text| words(text, self.language.as_ref()));
        words.map(|word| word.text).collect()
    }

    /// The texts of each node, in the tree's order.
    fn texts(&self, tree: &Tree, designations: &Designations<'_>) -> Vec<Vec<(Field, Stands)>> {
        let mut texts: Vec<Vec<(Field, Stands)>> = self
            .nodes
            .values()
            .map(|title| vec![(Field::Title, designations.stands(title))])
            .collect();
        for (code, term) in &self.terms {
            let words = designations.stands(term);
            let Some(texts) = self.home(tree, *code).and_then(|node| texts.get_mut(node)) else {
                continue;
            };
            if !words.is_empty() && !texts.iter().skip(1).any(|(_, known)| *known == words) {
                texts.push((Field::Term, words));
            }
        }
        for node in tree.positions() {
            merge_only_child(tree, node, &mut texts);
        }
        self.add_further_words(tree, designations, &mut texts);
        texts
    }

    /// Adds the further words of national lines, but for those that too many subheadings bear to tell one from another.
    fn add_further_words(
        &self,
        tree: &Tree,
        designations: &Designations<'_>,
        texts: &mut [Vec<(Field, Stands)>],
    ) {
        let mut further: Vec<Stands> = tree
            .positions()
            .map(|node| self.further_words(tree, node, designations, texts))
            .collect();
        let mut bearers: BTreeMap<String, u32> = BTreeMap::new();
        for (own, further) in texts.iter().zip(&further) {
            let words = own.iter().flat_map(|(_, words)| words).chain(further);
            for word in words.map(|(word, _)| word).collect::<BTreeSet<_>>() {
                let count = bearers.entry(word.clone()).or_default();
                *count = count.saturating_add(1);
            }
        }
        for (texts, words) in texts.iter_mut().zip(&mut further) {
            words.retain(|(word, _)| {
                bearers
                    .get(word)
                    .is_some_and(|count| *count <= MOST_BEARERS)
            });
            if !words.is_empty() {
                texts.push((Field::Line, core::mem::take(words)));
            }
        }
    }

    /// The node that a code's terms belong to: its subheading, or the nearest node above.
    fn home(&self, tree: &Tree, code: CommodityCode) -> Option<usize> {
        [6, 5, 4, 2]
            .into_iter()
            .filter(|length| *length <= code.length())
            .find_map(|length| tree.find(code.prefix(length)))
    }

    /// The words of a subheading's national lines that neither it nor what is above it says.
    fn further_words(
        &self,
        tree: &Tree,
        node: usize,
        designations: &Designations<'_>,
        texts: &[Vec<(Field, Stands)>],
    ) -> Stands {
        let Some(code) = tree.code(node).filter(|code| code.length() == 6) else {
            return Vec::new();
        };
        let above = core::iter::successors(Some(node), |node| tree.parent(*node));
        let said: BTreeSet<&str> = above
            .filter_map(|node| texts.get(node))
            .flatten()
            .flat_map(|(_, words)| words.iter().map(|(word, _)| word.as_str()))
            .collect();
        let mut further: BTreeMap<String, Stand> = BTreeMap::new();
        let after = (code, String::new());
        let lines = self
            .lines
            .range(after..)
            .take_while(|(line, _)| code.covers(*line));
        let read = |title: &String| designations.stands(&title.replace('-', " "));
        for (word, stand) in lines.flat_map(|(_, title)| read(title)) {
            let is_plain = !word.bytes().any(|byte| byte.is_ascii_digit()) && word.len() > 1;
            if is_plain && stand != Stand::Excluded && !said.contains(word.as_str()) {
                let known = further.entry(word).or_insert(stand);
                *known = stand.min(*known);
            }
        }
        further.into_iter().collect()
    }
}

/// A heading with one subheading is that subheading: its trade terms move there, and its words are not indexed twice.
fn merge_only_child(tree: &Tree, node: usize, texts: &mut [Vec<(Field, Stands)>]) {
    let mut children = tree.children(node);
    let is_heading = tree.code(node).is_some_and(|code| code.length() == 4);
    let (Some(child), None, true) = (children.next(), children.next(), is_heading) else {
        return;
    };
    let Some(own) = texts.get_mut(node) else {
        return;
    };
    let moved: Vec<_> = own.drain(1..).collect();
    if let Some((_, words)) = own.first_mut() {
        let words = core::mem::take(words);
        if let Some((_, title)) = texts.get_mut(child).and_then(|texts| texts.first_mut()) {
            let new = words
                .into_iter()
                .filter(|(word, _)| !title.iter().any(|(known, _)| known == word));
            let new: Vec<_> = new.collect();
            title.extend(new);
        }
    }
    if let Some(texts) = texts.get_mut(child) {
        texts.extend(moved);
    }
}

fn write_words(texts: &[Vec<(Field, Stands)>]) -> Result<(Vec<u8>, Vec<u8>), Error> {
    let mut entries: BTreeMap<&str, Vec<(u32, Stand)>> = BTreeMap::new();
    let mut text = 0_u16;
    for (_, words) in texts.iter().flatten() {
        for (word, stand) in words {
            entries
                .entry(word)
                .or_default()
                .push((u32::from(text), *stand));
        }
        text = text.checked_add(1).ok_or(ErrorCode::Overflow)?;
    }
    let words = Vocabulary::write(entries.keys().copied()).ok_or(ErrorCode::Overflow)?;
    let (mut counts, mut steps) = (Vec::new(), Vec::new());
    for texts in entries.values() {
        varint::write(
            &mut counts,
            u32::try_from(texts.len()).map_err(|_| ErrorCode::Overflow)?,
        );
        write_steps(&mut steps, texts)?;
    }
    counts.append(&mut steps);
    Ok((words, counts))
}

fn write_steps(steps: &mut Vec<u8>, texts: &[(u32, Stand)]) -> Result<(), Error> {
    let mut last = 0_u32;
    for (text, stand) in texts {
        let step = text
            .saturating_sub(last)
            .checked_mul(4)
            .ok_or(ErrorCode::Overflow)?;
        varint::write(steps, step | stand.bits());
        last = *text;
    }
    Ok(())
}

fn write_texts(texts: &[Vec<(Field, Stands)>]) -> Result<Vec<u8>, Error> {
    let mut shapes = Vec::new();
    for node in texts {
        let terms = node
            .iter()
            .filter(|(field, _)| *field == Field::Term)
            .count();
        let lines = node.iter().any(|(field, _)| *field == Field::Line);
        let terms = u32::try_from(terms)
            .ok()
            .and_then(|terms| terms.checked_mul(2))
            .ok_or(ErrorCode::Overflow)?;
        varint::write(&mut shapes, terms | u32::from(lines));
    }
    Ok(shapes)
}
