//! How far the rules behind a quote can be trusted: those nobody has looked up, and those that were looked up too long ago.

use super::quote::Line;
use crate::assessment::{ChargeKind, Context, Notice, Treatment};
use crate::calendar::CalendarDate;
use crate::confidence::Confidence;
use crate::destination::{Law, Severity};

/// A class of facts, and the days after which one of it is stale, and overdue: our own measure, stated in `tariff-data/RULES.md`. Dates of
/// checking count, not of coming into force.
struct Class {
    name: &'static str,
    stale: i32,
    overdue: i32,
}

/// Thresholds and regimes change on short notice.
const REGIMES: Class = Class {
    name: "regime",
    stale: 4,
    overdue: 10,
};
/// Rates of taxes and fees change with a budget.
const TAXES_AND_FEES: Class = Class {
    name: "taxes-and-fees",
    stale: 70,
    overdue: 190,
};

/// What must be said of the rules that a quote rests on.
pub(super) fn notices<'a>(
    context: &Context<'a>,
    treatments: &[Treatment<'a>],
    lines: &[Line<'a>],
) -> Vec<Notice<'a>> {
    let mut unverified: Vec<&str> = Vec::new();
    let mut oldest_regime: Option<CalendarDate> = None;
    for regime in treatments.iter().map(|treatment| treatment.regime) {
        note(&mut oldest_regime, &regime.law);
        if regime.law.confidence == Confidence::MemoryUnverified {
            add(&mut unverified, &regime.id);
        }
    }
    let mut oldest_rate: Option<CalendarDate> = None;
    for line in lines {
        if line.confidence == Confidence::MemoryUnverified {
            add(&mut unverified, line.measure);
        }
        if matches!(line.kind, ChargeKind::Tax | ChargeKind::Fee) {
            for law in laws(context, line) {
                note(&mut oldest_rate, law);
            }
        }
    }
    let mut notices = Vec::new();
    if !unverified.is_empty() {
        let notice = Notice::new("rule.unverified", Severity::Warning);
        notices.push(notice.with("rules", &unverified.join(", ")));
    }
    notices.extend(age(context, &REGIMES, oldest_regime));
    notices.extend(age(context, &TAXES_AND_FEES, oldest_rate));
    notices
}

fn add<'a>(names: &mut Vec<&'a str>, name: &'a str) {
    if !names.contains(&name) {
        names.push(name);
    }
}

fn note(oldest: &mut Option<CalendarDate>, law: &Law) {
    *oldest = Some(oldest.map_or(law.checked_on, |other| other.min(law.checked_on)));
}

/// The laws of the tax or fee on a line.
fn laws<'a>(context: &Context<'a>, line: &Line<'a>) -> impl Iterator<Item = &'a Law> {
    let measure = line.measure;
    let taxes = context.rules.tax.iter();
    let taxes = taxes.map(|tax| (&tax.id, tax.valid, &tax.places, &tax.law));
    let fees = context.rules.fee.iter();
    let fees = fees.map(|fee| (&fee.id, fee.valid, &fee.places, &fee.law));
    taxes
        .chain(fees)
        .filter(move |(id, valid, places, _)| *id == measure && context.is_in_force(*valid, places))
        .map(|(_, _, _, law)| law)
}

fn age<'a>(
    context: &Context<'a>,
    class: &Class,
    checked: Option<CalendarDate>,
) -> Option<Notice<'a>> {
    let checked = checked?;
    let days = context.day().days_since(checked);
    let (level, severity) = if days > class.overdue {
        ("overdue", Severity::Warning)
    } else if days > class.stale {
        ("stale", Severity::Info)
    } else {
        return None;
    };
    let notice = Notice::new("rules.stale", severity);
    Some(
        notice
            .with("class", &class.name)
            .with("level", &level)
            .with("checkedOn", &checked)
            .with("days", &days),
    )
}
