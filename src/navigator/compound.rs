//! Words that are written as one: `Lederhandtasche` is a `Handtasche` of `Leder`.

use super::index::Index;
use super::language::{Language, stem};
use super::query::{Asked, MAX_WORDS};

/// The shortest word of a compound that was asked. `Öl` is shorter; it stands in too many words that are none of it.
const SHORTEST: usize = 3;
/// The shortest end of an unknown compound that is taken for the goods: the last word names them.
const SHORTEST_END: usize = 4;
/// The shortest beginning of other compounds that may begin one.
const SHORTEST_BEGINNING: usize = 5;
/// The most words of a compound.
const MOST: usize = 4;

/// A word of a compound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// As it stands, without what links it to the next.
    pub(crate) full: String,
    /// As the index has it.
    pub(crate) text: String,
}

/// Parts words into the known ones that they are made of.
pub(crate) struct Divider<'d> {
    language: &'d Language,
    /// Whether a stem is known.
    knows: &'d dyn Fn(&str) -> bool,
    /// Whether known compounds begin with a word.
    begins: &'d dyn Fn(&str) -> bool,
    shortest: usize,
}

impl<'d> Divider<'d> {
    pub(crate) fn new(
        language: &'d Language,
        knows: &'d dyn Fn(&str) -> bool,
        shortest: usize,
    ) -> Self {
        Self {
            language,
            knows,
            begins: &|_| false,
            shortest,
        }
    }

    /// A compound may begin with what others begin with, too.
    const fn or_beginning(self, begins: &'d dyn Fn(&str) -> bool) -> Self {
        Self { begins, ..self }
    }

    /// A known word as it is, or its parts where the language has compounds.
    fn read(&self, word: &str) -> Option<Vec<Part>> {
        let whole = self.known(word).map(|part| vec![part]);
        let may_be_parted = self.language.has_compounds();
        whole.or_else(|| may_be_parted.then(|| self.parts(word)).flatten())
    }

    /// The words that a word is made of, none left over: two rather than more, and of these the ones with the longest first.
    pub(crate) fn parts(&self, word: &str) -> Option<Vec<Part>> {
        (2..=MOST).find_map(|count| self.so_many(word, count))
    }

    fn so_many(&self, word: &str, count: usize) -> Option<Vec<Part>> {
        if count == 1 {
            return Some(vec![self.known(word)?]);
        }
        let last = word.len().saturating_sub(self.shortest);
        (self.shortest..=last).rev().find_map(|cut| {
            let (first, rest) = word.split_at_checked(cut)?;
            let mut parts = vec![self.linked(first)?];
            parts.append(&mut self.so_many(rest, count.saturating_sub(1))?);
            Some(parts)
        })
    }

    /// A known word with one of the language's links after it, or with none; or what other compounds begin with.
    fn linked(&self, word: &str) -> Option<Part> {
        let links = self.language.links.iter();
        let mut without = links.filter_map(|link| word.strip_suffix(link.as_str()));
        let known = without.find_map(|word| self.known(word));
        known.or_else(|| {
            (self.begins)(word).then(|| Part {
                full: word.to_owned(),
                text: word.to_owned(),
            })
        })
    }

    fn known(&self, word: &str) -> Option<Part> {
        let mut text = String::from(word);
        stem(&mut text, Some(self.language));
        (word.len() >= self.shortest && (self.knows)(&text)).then(|| Part {
            full: word.to_owned(),
            text,
        })
    }

    /// The longest known word that a word ends with.
    fn end(&self, word: &str) -> Option<Part> {
        let last = word.len().saturating_sub(SHORTEST_END);
        (self.shortest..=last).find_map(|cut| self.known(word.split_at_checked(cut)?.1))
    }
}

/// The words that were asked, with those parted that the index knows the parts of only. What it knows as a whole stays whole.
pub(crate) fn parted<'q>(asked: Vec<Asked<'q>>, index: &Index) -> Vec<Asked<'q>> {
    let Some(language) = &index.language else {
        return asked;
    };
    let knows = |text: &str| knows(index, language, text);
    let begins = |text: &str| begins(index, language, text);
    let divider = Divider::new(language, &knows, SHORTEST).or_beginning(&begins);
    let mut parted: Vec<Asked<'q>> = Vec::new();
    for word in asked {
        let is_begun = word.is_open && !index.words.completions(&word.text, 1).is_empty();
        let is_known = is_begun || knows(&word.text) || begins(&word.text);
        if word.is_joined || word.full.is_empty() || is_known {
            add(&mut parted, word);
            continue;
        }
        match spellings(&word.full, language).find_map(|spelt| divider.read(&spelt)) {
            Some(parts) => parts
                .into_iter()
                .for_each(|part| add(&mut parted, word.part(part))),
            None => add(&mut parted, word),
        }
    }
    parted
}

