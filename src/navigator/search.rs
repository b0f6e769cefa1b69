//! Search as you type.

use super::classifier::{Classifier, ClassifierSections, Heard, Kind, Known};
use super::compound;
use super::expand::expand;
use super::fuse::{Fused, HEARD, fuse};
use super::index::{Index, IndexSections};
use super::language::Reading;
use super::listed;
use super::query::{self, Asked};
use super::rank::{Term, rank};
use super::result::{Hit, How, Needs, Place, Reason, SearchResult, Why};
use super::walk::Ranked;
use super::why::explain;
use crate::error::{Error, ErrorCode};
use crate::gather::{add, gather};
use crate::nomenclature::{CommodityCode, Titles, Tree};
use std::borrow::Cow;

/// A first code that is less likely than this, in millionths, is no answer to rely on.
const LIKELY: u32 = 333_333;

/// The nomenclature, its words, and, once they are loaded, its designations.
#[derive(Clone, Debug)]
pub struct Navigator {
    pub(super) tree: Tree,
    pub(super) titles: Option<Titles>,
    index: Index,
    classifier: Option<Classifier>,
}

/// By what a search ranks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ranking {
    /// By the index of words alone: the same before and after a classifier is added.
    #[default]
    Index,
    /// By the classifier as well, where there is one.
    Classifier,
}

impl Navigator {
    /// Opens the tree and the index of a verified pack.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`] where a section is not what it should be.
    pub fn open(tree: &[u8], index: IndexSections<'_>) -> Result<Self, Error> {
        let tree = Tree::open(tree)?;
        let index = Index::open(index, tree.len())?;
        Ok(Self {
            tree,
            titles: None,
            index,
            classifier: None,
        })
    }

    /// Adds the designations of the sections and nodes.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`] where they are not those of this tree.
    pub fn set_titles(&mut self, section: &[u8]) -> Result<(), Error> {
        let titles = Titles::open(section)?;
        if titles.len() != self.tree.section_count().saturating_add(self.tree.len()) {
            return Err(ErrorCode::PackCorrupt.into());
        }
        self.titles = Some(titles);
        Ok(())
    }

    /// Adds the classifier. Searches then rank by both, and their scores are likelihoods in millionths.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`] where it is not one of this tree.
    pub fn set_classifier(&mut self, sections: ClassifierSections<'_>) -> Result<(), Error> {
        self.classifier = Some(Classifier::open(sections, &self.tree)?);
        Ok(())
    }

    /// The tree.
    #[must_use]
    pub const fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The subheadings that a text can mean, the best first; equal ones in the order of the nomenclature. The last word counts as a
    /// beginning too unless a space follows it. A text that is a code gives what lies under it.
    ///
    /// A text without an answer is no error: `needs` says what it lacks.
    ///
    /// # Errors
    /// [`ErrorCode::InputTooLong`] for more than [`super::MAX_TEXT`] characters, [`ErrorCode::InputChoice`] for a limit of 0 or more
    /// than [`super::MAX_HITS`].
    ///
    /// # Example
    /// ```
    /// # #[cfg(feature = "write")] {
    /// # use dutiable::navigator::{Navigator, NavigatorWriter, Reason};
    /// # let mut writer = NavigatorWriter::default();
    /// # for (code, title) in [("61", "Apparel, knitted"), ("6109", "T-shirts and vests"), ("610910", "Of cotton"), ("610990", "Other")] {
    /// #     writer.node(code, title)?;
    /// # }
    /// # let written = writer.write()?;
    /// let navigator = Navigator::open(&written.tree, written.index())?;
    /// let found = navigator.search("coton t-shirts", 10)?;
    /// assert_eq!(found.hits[0].code, "610910");
    /// assert_eq!(found.hits[0].matched, ["cotton", "tshirt", "t", "shirt"]);
    ///
    /// let nothing = navigator.search("xylophone", 10)?;
    /// assert_eq!(nothing.needs.map(|needs| needs.reason), Some(Reason::NoMatch));
    /// # }
    /// # Ok::<(), dutiable::Error>(())
    /// ```
    pub fn search<'a>(&'a self, text: &'a str, limit: usize) -> Result<SearchResult<'a>, Error> {
        self.search_by(Ranking::Classifier, text, limit)
    }

