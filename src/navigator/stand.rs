//! How the words of a designation stand: which names the goods, which say what they are not.

use super::field::Stand;
use super::words::{Word, words};
use core::ops::Range;

/// What parts a designation into goods that are named one after the other.
const PARTS: [char; 2] = [':', ';'];
/// What follows the goods' name: the rest of an inverted term (`lighters, cigarette`), a material, a use.
const AFTER_NAME: [&str; 8] = [
    ",",
    "(",
    " of ",
    " for ",
    " with ",
    " in ",
    " - ",
    " whether ",
];
/// What follows is excluded, to the end of the part.
const EXCLUDES: [&str; 6] = [
    "other than ",
    "not ",
    "excluding ",
    "except ",
    "without ",
    "excl. ",
];

/// The distinct words of a text, each with the best way it stands.
pub(super) fn stands(text: &str) -> Vec<(String, Stand)> {
    let mut found: Vec<(String, Stand)> = Vec::new();
    for part in text.split(PARTS) {
        let lower = part.to_ascii_lowercase();
        let head = head(part, &lower);
        let excluded = first_of(&lower, &EXCLUDES).unwrap_or(lower.len());
        for word in words(part).into_iter().filter(|word| !is_number(word)) {
            let stand = match &head {
                _ if word.at.start >= excluded => Stand::Excluded,
                Some(head) if head.contains(&word.at.start) => Stand::Head,
                _ => Stand::Beside,
            };
            add(&mut found, word.text, stand);
        }
    }
    found
}

fn is_number(word: &Word) -> bool {
    word.text.bytes().all(|byte| byte.is_ascii_digit())
}

fn add(found: &mut Vec<(String, Stand)>, word: String, stand: Stand) {
    match found.iter_mut().find(|(known, _)| *known == word) {
        Some((_, known)) => *known = stand.min(*known),
        None => found.push((word, stand)),
    }
}

/// Where the word stands that names the goods: the last before what follows a name. `Of cotton` names none.
fn head(part: &str, lower: &str) -> Option<Range<usize>> {
    let is_nameless = AFTER_NAME
        .iter()
        .any(|mark| lower.trim_start().starts_with(mark.trim_start()));
    if is_nameless {
        return None;
    }
    let end = first_of(lower, &AFTER_NAME).unwrap_or(lower.len());
    let named = words(part.get(..end)?);
    named.last().map(|word| word.at.clone())
}

fn first_of(text: &str, marks: &[&str]) -> Option<usize> {
    marks.iter().filter_map(|mark| text.find(mark)).min()
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
