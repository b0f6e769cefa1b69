//! Exchange rates: a publisher's reference rates by day, and the caller's own.

use crate::calendar::CalendarDate;
use crate::confidence::Confidence;
use crate::decimal::{self, Decimal};
use crate::error::{Error, ErrorCode, Field};
use crate::money::CurrencyCode;
use crate::stored::stored;
use serde::{Deserialize, Serialize};

/// Days after which the last published rate is too old to be used for a later day.
const MAX_AGE_DAYS: i32 = 45;
/// Significant digits that a cross rate keeps.
const CROSS_RATE_DIGITS: u32 = 7;

/// A publisher's rates: units of each currency for one unit of the base, by day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReferenceRates {
    /// The id that quotes name as the source.
    pub source: String,
    /// The currency that all rates are against.
    pub base: CurrencyCode,
    /// The currencies, in the order of each day's rates.
    pub currencies: Vec<CurrencyCode>,
    /// Days in ascending order, each with a rate for every currency: mantissa and scale, mantissa 0 where none was published.
    pub days: Vec<(CalendarDate, Vec<(i64, u8)>)>,
}

stored!(struct ReferenceRates { source, base, currencies, days });

impl ReferenceRates {
    /// Units of `currency` for one unit of the base: the last rate published on or before the day, and the day it is of.
    fn per_base(
        &self,
        currency: CurrencyCode,
        day: CalendarDate,
    ) -> Option<(Decimal, CalendarDate)> {
        if currency == self.base {
            return Some((Decimal::ONE, day));
        }
        let column = self
            .currencies
            .iter()
            .position(|other| *other == currency)?;
        let until = self.days.partition_point(|(date, _)| *date <= day);
        let published = self.days.get(..until)?.iter().rev();
        let (date, (mantissa, scale)) = published
            .filter_map(|(date, rates)| Some((*date, *rates.get(column)?)))
            .find(|(_, (mantissa, _))| *mantissa > 0)?;
        let rate = Decimal::try_new(mantissa, u32::from(scale)).ok()?;
        (day.days_since(date) <= MAX_AGE_DAYS).then_some((rate, date))
    }

    /// Whether every day has a rate for every currency, days ascending.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let complete = self
            .days
            .iter()
            .all(|(_, rates)| rates.len() == self.currencies.len());
        complete
            && self
                .days
                .iter()
                .zip(self.days.iter().skip(1))
                .all(|((a, _), (b, _))| a < b)
    }
}

/// A rate as a quote shows it: one unit of `from` is `rate` units of `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExchangeRate<'a> {
    /// From this currency.
    pub from: CurrencyCode,
    /// To this one.
    pub to: CurrencyCode,
    /// Units of `to` for one of `from`.
    #[serde(serialize_with = "crate::money::as_text")]
    pub rate: Decimal,
    /// The source's id, or `caller`.
    pub source: &'a str,
    /// The day the rate is of; `None` for the caller's.
    pub date: Option<CalendarDate>,
    /// How sure it is that customs would use it.
    pub confidence: Confidence,
}

/// The rates for one quote: the caller's before the publisher's.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    /// The caller's own rates.
    pub own: &'a [(CurrencyCode, CurrencyCode, Decimal)],
    /// A publisher's.
    pub reference: Option<&'a ReferenceRates>,
    /// The day.
    pub day: CalendarDate,
}

impl<'a> Exchange<'a> {
    /// The rate between two currencies. A caller's rate is used in its own direction, or inverted; a cross rate goes through the
    /// publisher's base and is rounded half to even at seven significant digits, so that the rate shown is the rate used.
    ///
    /// # Errors
    /// [`ErrorCode::ExchangeRateMissing`] where neither the caller nor the publisher gives one young enough for the day.
    pub fn rate(&self, from: CurrencyCode, to: CurrencyCode) -> Result<ExchangeRate<'a>, Error> {
        let own = |rate: Decimal| ExchangeRate {
            from,
            to,
            rate,
            source: "caller",
            date: None,
            confidence: Confidence::Caller,
        };
        if from == to {
            return Ok(own(Decimal::ONE));
        }
        let given = |a: CurrencyCode, b: CurrencyCode| {
            self.own
                .iter()
                .find(|rate| (rate.0, rate.1) == (a, b))
                .map(|rate| rate.2)
        };
        if let Some(rate) = given(from, to) {
            return Ok(own(rate));
        }
        if let Some(rate) = given(to, from) {
            return Ok(own(cross(Decimal::ONE, rate)?));
        }
        self.reference_rate(from, to)
    }

    fn reference_rate(
        &self,
        from: CurrencyCode,
        to: CurrencyCode,
    ) -> Result<ExchangeRate<'a>, Error> {
        let missing = || {
            Error::at(
                ErrorCode::ExchangeRateMissing,
                Field::of_request("exchangeRates"),
            )
        };
        let reference = self.reference.ok_or_else(missing)?;
        let (per_from, from_date) = reference.per_base(from, self.day).ok_or_else(missing)?;
        let (per_to, to_date) = reference.per_base(to, self.day).ok_or_else(missing)?;
        let rate = if from == reference.base {
            per_to
        } else {
            cross(per_to, per_from)?
        };
        let date = Some(from_date.min(to_date));
        Ok(ExchangeRate {
            from,
            to,
            rate,
            source: &reference.source,
            date,
            confidence: Confidence::Estimate,
        })
    }
}

fn cross(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    decimal::divide_to_digits(a, b, CROSS_RATE_DIGITS)
}