    /// A search that says by what it ranks.
    ///
    /// # Errors
    /// As [`Navigator::search`].
    pub fn search_by<'a>(
        &'a self,
        ranking: Ranking,
        text: &'a str,
        limit: usize,
    ) -> Result<SearchResult<'a>, Error> {
        query::check(text, limit)?;
        if let Some(code) = as_code(text) {
            return Ok(self.with_needs(self.under_code(text, code, limit)));
        }
        let asked = self.asked(text);
        if asked.is_empty() {
            return Ok(without_hits(Reason::NoWords));
        }
        let terms = self.terms(&asked);
        let learned = self.classifier.as_ref();
        let learned = learned.filter(|_| ranking == Ranking::Classifier);
        let heard = learned.map(|learned| learned.read(text));
        let heard = heard.unwrap_or_default();
        let (ranked, kind) = self.rank(learned, text, (&terms, &heard), limit);
        let mut reasons = explain(&self.tree, &self.index, &asked, &terms, &ranked);
        if let Some(learned) = learned {
            remember(text, learned, &heard.known, &ranked, &mut reasons);
        }
        let measured = learned.zip(kind);
        let confidence = |ranked: &Ranked| {
            let (learned, kind) = measured?;
            Some(learned.confidence(kind, ranked.score))
        };
        let first = ranked.first().and_then(confidence);
        let mut hits = ranked.iter().zip(reasons).filter_map(|(ranked, why)| {
            Some(Hit {
                confidence: confidence(ranked).map(written),
                ..self.hit(*ranked, why)?
            })
        });
        let mut result = self.with_needs(gather(&mut hits));
        if first.is_some_and(|first| first < LIKELY) {
            result.needs = Some(Needs {
                reason: Reason::Unsure,
                lacks: Vec::new(),
            });
        }
        Ok(result)
    }

    /// The best by the index alone, or by the classifier as well where it knows a word; then also the kind of text that it is.
    fn rank(
        &self,
        learned: Option<&Classifier>,
        text: &str,
        (terms, heard): (&[Term], &Heard),
        limit: usize,
    ) -> (Vec<Ranked>, Option<Kind>) {
        let Some(learned) = learned.filter(|_| !heard.known.is_empty()) else {
            return (rank(&self.tree, &self.index, terms, limit), None);
        };
        let (indexed, fused) = self.both(learned, terms, heard);
        let fused = self.or_listed(learned, text, fused);
        let ranked = fused.best(limit);
        let agreement = learned.agreement(indexed.first(), ranked.first());
        let kind = Kind::of(agreement, heard.known.len(), heard.unknown);
        (ranked, Some(kind))
    }

    /// What the index finds, and what it and the classifier together say of each subheading.
    fn both(&self, learned: &Classifier, terms: &[Term], heard: &Heard) -> (Vec<Ranked>, Fused) {
        let indexed = rank(&self.tree, &self.index, terms, HEARD);
        let fused = fuse(&indexed, learned.scores(&heard.known));
        (indexed, fused)
    }

    /// What index and classifier together say of each subheading. Nothing where there is no classifier, or it knows no word of the text.
    pub(super) fn fused(&self, text: &str) -> Option<Fused> {
        let learned = self.classifier.as_ref()?;
        let whole = self.of_one(learned, text)?;
        Some(self.or_listed(learned, text, whole))
    }

    /// What is said of a text, and of each of the goods where it lists several.
    fn or_listed(&self, learned: &Classifier, text: &str, whole: Fused) -> Fused {
        let listed = listed::goods(text).into_iter();
        let each = listed.filter_map(|goods| self.of_one(learned, goods));
        each.fold(whole, |said, goods| said.or(&goods))
    }

    /// What is said of a text as if it named one thing.
    fn of_one(&self, learned: &Classifier, text: &str) -> Option<Fused> {
        let heard = learned.read(text);
        if heard.known.is_empty() {
            return None;
        }
        let (_, fused) = self.both(learned, &self.terms(&self.asked(text)), &heard);
        Some(fused)
    }

    fn asked<'a>(&self, text: &'a str) -> Vec<Asked<'a>> {
        compound::parted(query::read(text, self.language()), &self.index)
    }

    fn terms(&self, asked: &[Asked<'_>]) -> Vec<Term> {
        gather(&mut asked.iter().map(|asked| self.term(asked)))
    }

    /// The kind of a text, and the likelihoods in millionths of its best codes: what [`Hit::confidence`] is measured from. Nothing for a text that
    /// the classifier knows no word of.
    #[cfg(feature = "write")]
    #[must_use]
    pub fn likelihoods(&self, text: &str, limit: usize) -> Option<(Kind, Vec<(String, u32)>)> {
        let learned = self.classifier.as_ref()?;
        let terms = self.terms(&self.asked(text));
        let heard = learned.read(text);
        let (ranked, kind) = self.rank(Some(learned), text, (&terms, &heard), limit);
        let likelihood =
            |ranked: &Ranked| Some((self.tree.code(ranked.node)?.to_string(), ranked.score));
        Some((kind?, ranked.iter().filter_map(likelihood).collect()))
    }

    /// How the index's words are read.
    pub(super) const fn language(&self) -> Reading<'_> {
        self.index.language.as_ref()
    }

    fn term(&self, asked: &Asked<'_>) -> Term {
        Term {
            is_origin: asked.is_origin,
            expansions: expand(&self.index, asked),
        }
    }

    pub(super) fn with_needs<'a>(&self, hits: Vec<Hit<'a>>) -> SearchResult<'a> {
        let needs = hits.is_empty().then_some(Needs {
            reason: Reason::NoMatch,
            lacks: Vec::new(),
        });
        SearchResult { hits, needs }
    }

    /// What lies under a code, or the subheading that a longer code lies under.
    pub(super) fn under_code<'a>(
        &'a self,
        text: &'a str,
        code: CommodityCode,
        limit: usize,
    ) -> Vec<Hit<'a>> {
        let hits = self.tree.within(code).filter_map(|node| {
            let found = self.tree.code(node).filter(|found| found.length() == 6)?;
            self.hit(Ranked { score: 0, node }, vec![by_code(text, code, found)])
        });
        gather(&mut hits.take(limit))
    }

    fn hit<'a>(&'a self, ranked: Ranked, why: Vec<Why<'a>>) -> Option<Hit<'a>> {
        let mut matched: Vec<Cow<'a, str>> = Vec::new();
        for why in &why {
            if !matched.contains(&why.word) {
                matched.push(why.word.clone());
            }
        }
        Some(Hit {
            code: self.tree.code(ranked.node)?.to_string(),
            title: self.title(ranked.node),
            confidence: None,
            path: self.path_titles(ranked.node),
            matched,
            why,
            score: ranked.score,
        })
    }

    /// The designations above a node, the section first.
    pub(super) fn path_titles(&self, node: usize) -> Vec<&str> {
        let section = self
            .tree
            .section_of(node)
            .and_then(|section| self.section_title(section));
        let mut titles = gather(&mut section.into_iter());
        let above = self.tree.above(node);
        add(
            &mut titles,
            &mut above.iter().filter_map(|node| self.title(*node)),
        );
        titles
    }

    pub(super) fn title(&self, node: usize) -> Option<&str> {
        let position = self.tree.section_count().checked_add(node)?;
        self.titles.as_ref()?.get(position)
    }

    pub(super) fn section_title(&self, section: usize) -> Option<&str> {
        self.titles.as_ref()?.get(section)
    }
}

