//! Dates of the civil calendar, without a clock and without a time zone.

use crate::error::{Error, ErrorCode};
use crate::stored::{Stored, StoredReader, stored};
use core::fmt;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

const FIRST_YEAR: i32 = 1900;
const LAST_YEAR: i32 = 2099;

/// A day of the civil calendar between 1900 and 2099.
///
/// ```
/// use dutiable::calendar::CalendarDate;
/// let day = CalendarDate::parse("2028-02-29")?;
/// assert_eq!(day.to_string(), "2028-02-29");
/// assert!(CalendarDate::parse("2026-02-29").is_err());
/// # Ok::<(), dutiable::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarDate {
    year: i16,
    month: u8,
    day: u8,
}

impl CalendarDate {
    /// Reads `2026-11-24`, and nothing else.
    ///
    /// # Errors
    /// [`ErrorCode::DateImpossible`] for another form, a day that the month does not have, or a year outside 1900–2099.
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::parse_parts(text).ok_or_else(|| ErrorCode::DateImpossible.into())
    }

    fn parse_parts(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = digits(parts.next()?, 2)?;
        let day = digits(parts.next()?, 2)?;
        if parts.next().is_some() || !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return None;
        }
        if !(1..=12).contains(&month) || day < 1 || day > days_in_month(year, month) {
            return None;
        }
        Some(Self {
            year: i16::try_from(year).ok()?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
        })
    }

    /// Days since 1970-01-01.
    ///
    /// ```
    /// use dutiable::calendar::CalendarDate;
    /// assert_eq!(CalendarDate::parse("2000-03-01")?.days(), 11_017);
    /// # Ok::<(), dutiable::Error>(())
    /// ```
    #[must_use]
    pub fn days(self) -> i32 {
        // Years counted from March, so that the leap day is the last of its year; all operands are bounded by the type.
        let (year, month, day) = (
            i32::from(self.year),
            i32::from(self.month),
            i32::from(self.day),
        );
        let year = year.saturating_sub(i32::from(month <= 2));
        let from_march = month.saturating_add(9).checked_rem(12).unwrap_or(0);
        let in_year = from_march
            .saturating_mul(153)
            .saturating_add(2)
            .saturating_div(5);
        let leap = year
            .saturating_div(4)
            .saturating_sub(year.saturating_div(100))
            .saturating_add(year.saturating_div(400));
        year.saturating_mul(365)
            .saturating_add(leap)
            .saturating_add(in_year)
            .saturating_add(day)
            .saturating_sub(719_469)
    }

    /// Whole days from `earlier` to this day; negative where `earlier` is later.
    #[must_use]
    pub fn days_since(self, earlier: Self) -> i32 {
        self.days().saturating_sub(earlier.days())
    }

    /// The day so many days later, or earlier for a negative number; `None` outside 1900–2099.
    ///
    /// ```
    /// use dutiable::calendar::CalendarDate;
    /// let day = CalendarDate::parse("2028-02-28")?;
    /// assert_eq!(day.plus_days(2).unwrap().to_string(), "2028-03-01");
    /// assert_eq!(day.plus_days(-59).unwrap().to_string(), "2027-12-31");
    /// assert_eq!(day.plus_days(40_000), None);
    /// # Ok::<(), dutiable::Error>(())
    /// ```
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        let target = self.days().checked_add(days)?;
        // The year is found by its length of 365 or 366 days, the month by its first day.
        let guess = target.checked_div_euclid(366)?.checked_add(1970)?;
        let first = |year: i32, month: i32| Self::parse_parts(&format!("{year:04}-{month:02}-01"));
        let year = (guess.saturating_sub(1)..=guess.saturating_add(1))
            .rev()
            .find(|year| first(*year, 1).is_some_and(|first| first.days() <= target))?;
        let month = (1..=12)
            .rev()
            .find(|month| first(year, *month).is_some_and(|first| first.days() <= target))?;
        let of_month = target
            .checked_sub(first(year, month)?.days())?
            .checked_add(1)?;
        Self::parse_parts(&format!("{year:04}-{month:02}-{of_month:02}"))
    }

    /// The year.
    #[must_use]
    pub const fn year(self) -> i16 {
        self.year
    }

    /// Month and day, for seasons that return every year.
    #[must_use]
    pub const fn month_day(self) -> (u8, u8) {
        (self.month, self.day)
    }
}

/// Month and day of `09-30`, as seasons are written.
#[must_use]
pub fn month_day(text: &str) -> Option<(u8, u8)> {
    let (month, day) = text.split_once('-')?;
    let part = |text| u8::try_from(digits(text, 2)?).ok();
    Some((part(month)?, part(day)?))
}

fn digits(text: &str, length: usize) -> Option<i32> {
    let mut number = 0_i32;
    for byte in text.bytes() {
        let digit = byte.is_ascii_digit().then_some(i32::from(byte & 0x0F))?;
        number = number.saturating_mul(10).saturating_add(digit);
    }
    (text.len() == length).then_some(number)
}

fn days_in_month(year: i32, month: i32) -> i32 {
    let divides = |by: i32| year.checked_rem(by) == Some(0);
    match month {
        2 if divides(4) && (!divides(100) || divides(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

impl fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Stored for CalendarDate {
    fn read(from: &mut StoredReader<'_>) -> Self {
        let instead = Self {
            year: 1970,
            month: 1,
            day: 1,
        };
        from.parsed(Self::parse, instead)
    }
}

impl Serialize for CalendarDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for CalendarDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(|_| de::Error::custom("not a date between 1900 and 2099"))
    }
}

/// From the first to the last day on which a fact holds, both included. A missing end is open.
///
/// ```
/// use dutiable::calendar::{CalendarDate, ValidityPeriod};
/// let day = |text| CalendarDate::parse(text).unwrap();
/// let period = ValidityPeriod { from: Some(day("2026-07-01")), to: Some(day("2028-06-30")) };
/// assert!(!period.contains(day("2026-06-30")));
/// assert!(period.contains(day("2026-07-01")));
/// assert!(period.contains(day("2028-06-30")));
/// assert!(!period.contains(day("2028-07-01")));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidityPeriod {
    /// The first day.
    #[serde(default)]
    pub from: Option<CalendarDate>,
    /// The last day.
    #[serde(default)]
    pub to: Option<CalendarDate>,
}

stored!(struct ValidityPeriod { from, to });

impl ValidityPeriod {
    /// Whether the day lies in the period.
    #[must_use]
    pub fn contains(self, day: CalendarDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether the two periods share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let starts_before_end = |a: Self, b: Self| match (a.from, b.to) {
            (Some(from), Some(to)) => from <= to,
            _ => true,
        };
        starts_before_end(self, other) && starts_before_end(other, self)
    }
}
