//! Searching and browsing: the navigator's packs, opened in whatever order they come.

use super::{Engine, sections};
use crate::error::{Error, ErrorCode, Field};
use crate::navigator::doubt;
use crate::navigator::guide::{Guide, GuideAnswer, Guided, Subject};
use crate::navigator::{
    BrowseResult, Checklist, ClassifierSections, GeneralWords, IndexSections, National, Navigator,
    Ranking, Schedule, SearchResult,
};
use crate::nomenclature::Editions;
use crate::pack::{Pack, PackKind};
use crate::place::PlaceCode;

/// Hits that a search gives where the caller does not say.
pub const DEFAULT_HITS: usize = 10;

/// The language of a search that names none.
const ENGLISH: &str = "en";

/// The navigators and what they wait for.
#[derive(Debug, Default)]
pub(super) struct Navigation {
    /// The nomenclature, which every language's navigator is opened with; indices until it is there; designations and the classifier
    /// until their index is.
    waiting: Vec<Pack>,
    /// Of each language that is open.
    navigators: Vec<(String, Navigator)>,
    /// There as soon as the English navigator is.
    checklist: Checklist,
    /// The lines of tariffs, with the destinations they serve.
    national: Vec<(Vec<PlaceCode>, National)>,
    guide: Option<Guide>,
}

impl Navigation {
    /// Takes a verified pack; a text with destinations is a tariff's lines.
    pub(super) fn take(&mut self, pack: Pack) -> Result<(), Error> {
        if let (PackKind::Text, Some(destinations)) = (pack.kind(), &pack.about().destinations) {
            let national = National::open(
                pack.section(sections::LINES)?,
                pack.section(sections::TITLES)?,
            )?;
            let is_in_part = pack.section(sections::IN_PART).is_ok();
            let national = if is_in_part {
                national.in_part()
            } else {
                national
            };
            self.national.push((destinations.clone(), national));
            return Ok(());
        }
        if pack.kind() == PackKind::Guide {
            self.guide = Some(Guide::open(
                pack.section(sections::FACETS)?,
                pack.section(sections::PROFILES)?,
                pack.section(sections::NOTES)?,
            )?);
            return Ok(());
        }
        self.waiting.push(pack);
        self.join().inspect_err(|_| {
            self.waiting.pop();
        })
    }

    /// Joins what has come: the tree and each index first, then the designations in its language, and the classifier, which reads English. A
    /// pack that does not belong to them leaves all as it was.
    fn join(&mut self) -> Result<(), Error> {
        let of = |kind: PackKind| self.waiting.iter().filter(move |pack| pack.kind() == kind);
        let Some(tree) = of(PackKind::Nomenclature).next() else {
            return Ok(());
        };
        let mut opened = Vec::new();
        for index in of(PackKind::Index) {
            let language = language(index).to_owned();
            if language == ENGLISH {
                self.checklist = checklist(tree, index)?;
            }
            opened.push((language, open(tree, index)?));
        }
        self.navigators.append(&mut opened);
        self.waiting.retain(|pack| pack.kind() != PackKind::Index);
        for pack in &self.waiting {
            match (find(&mut self.navigators, language(pack)), pack.kind()) {
                (Some(navigator), PackKind::Text) => {
                    navigator.set_titles(pack.section(sections::TITLES)?)?;
                }
                (Some(navigator), PackKind::Classifier) => {
                    navigator.set_classifier(classifier_sections(pack)?)?;
                }
                _ => {}
            }
        }
        // The nomenclature stays for the languages that are still to come.
        let navigators = &mut self.navigators;
        self.waiting.retain(|pack| {
            pack.kind() == PackKind::Nomenclature || find(navigators, language(pack)).is_none()
        });
        Ok(())
    }

    /// The navigator of a language.
    fn navigator(&self, language: Option<&str>) -> Result<&Navigator, Error> {
        let asked = language.unwrap_or(ENGLISH);
        let found = self.navigators.iter().find(|(other, _)| other == asked);
        let missing = match language {
            None => ErrorCode::PackMissing.into(),
            Some(_) => Error::at(ErrorCode::PackMissing, Field::of_request("language")),
        };
        found.map(|(_, navigator)| navigator).ok_or(missing)
    }

    /// What checks a code.
    pub(super) fn checking(&self) -> Result<(&Navigator, &Checklist), Error> {
        Ok((self.navigator(None)?, &self.checklist))
    }

    /// A destination's own lines for a check: what ends at six digits is none.
    pub(super) fn schedule(&self, destination: Option<PlaceCode>) -> Schedule<'_> {
        match self.national(destination) {
            Ok(None) => Schedule::Unasked,
            Ok(Some(national)) if national.digits() > 6 => Schedule::AtHand(national),
            _ => Schedule::NotAtHand,
        }
    }

    /// A destination's own lines, where a destination is asked for.
    fn national(&self, destination: Option<PlaceCode>) -> Result<Option<&National>, Error> {
        let Some(destination) = destination else {
            return Ok(None);
        };
        let serves =
            |(destinations, _): &&(Vec<PlaceCode>, National)| destinations.contains(&destination);
        let found = self.national.iter().find(serves);
        let missing = Error::at(ErrorCode::PackMissing, Field::of_request("destination"));
        found.map(|(_, national)| Some(national)).ok_or(missing)
    }
}

