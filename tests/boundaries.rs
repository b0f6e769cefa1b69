//! Every boundary of the rules, quoted: a minor unit below, at and above each limit, both sides of each day, each rate where it is charged.
//! The answers under `tests/boundaries/` are the twin's; `generate.py` there makes them, and nobody edits them.

#![cfg(feature = "cli")]
#![expect(clippy::print_stdout, reason = "a test says what it counted")]

mod support;

#[path = "support/boundary.rs"]
mod boundary;

use boundary::{of_territory, territories};

#[test]
fn every_boundary_case_comes_out() -> Result<(), String> {
    let engine = support::engine()?;
    let mut misses = Vec::new();
    let mut total = 0_usize;
    for territory in territories()? {
        let cases = of_territory(&territory)?;
        total = total.saturating_add(cases.len());
        for case in &cases {
            let differences = case.differences(&engine, None);
            let shown = differences
                .iter()
                .map(|difference| format!("  {}: {difference}", case.name));
            misses.extend(shown);
        }
    }
    println!("{total} boundary cases");
    assert!(
        misses.is_empty(),
        "{} differences:\n{}",
        misses.len(),
        misses.join("\n")
    );
    assert!(total >= 1_400, "only {total} boundary cases were found");
    Ok(())
}
