//! The navigator: from a shopper's words to the right code, a walk through the nomenclature, and a check of the code that a seller has.
//!
//! A [`Navigator`] is opened from the sections of two packs, the tree and the index of words, and answers without the texts; once
//! the texts are there too, hits and places carry their designations. A [classifier](ClassifierSections) that is added ranks descriptions of
//! many words by what was learned from described goods. A destination's own lines are a third thing ([`National`]),
//! loaded only where a search or a look goes below six digits.

mod browse;
#[cfg(feature = "write")]
mod build;
mod check;
mod classifier;
mod compound;
pub(crate) mod doubt;
mod expand;
mod field;
mod fuse;
pub mod guide;
mod index;
mod language;
mod letters;
mod listed;
mod national;
mod query;
mod rank;
mod result;
mod roman;
mod search;
mod shortening;
#[cfg(feature = "write")]
mod stand;
mod stem;
mod typo;
mod value;
mod vocabulary;
mod walk;
mod weights;
mod why;
mod words;

#[cfg(feature = "write")]
pub use build::{NavigatorWriter, Written};
pub use check::{
    Candidate, CheckResult, Checklist, Finding, FindingCode, GeneralWord, GeneralWords, Lack, Says,
    Schedule, Severity, Status,
};
pub use classifier::{ClassifierSections, Kind};
#[cfg(feature = "write")]
pub use classifier::{
    ClassifierWriter, LearnedWord, Role, SteppedRow, WrittenClassifier, text_pairs, text_roles,
    text_words,
};
pub use index::IndexSections;
pub use language::Language;
pub use national::National;
pub use query::{MAX_HITS, MAX_TEXT};
pub use result::{
    BrowseChild, BrowseNode, BrowseResult, BrowseStep, Hit, How, Needs, Place, Reason,
    SearchResult, Why,
};
pub use search::{Navigator, Ranking};
#[cfg(feature = "write")]
pub use stand::Marks;
pub use weights::Weights;