fn find<'n>(
    navigators: &'n mut [(String, Navigator)],
    language: &str,
) -> Option<&'n mut Navigator> {
    let mut navigators = navigators.iter_mut();
    let found = navigators.find(|(other, _)| other == language);
    found.map(|(_, navigator)| navigator)
}

/// The language of an index or of designations; the first packs named none.
fn language(pack: &Pack) -> &str {
    pack.about().language.as_deref().unwrap_or(ENGLISH)
}

fn open(tree: &Pack, index: &Pack) -> Result<Navigator, Error> {
    let same_edition = tree.about().edition == index.about().edition;
    if !same_edition {
        return Err(ErrorCode::PackMismatch.into());
    }
    let index = IndexSections {
        words: index.section(sections::WORDS)?,
        postings: index.section(sections::POSTINGS)?,
        texts: index.section(sections::TEXTS)?,
        weights: index.section(sections::WEIGHTS)?,
        language: match index.range(sections::LANGUAGE) {
            Ok(_) => Some(index.section(sections::LANGUAGE)?),
            Err(_) => None,
        },
    };
    Navigator::open(tree.section(sections::TREE)?, index)
}

/// The sections of a pack of a classifier.
///
/// # Errors
/// [`ErrorCode::PackCorrupt`] where it lacks one.
pub fn classifier_sections(pack: &Pack) -> Result<ClassifierSections<'_>, Error> {
    Ok(ClassifierSections {
        words: pack.section(sections::KNOWN_WORDS)?,
        memory: pack.section(sections::MEMORY)?,
        vectors: pack.section(sections::VECTORS)?,
        classes: pack.section(sections::CLASSES)?,
        calibration: pack.section(sections::CALIBRATION)?,
    })
}

fn checklist(tree: &Pack, index: &Pack) -> Result<Checklist, Error> {
    let words = GeneralWords::of(index.value(sections::GENERAL_WORDS)?);
    Ok(Checklist {
        editions: Editions::open(tree.section(sections::EDITIONS)?)?,
        words: words.ok_or(ErrorCode::PackCorrupt)?,
    })
}

impl Engine {
    /// Searches in English as one types: the subheadings that a text can mean, or a destination's lines below them.
    ///
    /// # Errors
    /// [`ErrorCode::PackMissing`] where the navigator's packs, or the destination's lines, are not open; and those of
    /// [`Navigator::search`].
    pub fn search<'a>(
        &'a self,
        text: &'a str,
        limit: usize,
        destination: Option<PlaceCode>,
    ) -> Result<SearchResult<'a>, Error> {
        self.search_in(None, Ranking::Classifier, text, limit, destination)
    }

    /// Searches in a language (`de`), or in English where none is named, and says by what it ranks. The words are looked for in its index, and
    /// hits have their designations in it, but for a destination's own lines, which have one language each.
    ///
    /// # Errors
    /// As [`Engine::search`]; [`ErrorCode::PackMissing`] at `language` where its index is not open.
    pub fn search_in<'a>(
        &'a self,
        language: Option<&str>,
        ranking: Ranking,
        text: &'a str,
        limit: usize,
        destination: Option<PlaceCode>,
    ) -> Result<SearchResult<'a>, Error> {
        let navigator = self.navigation.navigator(language)?;
        let mut result = match self.navigation.national(destination)? {
            Some(national) => navigator.search_lines_by(ranking, text, limit, national)?,
            None => navigator.search_by(ranking, text, limit)?,
        };
        if language.unwrap_or(ENGLISH) == ENGLISH {
            doubt::ask(&self.navigation.checklist.words, text, &mut result);
        }
        Ok(result)
    }

    /// Looks at a place of the nomenclature: what is above and what is below it. `None` is the top: the sections.
    ///
    /// # Errors
    /// [`ErrorCode::PackMissing`] as [`Engine::search`]; and those of [`Navigator::browse`].
    pub fn browse<'a>(
        &'a self,
        code: Option<&str>,
        destination: Option<PlaceCode>,
    ) -> Result<BrowseResult<'a>, Error> {
        self.browse_in(None, code, destination)
    }

    /// Looks at a place with the designations of a language, or in English where none is named.
    ///
    /// # Errors
    /// As [`Engine::browse`]; [`ErrorCode::PackMissing`] at `language` where its index is not open.
    pub fn browse_in<'a>(
        &'a self,
        language: Option<&str>,
        code: Option<&str>,
        destination: Option<PlaceCode>,
    ) -> Result<BrowseResult<'a>, Error> {
        self.navigation
            .navigator(language)?
            .browse(code, self.navigation.national(destination)?)
    }

    /// Asks what tells most of what is looked for, after the answers so far.
    ///
    /// # Errors
    /// [`ErrorCode::PackMissing`] as [`Engine::search`], and where the pack of facets is not open; and those of [`Navigator::guide`].
    pub fn guide<'a>(
        &'a self,
        subject: &Subject,
        answers: &[GuideAnswer],
        destination: Option<PlaceCode>,
    ) -> Result<Guided<'a>, Error> {
        let navigator = self.navigation.navigator(None)?;
        let guide = self
            .navigation
            .guide
            .as_ref()
            .ok_or(ErrorCode::PackMissing)?;
        navigator.guide(
            guide,
            subject,
            answers,
            self.navigation.national(destination)?,
        )
    }
}
