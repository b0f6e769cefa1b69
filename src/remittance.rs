//! Account-based remittance: the quotes of a period, added up by whom the money goes to.
//!
//! Collecting transaction by transaction and remitting on account must come to the same cent. A period file is therefore made only of
//! quotes that are complete, and checked against them: of each quote the lines add up to its totals by kind, and of the file the rows add
//! up to what the quotes charge. What fails is refused whole.

use crate::calendar::CalendarDate;
use crate::decimal::{self, Decimal, MAX_INTEGER_DIGITS};
use crate::error::{Error, ErrorCode};
use crate::money::CurrencyCode;
use crate::place::PlaceCode;
use crate::refusal::Refusal;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The columns of a period file.
const HEADER: [&str; 10] = [
    "period",
    "payee",
    "collected_by",
    "currency",
    "kind",
    "measure",
    "place",
    "transactions",
    "lines",
    "amount",
];
/// With these a spreadsheet takes a text for a formula.
const FORMULA: [char; 9] = ['=', '+', '-', '@', '\t', '\r', '\n', '\u{FF1D}', '\u{FF0B}'];

/// What the lines do not say themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unstated {
    /// The period of quotes that stand without their request, as `2026-11`.
    pub period: Option<String>,
    /// The destination of such quotes.
    pub place: Option<PlaceCode>,
    /// Whether transactions that are refused, a range, or open are left out, and counted, in place of refusing the file.
    pub leave_out_open: bool,
}

/// A period's charges, by whom they go to.
#[derive(Clone, Debug, Default)]
pub struct Remittance {
    /// The rows, by key, in the key's order.
    rows: BTreeMap<Key, Sum>,
    /// How many transactions are in the rows.
    pub transactions: u64,
    /// The lines that are left out, each with why.
    pub left_out: Vec<String>,
    charged: BTreeMap<CurrencyCode, Decimal>,
    ids: BTreeSet<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    period: String,
    payee: String,
    collected_by: String,
    currency: CurrencyCode,
    kind: String,
    measure: String,
    place: String,
}

#[derive(Clone, Debug, Default)]
struct Sum {
    transactions: u64,
    lines: u64,
    amount: Decimal,
}

/// A transaction: its quote, and what is known of its request.
struct Transaction<'a> {
    quote: &'a Value,
    period: String,
    place: String,
    currency: CurrencyCode,
}

impl Remittance {
    /// Adds up quotes, one a line: `{"id", "request", "quote"}` as `quote --lines` gives them for `{"id", "request"}`, or quotes alone,
    /// whose period and place the caller states.
    ///
    /// # Errors
    /// A line that is no quote, or whose lines are not its totals; an id that stands twice; a transaction that is refused or open, unless
    /// such are left out; rows that do not come to what the transactions charge.
    pub fn of<'a>(
        lines: impl IntoIterator<Item = &'a str>,
        unstated: &Unstated,
    ) -> Result<Self, Refusal> {
        let mut remittance = Self::default();
        for (line, number) in lines.into_iter().zip(1_u64..) {
            if !line.trim().is_empty() {
                let added = remittance.take(line, unstated);
                added.map_err(|refusal| Refusal::new(format!("line {number}: {refusal}")))?;
            }
        }
        remittance.check()?;
        Ok(remittance)
    }

    fn take(&mut self, line: &str, unstated: &Unstated) -> Result<(), Refusal> {
        let line: Value = serde_json::from_str(line).map_err(|_| refused("it is no JSON"))?;
        let quote = line.get("quote").unwrap_or(&line);
        let id = line
            .get("id")
            .map(|id| id.as_str().map_or(id.to_string(), str::to_owned));
        if let Some(id) = id.clone()
            && !self.ids.insert(id.clone())
        {
            return Err(refused(&format!("the transaction {id} stands twice")));
        }
        if let Some(why) = open(quote) {
            if unstated.leave_out_open {
                self.left_out
                    .push(format!("{}: {why}", id.unwrap_or_default()));
                return Ok(());
            }
            return Err(refused(&format!("{why}; nothing can be remitted for it")));
        }
        let transaction = Transaction::of(&line, quote, unstated)?;
        transaction.check()?;
        self.add(&transaction)
    }

    fn add(&mut self, transaction: &Transaction<'_>) -> Result<(), Refusal> {
        let mut keys = BTreeSet::new();
        for line in transaction.lines() {
            let text = |field| text(line, field);
            let key = Key {
                period: transaction.period.clone(),
                payee: text("payee")?.to_owned(),
                collected_by: text("collectedBy")?.to_owned(),
                currency: transaction.currency,
                kind: text("kind")?.to_owned(),
                measure: text("measure")?.to_owned(),
                place: transaction.place.clone(),
            };
            let sum = self.rows.entry(key.clone()).or_default();
            sum.amount = decimal::add(sum.amount, amount(text("amount")?)?)?;
            sum.lines = sum.lines.saturating_add(1);
            if keys.insert(key) {
                sum.transactions = sum.transactions.saturating_add(1);
            }
        }
        let charged = self.charged.entry(transaction.currency).or_default();
        *charged = decimal::add(*charged, transaction.charged()?)?;
        self.transactions = self.transactions.saturating_add(1);
        Ok(())
    }

    /// The rows against the transactions, by currency.
    fn check(&self) -> Result<(), Refusal> {
        for (currency, charged) in &self.charged {
            let of_currency = self
                .rows
                .iter()
                .filter(|(key, _)| key.currency == *currency);
            let mut amounts = of_currency.map(|(_, sum)| sum.amount);
            let rows = amounts.try_fold(Decimal::ZERO, decimal::add)?;
            if rows != *charged {
                return Err(refused(&format!(
                    "the rows come to {rows} {currency}, and the transactions to {charged}"
                )));
            }
        }
        Ok(())
    }

    /// The period file, of what one party collects or of all. A text that a spreadsheet would take for a formula has an apostrophe before it.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn csv(&self, collected_by: Option<&str>) -> Result<String, Refusal> {
        let failed = |error: csv::Error| refused(&error.to_string());
        let mut file = csv::Writer::from_writer(Vec::new());
        file.write_record(HEADER).map_err(failed)?;
        for (key, sum) in &self.rows {
            if collected_by.is_some_and(|by| by != key.collected_by) {
                continue;
            }
            let record = [
                plain(&key.period),
                plain(&key.payee),
                plain(&key.collected_by),
                key.currency.to_string(),
                plain(&key.kind),
                plain(&key.measure),
                plain(&key.place),
                sum.transactions.to_string(),
                sum.lines.to_string(),
                sum.amount.to_string(),
            ];
            file.write_record(record).map_err(failed)?;
        }
        let bytes = file
            .into_inner()
            .map_err(|error| refused(&error.to_string()))?;
        String::from_utf8(bytes).map_err(|error| refused(&error.to_string()))
    }
}

