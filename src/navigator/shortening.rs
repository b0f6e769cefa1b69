//! Words that senders shorten by leaving out vowels: `sntry twl`.

/// The fewest letters of a shortened word.
const FEWEST: usize = 3;
/// A shortened word has at most one vowel for so many letters; `sensitve` is misspelt.
const LETTERS_OF_A_VOWEL: usize = 3;

/// Whether a word has so few vowels that some may have been left out.
pub(crate) fn lacks_vowels(word: &str) -> bool {
    let vowels = word.bytes().filter(is_vowel).count();
    let are_few = vowels.saturating_mul(LETTERS_OF_A_VOWEL) <= word.len();
    let is_plain = word.bytes().all(|byte| byte.is_ascii_lowercase());
    is_plain && are_few && word.len() >= FEWEST
}

/// Whether `typed` is the word without some of its vowels and second letters of two.
pub(crate) fn is_shortened(word: &[u8], typed: &[u8]) -> bool {
    let mut typed = typed.iter();
    let mut next = typed.next();
    let mut before = None;
    for letter in word {
        if next == Some(letter) {
            next = typed.next();
        } else if !is_vowel(letter) && before != Some(letter) {
            return false;
        }
        before = Some(letter);
    }
    next.is_none()
}

const fn is_vowel(letter: &u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vowels_and_second_letters_may_be_left_out_and_nothing_else() {
        for (word, typed) in [
            ("sanitary", "sntry"),
            ("butter", "btr"),
            ("face", "fce"),
            ("glass", "glss"),
            ("body", "bdy"),
        ] {
            assert!(is_shortened(word.as_bytes(), typed.as_bytes()), "{typed}");
        }
        for (word, typed) in [
            ("meal", "mla"),
            ("towel", "twls"),
            ("giant", "gent"),
            ("sanitary", "sntr"),
            ("paper", "spr"),
        ] {
            assert!(!is_shortened(word.as_bytes(), typed.as_bytes()), "{typed}");
        }
    }

    #[test]
    fn words_of_few_vowels_may_be_shortened() {
        for word in ["sntry", "fce", "cndtnr", "natrl"] {
            assert!(lacks_vowels(word), "{word}");
        }
        for word in ["gel", "xl", "mp3", "towel", "ölfrb"] {
            assert_eq!(lacks_vowels(word), word == "gel", "{word}");
        }
    }
}
