//! The lines of a quote: its charges, each with who pays whom and when, and between which limits.

use super::quote::Line;
use crate::assessment::{Charge, ChargeKind, Context};
use crate::decimal::Decimal;
use crate::destination::{Collection, Payee};

/// The charges at both ends of a range.
pub(super) struct Ends<'a> {
    pub(super) low: Vec<Charge<'a>>,
    pub(super) high: Vec<Charge<'a>>,
}

/// The lines of the charges; one that only an end of the range has joins them, as nothing.
pub(super) fn lines<'a>(
    context: &Context<'a>,
    collection: &Collection,
    mut charges: Vec<Charge<'a>>,
    ends: Option<&Ends<'a>>,
) -> Vec<Line<'a>> {
    if let Some(ends) = ends {
        for charge in ends.low.iter().chain(&ends.high) {
            if find(&charges, charge).is_none() {
                charges.push(Charge {
                    amount: nothing(charge),
                    formula: String::new(),
                    ..charge.clone()
                });
            }
        }
    }
    let mut lines = Vec::with_capacity(charges.len());
    for charge in charges {
        let limits = ends.and_then(|ends| limits(ends, &charge));
        lines.push(line(context, collection, charge, limits));
    }
    lines
}

/// The charge of the same measure on the same item.
fn find<'a, 'b>(charges: &'b [Charge<'a>], of: &Charge<'_>) -> Option<&'b Charge<'a>> {
    let key = |charge: &Charge<'_>| (charge.kind, charge.item);
    let programme = of.programme.map(|(id, _)| id);
    charges.iter().find(|charge| {
        key(charge) == key(of)
            && charge.measure == of.measure
            && charge.programme.map(|(id, _)| id) == programme
    })
}

/// Nothing, written with the decimals of the charge.
const fn nothing(charge: &Charge<'_>) -> Decimal {
    Decimal::from_parts(0, 0, 0, false, charge.amount.scale())
}

/// The lowest and the highest that a charge can be, where they differ.
fn limits(ends: &Ends<'_>, charge: &Charge<'_>) -> Option<(Decimal, Decimal)> {
    let amount_in = |charges| {
        find(charges, charge).map_or(nothing(charge), |charge: &Charge<'_>| charge.amount)
    };
    let (low, high) = (amount_in(&ends.low), amount_in(&ends.high));
    let lowest = low.min(high).min(charge.amount);
    let highest = low.max(high).max(charge.amount);
    (lowest != highest).then_some((lowest, highest))
}

fn line<'a>(
    context: &Context<'a>,
    collection: &Collection,
    charge: Charge<'a>,
    limits: Option<(Decimal, Decimal)>,
) -> Line<'a> {
    let (collector, payee, refundable) = match charge.kind {
        ChargeKind::Duty | ChargeKind::Relief => (collection.duty, Payee::Customs, "claim"),
        ChargeKind::Tax => (collection.tax, Payee::TaxAuthority, "claim"),
        ChargeKind::Fee => (collection.fee, Payee::Customs, "no"),
    };
    let item = charge.item.and_then(|item| context.basket.items.get(item));
    Line {
        kind: charge.kind,
        measure: charge.measure,
        programme: charge.programme.map(|(programme, _)| programme),
        heading: charge.programme.map(|(_, heading)| heading),
        item: item.map(|item| item.id.as_str()),
        basis: charge.basis,
        rate: charge.rate,
        amount: charge.amount,
        low: limits.map(|(low, _)| low),
        high: limits.map(|(_, high)| high),
        formula: charge.formula,
        payer: "buyer",
        payee,
        collected_by: collector.by,
        when: collector.at,
        refundable,
        source: charge.source,
        confidence: charge.confidence,
    }
}
