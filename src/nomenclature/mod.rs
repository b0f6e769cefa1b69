//! The goods nomenclature: codes, the tree they form, what earlier editions had in place of them, a destination's lines below it, and the
//! designations of both.

mod code;
mod editions;
mod level;
mod lines;
mod titles;
mod tree;

pub use code::CommodityCode;
pub use editions::{Earlier, Editions, Relation};
pub use level::Level;
pub use lines::{Lines, Row};
pub use titles::Titles;
pub use tree::Tree;
