//! Programmes of additional duties: which measures are alternatives of one another, and how programmes stand to each other.

use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// A programme of additional duties. Its measures are alternatives of one another; different programmes are charged side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {
    /// Its id, as quote lines name it.
    pub id: String,
    /// Its place in the stack: the law's order. A programme gives way to earlier ones only.
    pub order: u8,
    /// The id of its source.
    pub source: String,
    /// The programmes that leave it only what they are not charged on themselves.
    pub displaced_by: Vec<String>,
    /// The preference areas whose granted claim frees the goods from it.
    pub freed_by: Vec<String>,
    /// A notice that a quote gives where the programme is charged; empty for none.
    pub notice: String,
}

stored!(struct Programme { id, order, source, displaced_by, freed_by, notice });
