//! Every text that is learned from, and those held out.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use dutiable::navigator::{Role, text_pairs, text_roles, text_words};
use learner::{Target, Tree};

use super::lexicon::{self, Lexicon};
use super::names;
use super::phrases;
use super::split::is_held_out;
use crate::pack::COMPOUNDS;
use crate::tables::{HsGroup, HsNode, Line, TableFolder, Term};

/// Where a text is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Source {
    /// The designations of the nomenclature.
    Designation,
    /// The designations of national lines.
    Line,
    /// The trade terms of a customs administration.
    TradeTerm,
    /// The lexicon's terms.
    ShopTerm,
    /// The lexicon's examples.
    Example,
    /// The lexicon's names.
    Name,
}

/// Whether texts name goods as shops and customs do, and not as a nomenclature does.
pub(crate) const fn is_retail(source: Source) -> bool {
    !matches!(source, Source::Designation | Source::Line)
}

/// Which texts are learned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// All but those held out.
    Training,
    /// All.
    All,
}

/// A text to learn from.
#[derive(Debug, Clone)]
pub(crate) struct Text {
    pub(crate) source: Source,
    /// The words by their place in the vocabulary.
    pub(crate) words: Vec<u32>,
    /// What the first of them do in the name of the goods; those without a role count whole.
    pub(crate) roles: Vec<Role>,
    pub(crate) target: Target,
    /// How much it counts beside others of its source.
    pub(crate) weight: f32,
}

/// A text that was held out, and the codes that are right for it.
#[derive(Debug, Clone)]
pub(crate) struct Question {
    pub(crate) text: String,
    pub(crate) leaves: BTreeSet<usize>,
    pub(crate) branches: BTreeSet<usize>,
}

/// All that is learned from and asked.
#[derive(Debug)]
pub(crate) struct Texts {
    pub(crate) codes: Codes,
    pub(crate) tree: Tree,
    /// Sorted.
    pub(crate) vocabulary: Vec<String>,
    pub(crate) texts: Vec<Text>,
    pub(crate) noise: Vec<NoiseWords>,
    /// Held-out noise, for the questions.
    pub(crate) unseen_noise: Vec<String>,
    pub(crate) examples: Vec<Question>,
    pub(crate) trade_terms: Vec<Question>,
}

/// Words that say nothing of the goods, but in some chapters.
#[derive(Debug)]
pub(crate) struct NoiseWords {
    pub(crate) words: Vec<u32>,
    /// The leaves of the chapters in which they do decide.
    pub(crate) except: Vec<std::ops::Range<usize>>,
}

/// The codes of leaves (subheadings) and branches (headings), ascending.
#[derive(Debug)]
pub(crate) struct Codes {
    pub(crate) leaves: Vec<String>,
    pub(crate) branches: Vec<String>,
}

impl Codes {
    /// The leaves whose codes begin so.
    fn within(&self, beginning: &str) -> std::ops::Range<usize> {
        let start = self
            .leaves
            .partition_point(|leaf| leaf.as_str() < beginning);
        let more = self
            .leaves
            .iter()
            .skip(start)
            .take_while(|leaf| leaf.starts_with(beginning));
        start..start + more.count()
    }

    /// The place of a subheading.
    pub(crate) fn leaf(&self, code: &str) -> Option<usize> {
        let code = code.get(..6)?;
        self.leaves
            .binary_search_by(|leaf| leaf.as_str().cmp(code))
            .ok()
    }

    /// The place of a heading.
    pub(crate) fn branch(&self, code: &str) -> Option<usize> {
        let code = code.get(..4)?;
        self.branches
            .binary_search_by(|branch| branch.as_str().cmp(code))
            .ok()
    }

    /// The subheading that a code names or lies in, else its heading.
    pub(crate) fn target(&self, code: &str) -> Option<Target> {
        let leaf = self.leaf(code).map(Target::Leaf);
        leaf.or_else(|| {
            self.branch(code)
                .filter(|_| code.len() == 4)
                .map(Target::Branch)
        })
    }
}

/// The tariffs whose designations are in English, and to how many digits their lines are read: further down, the European Union names single
/// substances and single producers' goods.
const TARIFFS: [(&str, usize); 7] = [
    ("us", 10),
    ("eu", 8),
    ("gb", 8),
    ("au", 8),
    ("sacu", 8),
    ("eaeu", 10),
    ("ecowas", 10),
];

/// A text with its words still as words.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) source: Source,
    pub(super) words: Vec<String>,
    /// The words that stand side by side, of goods as shops and customs name them.
    pub(super) pairs: Vec<[String; 2]>,
    /// The roles of the words, in texts that people wrote; else none.
    pub(super) roles: Vec<Role>,
    pub(super) target: Target,
    pub(super) weight: f32,
}

