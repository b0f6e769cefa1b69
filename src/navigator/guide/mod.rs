//! Guided classification: of what may be meant, the question that tells most, until one is left.
//!
//! The questions are drawn from how the goods of the nomenclature differ: each subheading has its values of a small, closed list of
//! facets (material, construction, wearer …), a pack of a few kilobytes. Nothing is kept between two calls: the state is the list of
//! answers, and whoever calls takes the last one off to go back.

mod candidate;
mod goods;
mod information;
mod notes;
mod question;
mod reading;
mod result;
mod state;
mod vocabulary;

use crate::error::{Error, ErrorCode};
use crate::stored::{self, stored};
use serde::{Deserialize, Serialize};

pub use candidate::HEADINGS;
pub use notes::{Note, When};
pub use reading::Reading;
pub use result::{
    Choice, DecidingNote, GOODS, GuideAnswer, GuideCandidate, Guided, NONE, Question, SIZE,
    Subject, Told, UNKNOWN,
};
pub use state::{HITS, MAX_STEPS};
pub use vocabulary::{Facet, OTHER, Phrase, Values, Vocabulary};

/// The facets of the nomenclature.
#[derive(Clone, Debug)]
pub struct Guide {
    vocabulary: Vocabulary,
    profiles: Profiles,
    notes: Vec<Note>,
}

/// The values of each place of the tree. Few differ, so each is stored once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profiles {
    /// Facets and their values; what is not named is not known.
    pub profiles: Vec<Vec<(u8, u32)>>,
    /// By position in the tree, the profile.
    pub of: Vec<u16>,
}

stored!(struct Profiles { profiles, of });

impl Guide {
    /// Opens the sections of a pack: vocabulary, profiles, notes.
    ///
    /// # Errors
    /// [`ErrorCode::PackCorrupt`].
    pub fn open(vocabulary: &[u8], profiles: &[u8], notes: &[u8]) -> Result<Self, Error> {
        Self::read(vocabulary, profiles, notes).ok_or_else(|| ErrorCode::PackCorrupt.into())
    }

    fn read(vocabulary: &[u8], profiles: &[u8], notes: &[u8]) -> Option<Self> {
        let vocabulary: Vocabulary = stored::read(vocabulary)?;
        let profiles: Profiles = stored::read(profiles)?;
        let count = profiles.profiles.len();
        let is_there = |profile: &u16| usize::from(*profile) < count;
        let sound = vocabulary.is_sound() && profiles.of.iter().all(is_there);
        sound.then_some(Self {
            vocabulary,
            profiles,
            notes: stored::read(notes)?,
        })
    }

    /// The facets and their words.
    #[must_use]
    pub const fn vocabulary(&self) -> &Vocabulary {
        &self.vocabulary
    }

    /// The values of a place of the tree, by facet.
    #[must_use]
    pub fn values(&self, node: usize) -> Vec<Values> {
        let mut values = vec![0; self.vocabulary.facets.len()];
        let profile = self.profiles.of.get(node).map(|of| usize::from(*of));
        let profile = profile.and_then(|profile| self.profiles.profiles.get(profile));
        for (facet, known) in profile.into_iter().flatten() {
            if let Some(value) = values.get_mut(usize::from(*facet)) {
                *value = *known;
            }
        }
        values
    }
}
