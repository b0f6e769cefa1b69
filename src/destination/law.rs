//! Where a rule comes from.

use crate::calendar::CalendarDate;
use crate::confidence::Confidence;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// Where a rule comes from, and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Law {
    /// The act and article, or the title of the page, in our words.
    pub title: String,
    /// Where a reader finds it.
    pub url: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// The day it was last checked.
    pub checked_on: CalendarDate,
}

stored!(struct Law { title, url, confidence, checked_on });
