//! The lines of a quote: its charges, each with who pays whom and when, and between which limits.

use super::quote::Line;
use crate::assessment::{Charge, ChargeKind, Context, SourceId, Treatment};
use crate::basket::Incoterm;
use crate::decimal::Decimal;
use crate::destination::{Collector, Payee, RefundRule};

/// The charges at both ends of a range.
pub(super) struct Ends<'a> {
    pub(super) low: Vec<Charge<'a>>,
    pub(super) high: Vec<Charge<'a>>,
}

impl Ends<'_> {
    /// Whether every amount is the same at both ends.
    pub(super) fn are_same(&self) -> bool {
        let within = |some: &[Charge<'_>], others: &[Charge<'_>]| {
            some.iter().all(|charge| {
                let amount = find(others, charge).map(|other| other.amount);
                amount.unwrap_or_default() == charge.amount
            })
        };
        within(&self.low, &self.high) && within(&self.high, &self.low)
    }
}

/// The lines of the charges; one that only an end of the range has joins them, as nothing.
pub(super) fn lines<'a>(
    context: &Context<'a>,
    treatments: &[Treatment<'a>],
    mut charges: Vec<Charge<'a>>,
    ends: Option<&Ends<'a>>,
) -> Vec<Line<'a>> {
    if let Some(ends) = ends {
        for charge in ends.low.iter().chain(&ends.high) {
            if !charge.amount.is_zero() && find(&charges, charge).is_none() {
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
        if let Some(treatment) = treatments.get(charge.follows) {
            lines.push(line(context, treatment, charge, limits));
        }
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

/// Who collects a charge, and whom it goes to in the end.
pub(super) fn collector(treatment: &Treatment<'_>, charge: &Charge<'_>) -> (Collector, Payee) {
    match charge.kind {
        ChargeKind::Duty | ChargeKind::Relief => (treatment.duty, Payee::Customs),
        ChargeKind::Tax => (treatment.tax, Payee::TaxAuthority),
        ChargeKind::Fee if charge.source == SourceId::CALLER => (treatment.fee, Payee::Carrier),
        ChargeKind::Fee => (treatment.fee, Payee::Customs),
    }
}

fn line<'a>(
    context: &Context<'a>,
    treatment: &Treatment<'_>,
    charge: Charge<'a>,
    limits: Option<(Decimal, Decimal)>,
) -> Line<'a> {
    let (collector, payee) = collector(treatment, &charge);
    let refund = refund_rule(context, treatment, &charge);
    let refundable = refund.map_or_else(|| unruled(&charge), |rule| rule.how.as_str());
    let item = charge.item.and_then(|item| context.basket.items.get(item));
    let by_seller = context.basket.incoterm == Incoterm::DutyPaid;
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
        payer: if by_seller { "vendor" } else { "buyer" },
        payee,
        collected_by: collector.by,
        when: collector.at,
        refundable,
        refund,
        source: charge.source,
        confidence: charge.confidence,
    }
}

/// The rule that says what comes back of a charge: the first that holds.
fn refund_rule<'a>(
    context: &Context<'a>,
    treatment: &Treatment<'_>,
    charge: &Charge<'_>,
) -> Option<&'a RefundRule> {
    let kind = match charge.kind {
        ChargeKind::Duty => "duties",
        ChargeKind::Tax => "taxes",
        ChargeKind::Fee => "fees",
        ChargeKind::Relief => return None,
    };
    context.rules.refund.iter().find(|rule| {
        rule.valid.contains(context.day())
            && (rule.places.is_empty() || rule.places.contains(&context.place.code))
            && (rule.regimes.is_empty() || rule.regimes.contains(&treatment.regime.id))
            && (rule.models.is_empty() || rule.models.contains(&treatment.model))
            && rule.of.iter().any(|of| of == kind || of == charge.measure)
    })
}

/// What is said of a charge that no refund rule is about: nothing comes back of nothing, or of a carrier's fee; of others it is unknown.
fn unruled(charge: &Charge<'_>) -> &'static str {
    let is_carriers = charge.source == SourceId::CALLER && charge.kind == ChargeKind::Fee;
    if is_carriers || charge.kind == ChargeKind::Relief {
        "no"
    } else {
        "unknown"
    }
}
