//! Writing a quote down: the JSON contract's shape.

use super::Assessment;
use super::scenario::{Scenario, charges};
use super::totals::{Range, RequestTotals, Totals};
use crate::assessment::{Charge, ChargeKind, Context, Need, Notice, as_object};
use crate::calendar::CalendarDate;
use crate::confidence::Confidence;
use crate::decimal::{Decimal, Rounding};
use crate::destination::{Collection, CollectionModel, Moment, Payee, Regime};
use crate::error::Error;
use crate::exchange::ExchangeRate;
use crate::money::{CurrencyCode, as_text};
use crate::place::PlaceCode;
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

/// A quote.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Quote {
    /// How far it goes.
    pub status: Status,
    /// The destination's currency, in which everything is reckoned.
    pub currency: CurrencyCode,
    /// The regime; `null` while the value that decides it is unknown.
    pub regime: Option<QuotedRegime>,
    /// The charges.
    pub lines: Vec<Line>,
    /// What they add up to; the median where there is a range; `null` where a part is unknown.
    pub totals: Totals,
    /// The same in the request's currency.
    pub totals_in_request_currency: RequestTotals,
    /// The sums of what is known, where something is not.
    pub so_far: Option<Totals>,
    /// The totals at the lowest and the highest, where there is a range.
    pub range: Option<Range>,
    /// The exchange rates used.
    pub exchange_rates: Vec<ExchangeRate>,
    /// What must be said.
    pub notices: Vec<Notice>,
    /// What is missing.
    pub unknown: Vec<UnknownField>,
    /// The sources that lines name.
    #[serde(serialize_with = "as_object")]
    pub sources: Vec<(String, QuotedSource)>,
    /// The packs used, by hash.
    pub packs: Vec<QuotedPack>,
}

/// A pack that a quote rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuotedPack {
    /// Its id.
    pub id: String,
    /// SHA-256 of the file, in hexadecimal.
    pub sha256: String,
}

/// The regime a consignment falls under.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuotedRegime {
    /// Its id.
    pub id: String,
    /// The collection model.
    pub collection: CollectionModel,
    /// The release category of the WCO immediate-release guidelines.
    pub release_category: u8,
    /// The declaration.
    pub declaration: String,
}

/// A charge, with all that is said of it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Line {
    /// What it is.
    pub kind: ChargeKind,
    /// The measure, tax, fee or regime.
    pub measure: String,
    /// The item's id; `null` for the consignment.
    pub item: Option<String>,
    /// What it is reckoned on.
    #[serde(serialize_with = "as_text")]
    pub basis: Decimal,
    /// The rate, as the law writes it.
    pub rate: String,
    /// The amount; the median of a range.
    #[serde(serialize_with = "as_text")]
    pub amount: Decimal,
    /// The lowest it can be, where it is open.
    pub low: Option<String>,
    /// The highest it can be, where it is open.
    pub high: Option<String>,
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
    /// Whether it comes back when the goods are returned: `claim` where it can be claimed, `no` where it cannot.
    pub refundable: &'static str,
    /// The source's id.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}

/// Something that is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnknownField {
    /// The field that would settle it.
    pub field: String,
    /// What is needed there.
    pub needs: String,
}

/// A source that lines name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct QuotedSource {
    /// Its title.
    pub title: String,
    /// Its publisher.
    pub publisher: String,
    /// Where a reader finds it.
    pub url: String,
    /// The day it describes, or was last checked.
    pub as_of: Option<CalendarDate>,
}

/// Writes an assessment down.
pub(super) fn write(context: &Context<'_>, assessment: Assessment<'_>) -> Result<Quote, Error> {
    let collection = assessment.regime.as_ref().map(|(_, collection)| collection);
    let needs = needs(&assessment);
    let unknown_amount = assessment.regime.is_none()
        || assessment.valuation.customs_value.is_none()
        || assessment
            .duties
            .iter()
            .flatten()
            .any(|duty| duty.choices.is_empty());
    let ranged = assessment
        .duties
        .iter()
        .flatten()
        .any(crate::assessment::ItemDuty::is_range);

    let median = charges(context, &assessment, Scenario::Median)?;
    let known = Totals::of(&assessment.valuation, &median, collection)?;
    let totals = if unknown_amount {
        known.without_unknown()
    } else {
        known.clone()
    };
    let mut lines = Vec::new();
    let mut range = None;
    if let Some(collection) = collection {
        lines = median
            .iter()
            .map(|charge| line(context, charge, collection))
            .collect();
        if ranged {
            let low = charges(context, &assessment, Scenario::Low)?;
            let high = charges(context, &assessment, Scenario::High)?;
            add_limits(context, &mut lines, (&median, &low, &high), collection);
            range = (!unknown_amount)
                .then(|| -> Result<Range, Error> {
                    Ok(Range {
                        low: Totals::of(&assessment.valuation, &low, Some(collection))?,
                        high: Totals::of(&assessment.valuation, &high, Some(collection))?,
                    })
                })
                .transpose()?;
        }
    }
    let status = match (unknown_amount, ranged) {
        (true, _) => Status::Partial,
        (false, true) => Status::Range,
        (false, false) => Status::Complete,
    };
    let sources = sources(context, &lines);
    Ok(Quote {
        status,
        currency: context.currency(),
        regime: assessment
            .regime
            .as_ref()
            .map(|(regime, collection)| quoted_regime(regime, collection)),
        totals_in_request_currency: in_request_currency(context, &totals)?,
        so_far: unknown_amount.then_some(known),
        lines,
        totals,
        range,
        exchange_rates: exchange_rates(context)?,
        notices: assessment.notices,
        unknown: needs
            .iter()
            .map(|need| UnknownField {
                field: need.field.to_string(),
                needs: need.needs.clone(),
            })
            .collect(),
        sources,
        packs: Vec::new(),
    })
}

