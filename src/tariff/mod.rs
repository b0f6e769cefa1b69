//! A tariff: national lines, the measures on them, and how a duty is expressed.

mod area;
mod dictionary;
mod expression;
#[cfg(feature = "write")]
mod expression_text;
mod measure;
mod programme;
mod rate_text;
mod schedule;
mod unit;

pub use area::{Area, EVERYWHERE};
pub use dictionary::{Companion, Dictionary};
pub use expression::{Component, DutyExpression, Sign, Sum, Term};
pub use measure::{Circumstance, Measure, MeasureFlag, MeasureType, Series};
pub use programme::Programme;
pub use rate_text::RateText;
pub use schedule::{MeasureSet, NO_UNIT, NationalLine, Tariff, UNSTATED, sections};
pub use unit::Unit;
