//! The project's list of 32 properties, over random baskets to every place. `README.md` beside says which test proves which; a property's
//! name begins with its number.

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

mod baskets;
mod codes;
mod currencies;
mod dates;
mod facts;
mod order;
mod reading;
#[cfg(feature = "cli")]
mod reforms;
mod same;
#[path = "../support/stated.rs"]
mod stated;
mod sums;
#[path = "../support/mod.rs"]
mod support;
mod terms;
mod text;
mod trace;
mod values;
mod world;

/// The table beside names a property for each number, and each property that it names is there.
#[test]
fn the_table_names_a_property_for_each_number() {
    let table = include_str!("README.md");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| |"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    let numbers: Vec<String> = rows.iter().map(|row| row[1].to_owned()).collect();
    let all: Vec<String> = (1..=32).map(|number: u8| number.to_string()).collect();
    assert_eq!(numbers, all);
    let folder = support::root().join("tests/properties");
    for row in rows {
        for name in row[3].split(", ").map(|name| name.trim_matches('`')) {
            let Some((file, function)) = name.split_once("::") else {
                assert!(support::root().join(name).exists(), "{name}");
                continue;
            };
            let path = if file.ends_with(".rs") {
                support::root().join(file)
            } else {
                assert!(
                    function.contains(&format!("p{:0>2}_", row[1])),
                    "{name} is for {}",
                    row[1]
                );
                folder.join(file).with_extension("rs")
            };
            let text = std::fs::read_to_string(path).unwrap_or_default();
            assert!(text.contains(&format!("fn {function}(")), "{name}");
        }
    }
}
