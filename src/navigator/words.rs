//! From a text to the words that the index knows.

use super::language::{Language, Reading, is_function, stem};
use super::letters::{Letter, fold};
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
    /// Folded and as it stood, where endings make stems that are no words; empty in English.
    pub(crate) full: String,
    pub(crate) at: Range<usize>,
    pub(crate) form: Form,
}

impl Word {
    /// Whether it is digits and nothing else.
    pub(crate) fn is_number(&self) -> bool {
        self.text.bytes().all(|byte| byte.is_ascii_digit())
    }
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
pub(crate) fn words(text: &str, language: Reading<'_>) -> Vec<Word> {
    let mut reader = Reader {
        language,
        ..Reader::default()
    };
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

/// Collects letters into pieces, pieces into words.
#[derive(Default)]
struct Reader<'l> {
    language: Reading<'l>,
    words: Vec<Word>,
    pieces: Vec<Word>,
    piece: String,
    at: Range<usize>,
    /// The length that the piece had at its last apostrophe.
    possessive: Option<usize>,
}

impl Reader<'_> {
    fn is_inside(&self) -> bool {
        !self.piece.is_empty()
    }

    fn letter(&mut self, letter: char, start: usize, end: usize) {
        if self.piece.is_empty() {
            self.at = start..end;
        }
        if self.piece.len() < LONGEST || (self.is_by_letters() && !letter.is_ascii()) {
            self.piece.push(letter);
        }
        self.at.end = end;
    }

    const fn mark(&mut self, end: usize) {
        self.at.end = end;
    }

    /// Of `l'eau` the piece begins after the apostrophe.
    fn apostrophe(&mut self) {
        let is_elided = |language: &Language| language.elisions.contains(&self.piece);
        if self.language.is_some_and(is_elided) {
            self.piece.clear();
        } else {
            self.possessive = Some(self.piece.len());
        }
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
            full: String::new(),
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
            _ => self.words.extend(joined(&pieces, self.language)),
        }
        pieces.retain(|piece| !is_function(&piece.text, self.language));
        for mut piece in pieces {
            if self.is_by_letters() && !piece.text.is_ascii() {
                self.words.append(&mut by_letters(&piece, self.language));
                continue;
            }
            if self.language.is_some() {
                piece.full.clone_from(&piece.text);
            }
            stem(&mut piece.text, self.language);
            self.words.push(piece);
        }
    }

    fn is_by_letters(&self) -> bool {
        self.language.is_some_and(|language| language.by_letters)
    }
}

/// Every two letters of a word that follow each other and say something of the goods; a single one is a word.
fn by_letters(word: &Word, language: Reading<'_>) -> Vec<Word> {
    let starts = word.text.char_indices().map(|(start, _)| start);
    let mut ends = starts.clone().skip(2).chain([word.text.len()]);
    let pairs = starts.map_while(|start| word.text.get(start..ends.next()?));
    let telling = pairs.filter(|pair| !is_function(pair, language));
    let two = telling.map(|pair| Word {
        text: pair.to_owned(),
        ..word.clone()
    });
    two.collect()
}

fn joined(pieces: &[Word], language: Reading<'_>) -> Option<Word> {
    let at = pieces.first()?.at.start..pieces.last()?.at.end;
    let mut text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    stem(&mut text, language);
    (text.len() <= LONGEST).then_some(Word {
        text,
        full: String::new(),
        at,
        form: Form::Joined,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<String> {
        read_in(text, None)
    }

    fn read_in(text: &str, language: Reading<'_>) -> Vec<String> {
        let words = words(text, language).into_iter();
        words.map(|word| word.text).collect()
    }

    #[test]
    fn what_is_elided_is_no_word() {
        let language = Language {
            elisions: vec!["d".into(), "l".into()],
            endings: vec![("s".into(), String::new())],
            shortest_stem: 3,
            ..Language::default()
        };
        assert_eq!(
            read_in("Casques d'écoute, L’eau", Some(&language)),
            ["casque", "ecoute", "eau"]
        );
        assert_eq!(read_in("presqu'île", Some(&language)), ["presquile"]);
    }

    #[test]
    fn a_language_that_parts_no_words_is_read_by_two_letters() {
        let language = Language {
            function_words: vec!["その".into(), "の他".into()],
            by_letters: true,
            ..Language::default()
        };
        assert_eq!(
            read_in("綿製Tシャツ 茶 cotton", Some(&language)),
            ["綿製", "製t", "tシ", "シャ", "ャツ", "茶", "cotton"]
        );
        assert_eq!(read_in("その他の茶", Some(&language)), ["他の", "の茶"]);
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
        let stood: Vec<_> = words(text, None)
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
            for word in words(&text, None) {
                prop_assert!(!word.text.is_empty());
                prop_assert!(text.get(word.at).is_some());
            }
        }
    }
}