/// Reads the tables and the lexicon.
///
/// # Errors
/// A table that cannot be read, by name.
pub(crate) fn read(folder: &Path, part: Part) -> Result<Texts> {
    let is_left_out = |text: &str| part == Part::Training && is_held_out(text);
    let tables = TableFolder::new(folder.join("tables"));
    let lexicon = lexicon::read(&folder.join("lexicon"))?;
    let hs = tables.place("hs");
    let nodes: BTreeMap<String, String> = hs
        .read::<HsNode>()?
        .into_iter()
        .map(|node| (node.code, node.title))
        .collect();
    let groups: BTreeMap<String, String> = hs
        .read::<HsGroup>()?
        .into_iter()
        .map(|group| (group.code, group.title))
        .collect();
    let of = |length| {
        nodes
            .keys()
            .filter(move |code| code.len() == length)
            .cloned()
            .collect::<Vec<_>>()
    };
    let codes = Codes {
        leaves: of(6),
        branches: of(4),
    };
    let branch_of = codes
        .leaves
        .iter()
        .filter_map(|leaf| codes.branch(leaf))
        .collect();
    let mut rows = designations(&codes, &nodes, &groups);
    for (place, digits) in TARIFFS {
        rows.append(&mut lines(
            &codes,
            &nodes,
            &tables.place(place).read()?,
            digits,
        ));
    }
    rows.extend(hs.read::<Term>()?.iter().filter_map(|term| {
        Some(Row {
            source: Source::TradeTerm,
            words: text_words(&term.term),
            pairs: text_pairs(&term.term),
            roles: text_roles(&term.term),
            target: codes.target(&term.code)?,
            weight: 1.0,
        })
    }));
    rows.append(&mut shop_terms(&codes, &lexicon));
    rows.extend(
        lexicon
            .examples
            .iter()
            .filter(|example| !is_left_out(&example.text))
            .filter_map(|example| {
                Some(Row {
                    source: Source::Example,
                    words: text_words(&example.text),
                    pairs: text_pairs(&example.text),
                    roles: text_roles(&example.text),
                    target: codes.target(&example.code)?,
                    weight: 1.0,
                })
            }),
    );
    rows.append(&mut names::rows(&codes, &lexicon.names, &rows));
    rows.retain(|row| !row.words.is_empty());
    phrases::add(&mut rows);
    let (seen, unseen): (Vec<_>, Vec<_>) = lexicon
        .noise
        .iter()
        .partition(|noise| !is_left_out(&noise.words));
    let known: BTreeSet<&String> = rows.iter().flat_map(|row| &row.words).collect();
    let vocabulary: Vec<String> = known.into_iter().cloned().collect();
    let numbered = |words: &[String]| -> Vec<u32> {
        let place = |word: &String| {
            vocabulary
                .binary_search(word)
                .ok()
                .and_then(|place| u32::try_from(place).ok())
        };
        words.iter().filter_map(place).collect()
    };
    Ok(Texts {
        tree: Tree::new(branch_of),
        texts: rows
            .iter()
            .map(|row| Text {
                source: row.source,
                words: numbered(&row.words),
                roles: row.roles.clone(),
                target: row.target,
                weight: row.weight,
            })
            .collect(),
        noise: seen
            .iter()
            .map(|noise| NoiseWords {
                words: numbered(&text_words(&noise.words)),
                except: noise
                    .except
                    .split('|')
                    .filter(|chapter| !chapter.is_empty())
                    .map(|chapter| codes.within(chapter))
                    .collect(),
            })
            .collect(),
        unseen_noise: unseen.iter().map(|noise| noise.words.clone()).collect(),
        examples: questions(
            &codes,
            lexicon
                .examples
                .iter()
                .filter(|example| is_held_out(&example.text))
                .map(|example| (&example.text, &example.code)),
        ),
        trade_terms: questions(
            &codes,
            hs.read_from::<Term>(Term::HELD_OUT)?
                .iter()
                .map(|term| (&term.term, &term.code)),
        ),
        codes,
        vocabulary,
    })
}

impl Texts {
    /// How much there is of what.
    pub(crate) fn summary(&self) -> String {
        let of = |source| {
            self.texts
                .iter()
                .filter(|text| text.source == source)
                .count()
        };
        format!(
            "{} words; {} designations, {} national lines, {} trade terms, {} shop terms, {} examples, {} names; held out: {} examples, {} trade terms",
            self.vocabulary.len(),
            of(Source::Designation),
            of(Source::Line),
            of(Source::TradeTerm),
            of(Source::ShopTerm),
            of(Source::Example),
            of(Source::Name),
            self.examples.len(),
            self.trade_terms.len(),
        )
    }
}

