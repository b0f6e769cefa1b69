//! Reading a text for facets: `Men's shirts, of cotton, not knitted` says a wearer and a material, and denies a construction.

use super::vocabulary::{Values, Vocabulary};
use crate::navigator::words::{Form, Word, words};

/// The most words that a phrase of the vocabulary has.
const LONGEST: usize = 4;

/// What a text says of each facet, by position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The values that it says.
    pub has: Vec<Values>,
    /// The values that it denies: `not knitted`, `other than of glass`.
    pub lacks: Vec<Values>,
    /// Whether it says nothing else: `Of cotton`.
    pub is_pure: bool,
}

/// How the words stand that are being read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// They say what the goods are.
    Said,
    /// They say what the goods are not, as far as the next comma.
    Denied,
    /// They list what the goods are not.
    Excepted,
    /// They say what is on the goods or in them, as far as the next comma.
    Beside,
    /// They list what the goods are for.
    Purpose,
    /// They say what makes no difference: `whether or not of wood`.
    Moot,
}

/// Words that begin a scope. Of several between two words the first of these counts: `whether or not with` is moot.
const OPENING: &[(&str, Scope)] = &[
    ("whether", Scope::Moot),
    ("but not", Scope::Denied),
    ("except", Scope::Excepted),
    ("excluding", Scope::Excepted),
    ("neither", Scope::Excepted),
    ("not", Scope::Denied),
    ("other than", Scope::Excepted),
    ("without", Scope::Denied),
    ("accessory for", Scope::Purpose),
    ("clad", Scope::Beside),
    ("coated", Scope::Beside),
    ("containing", Scope::Beside),
    ("covered", Scope::Beside),
    ("fitted", Scope::Beside),
    ("for", Scope::Purpose),
    ("impregnated", Scope::Beside),
    ("incorporating", Scope::Beside),
    ("laminated", Scope::Beside),
    ("plated", Scope::Beside),
    ("used", Scope::Purpose),
    ("with", Scope::Beside),
];

impl Vocabulary {
    /// Reads a text.
    #[must_use]
    pub fn read(&self, text: &str) -> Reading {
        let none = vec![0; self.facets.len()];
        let mut reading = Reading {
            has: none.clone(),
            lacks: none,
            is_pure: true,
        };
        let mut words = words(text, None);
        words.retain(|word| word.form != Form::Joined);
        let (mut at, mut end, mut scope) = (0, 0, Scope::Said);
        while let Some(word) = words.get(at) {
            let gap = text.get(end..word.at.start).unwrap_or_default();
            scope = self::scope(scope, gap);
            if let Some(opened) = opened(&word.text) {
                scope = opened;
            }
            let (count, says) = self.phrase(&words, at);
            reading.is_pure &= says.is_some_and(|says| !says.is_empty());
            for (facet, values) in says.unwrap_or_default() {
                self.note(&mut reading, usize::from(*facet), *values, scope);
            }
            at = at.saturating_add(count);
            let last = words.get(at.saturating_sub(1));
            end = last.map_or(end, |word| word.at.end);
        }
        reading
    }

    /// Reads a designation: the facets that are asked of its code.
    #[must_use]
    pub fn read_designation(&self, code: &str, designation: &str) -> Reading {
        let mut reading = self.read(designation);
        let read = reading.has.iter_mut().zip(&mut reading.lacks);
        for ((has, lacks), facet) in read.zip(&self.facets) {
            if !facet.is_of(code) {
                (*has, *lacks) = (0, 0);
            }
        }
        reading
    }

    /// What is known of goods once their designation says more: what it says counts in place of what those above it say, what it denies
    /// is taken away.
    pub fn narrow(&self, known: &mut [Values], reading: &Reading) {
        let read = reading.has.iter().zip(&reading.lacks).zip(&self.facets);
        for (known, ((has, lacks), facet)) in known.iter_mut().zip(read) {
            if *has != 0 {
                *known = *has;
            } else if *lacks != 0 {
                let all = if *known == 0 { facet.all() } else { *known };
                // Nothing left is a designation that was misread.
                *known = if all & !lacks == 0 {
                    *known
                } else {
                    all & !lacks
                };
            }
        }
    }

    /// The longest phrase that begins at a word: how many words it has, and what it says.
    fn phrase(&self, words: &[Word], at: usize) -> (usize, Option<&[(u8, u32)]>) {
        let mut text = String::new();
        let mut longest = (1, None);
        for (count, word) in (1..=LONGEST).zip(words.get(at..).unwrap_or_default()) {
            text.push_str(if count == 1 { "^" } else { " " });
            text.push_str(&word.text);
            let head = self.says(&text).filter(|_| at == 0);
            let found = head.or_else(|| self.says(text.get(1..).unwrap_or_default()));
            if found.is_some() {
                longest = (count, found);
            }
        }
        longest
    }

    fn note(&self, reading: &mut Reading, facet: usize, values: Values, scope: Scope) {
        let anywhere = self.facets.get(facet).is_some_and(|facet| facet.anywhere);
        let into = match scope {
            Scope::Said => &mut reading.has,
            Scope::Beside | Scope::Purpose if anywhere => &mut reading.has,
            Scope::Denied | Scope::Excepted => &mut reading.lacks,
            Scope::Beside | Scope::Purpose | Scope::Moot => return,
        };
        if let Some(known) = into.get_mut(facet) {
            *known |= values;
        }
    }
}

