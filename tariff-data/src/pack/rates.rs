//! The pack of exchange rates: a publisher's by day, and currencies with a fixed value in another.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{Context, Result};
use dutiable::calendar::{CalendarDate, ValidityPeriod};
use dutiable::decimal::Decimal;
use dutiable::engine::sections::{PEGS, RATES};
use dutiable::exchange::{self, ReferenceRates};
use dutiable::money::CurrencyCode;
use dutiable::pack::{About, PackKind, PackWriter};

use super::{Built, sources};
use crate::tables::{FxRate, Peg, TableFolder};

const SOURCE: &str = "fx/ecb";
const BASE: &str = "EUR";

/// Packs `fx/ecb.csv` and `fx/pegs.csv`.
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
        let rate = number(&row.rate).with_context(context)?;
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
    let rows: Vec<Peg> = tables.place("fx").read()?;
    let context = |row: &Peg| format!("fx/pegs.csv: {}", row.currency);
    let pegs = rows
        .iter()
        .map(|row| peg(row).with_context(|| context(row)));
    let pegs = pegs.collect::<Result<Vec<exchange::Peg>>>()?;
    let mut publishers = sources::read(provenance, &[SOURCE.to_owned()])?;
    for row in &rows {
        publishers.push(sources::of_peg(row).with_context(|| context(row))?);
    }
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
        sources: publishers,
    };
    Built::verify(
        PackWriter::new(PackKind::Rates, &about)?
            .value(RATES, &rates)?
            .value(PEGS, &pegs)?
            .seal()?,
    )
}

fn peg(row: &Peg) -> Result<exchange::Peg> {
    let day = |text: &str| {
        let day = (!text.is_empty()).then(|| CalendarDate::parse(text));
        day.transpose()
    };
    Ok(exchange::Peg {
        currency: CurrencyCode::parse(&row.currency)?,
        units: number(&row.units)?,
        anchor: CurrencyCode::parse(&row.anchor)?,
        anchor_units: number(&row.anchor_units)?,
        valid: ValidityPeriod {
            from: day(&row.from)?,
            to: day(&row.to)?,
        },
        source: sources::peg_id(row),
        confidence: row.confidence,
    })
}

/// A plain decimal number as its mantissa and scale.
fn number(text: &str) -> Result<(i64, u8)> {
    let number = Decimal::from_str_exact(text)?.normalize();
    Ok((
        i64::try_from(number.mantissa())?,
        u8::try_from(number.scale())?,
    ))
}
