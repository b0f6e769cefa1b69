//! The pack of exchange rates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use dutiable::calendar::{CalendarDate, ValidityPeriod};
use dutiable::decimal::Decimal;
use dutiable::engine::sections::RATES;
use dutiable::exchange::ReferenceRates;
use dutiable::money::CurrencyCode;
use dutiable::pack::{About, PackKind, PackWriter};

use super::{Built, sources};
use crate::tables::{FxRate, TableFolder};

const SOURCE: &str = "fx/ecb";
const BASE: &str = "EUR";

/// Packs `fx/ecb.csv`.
///
/// # Errors
/// A row that is no rate.
pub(crate) fn build(tables: &TableFolder, provenance: &Path) -> Result<Built> {
    let rows: Vec<FxRate> = tables.place("fx").read()?;
    let mut currencies = BTreeSet::new();
    let mut days: BTreeMap<CalendarDate, BTreeMap<CurrencyCode, (i64, u8)>> = BTreeMap::new();
    for row in rows {
        let context = || format!("fx/ecb.csv: {} {}", row.date, row.currency);
        let currency = CurrencyCode::parse(&row.currency).with_context(context)?;
        let rate = Decimal::from_str_exact(&row.rate)
            .with_context(context)?
            .normalize();
        let rate = (i64::try_from(rate.mantissa())?, u8::try_from(rate.scale())?);
        currencies.insert(currency);
        days.entry(CalendarDate::parse(&row.date).with_context(context)?)
            .or_default()
            .insert(currency, rate);
    }
    let (first, last) = (
        days.keys().next().copied(),
        days.keys().next_back().copied(),
    );
    let on = |rates: &BTreeMap<CurrencyCode, (i64, u8)>| {
        currencies
            .iter()
            .map(|c| rates.get(c).copied().unwrap_or((0, 0)))
            .collect()
    };
    let rates = ReferenceRates {
        source: SOURCE.to_owned(),
        base: CurrencyCode::parse(BASE)?,
        days: days.iter().map(|(day, rates)| (*day, on(rates))).collect(),
        currencies: currencies.into_iter().collect(),
    };
    let about = About {
        id: "fx".to_owned(),
        tariff: String::new(),
        destinations: None,
        origins: None,
        language: None,
        edition: 0,
        as_of: last.context("fx/ecb.csv has no rate")?,
        covers: ValidityPeriod {
            from: first,
            to: None,
        },
        sources: sources::read(provenance, &[SOURCE.to_owned()])?,
    };
    Built::verify(
        PackWriter::new(PackKind::Rates, &about)?
            .value(RATES, &rates)?
            .seal()?,
    )
}