/// An amount as quotes write it.
fn amount(text: &str) -> Result<Decimal, Error> {
    decimal::parse(text, MAX_INTEGER_DIGITS).map_err(|_| ErrorCode::AmountMalformed.into())
}

fn refused(what: &str) -> Refusal {
    Refusal::new(what.to_owned())
}

/// A text that no spreadsheet reckons with.
fn plain(text: &str) -> String {
    if text.starts_with(FORMULA) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Why nothing can be remitted for a quote: only what is complete is owed to the cent.
fn open(quote: &Value) -> Option<String> {
    if let Some(error) = quote.get("error") {
        let code = error.get("code").and_then(Value::as_str);
        return Some(format!(
            "it is refused, {}",
            code.unwrap_or("without a code")
        ));
    }
    match quote.get("status").and_then(Value::as_str) {
        Some("complete") => None,
        Some(status) => Some(format!("its status is {status}")),
        None => Some("it is no quote".to_owned()),
    }
}

fn text<'a>(object: &'a Value, field: &str) -> Result<&'a str, Refusal> {
    let value = object.get(field).and_then(Value::as_str);
    value.ok_or_else(|| refused(&format!("the quote has no `{field}`")))
}

impl<'a> Transaction<'a> {
    fn of(line: &Value, quote: &'a Value, unstated: &Unstated) -> Result<Self, Refusal> {
        let asked = |field| line.get("request")?.get(field)?.as_str();
        let period = match asked("date") {
            Some(date) => Some(month(CalendarDate::parse(date)?)),
            None => unstated.period.clone(),
        };
        let place = match asked("destination") {
            Some(place) => Some(PlaceCode::parse(place)?),
            None => unstated.place,
        };
        let without = |what: &str| refused(&format!("a quote without its request has no {what}"));
        Ok(Self {
            quote,
            period: period.ok_or_else(|| without("period; state it"))?,
            place: place
                .ok_or_else(|| without("place; state it"))?
                .as_str()
                .to_owned(),
            currency: CurrencyCode::parse(text(quote, "currency")?)?,
        })
    }

    /// The charges; what is relieved is none.
    fn lines(&self) -> impl Iterator<Item = &'a Value> {
        let lines = self.quote.get("lines").and_then(Value::as_array);
        let is_charge = |line: &&Value| line.get("kind").and_then(Value::as_str) != Some("relief");
        lines.into_iter().flatten().filter(is_charge)
    }

    fn total(&self, field: &str) -> Result<Decimal, Refusal> {
        let totals = self.quote.get("totals");
        let totals = totals.ok_or_else(|| refused("the quote has no `totals`"))?;
        Ok(amount(text(totals, field)?)?)
    }

    /// What the transaction charges: all that it costs beside the price.
    fn charged(&self) -> Result<Decimal, Refusal> {
        let mut charged = self.total("landedCost")?;
        for price in ["goods", "freight", "insurance"] {
            charged = decimal::subtract(charged, self.total(price)?)?;
        }
        Ok(charged)
    }

    /// The lines against the totals, by kind.
    fn check(&self) -> Result<(), Refusal> {
        for (kind, field) in [("duty", "duties"), ("tax", "taxes"), ("fee", "fees")] {
            let mut sum = Decimal::ZERO;
            for line in self
                .lines()
                .filter(|line| line.get("kind").is_some_and(|of| of == kind))
            {
                sum = decimal::add(sum, amount(text(line, "amount")?)?)?;
            }
            let total = self.total(field)?;
            if sum != total {
                let what = format!("its lines of {kind} come to {sum}, and its total to {total}");
                return Err(refused(&what));
            }
        }
        Ok(())
    }
}

/// The month of a day.
fn month(day: CalendarDate) -> String {
    let (month, _) = day.month_day();
    format!("{:04}-{month:02}", day.year())
}

/// Reads a period as `2026-11`.
///
/// # Errors
/// For another form, or a month that there is not.
pub fn period(text: &str) -> Result<String, Error> {
    CalendarDate::parse(&format!("{text}-01")).map(month)
}