/// Questions; a text that stands for several codes is one question.
fn questions<'a>(
    codes: &Codes,
    rows: impl Iterator<Item = (&'a String, &'a String)>,
) -> Vec<Question> {
    let mut found: BTreeMap<String, Question> = BTreeMap::new();
    for (text, code) in rows {
        let question = found
            .entry(text.to_lowercase())
            .or_insert_with(|| Question {
                text: text.clone(),
                leaves: BTreeSet::new(),
                branches: BTreeSet::new(),
            });
        question.leaves.extend(codes.leaf(code));
        question.branches.extend(codes.branch(code));
    }
    found
        .into_values()
        .filter(|question| !question.branches.is_empty())
        .collect()
}

/// Each subheading by itself, under its heading, and under its chapter too.
fn designations(
    codes: &Codes,
    nodes: &BTreeMap<String, String>,
    groups: &BTreeMap<String, String>,
) -> Vec<Row> {
    let mut rows = Vec::new();
    for (leaf, code) in codes.leaves.iter().enumerate() {
        let words = |length: usize, titles: &BTreeMap<String, String>| {
            let title = code.get(..length).and_then(|code| titles.get(code));
            title.map_or_else(Vec::new, |title| text_words(title))
        };
        let own = [words(5, groups), words(6, nodes)].concat();
        let heading = [words(4, nodes), own.clone()].concat();
        let chapter = [words(2, nodes), heading.clone()].concat();
        rows.extend(
            [(own, 1.0), (heading, 1.0), (chapter, 0.5)].map(|(words, weight)| Row {
                source: Source::Designation,
                words,
                pairs: Vec::new(),
                roles: Vec::new(),
                target: Target::Leaf(leaf),
                weight,
            }),
        );
    }
    rows
}

/// The designations of a tariff's lines, each by itself and under the row that gathers it. Many lines of one subheading count less each.
fn lines(
    codes: &Codes,
    nodes: &BTreeMap<String, String>,
    lines: &[Line],
    digits: usize,
) -> Vec<Row> {
    let mut above: Vec<&str> = Vec::new();
    let mut found: BTreeMap<usize, BTreeSet<Vec<String>>> = BTreeMap::new();
    for line in lines {
        above.truncate(usize::from(line.depth));
        above.push(&line.title);
        let is_compound = COMPOUNDS
            .iter()
            .any(|chapter| line.code.starts_with(chapter));
        if is_compound || !(6..=digits).contains(&line.code.len()) {
            continue;
        }
        let Some(leaf) = codes.leaf(&line.code) else {
            continue;
        };
        let own = text_words(&line.title);
        let heading = line
            .code
            .get(..4)
            .and_then(|code| nodes.get(code))
            .map_or("", String::as_str);
        let gathered = above
            .iter()
            .rev()
            .take(2)
            .rev()
            .flat_map(|title| text_words(title));
        let whole = text_words(heading).into_iter().chain(gathered).collect();
        found.entry(leaf).or_default().extend([own, whole]);
    }
    let mut rows = Vec::new();
    for (leaf, texts) in found {
        let weight = 1.0 / (texts.len() as f32).sqrt();
        rows.extend(texts.into_iter().map(|words| Row {
            source: Source::Line,
            words,
            pairs: Vec::new(),
            roles: Vec::new(),
            target: Target::Leaf(leaf),
            weight,
        }));
    }
    rows
}

/// The lexicon's terms, each with each of the words it may be given with. A subheading with many terms is not asked that much more often.
fn shop_terms(codes: &Codes, lexicon: &Lexicon) -> Vec<Row> {
    let mut counts: BTreeMap<&str, f32> = BTreeMap::new();
    for term in &lexicon.terms {
        *counts.entry(&term.code).or_default() += 1.0;
    }
    let mut rows = Vec::new();
    for term in &lexicon.terms {
        let Some(target) = codes.target(&term.code) else {
            continue;
        };
        let given: Vec<&str> = term.given.split('|').collect();
        let count = counts.get(term.code.as_str()).copied().unwrap_or(1.0);
        let weight = 1.0 / count.sqrt() / given.len() as f32;
        rows.extend(given.into_iter().map(|given| Row {
            source: Source::ShopTerm,
            words: text_words(&format!("{given} {}", term.term)),
            pairs: text_pairs(&term.term),
            roles: Vec::new(),
            target,
            weight,
        }));
    }
    rows
}
