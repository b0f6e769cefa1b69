//! The tables of `TABLES.md`: typed rows, and how they are read and written.
//!
//! Writing is deterministic: rows sorted by their columns in order, LF line ends, quotes only where CSV needs them.

mod file;
mod headings;
mod manifest;
mod rows;
mod series;
mod tariff;

pub use file::{Row, TableFolder};
pub use headings::{ALL_GOODS, AdditionalDuties};
pub use manifest::Manifest;
pub use rows::*;
pub use series::SeriesBook;
pub use tariff::Tariff;
