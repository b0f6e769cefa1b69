//! How often a check doubts a right code, and how often a wrong one, by descriptions that were not learned from.

use anyhow::Result;
use dutiable::navigator::{Checklist, FindingCode, Navigator, Ranking, Schedule};

use super::texts::{Codes, Question};

/// One held-out example in so many is asked: thousands suffice, and each is asked four times.
const EVERY: usize = 3;

/// Which codes are held against a description.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Against {
    /// Its own.
    Right,
    /// Another example's, of another chapter.
    Chapter,
    /// Another example's, of the same chapter and another heading.
    Heading,
    /// Another example's, of the same heading.
    Subheading,
}

impl Against {
    pub(crate) const ALL: [Self; 4] = [Self::Right, Self::Chapter, Self::Heading, Self::Subheading];

    /// Whether a code is of this kind beside the right one.
    fn is(self, code: &str, right: &str) -> bool {
        let is_alike = |digits| code.get(..digits) == right.get(..digits);
        match self {
            Self::Right => code == right,
            Self::Chapter => !is_alike(2),
            Self::Heading => is_alike(2) && !is_alike(4),
            Self::Subheading => is_alike(4) && code != right,
        }
    }
}

/// How many per cent of such codes are doubted. A wrong code is that of the first example that has one, from halfway around the list for other
/// chapters and from the next example for the others, which are the harder the nearer they are.
///
/// # Errors
/// An example that is no description.
pub(crate) fn doubted(
    codes: &Codes,
    examples: &[Question],
    navigator: &Navigator,
    ranking: Ranking,
    against: Against,
) -> Result<f32> {
    // No word is vague and no code an earlier edition's: every description is held against its code.
    let list = Checklist::default();
    let code = |example: &Question| {
        let leaf = example.leaves.first()?;
        codes.leaves.get(*leaf).map(String::as_str)
    };
    let (mut doubted, mut asked) = (0, 0);
    for (place, example) in examples.iter().enumerate().step_by(EVERY) {
        let Some(right) = code(example) else { continue };
        let from = match against {
            Against::Right => place,
            Against::Chapter => place + examples.len() / 2,
            Against::Heading | Against::Subheading => place + 1,
        };
        let around = examples.iter().cycle().skip(from).take(examples.len());
        let held = around.filter_map(code).find(|code| against.is(code, right));
        let Some(held) = held else { continue };
        let checked =
            navigator.check(held, Some(&example.text), ranking, Schedule::Unasked, &list)?;
        let mut found = checked.findings.iter();
        doubted += i32::from(found.any(|finding| finding.code == FindingCode::CodeUnlikely));
        asked += 1;
    }
    Ok(100.0 * doubted as f32 / asked as f32)
}