/// The scope after what stands between two words: the signs and the words that say nothing of goods.
fn scope(before: Scope, gap: &str) -> Scope {
    let gap = gap.to_ascii_lowercase();
    let lists = matches!(before, Scope::Excepted | Scope::Purpose);
    // `not knitted, of cotton` denies one thing; `other than of wood, metal or glass` goes on.
    let comma = gap.contains(',') && (!lists || gap.contains(" of "));
    let ends = comma || gap.contains([';', ')', '(']);
    let scope = if ends { Scope::Said } else { before };
    let spaced = gap.replace(|letter: char| !letter.is_ascii_alphabetic(), " ");
    let stands = |word: &str| format!(" {spaced} ").contains(&format!(" {word} "));
    let found = OPENING.iter().find(|(word, _)| stands(word));
    found.map_or(scope, |(_, scope)| *scope)
}

fn opened(word: &str) -> Option<Scope> {
    let found = OPENING.iter().find(|(opening, _)| *opening == word);
    found.map(|(_, scope)| *scope)
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::{Facet, Phrase};
    use super::*;

    /// Materials (cotton 2, wood 4, glass 8, metal 16), a construction (knitted 2), uses wherever they stand (kitchen 2), parts (2).
    fn vocabulary() -> Vocabulary {
        let facet = |id: &str, anywhere: bool, values: &[&str]| Facet {
            id: id.to_owned(),
            anywhere,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            ..Facet::default()
        };
        let phrase = |words: &str, says: &[(u8, u32)]| Phrase {
            words: words.to_owned(),
            says: says.to_vec(),
        };
        Vocabulary {
            facets: vec![
                facet(
                    "material",
                    false,
                    &["other", "cotton", "wood", "glass", "metal"],
                ),
                facet("construction", false, &["other", "knitted"]),
                facet("use", true, &["other", "kitchen"]),
                facet("part", false, &["other", "part"]),
            ],
            phrases: vec![
                phrase("^part", &[(3, 2)]),
                phrase("cotton", &[(0, 2)]),
                phrase("cotton wool", &[]),
                phrase("glass", &[(0, 8)]),
                phrase("kitchen", &[(2, 2)]),
                phrase("knitted", &[(1, 2)]),
                phrase("metal", &[(0, 16)]),
                phrase("wood", &[(0, 4)]),
            ],
        }
    }

    fn has_and_lacks(text: &str) -> ([u32; 4], [u32; 4]) {
        let reading = vocabulary().read(text);
        let array = |values: Vec<u32>| <[u32; 4]>::try_from(values).unwrap_or_default();
        (array(reading.has), array(reading.lacks))
    }

    #[test]
    fn what_is_said_denied_beside_and_moot_is_told_apart() {
        let none = [0; 4];
        for (text, has, lacks) in [
            ("Of cotton, not knitted", [2, 0, 0, 0], [0, 2, 0, 0]),
            ("Not knitted, of cotton", [2, 0, 0, 0], [0, 2, 0, 0]),
            ("Other than of wood, metal or glass", none, [28, 0, 0, 0]),
            ("Polishes for wood, glass or metal", none, none),
            ("Articles of wood for the kitchen", [4, 0, 2, 0], none),
            ("Articles of glass, with metal fittings", [8, 0, 0, 0], none),
            (
                "Of metal, whether or not with glass; of wood",
                [20, 0, 0, 0],
                none,
            ),
            (
                "Of cotton (excluding knitted) or of glass",
                [10, 0, 0, 0],
                [0, 2, 0, 0],
            ),
            ("Parts of wood", [4, 0, 0, 2], none),
            ("Frames, and parts thereof", none, none),
            ("Cotton wool", none, none),
        ] {
            assert_eq!(has_and_lacks(text), (has, lacks), "{text}");
        }
    }

    #[test]
    fn a_text_is_pure_that_says_facets_and_nothing_else() {
        let vocabulary = vocabulary();
        for (text, is_pure) in [
            ("Of cotton", true),
            ("Knitted, of cotton", true),
            ("Cotton shirts", false),
            ("Cotton wool", false),
        ] {
            assert_eq!(vocabulary.read(text).is_pure, is_pure, "{text}");
        }
    }

    #[test]
    fn what_is_denied_is_taken_from_what_is_known_and_nothing_is_left_empty() {
        let vocabulary = vocabulary();
        let narrowed = |known: u32, text: &str| {
            let mut values = vec![known, 0, 0, 0];
            vocabulary.narrow(&mut values, &vocabulary.read(text));
            values.first().copied()
        };
        assert_eq!(narrowed(12, "Other than of wood"), Some(8));
        assert_eq!(narrowed(0, "Other than of wood"), Some(27));
        assert_eq!(narrowed(4, "Other than of wood"), Some(4));
        assert_eq!(narrowed(4, "Of cotton"), Some(2));
        assert_eq!(narrowed(4, "Shirts"), Some(4));
    }
}
