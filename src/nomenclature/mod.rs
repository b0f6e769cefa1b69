//! The goods nomenclature: codes, the tree they form, a destination's lines below it, and the designations of both.

mod code;
mod level;
mod lines;
mod titles;
mod tree;

pub use code::CommodityCode;
pub use level::Level;
pub use lines::{Lines, Row};
pub use titles::Titles;
pub use tree::Tree;
