//! How well held-out texts are classified.

use anyhow::Result;
use dutiable::navigator::Navigator;
use learner::Random;

use super::texts::{Codes, Question, Texts};

/// Sets of questions, by name.
pub(crate) fn sets(texts: &Texts) -> Vec<(&'static str, Vec<Question>)> {
    let (titles, others): (Vec<_>, Vec<_>) = texts
        .examples
        .iter()
        .cloned()
        .partition(|question| is_title(&question.text));
    let mut random = Random::new(9);
    let noisy = titles
        .iter()
        .chain(others.iter().take(600))
        .map(|question| Question {
            text: with_noise(&question.text, &texts.unseen_noise, &mut random),
            ..question.clone()
        });
    vec![
        ("noisy", noisy.collect()),
        ("titles", titles),
        ("descriptions", others),
        ("trade terms", texts.trade_terms.clone()),
    ]
}

/// Whether most of five words or more begin with a capital.
fn is_title(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = words
        .iter()
        .filter(|word| word.starts_with(char::is_uppercase))
        .count();
    words.len() >= 5 && capital * 10 >= words.len() * 6
}

/// A text with two to seven words of noise that training has not met.
fn with_noise(text: &str, noise: &[String], random: &mut Random) -> String {
    let mut words: Vec<&str> = text.split_whitespace().collect();
    for _ in 0..2 + random.below(6) {
        let at = random.below(words.len() + 1);
        words.extend(random.pick(noise).map(String::as_str));
        if let Some(last) = words.pop() {
            words.insert(at, last);
        }
    }
    words.join(" ")
}

/// Hits of a set: in percent of the questions with a subheading among the first 1, 5, 10; of all with a heading, among the first 1, 10.
///
/// # Errors
/// A question that is no query.
pub(crate) fn hits(
    codes: &Codes,
    questions: &[Question],
    navigator: &Navigator,
) -> Result<[f32; 5]> {
    let mut hits = [0.0_f32; 5];
    let mut with_leaf = 0.0;
    for question in questions {
        let found = navigator.search(&question.text, 10)?;
        let leaf_at = found.hits.iter().position(|hit| {
            codes
                .leaf(&hit.code)
                .is_some_and(|leaf| question.leaves.contains(&leaf))
        });
        let branch_at = found.hits.iter().position(|hit| {
            codes
                .branch(&hit.code)
                .is_some_and(|branch| question.branches.contains(&branch))
        });
        if !question.leaves.is_empty() {
            with_leaf += 1.0;
            for (hit, within) in hits.iter_mut().zip([1, 5, 10]) {
                *hit += f32::from(leaf_at.is_some_and(|at| at < within));
            }
        }
        for (hit, within) in hits.iter_mut().skip(3).zip([1, 10]) {
            *hit += f32::from(branch_at.is_some_and(|at| at < within));
        }
    }
    let [one, five, ten, heading, heading_ten] = hits;
    let all = questions.len() as f32;
    Ok([
        one / with_leaf,
        five / with_leaf,
        ten / with_leaf,
        heading / all,
        heading_ten / all,
    ]
    .map(|share| share * 100.0))
}
