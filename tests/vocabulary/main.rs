//! A property for each word of the rules' vocabulary, on a place that the test states itself: so that a word is tried on all values,
//! whatever the real places happen to say.

#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a property that cannot be asked has failed"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "the test reckons beside the engine, on small numbers"
)]
#![expect(clippy::panic, reason = "a basket that is refused has failed the test")]

mod conditions;
mod fees;
mod reading;
mod regimes;
mod roundings;
mod said;
#[path = "../support/stated.rs"]
mod stated;
mod taxes;
mod unlisted;

use std::collections::BTreeSet;

/// Words of the rules that change no amount: worked examples hold a quote's against them; and one that packing turns into `by-code`.
const NAMED_ONLY: [&str; 3] = ["release-category", "declaration", "by-table"];

/// Every word that `RULES.md` explains in a table, and every list of rules that bears an amount, is named by the comment of a property here.
#[test]
fn every_word_has_a_property() {
    let rules = include_str!("../../tariff-data/RULES.md");
    let cells = rules
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split_once(" | "));
    let mut words: BTreeSet<&str> = cells
        .filter(|(cell, rest)| cell.starts_with('`') && *rest != "the amount |")
        .flat_map(|(cell, _)| cell.split(", "))
        .map(|word| word.trim_matches('`'))
        .collect();
    assert!(words.len() >= 39, "{words:?}");
    words.extend(["unlisted", "waiver", "refund", "rates", "bands", "base"]);
    let files = [
        include_str!("conditions.rs"),
        include_str!("fees.rs"),
        include_str!("regimes.rs"),
        include_str!("roundings.rs"),
        include_str!("said.rs"),
        include_str!("taxes.rs"),
        include_str!("unlisted.rs"),
    ];
    let lines = files.iter().flat_map(|file| file.lines());
    let comments: String = lines
        .filter(|line| line.trim_start().starts_with("///"))
        .collect();
    let named = |word: &str| NAMED_ONLY.contains(&word) || comments.contains(&format!("`{word}`"));
    let bare: Vec<&str> = words.into_iter().filter(|word| !named(word)).collect();
    assert!(bare.is_empty(), "without a property: {bare:?}");
}
