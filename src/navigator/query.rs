//! What was asked: the words of a query, each with what it stands for.

use super::compound::Part;
use super::language::Reading;
use super::words::{Form, Word, words};
use crate::error::{Error, ErrorCode, Field};

/// The longest query, in characters.
pub const MAX_TEXT: usize = 512;
/// The most hits that can be asked for.
pub const MAX_HITS: usize = 100;
/// The most words that are looked up; a query's further words are passed over.
pub(crate) const MAX_WORDS: usize = 32;

/// A word of the query.
#[derive(Clone, Debug)]
pub(crate) struct Asked<'q> {
    /// As it was typed.
    pub(crate) typed: &'q str,
    /// As the index writes it.
    pub(crate) text: String,
    /// Folded and as it was typed, where the index has stems that are no words; else empty.
    pub(crate) full: String,
    /// Several words, or all between hyphens, read as one: it counts if the index has it, and is no loss otherwise.
    pub(crate) is_joined: bool,
    /// It says where the goods come from.
    pub(crate) is_origin: bool,
    /// The visitor may still be typing it.
    pub(crate) is_open: bool,
}

impl Asked<'_> {
    /// One of the words that this one is made of. The visitor may still be typing the last; then it is known already.
    pub(crate) fn part(&self, part: Part) -> Self {
        Self {
            text: part.text,
            full: part.full,
            is_open: false,
            ..self.clone()
        }
    }
}

/// Checks a query against the limits.
pub(crate) fn check(text: &str, limit: usize) -> Result<(), Error> {
    if text.chars().nth(MAX_TEXT).is_some() {
        return Err(Error::at(
            ErrorCode::InputTooLong,
            Field::of_request("text"),
        ));
    }
    if !(1..=MAX_HITS).contains(&limit) {
        return Err(Error::at(
            ErrorCode::InputChoice,
            Field::of_request("limit"),
        ));
    }
    Ok(())
}

/// The words of a query. Numbers are left out: they measure goods and do not name them.
pub(crate) fn read<'q>(text: &'q str, language: Reading<'_>) -> Vec<Asked<'q>> {
    let mut words = words(text, language);
    words.retain(|word| !word.is_number());
    // Other languages say it with words that say more: `aus` is of a material too.
    let origin = match language {
        None => origin(text, words.iter()),
        Some(_) => usize::MAX,
    };
    let mut asked: Vec<Asked<'q>> = Vec::new();
    let mut add = |word: &Word, is_joined: bool| {
        let known = asked.iter().any(|other| other.text == word.text);
        if known || asked.len() == MAX_WORDS {
            return;
        }
        asked.push(Asked {
            typed: text.get(word.at.clone()).unwrap_or_default(),
            text: word.text.clone(),
            full: word.full.clone(),
            is_joined,
            is_origin: word.at.start >= origin,
            is_open: word.at.end == text.len(),
        });
    };
    for (position, word) in words.iter().enumerate() {
        add(word, word.form == Form::Joined);
        let next = position.checked_add(1).and_then(|next| words.get(next));
        if let Some(pair) = next.and_then(|next| pair(text, word, next)) {
            add(&pair, true);
        }
    }
    asked
}

/// Two words that only a space parts, as one: shops write `ear phones` and `tooth brush`.
pub(crate) fn pair(text: &str, first: &Word, second: &Word) -> Option<Word> {
    let between = text.get(first.at.end..second.at.start)?;
    if between != " " || first.form != Form::Whole || second.form != Form::Whole {
        return None;
    }
    let typed = text.get(first.at.clone())?;
    // `sports bag` is no misspelt `sportbag`; a plural inside a compound is rare.
    let whole = typed.len() == first.text.len();
    let mut text = first.text.clone();
    text.push_str(&second.text);
    whole.then_some(Word {
        text,
        full: String::new(),
        at: first.at.start..second.at.end,
        form: Form::Joined,
    })
}

/// Where the words begin that say where goods come from: after the last `from`, unless it is `made from` and unless nothing would
/// be left. A description for customs ends so more often than not, and `china` and `turkey` name goods as well.
pub(crate) fn origin<'w>(text: &str, mut words: impl Iterator<Item = &'w Word>) -> usize {
    let lower = text.to_ascii_lowercase();
    let from = b" from ";
    let mut windows = lower.as_bytes().windows(from.len());
    let Some(end) = windows.rposition(|window| window == from) else {
        return usize::MAX;
    };
    let start = end.saturating_add(from.len());
    let before = lower.get(..end).unwrap_or_default().trim_end();
    let material = ["made", "manufactured", "produced", "obtained"];
    let named_before = words.any(|word| word.at.end <= end);
    if material.iter().any(|word| before.ends_with(word)) || !named_before {
        usize::MAX
    } else {
        start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(query: &str) -> Vec<String> {
        read(query, None)
            .into_iter()
            .map(|asked| asked.text)
            .collect()
    }

    #[test]
    fn words_and_pairs_of_words_are_asked() {
        assert_eq!(texts("ear phones"), ["ear", "earphone", "phone"]);
        assert_eq!(
            texts("2 x 500 ml bottle, glass"),
            ["x", "ml", "mlbottle", "bottle", "glass"]
        );
        assert_eq!(texts("t-shirt"), ["tshirt", "t", "shirt"]);
        assert_eq!(texts("bag bag Bags"), ["bag", "bagbag"]);
    }

    #[test]
    fn a_word_after_from_says_the_origin() {
        let origins = |query| -> Vec<String> {
            read(query, None)
                .into_iter()
                .filter(|asked| asked.is_origin)
                .map(|asked| asked.text)
                .collect()
        };
        assert_eq!(origins("olives from Turkey"), ["turkey"]);
        assert_eq!(origins("furniture made from wood"), [""; 0]);
        assert_eq!(origins("from China"), [""; 0]);
    }

    #[test]
    fn only_the_last_word_is_open() {
        let open = |query| -> Vec<bool> {
            read(query, None)
                .iter()
                .map(|asked| asked.is_open)
                .collect()
        };
        assert_eq!(open("red shoe"), [false, true, true]);
        assert_eq!(open("red shoe "), [false, false, false]);
    }

    #[test]
    fn limits_hold_and_one_past_them_is_refused() {
        assert!(check(&"é".repeat(MAX_TEXT), MAX_HITS).is_ok());
        assert!(check(&"é".repeat(MAX_TEXT + 1), MAX_HITS).is_err());
        assert!(check("", MAX_HITS + 1).is_err());
        assert!(check("", 0).is_err());
    }
}
