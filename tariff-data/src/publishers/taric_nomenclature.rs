//! The nomenclature workbook of TARIC: codes, indents and designations in one language.
//!
//! Read by the readers of the Harmonized System (designations at two, four and six digits, in each language) and by that of TARIC itself.

use std::path::Path;

use anyhow::{Context, Result, bail};
use calamine::{Data, Reader, Xlsx, open_workbook};

/// The header row; the last two columns are not used.
const COLUMNS: [&str; 7] = [
    "Goods code",
    "Start date",
    "End date",
    "Language",
    "Hier. Pos.",
    "Indent",
    "Description",
];

/// A row of the workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Designation {
    /// Ten digits.
    pub code: String,
    /// `80` for a line, `10` and the like for a grouping row.
    pub suffix: String,
    /// The language's code in small letters: `de`.
    pub language: String,
    /// ISO date.
    pub from: String,
    /// ISO date, or nothing.
    pub to: String,
    /// How many digits of the code count: 2, 4, 6, 8 or 10.
    pub digits: u8,
    /// How many dashes stand before the designation.
    pub dashes: u8,
    /// The designation in plain characters.
    pub title: String,
}

/// All rows, in the workbook's order.
pub fn read(path: &Path) -> Result<Vec<Designation>> {
    let mut workbook: Xlsx<_> =
        open_workbook(path).with_context(|| format!("opening {}", path.display()))?;
    let range = workbook
        .worksheet_range_at(0)
        .with_context(|| format!("{} has no sheet", path.display()))?
        .with_context(|| format!("reading {}", path.display()))?;
    let mut rows = range.rows();
    let header = rows.next().unwrap_or_default();
    if !header
        .iter()
        .map(ToString::to_string)
        .take(COLUMNS.len())
        .eq(COLUMNS)
    {
        bail!(
            "{}: the columns must begin with {}",
            path.display(),
            COLUMNS.join(", ")
        );
    }
    rows.enumerate()
        .map(|(row, cells)| {
            designation(cells)
                .with_context(|| format!("{} row {}", path.display(), row.saturating_add(2)))
        })
        .collect()
}

fn designation(cells: &[Data]) -> Result<Designation> {
    let cell = |column: usize| {
        cells
            .get(column)
            .map(ToString::to_string)
            .unwrap_or_default()
    };
    let goods = cell(0);
    let (code, suffix) = goods.split_once(' ').context("a goods code has a suffix")?;
    if code.len() != 10 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        bail!("\"{code}\" is no goods code");
    }
    let digits = cell(4);
    let digits = digits.strip_suffix(".0").unwrap_or(&digits);
    Ok(Designation {
        code: code.to_owned(),
        suffix: suffix.to_owned(),
        from: iso(&cell(1))?,
        to: iso(&cell(2))?,
        language: cell(3).to_lowercase(),
        digits: digits
            .parse()
            .with_context(|| format!("\"{digits}\" is no hierarchy position"))?,
        dashes: u8::try_from(cell(5).matches('-').count())?,
        title: plain(&cell(6)),
    })
}

/// `31-12-1971` as `1971-12-31`.
fn iso(date: &str) -> Result<String> {
    if date.is_empty() {
        return Ok(String::new());
    }
    let mut parts = date.splitn(3, '-');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(day), Some(month), Some(year)) => Ok(format!("{year}-{month}-{day}")),
        _ => bail!("\"{date}\" is no date"),
    }
}

/// The workbook's markup in plain characters.
///
/// `|` is a fixed space, `!x!` a multiplication sign, `!o!` a degree, `@` lowers and `$` raises the character after it. A decimal comma before a unit becomes a point.
pub fn plain(marked: &str) -> String {
    let mut text = String::with_capacity(marked.len());
    let marked = marked
        .replace("!x!", "×")
        .replace("!o!", "°")
        .replace(['\u{200b}', '\u{ad}'], "");
    let mut letters = decimal_points(&marked)
        .chars()
        .collect::<Vec<_>>()
        .into_iter();
    while let Some(letter) = letters.next() {
        match letter {
            '|' | '\u{a0}' => text.push(' '),
            '@' => {}
            '$' => text.extend(letters.next().and_then(raised)),
            other => text.push(other),
        }
    }
    let spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    spaced
        .replace(" ,", ",")
        .replace(" ;", ";")
        .trim_end_matches([':', ' '])
        .to_owned()
}

/// French numbers its references `n$o` and `n$o$s`: both are `n°` here. A raised space is a space.
fn raised(letter: char) -> Option<char> {
    match letter {
        ' ' | '|' => Some(' '),
        '1' => Some('¹'),
        '2' => Some('²'),
        '3' => Some('³'),
        '6' => Some('⁶'),
        '-' => Some('⁻'),
        'o' => Some('°'),
        's' => None,
        other => Some(other),
    }
}

/// `0,8|g` is a number; `1,2-dichloroethane` is not.
fn decimal_points(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let is_decimal = |at: usize| {
        let fraction = letters
            .iter()
            .skip(at.saturating_add(1))
            .take_while(|c| c.is_ascii_digit())
            .count();
        let after = at.saturating_add(1).saturating_add(fraction);
        fraction > 0 && digit(at.wrapping_sub(1)) && letters.get(after) == Some(&'|')
    };
    letters
        .iter()
        .enumerate()
        .map(|(at, letter)| {
            if *letter == ',' && is_decimal(at) {
                '.'
            } else {
                *letter
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_plain_characters() {
        assert_eq!(
            plain("Of a density exceeding 0,5|g/cm$3|but"),
            "Of a density exceeding 0.5 g/cm³ but"
        );
        assert_eq!(
            plain("Vitamin|B@1@2|and its derivatives"),
            "Vitamin B12 and its derivatives"
        );
        assert_eq!(plain("of heading 8443 , 8525 :"), "of heading 8443, 8525");
        assert_eq!(plain("5|!x!|10$-$6|per Kelvin"), "5 × 10⁻⁶ per Kelvin");
        assert_eq!(plain("1,2-Dichloroethane"), "1,2-Dichloroethane");
        assert_eq!(plain("of up to 50!o! Brix"), "of up to 50° Brix");
        assert_eq!(
            plain("des n$o$s|0401 ou du n$o 0405"),
            "des n° 0401 ou du n° 0405"
        );
    }

    #[test]
    fn dates_are_turned_round() -> Result<()> {
        assert_eq!(iso("31-12-1971")?, "1971-12-31");
        assert_eq!(iso("")?, "");
        assert!(iso("1971").is_err());
        Ok(())
    }
}
