//! From a text to the words that the index knows.

use super::letters::{Letter, fold};
use super::stem::singular;
use core::ops::Range;

/// The longest word, in bytes; what is longer is cut. No word of the nomenclature comes near it.
const LONGEST: usize = 48;

/// How a word stood in its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// By itself.
    Whole,
    /// Between hyphens: `t` and `shirt` of `t-shirt`.
    Piece,
    /// All that its hyphens join: `tshirt` of `t-shirt`.
    Joined,
}

/// A word: folded, singular, and where it stood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) at: Range<usize>,
    pub(crate) form: Form,
}

/// Words that join others and say nothing of the goods. Sorted.
const FUNCTION_WORDS: &[&str] = &[
    "a",
    "an",
    "and",
    "are",
    "as",
    "at",
    "be",
    "by",
    "etc",
    "excl",
    "excluding",
    "for",
    "from",
    "in",
    "incl",
    "including",
    "is",
    "like",
    "nes",
    "nor",
    "not",
    "of",
    "on",
    "or",
    "other",
    "others",
    "similar",
    "such",
    "than",
    "the",
    "their",
    "therefor",
    "therein",
    "thereof",
    "to",
    "whether",
    "with",
];

/// Whether a word says nothing of the goods.
pub(crate) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.binary_search(&word).is_ok()
}

/// The words of a text, function words left out, in the order of the text. A hyphened word comes joined first, then in pieces.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let mut reader = Reader::default();
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let end = characters.peek().map_or(text.len(), |(next, _)| *next);
        let before_letter = || {
            let next = text.get(end..).and_then(|rest| rest.chars().next());
            next.is_some_and(|next| matches!(fold(next), Letter::Plain(_) | Letter::Two(_)))
        };
        match fold(character) {
            Letter::Plain(letter) => reader.letter(letter, at, end),
            Letter::Two(letters) => letters
                .chars()
                .for_each(|letter| reader.letter(letter, at, end)),
            Letter::Hyphen if reader.is_inside() && before_letter() => reader.hyphen(),
            Letter::Apostrophe if reader.is_inside() && before_letter() => reader.apostrophe(),
            Letter::Mark if reader.is_inside() => reader.mark(end),
            Letter::Mark | Letter::Hyphen | Letter::Apostrophe | Letter::Gap => reader.gap(),
        }
    }
    reader.gap();
    reader.words
}

/// The words of a text, as [`words`] reads them: what is learned from texts must read them as the navigator reads a query.
#[cfg(feature = "write")]
#[must_use]
pub fn text_words(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.text).collect()
}

/// Collects letters into pieces, pieces into words.
#[derive(Default)]
struct Reader {
    words: Vec<Word>,
    pieces: Vec<Word>,
    piece: String,
    at: Range<usize>,
    /// The length that the piece had at its last apostrophe.
    possessive: Option<usize>,
}

impl Reader {
    fn is_inside(&self) -> bool {
        !self.piece.is_empty()
    }

    fn letter(&mut self, letter: char, start: usize, end: usize) {
        if self.piece.is_empty() {
            self.at = start..end;
        }
        if self.piece.len() < LONGEST {
            self.piece.push(letter);
        }
        self.at.end = end;
    }

    const fn mark(&mut self, end: usize) {
        self.at.end = end;
    }

    fn apostrophe(&mut self) {
        self.possessive = Some(self.piece.len());
    }

    /// Ends a piece. Of `men's` the piece is `men`; of `o'clock` it is `oclock`.
    fn hyphen(&mut self) {
        let mut text = core::mem::take(&mut self.piece);
        let possessive = self.possessive.take();
        if let Some(length) = possessive.filter(|length| text.get(*length..) == Some("s")) {
            text.truncate(length);
        }
        let at = self.at.clone();
        self.pieces.push(Word {
            text,
            at,
            form: Form::Piece,
        });
    }

    /// Ends a word.
    fn gap(&mut self) {
        if self.is_inside() {
            self.hyphen();
        }
        let mut pieces = core::mem::take(&mut self.pieces);
        match pieces.as_mut_slice() {
            [] => return,
            [only] => only.form = Form::Whole,
            _ => self.words.extend(joined(&pieces)),
        }
        let plain = pieces
            .into_iter()
            .filter(|piece| !is_function_word(&piece.text));
        self.words.extend(plain.map(|mut piece| {
            singular(&mut piece.text);
            piece
        }));
    }
}

fn joined(pieces: &[Word]) -> Option<Word> {
    let at = pieces.first()?.at.start..pieces.last()?.at.end;
    let mut text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    singular(&mut text);
    (text.len() <= LONGEST).then_some(Word {
        text,
        at,
        form: Form::Joined,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn words_are_folded_singular_and_without_function_words() {
        assert_eq!(
            read("The Crêpes of Málaga, and OTHER Straßen"),
            ["crepe", "malaga", "strassen"]
        );
        assert_eq!(read("men's and boys’ suits"), ["man", "boy", "suit"]);
        assert_eq!(
            read("100% cotton, 3.5 mm (18k)"),
            ["100", "cotton", "3", "5", "mm", "18k"]
        );
        assert_eq!(read("  —  ... "), [""; 0]);
    }

    #[test]
    fn a_hyphened_word_comes_joined_and_in_pieces() {
        assert_eq!(read("T-shirts"), ["tshirt", "t", "shirt"]);
        assert_eq!(read("state-of-the-art"), ["stateoftheart", "state", "art"]);
        assert_eq!(read("pre- and post"), ["pre", "post"]);
    }

    #[test]
    fn a_word_knows_where_it_stood() {
        let text = "Noël’s T-shirts";
        let stood: Vec<_> = words(text)
            .into_iter()
            .filter_map(|word| text.get(word.at))
            .collect();
        assert_eq!(stood, ["Noël’s", "T-shirts", "T", "shirts"]);
    }

    #[test]
    fn accents_written_apart_fold_too() {
        assert_eq!(read("cafe\u{301}s"), ["cafe"]);
    }

    #[test]
    fn function_words_are_sorted() {
        assert!(FUNCTION_WORDS.is_sorted());
    }

    proptest! {
        #[test]
        fn any_text_is_read(text: String) {
            for word in words(&text) {
                prop_assert!(!word.text.is_empty());
                prop_assert!(text.get(word.at).is_some());
            }
        }
    }
}