fn needs(assessment: &Assessment<'_>) -> Vec<Need> {
    let of_duties = assessment
        .duties
        .iter()
        .flatten()
        .flat_map(|duty| duty.needs.iter());
    assessment
        .valuation
        .needs
        .iter()
        .chain(of_duties)
        .cloned()
        .collect()
}

fn quoted_regime(regime: &Regime, collection: &Collection) -> QuotedRegime {
    QuotedRegime {
        id: regime.id.clone(),
        collection: collection.model,
        release_category: regime.release_category,
        declaration: regime.declaration.clone(),
    }
}

fn line(context: &Context<'_>, charge: &Charge, collection: &Collection) -> Line {
    let collector = match charge.kind {
        ChargeKind::Duty | ChargeKind::Relief => collection.duty,
        ChargeKind::Tax => collection.tax,
        ChargeKind::Fee => collection.fee,
    };
    Line {
        kind: charge.kind,
        measure: charge.measure.clone(),
        item: charge
            .item
            .and_then(|position| context.basket.items.get(position))
            .map(|item| item.id.clone()),
        basis: charge.basis,
        rate: charge.rate.clone(),
        amount: charge.amount,
        low: None,
        high: None,
        formula: charge.formula.clone(),
        payer: "buyer",
        payee: if charge.kind == ChargeKind::Tax {
            Payee::TaxAuthority
        } else {
            Payee::Customs
        },
        collected_by: collector.by,
        when: collector.at,
        refundable: if charge.kind == ChargeKind::Fee {
            "no"
        } else {
            "claim"
        },
        source: charge.source.clone(),
        confidence: charge.confidence,
    }
}

/// Puts the lowest and the highest beside every line that is open; a line that only one end has joins the list.
fn add_limits(
    context: &Context<'_>,
    lines: &mut Vec<Line>,
    (median, low, high): (&[Charge], &[Charge], &[Charge]),
    collection: &Collection,
) {
    let key = |charge: &Charge| (charge.kind, charge.measure.clone(), charge.item);
    let amount_in = |charges: &[Charge], of: &Charge| {
        charges
            .iter()
            .find(|charge| key(charge) == key(of))
            .map_or_else(|| Decimal::ZERO, |charge| charge.amount)
    };
    let mut all: Vec<Charge> = median.to_vec();
    for charge in low.iter().chain(high) {
        if !all.iter().any(|other| key(other) == key(charge)) {
            let nothing = Charge {
                amount: Decimal::ZERO,
                formula: String::new(),
                ..charge.clone()
            };
            lines.push(line(context, &nothing, collection));
            all.push(nothing);
        }
    }
    for (line, charge) in lines.iter_mut().zip(&all) {
        let at = [
            amount_in(low, charge),
            charge.amount,
            amount_in(high, charge),
        ];
        let (lowest, highest) = (at.iter().min(), at.iter().max());
        if lowest != highest {
            line.low = lowest.map(Decimal::to_string);
            line.high = highest.map(Decimal::to_string);
        }
    }
}

fn in_request_currency(context: &Context<'_>, totals: &Totals) -> Result<RequestTotals, Error> {
    let currency = context.basket.currency;
    let rate = context.exchange.rate(context.currency(), currency)?.rate;
    let unit = Rounding::to_decimals(currency.decimals());
    Ok(RequestTotals {
        currency,
        totals: totals.converted(rate, unit)?,
    })
}

fn exchange_rates(context: &Context<'_>) -> Result<Vec<ExchangeRate>, Error> {
    if context.basket.currency == context.currency() {
        return Ok(Vec::new());
    }
    Ok(vec![
        context
            .exchange
            .rate(context.basket.currency, context.currency())?,
    ])
}

/// The sources that the lines name: the laws here; the engine adds the packs' publishers.
fn sources(context: &Context<'_>, lines: &[Line]) -> Vec<(String, QuotedSource)> {
    let rules = context.rules;
    let here = |places: &[PlaceCode]| places.is_empty() || places.contains(&context.place.code);
    let regimes = rules
        .regime
        .iter()
        .map(|it| (&it.id, it.valid, &it.law, true));
    let taxes = rules
        .tax
        .iter()
        .map(|it| (&it.id, it.valid, &it.law, here(&it.places)));
    let fees = rules
        .fee
        .iter()
        .map(|it| (&it.id, it.valid, &it.law, here(&it.places)));
    let mut sources = Vec::new();
    for (id, valid, law, is_here) in regimes.chain(taxes).chain(fees) {
        let id = format!("{}/{id}", rules.territory);
        if is_here && valid.contains(context.day()) && lines.iter().any(|line| line.source == id) {
            let source = QuotedSource {
                title: law.title.clone(),
                publisher: String::new(),
                url: law.url.clone(),
                as_of: Some(law.checked_on),
            };
            sources.push((id, source));
        }
    }
    sources
}
