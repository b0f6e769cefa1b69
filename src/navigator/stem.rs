//! Singular and plural as one word.
//!
//! Only plurals are folded, by a few rules. A heavier stemmer was tried on the development sets: folding `-ing` and `-ed` as well moved
//! no set by half a point, while a stem that is no longer a word cannot be shown as the reason of a hit, and is no longer found by
//! the letters a visitor has typed so far.

/// Words that no rule gets right.
const IRREGULAR: &[(&str, &str)] = &[
    ("buses", "bus"),
    ("calves", "calf"),
    ("canvas", "canvas"),
    ("canvases", "canvas"),
    ("children", "child"),
    ("feet", "foot"),
    ("gases", "gas"),
    ("geese", "goose"),
    ("halves", "half"),
    ("hooves", "hoof"),
    ("knives", "knife"),
    ("leaves", "leaf"),
    ("lens", "lens"),
    ("lenses", "lens"),
    ("loaves", "loaf"),
    ("men", "man"),
    ("mice", "mouse"),
    ("scarves", "scarf"),
    ("shelves", "shelf"),
    ("teeth", "tooth"),
    ("women", "woman"),
];

/// Makes a folded word singular.
pub(crate) fn singular(word: &mut String) {
    if !irregular(word) {
        let drop = dropped(word);
        if drop == IES {
            word.truncate(word.len().saturating_sub(IES));
            word.push('y');
        } else {
            word.truncate(word.len().saturating_sub(drop));
        }
        irregular(word);
    }
}

fn irregular(word: &mut String) -> bool {
    let found = IRREGULAR.binary_search_by_key(&word.as_str(), |(plural, _)| plural);
    let found = found.ok().and_then(|position| IRREGULAR.get(position));
    if let Some((_, single)) = found {
        word.clear();
        word.push_str(single);
    }
    found.is_some()
}

/// How many letters `-ies` has; such a word gets a `y` for them.
const IES: usize = 3;

/// How many letters the plural added.
fn dropped(word: &str) -> usize {
    let ends = |endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    if word.len() < 4 || !word.ends_with('s') || ends(&["ss", "us", "is"]) {
        0
    } else if word.len() > 4 && ends(&["ies"]) {
        IES
    } else if ends(&["sses", "shes", "ches", "xes", "zzes"])
        || (ends(&["oes"]) && word != "toes" && !ends(&["shoes"]))
    {
        2
    } else {
        1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_what_only_looks_like_one() {
        for (word, expected) in [
            ("shirts", "shirt"),
            ("batteries", "battery"),
            ("ties", "tie"),
            ("boxes", "box"),
            ("watches", "watch"),
            ("dresses", "dress"),
            ("shoes", "shoe"),
            ("potatoes", "potato"),
            ("glass", "glass"),
            ("cactus", "cactus"),
            ("lenses", "lens"),
            ("knives", "knife"),
            ("mens", "man"),
            ("womens", "woman"),
            ("gas", "gas"),
            ("茶", "茶"),
        ] {
            let mut stem = String::from(word);
            singular(&mut stem);
            assert_eq!(stem, expected);
            singular(&mut stem);
            assert_eq!(stem, expected, "a stem stays what it is");
        }
    }

    #[test]
    fn irregular_words_are_sorted() {
        assert!(IRREGULAR.is_sorted());
    }
}
