//! A row's cells as the tables write them.

use std::path::Path;

use anyhow::{Context, Result, bail};
use serde::de::DeserializeOwned;

use crate::files;

/// All rows of a publisher's CSV, in its order.
pub fn rows<R: DeserializeOwned>(path: &Path) -> Result<Vec<R>> {
    let text = files::text(path)?;
    csv::Reader::from_reader(text.as_bytes())
        .deserialize()
        .enumerate()
        .map(|(at, row)| {
            row.with_context(|| format!("{} row {}", path.display(), at.saturating_add(2)))
        })
        .collect()
}

/// A published code without its dots; anything but digits and dots is a misprint.
pub fn code(published: &str) -> Result<String> {
    let code: String = published.chars().filter(|c| *c != '.').collect();
    if code.len() < 4 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        bail!("\"{published}\" is no code");
    }
    Ok(code)
}

/// A code with the digits of its own level: pairs of noughts at its end only fill it up. A subheading keeps its six.
pub fn level(code: &str) -> &str {
    let mut code = code;
    while let Some(shorter) = code.strip_suffix("00").filter(|rest| rest.len() >= 6) {
        code = shorter;
    }
    code
}

/// A text with single spaces, and without the marks that say where a line may break.
pub fn tidy(text: &str) -> String {
    let visible: String = text.chars().filter(|c| *c != '\u{200b}').collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_keep_the_digits_of_their_level() -> Result<()> {
        for (published, own) in [
            ("0101.21.00.00", "010121"),
            ("0102.29.05.00", "01022905"),
            ("0201100008", "0201100008"),
            ("010600", "010600"),
            ("2402.10", "240210"),
        ] {
            assert_eq!(level(&code(published)?), own);
        }
        assert!(code("2707.10.00*").is_err());
        Ok(())
    }

    #[test]
    fn texts_have_single_spaces() {
        assert_eq!(
            tidy(" Camels   and\u{200b}\u{a0}other "),
            "Camels and other"
        );
    }
}
