//! How the words of a designation stand: which names the goods, which say what they are not.

use super::compound::Divider;
use super::field::Stand;
use super::language::Language;
use super::words::{Word, words};
use core::ops::Range;
use serde::Deserialize;

/// What parts a designation into goods that are named one after the other.
const PARTS: [char; 2] = [':', ';'];

/// How a language's designations say which word names the goods, and what they are not.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Marks {
    /// Whether the goods' name is the first word (`sacs à main`), not the last before what follows it (`travelling bags of leather`).
    pub name_first: bool,
    /// What follows the goods' name: the rest of an inverted term (`lighters, cigarette`), a material, a use.
    pub after_name: Vec<String>,
    /// What follows is excluded, to the end of the part.
    pub excludes: Vec<String>,
}

impl Default for Marks {
    /// Those of English.
    fn default() -> Self {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Self {
            name_first: false,
            after_name: texts(&[
                ",",
                "(",
                " of ",
                " for ",
                " with ",
                " in ",
                " - ",
                " whether ",
            ]),
            excludes: texts(&[
                "other than ",
                "not ",
                "excluding ",
                "except ",
                "without ",
                "excl. ",
            ]),
        }
    }
}

/// How texts are read for the index.
pub(super) struct Designations<'d> {
    pub(super) language: Option<&'d Language>,
    pub(super) marks: &'d Marks,
    /// Parts compounds into words of the index; `None` where the language has none.
    pub(super) divider: Option<Divider<'d>>,
}

impl Designations<'_> {
    /// The distinct words of a text, each with the best way it stands, and the parts of compounds.
    pub(super) fn stands(&self, text: &str) -> Vec<(String, Stand)> {
        let mut found: Vec<(String, Stand)> = Vec::new();
        for part in text.split(PARTS) {
            let lower = part.to_ascii_lowercase();
            let head = self.head(part, &lower);
            let excluded = first_of(&lower, &self.marks.excludes).unwrap_or(lower.len());
            let words = words(part, self.language).into_iter();
            for word in words.filter(|word| !word.is_number()) {
                let stand = match &head {
                    _ if word.at.start >= excluded => Stand::Excluded,
                    Some(head) if head.contains(&word.at.start) => Stand::Head,
                    _ => Stand::Beside,
                };
                let parts = self.parts(&word, stand);
                add(&mut found, word.text, stand);
                for part in parts {
                    add(&mut found, part, Stand::Part);
                }
            }
        }
        found
    }

    fn parts(&self, word: &Word, stand: Stand) -> Vec<String> {
        let Some((divider, language)) = self.divider.as_ref().zip(self.language) else {
            return Vec::new();
        };
        let is_whole = language.undivided.binary_search(&word.text).is_ok();
        if is_whole || stand == Stand::Excluded {
            return Vec::new();
        }
        let parts = divider.parts(&word.full).unwrap_or_default();
        parts.into_iter().map(|part| part.text).collect()
    }

    /// Where the word stands that names the goods. `Of cotton` names none.
    fn head(&self, part: &str, lower: &str) -> Option<Range<usize>> {
        let after_name = &self.marks.after_name;
        let is_nameless = after_name
            .iter()
            .any(|mark| lower.trim_start().starts_with(mark.trim_start()));
        if is_nameless {
            return None;
        }
        let end = first_of(lower, after_name).unwrap_or(lower.len());
        let named = words(part.get(..end)?, self.language);
        let word = if self.marks.name_first {
            named.first()
        } else {
            named.last()
        };
        word.map(|word| word.at.clone())
    }
}

fn add(found: &mut Vec<(String, Stand)>, word: String, stand: Stand) {
    match found.iter_mut().find(|(known, _)| *known == word) {
        Some((_, known)) => *known = stand.min(*known),
        None => found.push((word, stand)),
    }
}

fn first_of(text: &str, marks: &[String]) -> Option<usize> {
    marks
        .iter()
        .filter_map(|mark| text.find(mark.as_str()))
        .min()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stands(text: &str) -> Vec<(String, Stand)> {
        let english = Designations {
            language: None,
            marks: &Marks::default(),
            divider: None,
        };
        english.stands(text)
    }

    fn with(text: &str, stand: Stand) -> Vec<String> {
        stands(text)
            .into_iter()
            .filter(|(_, found)| *found == stand)
            .map(|(word, _)| word)
            .collect()
    }

    #[test]
    fn the_goods_are_named_last_before_what_describes_them() {
        assert_eq!(with("lighters, cigarette", Stand::Head), ["lighter"]);
        assert_eq!(with("Travelling bags of leather", Stand::Head), ["bag"]);
        assert_eq!(
            with("Microphones; loudspeakers (in enclosures)", Stand::Head),
            ["microphone", "loudspeaker"]
        );
        assert_eq!(with("Of cotton", Stand::Beside), ["cotton"]);
    }

    #[test]
    fn what_goods_are_not_is_excluded() {
        assert_eq!(
            with("Gloves, other than knitted", Stand::Excluded),
            ["knitted"]
        );
        assert_eq!(
            with("Yarn, not put up for retail sale: of wool", Stand::Excluded),
            ["put", "up", "retail", "sale"]
        );
    }

    #[test]
    fn a_word_counts_once_as_it_stands_best() {
        assert_eq!(
            stands("chairs, folding chairs"),
            [
                ("chair".into(), Stand::Head),
                ("folding".into(), Stand::Beside)
            ]
        );
    }

    #[test]
    fn a_compound_brings_its_parts() {
        let language = Language {
            function_words: vec!["aus".into()],
            undivided: vec!["handschuh".into()],
            links: vec![String::new()],
            ..Language::default()
        };
        let marks = Marks {
            after_name: vec![" aus ".into()],
            ..Marks::default()
        };
        let knows = |text: &str| ["leder", "mantel", "hand", "schuh"].contains(&text);
        let german = Designations {
            language: Some(&language),
            marks: &marks,
            divider: Some(Divider::new(&language, &knows, 4)),
        };
        assert_eq!(
            german.stands("Ledermantel; Handschuh aus Leder"),
            [
                ("ledermantel".into(), Stand::Head),
                ("leder".into(), Stand::Beside),
                ("mantel".into(), Stand::Part),
                ("handschuh".into(), Stand::Head),
            ]
        );
    }

    #[test]
    fn the_name_may_come_first() {
        let marks = Marks {
            name_first: true,
            after_name: vec![" de ".into()],
            ..Marks::default()
        };
        let french = Designations {
            language: Some(&Language::default()),
            marks: &marks,
            divider: None,
        };
        let stands = french.stands("tissus imprimés de coton");
        assert_eq!(stands.first(), Some(&("tissus".into(), Stand::Head)));
        assert_eq!(stands.get(1), Some(&("imprimes".into(), Stand::Beside)));
    }
}
