//! Searching and browsing: the navigator's packs, opened in whatever order they come.

use super::{Engine, sections};
use crate::error::{Error, ErrorCode, Field};
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

/// The navigator and what it waits for.
#[derive(Debug, Default)]
pub(super) struct Navigation {
    /// The nomenclature, the index, its designations and the classifier, until they are together.
    waiting: Vec<Pack>,
    navigator: Option<Navigator>,
    /// There as soon as the navigator is.
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

    /// Joins what has come: the tree and the index first, the designations and the classifier when they are there too. A pack that does not
    /// belong to them leaves all as it was.
    fn join(&mut self) -> Result<(), Error> {
        let of = |kind: PackKind| self.waiting.iter().find(|pack| pack.kind() == kind);
        if let (None, Some(tree), Some(index)) = (
            &self.navigator,
            of(PackKind::Nomenclature),
            of(PackKind::Index),
        ) {
            self.checklist = checklist(tree, index)?;
            self.navigator = Some(open(tree, index)?);
        }
        let Some(navigator) = self.navigator.as_mut() else {
            return Ok(());
        };
        if let Some(text) = of(PackKind::Text) {
            navigator.set_titles(text.section(sections::TITLES)?)?;
        }
        if let Some(learned) = of(PackKind::Classifier) {
            navigator.set_classifier(ClassifierSections {
                words: learned.section(sections::KNOWN_WORDS)?,
                memory: learned.section(sections::MEMORY)?,
                vectors: learned.section(sections::VECTORS)?,
                classes: learned.section(sections::CLASSES)?,
            })?;
        }
        self.waiting.clear();
        Ok(())
    }

    fn navigator(&self) -> Result<&Navigator, Error> {
        self.navigator
            .as_ref()
            .ok_or_else(|| ErrorCode::PackMissing.into())
    }

    /// What checks a code.
    pub(super) fn checking(&self) -> Result<(&Navigator, &Checklist), Error> {
        Ok((self.navigator()?, &self.checklist))
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
    };
    Navigator::open(tree.section(sections::TREE)?, index)
}

fn checklist(tree: &Pack, index: &Pack) -> Result<Checklist, Error> {
    let words = GeneralWords::of(index.value(sections::GENERAL_WORDS)?);
    Ok(Checklist {
        editions: Editions::open(tree.section(sections::EDITIONS)?)?,
        words: words.ok_or(ErrorCode::PackCorrupt)?,
    })
}

impl Engine {
    /// Searches as one types: the subheadings that a text can mean, or a destination's lines below them.
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
        self.search_by(Ranking::Classifier, text, limit, destination)
    }

    /// A search that says by what it ranks.
    ///
    /// # Errors
    /// As [`Engine::search`].
    pub fn search_by<'a>(
        &'a self,
        ranking: Ranking,
        text: &'a str,
        limit: usize,
        destination: Option<PlaceCode>,
    ) -> Result<SearchResult<'a>, Error> {
        let navigator = self.navigation.navigator()?;
        match self.navigation.national(destination)? {
            Some(national) => navigator.search_lines_by(ranking, text, limit, national),
            None => navigator.search_by(ranking, text, limit),
        }
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
        self.navigation
            .navigator()?
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
        let navigator = self.navigation.navigator()?;
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
