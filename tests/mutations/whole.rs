//! The tests that quote whole baskets, in one program: `make mutants` builds it again for every mutant, and one is built sooner than
//! three. `cargo test` runs them where they stand.

#![allow(dead_code, reason = "each test takes what it needs of what they share")]
#![allow(
    clippy::duplicate_mod,
    reason = "each test names what it shares as where it stands alone"
)]

#[path = "../assessment/main.rs"]
mod assessment;
#[path = "../support/mod.rs"]
mod support;
#[path = "../unknown.rs"]
mod unknown;
#[path = "../vocabulary/main.rs"]
mod vocabulary;
#[path = "../worked.rs"]
mod worked;