/// Whether the index has a word, or has another in its place.
fn knows(index: &Index, language: &Language, text: &str) -> bool {
    index.words.rank(text).is_some() || language.also(text).next().is_some()
}

/// Whether words of the index begin with this one: `Kaschmir`, where all that is said is `Kaschmirziegen`.
fn begins(index: &Index, language: &Language, text: &str) -> bool {
    let may_begin = language.has_compounds() && text.len() >= SHORTEST_BEGINNING;
    may_begin && !index.words.completions(text, 1).is_empty()
}

/// A word is asked once.
fn add<'q>(words: &mut Vec<Asked<'q>>, word: Asked<'q>) {
    if words.len() < MAX_WORDS && !words.iter().any(|other| other.text == word.text) {
        words.push(word);
    }
}

/// The ways that a word can be meant: as it is typed, and with `ae` for `ä`, everywhere or at one place.
fn spellings(word: &str, language: &Language) -> impl Iterator<Item = String> + use<> {
    let mut ways = vec![word.to_owned()];
    let mut everywhere = word.to_owned();
    for (typed, meant) in &language.spellings {
        everywhere = everywhere.replace(typed.as_str(), meant);
        for (at, _) in word.match_indices(typed.as_str()) {
            let after = at.saturating_add(typed.len());
            let (before, after) = (word.get(..at), word.get(after..));
            if let Some((before, after)) = before.zip(after) {
                ways.push([before, meant.as_str(), after].concat());
            }
        }
    }
    if ways.len() > 1 {
        ways.insert(1, everywhere);
    }
    ways.into_iter()
}

/// The goods that an unknown compound names, where its end is all of it that the index knows.
pub(crate) fn goods(word: &str, index: &Index) -> Option<usize> {
    let language = index.language.as_ref()?;
    let knows = |text: &str| index.words.rank(text).is_some();
    let end = language
        .has_compounds()
        .then(|| Divider::new(language, &knows, SHORTEST).end(word));
    index.words.rank(&end.flatten()?.text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn german() -> Language {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Language {
            endings: ["en", "er", "e", "n", "s"]
                .map(|ending| (ending.into(), String::new()))
                .into(),
            shortest_stem: 4,
            spellings: [("ae", "a"), ("oe", "o"), ("ue", "u")]
                .map(|(typed, meant)| (typed.into(), meant.into()))
                .into(),
            links: texts(&["", "s", "es", "n", "en"]),
            ..Language::default()
        }
    }

    fn parts(word: &str, known: &[&str]) -> Vec<String> {
        let language = german();
        let known: BTreeSet<&str> = known.iter().copied().collect();
        let knows = |text: &str| known.contains(text);
        let parts = Divider::new(&language, &knows, SHORTEST).parts(word);
        parts
            .unwrap_or_default()
            .into_iter()
            .map(|part| part.full)
            .collect()
    }

    #[test]
    fn the_longest_known_first_word_is_taken() {
        let known = ["leder", "hand", "tasch", "handtasch", "kind", "wagen"];
        assert_eq!(parts("lederhandtasche", &known), ["leder", "handtasche"]);
        assert_eq!(parts("lederhandtaschen", &known), ["leder", "handtaschen"]);
        assert_eq!(parts("handtasche", &["hand", "tasch"]), ["hand", "tasche"]);
        assert_eq!(
            parts("lederhandtasche", &["leder", "hand", "tasch"]),
            ["leder", "hand", "tasche"]
        );
    }

    #[test]
    fn what_links_two_words_belongs_to_neither() {
        assert_eq!(
            parts("schwanenfederkissen", &["schwan", "feder", "kiss"]),
            ["schwanen", "feder", "kissen"]
        );
        assert_eq!(parts("liebesbrief", &["lieb", "brief"]), ["liebe", "brief"]);
        assert_eq!(parts("damenhose", &["dame", "hose"]), ["damen", "hose"]);
    }

    #[test]
    fn a_word_with_an_unknown_rest_is_not_parted() {
        assert_eq!(parts("lederxyz", &["leder"]), [""; 0]);
        assert_eq!(parts("leder", &["leder"]), [""; 0]);
        assert_eq!(parts("ledertä", &["leder"]), [""; 0]);
    }

    #[test]
    fn an_umlaut_may_be_typed_as_two_letters() {
        let ways = |word| spellings(word, &german()).collect::<Vec<_>>();
        assert_eq!(ways("maentel"), ["maentel", "mantel", "mantel"]);
        assert_eq!(
            ways("feuerloescher"),
            [
                "feuerloescher",
                "feurloscher",
                "feuerloscher",
                "feurloescher"
            ]
        );
        assert_eq!(ways("hose"), ["hose"]);
    }
}
