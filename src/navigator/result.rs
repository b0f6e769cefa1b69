//! What the navigator answers, as it crosses to JavaScript and the command line.

use super::check::Lack;
pub use super::expand::How;
use crate::nomenclature::Level;
use serde::Serialize;
use std::borrow::Cow;

/// The answer to a search.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SearchResult<'a> {
    /// The best codes, the best first.
    pub hits: Vec<Hit<'a>>,
    /// What the query lacks, if there is no answer to give, or none to rely on: then there are hits beside it.
    pub needs: Option<Needs>,
}

/// A code that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Hit<'a> {
    /// Digits without dots.
    pub code: String,
    /// Its designation; `None` while no texts are open.
    pub title: Option<&'a str>,
    /// How likely it is the right one, of two decimals (`"0.82"`): the share that was right of such answers to texts that the classifier did not learn
    /// from. A national line has its subheading's. `None` where the classifier does not rank.
    pub confidence: Option<String>,
    /// The designations above it, the section first; empty while no texts are open.
    pub path: Vec<&'a str>,
    /// The words of the nomenclature that answered, each once.
    pub matched: Vec<Cow<'a, str>>,
    /// For each word of the query that was answered, how.
    pub why: Vec<Why<'a>>,
    /// What the ranking gave it. With a classifier, its likelihood in millionths; without one, scores of one search compare with each other,
    /// and with nothing else.
    #[serde(skip)]
    pub score: u32,
}

/// Why a code was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Why<'a> {
    /// The word of the query, as typed.
    pub asked: &'a str,
    /// The word that answered it, singular and without accents.
    pub word: Cow<'a, str>,
    /// Where it stands.
    #[serde(rename = "in")]
    pub place: Place,
    /// How it answers.
    pub how: How,
}

/// Where a word stands that answered. The first that holds is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Place {
    /// In the code itself: the query was one.
    Code,
    /// In the designation.
    Title,
    /// In a trade term that a publisher gives the code, or a shop's word for it.
    Term,
    /// In the designation of a national line below.
    Line,
    /// In the designation or a trade term of the heading or chapter above.
    Ancestor,
    /// In goods described for the code or its heading, which the classifier learned from.
    Learned,
}

/// What a query lacks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Needs {
    /// Why there is no answer, or none to rely on.
    pub reason: Reason,
    /// What would tell; empty where nothing was found.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lacks: Vec<Lack>,
}

/// Why a search has no answer, or none to rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Reason {
    /// There is no word that says anything of goods.
    NoWords,
    /// No word of it is known, nor one like it; or it is a code that there is not.
    NoMatch,
    /// Its words do not say what the goods are (`gift`, `parts`): the hits are guesses.
    TooVague,
    /// The classifier finds none of the codes likely: two in three of such first hits are wrong.
    Unsure,
}

/// The answer to a look at a place in the nomenclature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BrowseResult<'a> {
    /// The place; `None` at the top.
    pub node: Option<BrowseNode<'a>>,
    /// What is above it, the section first.
    pub path: Vec<BrowseStep<'a>>,
    /// What is below it, in the order of the nomenclature.
    pub children: Vec<BrowseChild<'a>>,
}

/// The place that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BrowseNode<'a> {
    /// Digits; of a section, its roman numeral.
    pub code: String,
    /// Its designation; `None` while no texts are open.
    pub title: Option<&'a str>,
    /// Its level.
    pub level: Level,
}

/// A step on the way to a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BrowseStep<'a> {
    /// Digits; of a section, its roman numeral.
    pub code: String,
    /// Its designation; `None` while no texts are open.
    pub title: Option<&'a str>,
}

/// What lies below a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BrowseChild<'a> {
    /// Digits; of a section, its roman numeral; `None` for a row of a national schedule that only gathers those below it.
    pub code: Option<String>,
    /// Its designation; `None` while no texts are open.
    pub title: Option<&'a str>,
    /// Its level.
    pub level: Level,
    /// How much deeper it stands than the first of its siblings: what a gathering row gathers comes after it, deeper.
    pub depth: u8,
    /// Whether a declaration at the destination can name it.
    pub declarable: bool,
    /// Whether there is more below it.
    pub has_children: bool,
}
