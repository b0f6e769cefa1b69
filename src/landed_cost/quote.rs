//! A quote, in the JSON contract's shape.

use super::totals::{Range, Totals};
use crate::assessment::{ChargeKind, Need, Notice, SourceId, Treatment, as_object};
use crate::calendar::CalendarDate;
use crate::confidence::Confidence;
use crate::decimal::Decimal;
use crate::destination::{CollectionModel, Moment, Payee, RefundRule};
use crate::exchange::ExchangeRate;
use crate::money::{CurrencyCode, as_text, as_text_or_null};
use serde::Serialize;

/// How far a quote goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Every charge is known.
    Complete,
    /// Some duty lies between a low and a high.
    Range,
    /// Some charge is unknown.
    Partial,
    /// Some item may not be imported.
    Prohibited,
}

/// A quote. Its words are those of the rules, the packs and the request it came from.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Quote<'a> {
    /// How far it goes.
    pub status: Status,
    /// The destination's currency, in which everything is reckoned.
    pub currency: CurrencyCode,
    /// The regime; `null` while the value that decides it is unknown.
    pub regime: Option<QuotedRegime<'a>>,
    /// Each item's own regime by the item's id, where they differ.
    #[serde(serialize_with = "as_object", skip_serializing_if = "Vec::is_empty")]
    pub item_regimes: Vec<(&'a str, QuotedRegime<'a>)>,
    /// The charges.
    pub lines: Vec<Line<'a>>,
    /// What they add up to; the median where there is a range; `null` where a part is unknown.
    pub totals: Totals,
    /// The same in the request's currency: goods, freight and insurance as the request states them, charges converted.
    pub totals_in_request_currency: Totals,
    /// The sums of what is known, where something is not.
    pub so_far: Option<Totals>,
    /// The totals at the lowest and the highest, where there is a range.
    pub range: Option<Range>,
    /// The exchange rate used, and the pegs that it rests on.
    pub exchange_rates: Vec<ExchangeRate<'a>>,
    /// What must be said.
    pub notices: Vec<Notice<'a>>,
    /// What is missing: the field that would settle it, and what is needed there.
    pub unknown: Vec<Need>,
    /// The sources that lines name.
    #[serde(serialize_with = "as_object")]
    pub sources: Vec<(SourceId<'a>, QuotedSource<'a>)>,
    /// The packs used, by hash.
    pub packs: Vec<QuotedPack<'a>>,
}

/// A pack that a quote rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct QuotedPack<'a> {
    /// Its id.
    pub id: &'a str,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: &'a str,
}

/// The regime a consignment falls under.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuotedRegime<'a> {
    /// Its id.
    pub id: &'a str,
    /// The collection model.
    pub collection: CollectionModel,
    /// The release category of the WCO immediate-release guidelines.
    pub release_category: u8,
    /// The declaration.
    pub declaration: &'a str,
}

impl<'a> QuotedRegime<'a> {
    /// What a quote says of a treatment.
    pub(super) fn of(treatment: &Treatment<'a>) -> Self {
        Self {
            id: &treatment.regime.id,
            collection: treatment.model,
            release_category: treatment.regime.release_category,
            declaration: &treatment.regime.declaration,
        }
    }
}

/// A charge, with all that is said of it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line<'a> {
    /// What it is.
    pub kind: ChargeKind,
    /// The measure, tax, fee or regime.
    pub measure: &'a str,
    /// The programme of additional duties.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub programme: Option<&'a str>,
    /// The heading of the tariff that charges it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<&'a str>,
    /// The item's id; `null` for the consignment.
    pub item: Option<&'a str>,
    /// What it is reckoned on.
    #[serde(serialize_with = "as_text")]
    pub basis: Decimal,
    /// The rate, as the law writes it.
    pub rate: String,
    /// The amount; the median of a range.
    #[serde(serialize_with = "as_text")]
    pub amount: Decimal,
    /// The lowest it can be, where it is open.
    #[serde(serialize_with = "as_text_or_null")]
    pub low: Option<Decimal>,
    /// The highest it can be, where it is open.
    #[serde(serialize_with = "as_text_or_null")]
    pub high: Option<Decimal>,
    /// The working.
    pub formula: String,
    /// Who bears it.
    pub payer: &'static str,
    /// Whom it goes to in the end.
    pub payee: Payee,
    /// Who takes it from the payer.
    pub collected_by: Payee,
    /// When.
    pub when: Moment,
    /// Whether and how it comes back when the goods are returned: `seller`, `claim`, `drawback`, `return`, `no`, or `unknown`.
    pub refundable: &'static str,
    /// The rule that says so; the quote names only the way.
    #[serde(skip)]
    pub refund: Option<&'a RefundRule>,
    /// Its source.
    pub source: SourceId<'a>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// A source that lines name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuotedSource<'a> {
    /// Its title.
    pub title: &'a str,
    /// Its publisher; empty for a law.
    pub publisher: &'a str,
    /// Where a reader finds it.
    pub url: &'a str,
    /// The day it describes, or was last checked.
    pub as_of: Option<CalendarDate>,
}
