//! How a tariff says what is to be paid.

use crate::decimal::Decimal;
use crate::money::CurrencyCode;
use crate::stored::stored;
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A duty: a sum of terms, held up by floors and held down by caps.
///
/// Mind the tariffs' own words: `MAX 16 %` is a cap, so arithmetic takes the smaller; `MIN` is a floor. Floors are applied first.
/// The text form is the grammar of `tariff-data/TABLES.md`; the quote shows it as the rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DutyExpression {
    /// What is charged, before floors and caps.
    pub base: Sum,
    /// The duty is at least each of these.
    pub floors: Vec<Sum>,
    /// The duty is at most each of these.
    pub caps: Vec<Sum>,
}

stored!(struct DutyExpression { base, floors, caps });

/// Terms that are added up.
pub type Sum = Vec<(Sign, Term)>;

/// Whether a term is added or taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sign {
    /// Added.
    Plus,
    /// Taken off.
    Minus,
}

stored!(
    enum Sign {
        Plus,
        Minus,
    }
);

/// One part of a sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Term {
    /// Per cent of the customs value, or of the value of a part of the goods (`6 % of strap`).
    AdValorem {
        /// In per cent.
        #[serde(with = "mantissa_and_scale")]
        rate: Decimal,
        /// The part of the goods, where the rate is not on the whole.
        part: Option<String>,
    },
    /// An amount for each so many units: `17.6 EUR/100 kg`.
    Specific {
        /// In main units of the currency.
        #[serde(with = "mantissa_and_scale")]
        amount: Decimal,
        /// The currency the tariff states it in.
        currency: CurrencyCode,
        /// How many units the amount is for.
        #[serde(with = "mantissa_and_scale")]
        per: Decimal,
        /// The unit; empty where the amount is for the declared article itself.
        unit: String,
    },
    /// A component whose amount the tariff leaves to a table that depends on the recipe.
    Component(Component),
    /// The ordinary duty, or the preference in its place, that is charged on the goods: `15 % - ORD` tops it up to a combined minimum.
    Ordinary,
}

stored!(enum Term { AdValorem { rate, part }, Specific { amount, currency, per, unit }, Component { 0 }, Ordinary });

/// The word of the text form for the ordinary duty.
pub(super) const ORDINARY: &str = "ORD";

/// Agricultural components of the European Union's tariff: recognised, and quoted as unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Component {
    /// `EA`: agricultural component.
    Agricultural,
    /// `ADSZ`: additional duty on the sugar content.
    Sugar,
    /// `ADFM`: additional duty on the flour content.
    Flour,
    /// `EAR`: reduced agricultural component.
    AgriculturalReduced,
    /// `ADSZR`: reduced additional duty on the sugar content.
    SugarReduced,
    /// `ADFMR`: reduced additional duty on the flour content.
    FlourReduced,
}

stored!(
    enum Component {
        Agricultural,
        Sugar,
        Flour,
        AgriculturalReduced,
        SugarReduced,
        FlourReduced,
    }
);

impl Component {
    /// All of them, with the word of the text form.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Agricultural, "EA"),
        (Self::Sugar, "ADSZ"),
        (Self::Flour, "ADFM"),
        (Self::AgriculturalReduced, "EAR"),
        (Self::SugarReduced, "ADSZR"),
        (Self::FlourReduced, "ADFMR"),
    ];

    /// The word of the text form.
    #[must_use]
    pub fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(component, _)| *component == self)
            .map_or("", |(_, word)| word)
    }
}

impl DutyExpression {
    /// A plain percentage.
    #[must_use]
    pub fn ad_valorem(rate: Decimal) -> Self {
        let base = vec![(Sign::Plus, Term::AdValorem { rate, part: None })];
        Self {
            base,
            floors: Vec::new(),
            caps: Vec::new(),
        }
    }

    /// Whether the duty is nought whatever the goods are worth or weigh.
    #[must_use]
    pub fn is_free(&self) -> bool {
        let free = |(_, term): &(Sign, Term)| matches!(term, Term::AdValorem { rate, .. } if rate.is_zero());
        self.floors.is_empty() && self.base.iter().all(free)
    }

    /// Whether the duty is one percentage of the customs value and nothing else.
    #[must_use]
    pub fn as_percentage(&self) -> Option<Decimal> {
        match (
            self.base.as_slice(),
            self.floors.is_empty() && self.caps.is_empty(),
        ) {
            ([(Sign::Plus, Term::AdValorem { rate, part: None })], true) => Some(*rate),
            _ => None,
        }
    }

    /// Every term, those of floors and caps included.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        let limits = self.floors.iter().chain(&self.caps).flatten();
        self.base.iter().chain(limits).map(|(_, term)| term)
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::AdValorem { rate, part: None } => write!(f, "{rate} %"),
            Self::AdValorem {
                rate,
                part: Some(part),
            } => write!(f, "{rate} % of {part}"),
            Self::Specific {
                amount,
                currency,
                unit,
                ..
            } if unit.is_empty() => write!(f, "{amount} {currency}"),
            Self::Specific {
                amount,
                currency,
                per,
                unit,
            } if *per == Decimal::ONE => {
                write!(f, "{amount} {currency}/{unit}")
            }
            Self::Specific {
                amount,
                currency,
                per,
                unit,
            } => write!(f, "{amount} {currency}/{per} {unit}"),
            Self::Component(component) => f.write_str(component.word()),
            Self::Ordinary => f.write_str(ORDINARY),
        }
    }
}

fn write_sum(f: &mut fmt::Formatter<'_>, sum: &Sum) -> fmt::Result {
    for (position, (sign, term)) in sum.iter().enumerate() {
        match (position, sign) {
            (0, Sign::Plus) => {}
            (0, Sign::Minus) => f.write_str("- ")?,
            (_, Sign::Plus) => f.write_str(" + ")?,
            (_, Sign::Minus) => f.write_str(" - ")?,
        }
        write!(f, "{term}")?;
    }
    Ok(())
}

impl fmt::Display for DutyExpression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_sum(f, &self.base)?;
        for floor in &self.floors {
            f.write_str(" MIN ")?;
            write_sum(f, floor)?;
        }
        for cap in &self.caps {
            f.write_str(" MAX ")?;
            write_sum(f, cap)?;
        }
        Ok(())
    }
}

/// Decimals in packs: a mantissa and a scale, never a text and never a float.
mod mantissa_and_scale {
    use super::{Decimal, Deserialize, Deserializer, Serialize, Serializer, de};

    pub(super) fn serialize<S: Serializer>(
        value: &Decimal,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let mantissa = i64::try_from(value.mantissa()).map_err(serde::ser::Error::custom)?;
        (mantissa, value.scale()).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Decimal, D::Error> {
        let (mantissa, scale) = <(i64, u32)>::deserialize(deserializer)?;
        Decimal::try_new(mantissa, scale).map_err(|_| de::Error::custom("scale out of range"))
    }
}
