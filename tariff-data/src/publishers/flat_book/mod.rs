//! Schedules whose file has a row for a line and a column for a rate: what all their readers share.

mod area_lists;
mod book;
mod hs_titles;
mod text;

pub use area_lists::{AreaList, EUROPEAN_UNION};
pub use book::{Cell, Edition, FlatBook};
pub use hs_titles::HsTitles;
pub use text::{code, level, rows, tidy};
