//! One basket beside itself: to several places, under several terms, by several ways of collecting, on several days.

use crate::decimal::{self, Decimal, MAX_INTEGER_DIGITS};
use crate::error::{Error, ErrorCode};
use core::fmt::Write as _;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// What is set beside what. An empty list leaves the request's own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Destinations.
    pub destinations: Vec<String>,
    /// Incoterms.
    pub incoterms: Vec<String>,
    /// Ways of collecting.
    pub collections: Vec<String>,
    /// Days.
    pub dates: Vec<String>,
}

impl Beside {
    /// The requests, every combination once: by destination, then incoterm, way of collecting and day. A region belongs to its place, so
    /// the request's goes with another destination.
    ///
    /// ```
    /// use dutiable::comparison::Beside;
    /// let beside = Beside { destinations: vec!["DE".into(), "GB".into()], ..Beside::default() };
    /// let requests = beside.requests(&serde_json::json!({ "destination": "CA", "region": "ON" }));
    /// assert_eq!(requests[1], serde_json::json!({ "destination": "GB" }));
    /// ```
    #[must_use]
    pub fn requests(&self, request: &Value) -> Vec<Value> {
        let mut requests = vec![request.clone()];
        for (field, values) in [
            ("destination", &self.destinations),
            ("incoterm", &self.incoterms),
            ("collection", &self.collections),
            ("date", &self.dates),
        ] {
            if values.is_empty() {
                continue;
            }
            let each = requests.iter().flat_map(|request| {
                let value = values.iter();
                value.map(|value| with(request.clone(), field, value))
            });
            requests = each.collect();
        }
        requests
    }
}

fn with(mut request: Value, field: &str, value: &str) -> Value {
    if let Some(fields) = request.as_object_mut() {
        let old = fields.insert(field.to_owned(), Value::from(value));
        if field == "destination" && old.as_ref().and_then(Value::as_str) != Some(value) {
            fields.remove("region");
        }
    }
    request
}

/// A request and what it comes to, in a row.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    /// The destination.
    pub destination: Value,
    /// The incoterm; `null` where the request does not say.
    pub incoterm: Value,
    /// The way of collecting that was asked for; `null` where the request does not say.
    pub collection: Value,
    /// The day.
    pub date: Value,
    /// How far the quote goes; `null` where it is refused.
    pub status: Value,
    /// The regime.
    pub regime: Value,
    /// The destination's currency.
    pub currency: Value,
    /// The quote's totals; of what is unknown, `null`.
    pub totals: Value,
    /// The same in the request's currency, in which rows can be compared.
    pub totals_in_request_currency: Value,
    /// The totals at the lowest and the highest, where there is a range.
    pub range: Value,
    /// The charges by when they are due, who bears and who takes them.
    pub due: Vec<Due>,
    /// What is missing.
    pub unknown: Value,
    /// The refusal.
    pub error: Value,
}

/// Charges that are due together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Due {
    /// When: `checkout`, `delivery`, `return`.
    pub when: String,
    /// Who bears them.
    pub payer: String,
    /// Who takes them.
    pub collected_by: String,
    /// How much, in the destination's currency.
    pub amount: String,
}

impl Row {
    /// The row of a request and its quote, or its `{"error"}`.
    ///
    /// # Errors
    /// For a quote whose amounts are none.
    pub fn of(request: &Value, quote: &Value) -> Result<Self, Error> {
        let asked = |field: &str| request.get(field).cloned().unwrap_or_default();
        let said = |field: &str| quote.get(field).cloned().unwrap_or_default();
        Ok(Self {
            destination: asked("destination"),
            incoterm: asked("incoterm"),
            collection: asked("collection"),
            date: asked("date"),
            status: said("status"),
            regime: said("regime"),
            currency: said("currency"),
            totals: said("totals"),
            totals_in_request_currency: said("totalsInRequestCurrency"),
            range: said("range"),
            due: due(quote)?,
            unknown: said("unknown"),
            error: said("error"),
        })
    }
}

