//! The duty cell of Schedule 3: the general rate, then rates of countries behind their abbreviations.
//!
//! The parsed file has lost the space after an abbreviation here and there: `5% DCS4% CAFree DCT5%`.

/// Abbreviations of Schedule 1 with our areas. One is misspelt in the file.
const COUNTRIES: [(&str, &str); 11] = [
    ("NZ", "nz"),
    ("PG", "pg"),
    ("FI", "forum"),
    ("DC", "dc"),
    ("LDC", "ldc"),
    ("SG", "sg"),
    ("DCS", "dcs"),
    ("DCT", "dct"),
    ("DTC", "dct"),
    ("CA", "ca"),
    ("MY", "my"),
];

/// The rates of a cell: the general one first, for no area; then each with its areas.
pub fn rates(text: &str) -> Vec<(Vec<&'static str>, &str)> {
    let mut rates = Vec::new();
    let (mut areas, mut from) = (Vec::new(), 0);
    let starts = text.char_indices().filter(|(at, _)| {
        text.get(..*at)
            .is_some_and(|before| before.is_empty() || before.ends_with(' '))
    });
    for (at, _) in starts {
        if at < from {
            continue;
        }
        let Some((found, length)) = text.get(at..).and_then(countries) else {
            continue;
        };
        rates.push((areas, text.get(from..at).unwrap_or_default().trim()));
        areas = found;
        from = at.saturating_add(length);
    }
    rates.push((areas, text.get(from..).unwrap_or_default().trim()));
    rates
}

/// The areas of the abbreviations that a text begins with, and how long these are.
fn countries(text: &str) -> Option<(Vec<&'static str>, usize)> {
    let mut length = text
        .find(|c: char| !(c.is_ascii_uppercase() || c == '/' || c == ' '))
        .unwrap_or(text.len());
    // The capital of "Free".
    if text
        .get(length..)?
        .starts_with(|c: char| c.is_ascii_lowercase())
    {
        length = length.checked_sub(1)?;
    }
    let mut areas = Vec::new();
    for name in text.get(..length)?.split('/') {
        let (_, area) = COUNTRIES.iter().find(|(known, _)| *known == name.trim())?;
        if !areas.contains(area) {
            areas.push(*area);
        }
    }
    let rest = text.get(length..)?;
    let mark = rest
        .len()
        .saturating_sub(rest.trim_start_matches([';', ' ']).len());
    Some((areas, length.saturating_add(mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_part_the_rates() {
        assert_eq!(rates("5%"), [(vec![], "5%")]);
        assert_eq!(
            rates("6% DCS4% CAFree DCT;5%"),
            [
                (vec![], "6%"),
                (vec!["dcs"], "4%"),
                (vec!["ca"], "Free"),
                (vec!["dct"], "5%")
            ]
        );
        assert_eq!(
            rates("$0.5/L of alcohol NZ/PG/FI/DC/ LDC/SG/SG $0.4/L of alcohol"),
            [
                (vec![], "$0.5/L of alcohol"),
                (
                    vec!["nz", "pg", "forum", "dc", "ldc", "sg"],
                    "$0.4/L of alcohol"
                )
            ]
        );
        assert_eq!(
            rates("6%, or, if lower, $1/kg TSS"),
            [(vec![], "6%, or, if lower, $1/kg TSS")]
        );
        assert_eq!(
            rates("$1.3/kg DC$1.3/kg, less 6%"),
            [(vec![], "$1.3/kg"), (vec!["dc"], "$1.3/kg, less 6%")]
        );
    }
}
