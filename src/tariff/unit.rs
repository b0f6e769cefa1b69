//! Units of measurement.

use crate::decimal::{self, Decimal};
use crate::stored::{Stored, StoredReader};
use serde::{Deserialize, Serialize};

/// Decimals that a factor may have.
const FACTOR_DECIMALS: usize = 12;

/// A unit and how many base units it holds: a dozen is twelve items. A unit that no other can settle is its own base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The unit, in the words of `units.csv`: `kg`, `pair`, `kg-drained`.
    pub unit: String,
    /// Its base.
    pub base: String,
    /// Base units in one of it.
    #[serde(with = "factor")]
    pub factor: Decimal,
}

impl Stored for Unit {
    fn read(from: &mut StoredReader<'_>) -> Self {
        let factor = |text: &str| decimal::parse(text, FACTOR_DECIMALS);
        Self {
            unit: Stored::read(from),
            base: Stored::read(from),
            factor: from.parsed(factor, Decimal::ONE),
        }
    }
}

/// Factors cross as text: they are few, and exact in both worlds.
mod factor {
    use crate::decimal::Decimal;
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(
        value: &Decimal,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_str(value)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Decimal, D::Error> {
        let text = String::deserialize(deserializer)?;
        crate::decimal::parse(&text, super::FACTOR_DECIMALS)
            .map_err(|_| de::Error::custom("not a factor"))
    }
}
