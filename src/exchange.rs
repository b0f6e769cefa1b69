//! Exchange rates: a publisher's reference rates by day, and the caller's own.

use crate::calendar::{CalendarDate, ValidityPeriod};
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

/// A currency's fixed value in another, by law or by its central bank's own commitment: so many units are so many of the anchor's.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peg {
    /// The currency.
    pub currency: CurrencyCode,
    /// So many units of it, mantissa and scale.
    pub units: (i64, u8),
    /// The currency that it is fixed in.
    pub anchor: CurrencyCode,
    /// So many units of the anchor, mantissa and scale.
    pub anchor_units: (i64, u8),
    /// The period.
    pub valid: ValidityPeriod,
    /// The id that quotes name as the source.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

stored!(struct Peg { currency, units, anchor, anchor_units, valid, source, confidence });

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
    /// The day the rate is of; `None` for the caller's, and for one that is fixed.
    pub date: Option<CalendarDate>,
    /// How sure it is that customs would use it.
    pub confidence: Confidence,
}

/// The rates for one quote: the caller's before pegs and the publisher's.
#[derive(Clone, Copy, Debug)]
pub struct Exchange<'a> {
    /// The caller's own rates.
    pub own: &'a [(CurrencyCode, CurrencyCode, Decimal)],
    /// A publisher's.
    pub reference: Option<&'a ReferenceRates>,
    /// Currencies with a fixed value in another.
    pub pegs: &'a [Peg],
    /// The day.
    pub day: CalendarDate,
}

impl<'a> Exchange<'a> {
    /// The rate between two currencies. A caller's rate is used in its own direction, or inverted; a cross rate goes through the
    /// publisher's base, and from and to a pegged currency through its anchor. It is rounded half to even at seven significant digits, so
    /// that the rate shown is the rate used.
    ///
    /// # Errors
    /// [`ErrorCode::ExchangeRateMissing`] where neither the caller nor a peg nor the publisher gives one young enough for the day.
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

    /// The pegs that a rate of [`Exchange::rate`] rests on, as rates, where they are not that rate itself.
    ///
    /// # Errors
    /// [`ErrorCode::Overflow`].
    pub fn pegs_behind(&self, rate: &ExchangeRate<'_>) -> Result<Vec<ExchangeRate<'a>>, Error> {
        let mut behind = Vec::new();
        let is_own = rate.confidence == Confidence::Caller;
        for currency in [rate.from, rate.to] {
            let Some(peg) = self.peg(currency).filter(|_| !is_own) else {
                continue;
            };
            let (from, to) = (peg.anchor, peg.currency);
            if (from, to) != (rate.from, rate.to) {
                behind.push(ExchangeRate {
                    from,
                    to,
                    rate: cross(units(peg.units)?, units(peg.anchor_units)?)?,
                    source: &peg.source,
                    date: None,
                    confidence: peg.confidence,
                });
            }
        }
        Ok(behind)
    }

    fn peg(&self, currency: CurrencyCode) -> Option<&'a Peg> {
        let mut pegs = self.pegs.iter();
        pegs.find(|peg| peg.currency == currency && peg.valid.contains(self.day))
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
        let (peg_of_from, peg_of_to) = (self.peg(from), self.peg(to));
        let first = peg_of_from.map_or(from, |peg| peg.anchor);
        let last = peg_of_to.map_or(to, |peg| peg.anchor);
        let fixed = peg_of_from.or(peg_of_to).filter(|_| first == last);
        let mut found = ExchangeRate {
            from,
            to,
            rate: Decimal::ONE,
            source: "",
            date: None,
            confidence: Confidence::Estimate,
        };
        let mut base = Decimal::ONE;
        if let Some(peg) = fixed {
            (found.source, found.confidence) = (&peg.source, peg.confidence);
        } else {
            let reference = self.reference.ok_or_else(missing)?;
            let (per_first, first_date) =
                reference.per_base(first, self.day).ok_or_else(missing)?;
            let (per_last, last_date) = reference.per_base(last, self.day).ok_or_else(missing)?;
            (found.rate, base) = (per_last, per_first);
            found.source = &reference.source;
            found.date = Some(first_date.min(last_date));
        }
        if let Some(peg) = peg_of_from {
            found.rate = decimal::multiply(found.rate, units(peg.anchor_units)?)?;
            base = decimal::multiply(base, units(peg.units)?)?;
        }
        if let Some(peg) = peg_of_to {
            found.rate = decimal::multiply(found.rate, units(peg.units)?)?;
            base = decimal::multiply(base, units(peg.anchor_units)?)?;
        }
        // From the publisher's own base the rate is the published one.
        let is_published = peg_of_from.is_none() && peg_of_to.is_none() && base == Decimal::ONE;
        if !is_published {
            found.rate = cross(found.rate, base)?;
        }
        Ok(found)
    }
}

fn units((mantissa, scale): (i64, u8)) -> Result<Decimal, Error> {
    let units = Decimal::try_new(mantissa, u32::from(scale));
    units.map_err(|_| ErrorCode::Overflow.into())
}

fn cross(a: Decimal, b: Decimal) -> Result<Decimal, Error> {
    decimal::divide_to_digits(a, b, CROSS_RATE_DIGITS)
}