/// Millionths as a share of two digits; nothing is certain.
fn written(millionths: u32) -> String {
    let hundredths = millionths.saturating_add(5_000) / 10_000;
    let hundredths = hundredths.min(99);
    format!("0.{hundredths:02}")
}

/// Adds the reasons that the classifier has for each hit: words that were met in described goods, and that the index does not have there.
fn remember<'a>(
    text: &'a str,
    learned: &'a Classifier,
    known: &[Known],
    hits: &[Ranked],
    reasons: &mut [Vec<Why<'a>>],
) {
    for (hit, reasons) in hits.iter().zip(reasons) {
        for known in known {
            let asked = text.get(known.at.clone()).unwrap_or_default();
            let word = learned.word(known);
            let is_told = reasons
                .iter()
                .any(|why| why.asked == asked || why.word == word);
            if !is_told && learned.remembers(known, hit.node) {
                reasons.push(Why {
                    asked,
                    word: Cow::Borrowed(word),
                    place: Place::Learned,
                    how: if known.is_exact {
                        How::Exact
                    } else {
                        How::Typo
                    },
                });
            }
        }
    }
}

const fn without_hits<'a>(reason: Reason) -> SearchResult<'a> {
    SearchResult {
        hits: Vec::new(),
        needs: Some(Needs {
            reason,
            lacks: Vec::new(),
        }),
    }
}

/// Why a code was found by a code.
pub(super) fn by_code(text: &str, asked: CommodityCode, found: CommodityCode) -> Why<'_> {
    Why {
        asked: text.trim(),
        word: Cow::Owned(found.to_string()),
        place: Place::Code,
        how: if asked == found {
            How::Exact
        } else {
            How::Prefix
        },
    }
}

/// A query that is a code: two digits or more, and nothing else but dots and spaces.
pub(super) fn as_code(text: &str) -> Option<CommodityCode> {
    CommodityCode::parse(text.trim()).ok()
}
