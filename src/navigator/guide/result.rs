//! What guided classification is asked and answers, as it crosses to JavaScript and the command line.

use crate::navigator::{Needs, Ranking};
use serde::Serialize;

/// The answer that knows nothing: every candidate stays, and something else is asked.
pub const UNKNOWN: &str = "unknown";
/// The answer that none of those offered fits.
pub const NONE: &str = "other";
/// The question which of some goods it is, by their designations.
pub const GOODS: &str = "goods";
/// The same where the designations say sizes, weights or values.
pub const SIZE: &str = "size";

/// What goods are asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// What they are called. What the words say is not asked; where there are no codes, what a search for them finds is asked about.
    pub text: Option<String>,
    /// The codes to tell apart; of a heading or chapter, all that lies under it.
    pub codes: Vec<String>,
    /// By what a search for the text ranks.
    pub ranking: Ranking,
}

impl Subject {
    /// What a search for a text finds.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        Self {
            text: Some(text.to_owned()),
            ..Self::default()
        }
    }
}

/// An answer that was given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GuideAnswer {
    /// The facet that was asked for, or [`GOODS`] or [`SIZE`].
    pub facet: String,
    /// One of the values of the answer that was chosen, or [`UNKNOWN`].
    pub value: String,
}

/// Where guided classification stands after the answers so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Guided<'a> {
    /// What to ask next; `None` where one candidate is left, where nothing tells those that are left apart, or after the last step.
    pub question: Option<Question<'a>>,
    /// Questions answered so far.
    pub step: usize,
    /// What the words of the query say already, and what is therefore not asked.
    pub told: Vec<Told<'a>>,
    /// What is left, the likeliest first.
    pub candidates: Vec<GuideCandidate<'a>>,
    /// The rules and notes that decide between what is left.
    pub notes: Vec<DecidingNote<'a>>,
    /// What the query lacks, if nothing was found to ask about.
    pub needs: Option<Needs>,
}

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Question<'a> {
    /// What an answer names: a facet, [`GOODS`] or [`SIZE`].
    pub facet: &'a str,
    /// The message that says it: `facet.material`.
    pub id: String,
    /// What it is expected to tell, in 256ths of a bit.
    pub information: u64,
    /// The answers, at most eight, those that none fits last.
    pub answers: Vec<Choice<'a>>,
}

/// An answer that is offered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Choice<'a> {
    /// The value that an answer names; the first of several that leave the same.
    pub value: String,
    /// The messages that say it, one a value: `material.cotton`; none of a code, whose designation says it.
    pub ids: Vec<String>,
    /// The designation of goods, cut short where it is long.
    pub title: Option<&'a str>,
    /// What it stands under, where that is needed to know the goods: `T-shirts` of `Men's`.
    pub under: Option<&'a str>,
    /// How many candidates it leaves.
    pub leaves: usize,
}

/// A value that the query says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Told<'a> {
    /// The facet.
    pub facet: &'a str,
    /// Its values, as messages: `material.cotton`.
    pub ids: Vec<String>,
}

/// A code that may be meant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct GuideCandidate<'a> {
    /// Digits without dots.
    pub code: String,
    /// Its designation; `None` while no texts are open.
    pub title: Option<&'a str>,
    /// The designations above it, the section first.
    pub path: Vec<&'a str>,
    /// Its share of the weight that is left: `"0.62"`. A weight of the search, not a probability that was measured.
    pub share: String,
}

/// A rule or note that decides between candidates.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DecidingNote<'a> {
    /// Which: `GRI 3(b)`, `Note 2(a) to chapter 61`.
    pub note: &'a str,
    /// What it comes to.
    pub words: &'a str,
    /// The candidates that it keeps such goods out of; empty of a general rule.
    pub keeps_out_of: Vec<String>,
    /// The candidates that they belong to instead.
    pub belongs_to: Vec<String>,
}
