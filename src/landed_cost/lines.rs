//! The lines of a quote: its charges, each with who pays whom and when, and between which limits.

use super::quote::Line;
use crate::assessment::{Charge, ChargeKind, Context, SourceId, Treatment};
use crate::basket::Incoterm;
use crate::decimal::Decimal;
use crate::destination::{Payee, RefundRule};

/// Charges in their order, found by what they are for: each item has few, however many items there are.
pub(super) struct ChargesByItem<'a> {
    charges: Vec<Charge<'a>>,
    /// Positions among the charges: the consignment's own first, then those of each item.
    positions: Vec<Vec<usize>>,
}

impl<'a> ChargesByItem<'a> {
    fn of(charges: Vec<Charge<'a>>, items: usize) -> Self {
        let mut all = Self {
            charges: Vec::with_capacity(charges.len()),
            positions: Vec::new(),
        };
        all.positions.resize_with(items.saturating_add(1), Vec::new);
        for charge in charges {
            all.push(charge);
        }
        all
    }

    fn push(&mut self, charge: Charge<'a>) {
        if let Some(positions) = self.positions.get_mut(slot(&charge)) {
            positions.push(self.charges.len());
        }
        self.charges.push(charge);
    }

    /// The charge of the same measure on the same item.
    fn find(&self, of: &Charge<'_>) -> Option<&Charge<'a>> {
        let positions = self.positions.get(slot(of))?.iter();
        let mut charges = positions.filter_map(|position| self.charges.get(*position));
        charges.find(|charge| is_same(charge, of))
    }
}

/// Where the positions of a charge's item stand.
const fn slot(charge: &Charge<'_>) -> usize {
    match charge.item {
        Some(item) => item.saturating_add(1),
        None => 0,
    }
}

/// Whether two charges on one item are of the same measure.
fn is_same(one: &Charge<'_>, other: &Charge<'_>) -> bool {
    one.kind == other.kind
        && one.measure == other.measure
        && one.programme.map(|(id, _)| id) == other.programme.map(|(id, _)| id)
}

/// The charges at both ends of a range.
pub(super) struct Ends<'a> {
    low: ChargesByItem<'a>,
    high: ChargesByItem<'a>,
}

impl<'a> Ends<'a> {
    /// Of a basket of so many items.
    pub(super) fn of(low: Vec<Charge<'a>>, high: Vec<Charge<'a>>, items: usize) -> Self {
        Self {
            low: ChargesByItem::of(low, items),
            high: ChargesByItem::of(high, items),
        }
    }

    /// Whether every amount is the same at both ends.
    pub(super) fn are_same(&self) -> bool {
        let within = |some: &ChargesByItem<'_>, others: &ChargesByItem<'_>| {
            some.charges.iter().all(|charge| {
                let amount = others.find(charge).map(|other| other.amount);
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
        let mut joined = ChargesByItem::of(charges, context.basket.items.len());
        for charge in ends.low.charges.iter().chain(&ends.high.charges) {
            if !charge.amount.is_zero() && joined.find(charge).is_none() {
                joined.push(Charge {
                    amount: nothing(charge),
                    formula: String::new(),
                    ..charge.clone()
                });
            }
        }
        charges = joined.charges;
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

/// Nothing, written with the decimals of the charge.
const fn nothing(charge: &Charge<'_>) -> Decimal {
    Decimal::from_parts(0, 0, 0, false, charge.amount.scale())
}

/// The lowest and the highest that a charge can be, where they differ.
fn limits(ends: &Ends<'_>, charge: &Charge<'_>) -> Option<(Decimal, Decimal)> {
    let amount_in = |charges: &ChargesByItem<'_>| {
        let found = charges.find(charge);
        found.map_or(nothing(charge), |charge| charge.amount)
    };
    let (low, high) = (amount_in(&ends.low), amount_in(&ends.high));
    let lowest = low.min(high).min(charge.amount);
    let highest = low.max(high).max(charge.amount);
    (lowest != highest).then_some((lowest, highest))
}

/// Whom a charge goes to in the end.
fn payee(charge: &Charge<'_>) -> Payee {
    match charge.kind {
        ChargeKind::Tax => Payee::TaxAuthority,
        ChargeKind::Fee if charge.source == SourceId::CALLER => Payee::Carrier,
        ChargeKind::Duty | ChargeKind::Relief | ChargeKind::Fee => Payee::Customs,
    }
}

fn line<'a>(
    context: &Context<'a>,
    treatment: &Treatment<'_>,
    charge: Charge<'a>,
    limits: Option<(Decimal, Decimal)>,
) -> Line<'a> {
    let collector = treatment.collector_of(charge.kind);
    let payee = payee(&charge);
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
        context.is_in_force(rule.valid, &rule.places)
            && treatment.is_under(&rule.regimes)
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
