//! The true price at the door, and the right code for the goods, computed in the visitor's own browser.
//!
//! The crate is pure: no input or output, no clock, no floating point in money, and no customs fact written in code. Facts come in
//! packs; see `ARCHITECTURE.md` for how they are made.

pub mod assessment;
pub mod basket;
pub mod calendar;
#[cfg(feature = "cli")]
pub mod comparison;
pub mod confidence;
pub mod decimal;
pub mod destination;
pub mod engine;
mod error;
pub mod exchange;
mod gather;
pub mod json;
#[cfg(feature = "cli")]
pub mod lab;
pub mod landed_cost;
pub mod money;
pub mod navigator;
pub mod nomenclature;
pub mod pack;
pub mod place;
#[cfg(feature = "cli")]
pub mod refusal;
#[cfg(feature = "cli")]
pub mod remittance;
pub mod stored;
pub mod tariff;
mod varint;

#[cfg(target_family = "wasm")]
mod wasm;

pub use engine::Engine;
pub use error::{Error, ErrorCode, Field};
