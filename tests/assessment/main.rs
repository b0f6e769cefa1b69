//! What `cargo mutants` found that no other test noticed: each test here states a place, a tariff and a basket of its own, and the
//! figure, the working or the need that the law's arithmetic gives.

#![expect(
    clippy::indexing_slicing,
    reason = "a JSON value answers null for a key it lacks"
)]
#![expect(
    clippy::unwrap_used,
    reason = "a place or a basket that cannot be stated has failed the test"
)]
#![expect(
    clippy::arithmetic_side_effects,
    reason = "the stage counts small numbers"
)]
#![expect(clippy::panic, reason = "a basket that is refused has failed the test")]

mod collection;
mod conditions;
mod duties;
mod fees;
mod measures;
mod rates;
mod remedies;
mod stage;
mod taxes;
mod values;
mod workings;
