//! Letters: lower case, without accents, and what is no letter at all.
//!
//! The standard library's tables would cost kilobytes in the page; the goods of this world are named in Latin letters with few
//! accents, so two short strings do. Letters of other scripts stay as they are.

/// À to ÿ, in the order of Unicode. `*` stands for two letters, `.` for none.
const LATIN_1: &[u8; 64] = b"aaaaaa*ceeeeiiiidnooooo.ouuuuy**aaaaaa*ceeeeiiiidnooooo.ouuuuy*y";

/// Ā to ſ, in the order of Unicode.
const LATIN_EXTENDED_A: &[u8; 128] =
    b"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkkllllllllllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

/// What a character is to a reader of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Letter {
    /// A letter or digit, folded.
    Plain(char),
    /// Two letters in one: `æ`, `ß`.
    Two(&'static str),
    /// A mark upon the letter before it.
    Mark,
    /// A hyphen, if it stands between letters.
    Hyphen,
    /// An apostrophe, if it stands between letters.
    Apostrophe,
    /// None of these.
    Gap,
}

/// Folds a character.
pub(crate) fn fold(character: char) -> Letter {
    match character {
        'a'..='z' | '0'..='9' => Letter::Plain(character),
        'A'..='Z' => Letter::Plain(character.to_ascii_lowercase()),
        '-' | '\u{2010}' | '\u{2011}' => Letter::Hyphen,
        '\'' | '\u{2018}' | '\u{2019}' | '\u{02BC}' => Letter::Apostrophe,
        '\0'..='\u{BF}' => Letter::Gap,
        '\u{C0}'..='\u{FF}' => latin(character, 0xC0, LATIN_1),
        '\u{100}'..='\u{17F}' => latin(character, 0x100, LATIN_EXTENDED_A),
        '\u{300}'..='\u{36F}' => Letter::Mark,
        // Punctuation, symbols, spaces and signs of direction.
        '\u{2000}'..='\u{2BFF}' | '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' => Letter::Gap,
        '\u{E000}'..='\u{F8FF}' | '\u{FE00}'..='\u{FE6F}' | '\u{FF00}'..='\u{FF0F}' => Letter::Gap,
        '\u{FF1A}'..='\u{FF20}' | '\u{FFF0}'..='\u{1F2FF}' | '\u{1F300}'..='\u{1FAFF}' => {
            Letter::Gap
        }
        // Full-width digits and letters, as Japanese texts have them.
        '\u{FF10}'..='\u{FF19}' | '\u{FF21}'..='\u{FF3A}' | '\u{FF41}'..='\u{FF5A}' => {
            let narrow = u32::from(character).saturating_sub(0xFEE0);
            fold(char::from_u32(narrow).unwrap_or_default())
        }
        _ => Letter::Plain(character),
    }
}

fn latin(character: char, first: u32, table: &[u8]) -> Letter {
    let position = u32::from(character)
        .checked_sub(first)
        .and_then(|position| usize::try_from(position).ok());
    match position.and_then(|position| table.get(position)) {
        Some(b'*') => Letter::Two(two(character)),
        Some(letter) if letter.is_ascii_lowercase() => Letter::Plain(char::from(*letter)),
        _ => Letter::Gap,
    }
}

const fn two(character: char) -> &'static str {
    match character {
        'Æ' | 'æ' => "ae",
        'Œ' | 'œ' => "oe",
        'Þ' | 'þ' => "th",
        'Ĳ' | 'ĳ' => "ij",
        _ => "ss",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_fold_and_signs_are_gaps() {
        for (character, letter) in [
            ('É', Letter::Plain('e')),
            ('ñ', Letter::Plain('n')),
            ('ÿ', Letter::Plain('y')),
            ('Ł', Letter::Plain('l')),
            ('ž', Letter::Plain('z')),
            ('ſ', Letter::Plain('s')),
            ('ß', Letter::Two("ss")),
            ('Œ', Letter::Two("oe")),
            ('Þ', Letter::Two("th")),
            ('×', Letter::Gap),
            ('÷', Letter::Gap),
            ('™', Letter::Gap),
            ('³', Letter::Gap),
            ('茶', Letter::Plain('茶')),
            ('Ｔ', Letter::Plain('t')),
            ('８', Letter::Plain('8')),
            ('😀', Letter::Gap),
        ] {
            assert_eq!(fold(character), letter, "{character}");
        }
    }
}
