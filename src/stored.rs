//! Values as packs store them: the postcard format, read without serde.
//!
//! The bytes are those that serde and postcard write (`tests/packs.rs` compares the two on every pack). Reading them here costs the page
//! 7.5 KB of brotli less: no visitor, no error path for each field. What cannot be read fails the reader for good, and what is read after that is
//! empty; whoever asked for the whole value sees the failure once, at the end.

use crate::error::Error;

/// A value that packs store.
pub trait Stored {
    /// Reads the value; any value at all once the reader has failed.
    fn read(from: &mut StoredReader<'_>) -> Self;
}

/// Reads values one after the other.
#[derive(Debug)]
pub struct StoredReader<'a> {
    rest: &'a [u8],
    failed: bool,
}

/// The value that these bytes are; `None` where they are not exactly one.
#[must_use]
pub fn read<T: Stored>(bytes: &[u8]) -> Option<T> {
    let mut reader = StoredReader {
        rest: bytes,
        failed: false,
    };
    let value = T::read(&mut reader);
    (!reader.failed && reader.rest.is_empty()).then_some(value)
}

impl<'a> StoredReader<'a> {
    /// Fails for good: whatever is read from now on is zero, empty or a first variant.
    pub fn fail(&mut self) {
        self.failed = true;
        self.rest = &[];
    }

    fn byte(&mut self) -> u8 {
        if let Some((first, rest)) = self.rest.split_first() {
            self.rest = rest;
            return *first;
        }
        self.fail();
        0
    }

    /// The next unsigned number: seven bits a byte, the lowest first, the top bit set on all but the last.
    pub fn number(&mut self) -> u64 {
        let mut number = 0_u64;
        let mut shift = 0_u32;
        loop {
            let byte = self.byte();
            let bits = u64::from(byte & 0x7F);
            // The tenth byte holds the last of 64 bits.
            if shift == 63 && byte > 1 {
                self.fail();
                return 0;
            }
            number |= bits << shift;
            if byte < 0x80 {
                return number;
            }
            shift = shift.saturating_add(7);
        }
    }

    fn narrow<T: TryFrom<u64> + Default>(&mut self) -> T {
        let number = T::try_from(self.number());
        number.unwrap_or_else(|_| {
            self.fail();
            T::default()
        })
    }

    fn text(&mut self) -> &'a str {
        let length = self.narrow::<usize>();
        let taken = self.rest.split_at_checked(length);
        let text = taken.and_then(|(text, rest)| Some((core::str::from_utf8(text).ok()?, rest)));
        if let Some((text, rest)) = text {
            self.rest = rest;
            return text;
        }
        self.fail();
        ""
    }

    /// A value that is stored as it is written; `instead` where it is not one.
    pub fn parsed<T>(&mut self, parse: impl FnOnce(&str) -> Result<T, Error>, instead: T) -> T {
        if let Ok(value) = parse(self.text()) {
            return value;
        }
        self.fail();
        instead
    }

    /// Whether something follows: of an option, its value.
    fn flag(&mut self) -> bool {
        let byte = self.byte();
        if byte > 1 {
            self.fail();
        }
        byte == 1
    }
}

/// Reads a struct field by field, or an enum by its variants. Fields and variants stand in the order of their declaration, which is the
/// order in which they are stored.
macro_rules! stored {
    (struct $name:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::stored::Stored for $name {
            fn read(from: &mut $crate::stored::StoredReader<'_>) -> Self {
                Self { $($field: $crate::stored::Stored::read(from)),+ }
            }
        }

        #[cfg(test)]
        impl $crate::stored::tests::Named for $name {
            const NAMES: &[&str] = &[$(stringify!($field)),+];
        }
    };
    (enum $name:ident { $($variant:ident $({ $($field:tt),+ })?),+ $(,)? }) => {
        impl $crate::stored::Stored for $name {
            fn read(from: &mut $crate::stored::StoredReader<'_>) -> Self {
                let mut variant = from.number();
                $(
                    if variant == 0 {
                        return Self::$variant { $($($field: $crate::stored::Stored::read(from)),+)? };
                    }
                    variant = variant.saturating_sub(1);
                )+
                // No such variant; a reader that has failed gives the first.
                from.fail();
                Self::read(from)
            }
        }

        #[cfg(test)]
        impl $crate::stored::tests::Named for $name {
            const NAMES: &[&str] = &[$(stringify!($variant)),+];
        }
    };
}
pub(crate) use stored;

impl Stored for bool {
    fn read(from: &mut StoredReader<'_>) -> Self {
        from.flag()
    }
}

impl Stored for u8 {
    fn read(from: &mut StoredReader<'_>) -> Self {
        from.byte()
    }
}

impl Stored for u16 {
    fn read(from: &mut StoredReader<'_>) -> Self {
        from.narrow()
    }
}

impl Stored for u32 {
    fn read(from: &mut StoredReader<'_>) -> Self {
        from.narrow()
    }
}

impl Stored for i64 {
    fn read(from: &mut StoredReader<'_>) -> Self {
        let number = from.number();
        (number >> 1).cast_signed() ^ (number & 1).cast_signed().wrapping_neg()
    }
}

impl Stored for String {
    fn read(from: &mut StoredReader<'_>) -> Self {
        from.text().to_owned()
    }
}

