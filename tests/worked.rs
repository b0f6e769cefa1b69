#![expect(clippy::print_stdout, reason = "a test says what it counted")]
//! Every worked example under `tests/worked/`, quoted natively. The same files run in Node and in Chromium.

mod support;

#[path = "support/example.rs"]
mod example;

use example::{Example, all};

#[test]
fn every_worked_example_comes_out() -> Result<(), String> {
    let examples = all()?;
    let misses: Vec<String> = examples.iter().flat_map(Example::misses).collect();
    println!("{} worked examples", examples.len());
    assert!(
        examples.len() >= 100,
        "only {} examples were found",
        examples.len()
    );
    assert!(
        misses.is_empty(),
        "{} misses:\n{}",
        misses.len(),
        misses.join("\n")
    );
    Ok(())
}

#[test]
fn every_duty_of_a_programme_names_its_heading_and_its_source() -> Result<(), String> {
    let examples = all()?;
    let found: Vec<(usize, Vec<String>)> = examples.iter().map(Example::programme_lines).collect();
    let count: usize = found.iter().map(|(lines, _)| lines).sum();
    let bare: Vec<String> = found.into_iter().flat_map(|(_, bare)| bare).collect();
    println!("{count} lines of programmes");
    assert!(count >= 100, "only {count} lines of programmes");
    assert!(bare.is_empty(), "{}", bare.join("\n"));
    Ok(())
}
