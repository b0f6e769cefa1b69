//! Roman numerals, by which the sections of the nomenclature are known.

const PARTS: [(usize, &str); 5] = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];

/// The numeral of a section counted from 0.
pub(crate) fn numeral(section: usize) -> String {
    let mut left = section.saturating_add(1).min(39);
    let mut text = String::new();
    for (value, letters) in PARTS {
        while left >= value {
            text.push_str(letters);
            left = left.saturating_sub(value);
        }
    }
    text
}

/// The section, counted from 0, of a numeral among so many.
pub(crate) fn section(text: &str, sections: usize) -> Option<usize> {
    (0..sections).find(|section| numeral(*section) == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_of_the_sections() {
        let texts: Vec<String> = [0, 3, 8, 13, 20].map(numeral).to_vec();
        assert_eq!(texts, ["I", "IV", "IX", "XIV", "XXI"]);
        assert_eq!(section("XXI", 21), Some(20));
        assert_eq!(section("XXII", 21), None);
        assert_eq!(section("", 21), None);
    }
}