impl<T: Stored> Stored for Option<T> {
    fn read(from: &mut StoredReader<'_>) -> Self {
        from.flag().then(|| T::read(from))
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn read(from: &mut StoredReader<'_>) -> Self {
        (A::read(from), B::read(from))
    }
}

impl<T: Stored, const N: usize> Stored for [T; N] {
    fn read(from: &mut StoredReader<'_>) -> Self {
        core::array::from_fn(|_| T::read(from))
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn read(from: &mut StoredReader<'_>) -> Self {
        let mut values = Self::new();
        let mut left = from.number();
        while left > 0 && !from.failed {
            values.push(T::read(from));
            left = left.saturating_sub(1);
        }
        values
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::{calendar, confidence, decimal, destination, exchange, navigator, pack, tariff};
    use core::cell::Cell;
    use proptest::prelude::*;
    use serde::de::{Deserialize, Deserializer, Visitor, value};

    /// The fields or variants of a type, as `stored!` reads them.
    pub(crate) trait Named {
        const NAMES: &[&str];
    }

    /// Asks a type's own `Deserialize` for its fields or variants, which stand there as they are declared.
    struct Asking<'a>(&'a Cell<&'static [&'static str]>);

    impl<'de> Deserializer<'de> for Asking<'_> {
        type Error = value::Error;

        fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, value::Error> {
            Err(serde::de::Error::custom("neither a struct nor an enum"))
        }

        fn deserialize_struct<V: Visitor<'de>>(
            self,
            _: &'static str,
            fields: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, value::Error> {
            self.0.set(fields);
            self.deserialize_any(visitor)
        }

        fn deserialize_enum<V: Visitor<'de>>(
            self,
            _: &'static str,
            variants: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, value::Error> {
            self.0.set(variants);
            self.deserialize_any(visitor)
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
            newtype_struct seq tuple tuple_struct map identifier ignored_any
        }
    }

    fn check<T: Named + for<'de> Deserialize<'de>>() {
        let declared = Cell::new(&[][..]);
        let _ = T::deserialize(Asking(&declared)).map_err(|_| ());
        // The tables' words differ from the names in their case and their hyphens only.
        let plain = |names: &[&str]| -> Vec<String> {
            let letters = |name: &&str| name.replace(['-', '_'], "").to_lowercase();
            names.iter().map(letters).collect()
        };
        assert_eq!(
            plain(T::NAMES),
            plain(declared.get()),
            "{}",
            core::any::type_name::<T>()
        );
    }

    macro_rules! check {
        ($($name:path),+ $(,)?) => { $(check::<$name>();)+ };
    }

    /// An order that only a value which no pack holds would show.
    #[test]
    fn fields_and_variants_are_read_as_they_are_declared() {
        check!(
            calendar::ValidityPeriod,
            confidence::Confidence,
            decimal::RoundingMode,
            exchange::ReferenceRates,
            navigator::GeneralWord,
            navigator::Lack,
            navigator::Says,
            navigator::Language,
            navigator::Weights,
            navigator::guide::Facet,
            navigator::guide::Note,
            navigator::guide::Phrase,
            navigator::guide::Profiles,
            navigator::guide::Vocabulary,
            navigator::guide::When,
            pack::About,
            pack::Source,
            destination::Applies,
            destination::Band,
            destination::BuyerKind,
            destination::Collection,
            destination::CollectionModel,
            destination::Collector,
            destination::Condition,
            destination::CustomsValueBasis,
            destination::CustomsValueRule,
            destination::DutyBand,
            destination::DutyTreatment,
            destination::Fee,
            destination::FeeCharge,
            destination::FeeUnit,
            destination::Law,
            destination::Moment,
            destination::NoticeRule,
            destination::OriginTest,
            destination::Payee,
            destination::Place,
            destination::PreferenceRule,
            destination::RateByCode,
            destination::RateTable,
            destination::RefundRule,
            destination::RefundWay,
            destination::Regime,
            destination::RoundingPoint,
            destination::RoundingRule,
            destination::Rules,
            destination::Scope,
            destination::Severity,
            destination::Tax,
            destination::TaxBase,
            destination::TaxRate,
            destination::TableRate,
            destination::TaxTreatment,
            destination::Transport,
            destination::UnlistedDuty,
            destination::Waiver,
            tariff::Area,
            tariff::Circumstance,
            tariff::Companion,
            tariff::Component,
            tariff::Dictionary,
            tariff::DutyExpression,
            tariff::MeasureFlag,
            tariff::MeasureType,
            tariff::Programme,
            tariff::Series,
            tariff::Sign,
            tariff::Term,
        );
    }

    type Sample = (Vec<(i64, Option<String>)>, (u16, (u32, bool)));

    proptest! {
        #[test]
        fn what_postcard_writes_is_read(value: Sample) {
            let bytes = postcard::to_allocvec(&value).unwrap_or_default();
            prop_assert_eq!(read::<Sample>(&bytes), Some(value));
        }

        #[test]
        fn any_bytes_are_read_as_postcard_reads_them(bytes: Vec<u8>) {
            let theirs = postcard::take_from_bytes::<Sample>(&bytes).ok();
            let whole = theirs.filter(|(_, rest)| rest.is_empty());
            prop_assert_eq!(read::<Sample>(&bytes), whole.map(|(value, _)| value));
        }
    }
}
