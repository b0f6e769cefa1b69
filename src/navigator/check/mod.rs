//! A check of what a seller already has: a code, and a description of the goods.
//!
//! Three questions, each in a file of its own: is it a code of the nomenclature (`code`), is it one that the destination takes
//! (`lines`), and does the description say what the goods are (`description`). Where all is well so far, a fourth asks whether the two
//! belong together (`likelihood`). What is found are codes and figures; sentences are made of them at the edge.

mod code;
mod description;
mod finding;
mod general;
mod likelihood;
mod lines;

pub use finding::{Candidate, CheckResult, Finding, FindingCode, Severity, Status};
pub use general::{GeneralWord, GeneralWords, Lack, Says};

use super::national::National;
use super::query::MAX_TEXT;
use super::search::{Navigator, Ranking};
use crate::error::{Error, ErrorCode, Field};
use crate::nomenclature::Editions;

/// What a check knows beside the nomenclature.
#[derive(Clone, Debug, Default)]
pub struct Checklist {
    /// The codes that earlier editions had.
    pub editions: Editions,
    /// The words that do not say what goods are.
    pub words: GeneralWords,
}

/// Where the goods go, as far as their code is concerned.
#[derive(Clone, Copy, Debug)]
pub enum Schedule<'a> {
    /// Nobody asks.
    Unasked,
    /// We have no lines of the destination.
    NotAtHand,
    /// The destination's lines.
    AtHand(&'a National),
}

impl Navigator {
    /// Checks a code, whether the destination takes it, and, where there is one, the description of the goods. Whether code and description belong
    /// together is asked of the index, or of the classifier where that is wanted and there is one: that notices far more wrong codes.
    ///
    /// What is wrong with the code is a finding and no error: a description is worth checking beside a code that is not.
    ///
    /// # Errors
    /// [`crate::ErrorCode::InputTooLong`] for a code or a description of more than [`super::MAX_TEXT`] characters.
    ///
    /// # Example
    /// ```
    /// # #[cfg(feature = "write")] {
    /// # use dutiable::navigator::{Checklist, FindingCode, Navigator, NavigatorWriter, Ranking, Schedule, Status};
    /// # let mut writer = NavigatorWriter::default();
    /// # for (code, title) in [("61", "Apparel, knitted"), ("6109", "T-shirts and vests"), ("610910", "Of cotton"), ("610990", "Other")] {
    /// #     writer.node(code, title)?;
    /// # }
    /// # let written = writer.write()?;
    /// # let navigator = Navigator::open(&written.tree, written.index())?;
    /// let list = Checklist::default();
    /// let checked = navigator.check("6109.10", Some("cotton T-shirt"), Ranking::Index, Schedule::Unasked, &list)?;
    /// assert_eq!((checked.status, checked.findings.len()), (Status::Sound, 0));
    ///
    /// let checked = navigator.check("6109", None, Ranking::Index, Schedule::Unasked, &list)?;
    /// assert_eq!(checked.findings[0].code, FindingCode::CodeTooShort);
    /// assert_eq!(checked.findings[0].count, Some(2));
    /// # }
    /// # Ok::<(), dutiable::Error>(())
    /// ```
    pub fn check<'a>(
        &'a self,
        code: &'a str,
        description: Option<&'a str>,
        ranking: Ranking,
        schedule: Schedule<'a>,
        list: &'a Checklist,
    ) -> Result<CheckResult<'a>, Error> {
        within_limit(code, "code")?;
        let description = description.map(str::trim).filter(|text| !text.is_empty());
        within_limit(description.unwrap_or_default(), "description")?;
        let mut read = self.check_code(code, schedule, &list.editions);
        if let Some(text) = description {
            let told = list.words.read(text);
            read.findings.append(&mut description::check(&told));
            if !told.is_vague() {
                let doubts = self.check_likelihood(text, ranking, &mut read)?;
                read.findings.extend(doubts);
            }
        }
        Ok(CheckResult::of(read.code, read.findings))
    }
}

fn within_limit(text: &str, field: &'static str) -> Result<(), Error> {
    match text.chars().nth(MAX_TEXT) {
        None => Ok(()),
        Some(_) => Err(Error::at(ErrorCode::InputTooLong, Field::of_request(field))),
    }
}