fn due(quote: &Value) -> Result<Vec<Due>, Error> {
    let mut sums: BTreeMap<(String, String, String), Decimal> = BTreeMap::new();
    let lines = quote.get("lines").and_then(Value::as_array);
    for line in lines.into_iter().flatten() {
        let text = |field: &str| line.get(field).and_then(Value::as_str).unwrap_or_default();
        if text("kind") == "relief" {
            continue;
        }
        let amount = amount(text("amount"))?;
        let key = (text("when"), text("payer"), text("collectedBy"));
        let key = (key.0.to_owned(), key.1.to_owned(), key.2.to_owned());
        let sum = sums.entry(key).or_default();
        *sum = decimal::add(*sum, amount)?;
    }
    let due = |((when, payer, collected_by), sum): ((String, String, String), Decimal)| Due {
        when,
        payer,
        collected_by,
        amount: sum.to_string(),
    };
    Ok(sums.into_iter().map(due).collect())
}

/// An amount as quotes write it.
fn amount(text: &str) -> Result<Decimal, Error> {
    let amount = decimal::parse(text, MAX_INTEGER_DIGITS);
    amount.map_err(|_| ErrorCode::AmountMalformed.into())
}

/// The rows as a table for people.
#[must_use]
pub fn table(rows: &[Row]) -> String {
    let mut lines = vec![
        [
            "to",
            "date",
            "terms",
            "collection",
            "status",
            "regime",
            "",
            "duties",
            "taxes",
            "fees",
            "landed cost",
            "at checkout",
            "at delivery",
            "",
            "landed cost",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    lines.extend(rows.iter().map(cells));
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells
            .map(|cell| cell.chars().count())
            .max()
            .unwrap_or_default()
    };
    let widths: Vec<usize> = (0..FIRST_AMOUNT.saturating_add(9)).map(width).collect();
    let mut text = String::new();
    for line in &lines {
        let mut shown = String::new();
        for (column, (cell, width)) in line.iter().zip(&widths).enumerate() {
            let width = *width;
            // Writing to a `String` cannot fail.
            let _ = if column > FIRST_AMOUNT && column != SECOND_CURRENCY {
                write!(shown, "{cell:>width$}  ")
            } else {
                write!(shown, "{cell:<width$}  ")
            };
        }
        text.push_str(shown.trim_end());
        text.push('\n');
    }
    text
}

/// The column of the destination's currency; amounts follow.
const FIRST_AMOUNT: usize = 6;
/// The column of the request's currency.
const SECOND_CURRENCY: usize = 13;

fn cells(row: &Row) -> Vec<String> {
    let word = |value: &Value| value.as_str().unwrap_or("–").to_owned();
    let mut cells = vec![word(&row.destination), word(&row.date), word(&row.incoterm)];
    let model = row.regime.get("collection").unwrap_or(&row.collection);
    cells.push(word(model));
    if let Some(code) = row.error.get("code").and_then(Value::as_str) {
        let field = row.error.get("field").and_then(Value::as_str);
        let at = field.map_or(String::new(), |field| format!(" at {field}"));
        cells.push(format!("refused: {code}{at}"));
        return cells;
    }
    cells.push(word(&row.status));
    cells.push(word(row.regime.get("id").unwrap_or(&Value::Null)));
    cells.push(word(&row.currency));
    let total = |totals: &Value, field: &str| {
        let amount = totals.get(field).and_then(Value::as_str);
        amount.unwrap_or("unknown").to_owned()
    };
    for field in [
        "duties",
        "taxes",
        "fees",
        "landedCost",
        "dueAtCheckout",
        "dueAtDelivery",
    ] {
        cells.push(total(&row.totals, field));
    }
    let converted = &row.totals_in_request_currency;
    cells.push(word(converted.get("currency").unwrap_or(&Value::Null)));
    cells.push(total(converted, "landedCost"));
    cells
}
