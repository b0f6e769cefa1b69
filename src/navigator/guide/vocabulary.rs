//! The facets that goods are told apart by, and the words that say them.

use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// A facet: one thing that can be asked of goods, with the values that it can have.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Its name: `material`.
    pub id: String,
    /// How readily whoever has the goods at hand can answer, in 64ths.
    pub ease: u8,
    /// Whether a word counts wherever it stands. Of most facets it does not where it says what goods are for, or what is on them: a
    /// polish for leather is not of leather.
    pub anywhere: bool,
    /// Whether a word of the query is as good as an answer. Where it is not, it only makes the codes that fit it likelier: a kitchen sink is
    /// sanitary ware.
    pub tells: bool,
    /// The beginnings of the codes that are asked for it; all where there is none. What an upper is of is asked of footwear alone.
    pub within: Vec<String>,
    /// The names of its values, at most 32. The first is `other`: none of those that have a name.
    pub values: Vec<String>,
}

stored!(struct Facet { id, ease, anywhere, tells, within, values });

/// Words, singular and in lower case, with the values that they say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// The words with one space between them; before them `^` where they count at the head of a text alone.
    pub words: String,
    /// The position of each facet and its values, a bit each; none for words that only look like one: `wool grease`.
    pub says: Vec<(u8, u32)>,
}

stored!(struct Phrase { words, says });

/// The closed list of facets, and the words of each.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vocabulary {
    /// In the order in which equally good ones are asked.
    pub facets: Vec<Facet>,
    /// In ascending order.
    pub phrases: Vec<Phrase>,
}

stored!(struct Vocabulary { facets, phrases });

/// A set of a facet's values, a bit each; 0 where nothing is known.
pub type Values = u32;

/// `other`: a value that has no name.
pub const OTHER: Values = 1;

#[cfg(feature = "write")]
impl Phrase {
    /// Words as a vocabulary holds them.
    #[must_use]
    pub fn normal(text: &str) -> String {
        let mut words = crate::navigator::words::words(text, None);
        words.retain(|word| word.form != crate::navigator::words::Form::Joined);
        let texts: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
        let head = if text.starts_with('^') { "^" } else { "" };
        [head, &texts.join(" ")].concat()
    }
}

impl Vocabulary {
    /// The position of a facet.
    #[must_use]
    pub fn position(&self, id: &str) -> Option<usize> {
        self.facets.iter().position(|facet| facet.id == id)
    }

    pub(super) fn says(&self, words: &str) -> Option<&[(u8, u32)]> {
        let by_words = |phrase: &Phrase| phrase.words.as_str().cmp(words);
        let found = self.phrases.binary_search_by(by_words).ok()?;
        Some(self.phrases.get(found)?.says.as_slice())
    }

    /// Whether it is in order: the phrases ascend, and what they say is there.
    pub(super) fn is_sound(&self) -> bool {
        let ascending = self.phrases.is_sorted_by(|a, b| a.words < b.words);
        let has_values = |facet: &Facet| (1..=32).contains(&facet.values.len());
        let mut said = self.phrases.iter().flat_map(|phrase| &phrase.says);
        let is_there = |(facet, values): &(u8, u32)| {
            let facet = self.facets.get(usize::from(*facet));
            facet.is_some_and(|facet| facet.all() & values == *values)
        };
        ascending && self.facets.iter().all(has_values) && said.all(is_there)
    }
}

impl Facet {
    /// Every value.
    #[must_use]
    pub fn all(&self) -> Values {
        (0..self.values.len()).fold(0, |all, value| all | bit(value))
    }

    /// Whether it is asked of a code.
    #[must_use]
    pub fn is_of(&self, code: &str) -> bool {
        let mut within = self.within.iter();
        within.len() == 0 || within.any(|start| code.starts_with(start.as_str()))
    }

    /// The value of this name.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<Values> {
        let found = self.values.iter().position(|value| value == name);
        found.map(bit)
    }

    /// The names of these values.
    pub fn names(&self, values: Values) -> impl Iterator<Item = &str> {
        let named = self.values.iter().enumerate();
        named
            .filter(move |(value, _)| values & bit(*value) != 0)
            .map(|(_, name)| name.as_str())
    }
}

fn bit(value: usize) -> Values {
    let shift = u32::try_from(value).ok();
    shift
        .and_then(|shift| 1_u32.checked_shl(shift))
        .unwrap_or(0)
}
