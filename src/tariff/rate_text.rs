//! A duty as rule files write it: text there, a record in packs.

use super::expression::DutyExpression;
use crate::stored::{Stored, StoredReader};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A duty expression that rule files write as text: `5 %`, `70 JPY/l`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RateText(pub DutyExpression);

impl Stored for RateText {
    fn read(from: &mut StoredReader<'_>) -> Self {
        Self(DutyExpression::read(from))
    }
}

impl Serialize for RateText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[cfg(feature = "write")]
        if serializer.is_human_readable() {
            return serializer.collect_str(&self.0);
        }
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for RateText {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[cfg(feature = "write")]
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            let wrong = |_| serde::de::Error::custom("not a duty such as `5 %` or `70 JPY/l`");
            return DutyExpression::parse(&text).map(Self).map_err(wrong);
        }
        DutyExpression::deserialize(deserializer).map(Self)
    }
}
