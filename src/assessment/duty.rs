//! Duties on one item.

use super::Context;
use super::applicable::{Applicable, PreferenceRefusal, applicable};
use super::charge::{Charge, ChargeKind, Need, Notice};
use super::evaluation::{Goods, evaluate};
use super::valuation::{ItemValue, sum};
use crate::basket::Item;
use crate::confidence::Confidence;
use crate::decimal::Decimal;
use crate::destination::{RoundingPoint, Scope, Severity};
use crate::error::{Error, ErrorCode, Field};
use crate::nomenclature::CommodityCode;
use crate::tariff::{DutyExpression, Measure, NationalLine, Tariff};

/// National lines that one short code may be spread over before it is too short to be quoted.
const MAX_LINES: usize = 1_000;

/// The duties of an item if it lies on one national line, and if open alternatives fall one way.
#[derive(Clone, Debug)]
pub struct DutyChoice {
    /// The line.
    pub line: CommodityCode,
    /// The duties.
    pub charges: Vec<Charge>,
    /// Their sum, rounded as the lines are.
    pub total: Decimal,
}

/// What is known of an item's duties.
#[derive(Clone, Debug)]
pub struct ItemDuty {
    /// From the lowest to the highest; one where the duty is certain, none where it is unknown.
    pub choices: Vec<DutyChoice>,
    /// What is missing, for the duty or for its certainty.
    pub needs: Vec<Need>,
    /// What must be said.
    pub notices: Vec<Notice>,
}

impl ItemDuty {
    /// Nothing can be said until this is settled.
    fn unknown(needs: Vec<Need>) -> Self {
        Self {
            choices: Vec::new(),
            needs,
            notices: Vec::new(),
        }
    }

    /// Whether low and high differ.
    #[must_use]
    pub fn is_range(&self) -> bool {
        matches!((self.choices.first(), self.choices.last()), (Some(low), Some(high)) if low.total != high.total)
    }
}

/// The duties of an item by the tariff.
///
/// # Errors
/// [`ErrorCode::CodeUnknown`] at the item's code, [`ErrorCode::PackMissing`] without a tariff, exchange and overflow errors.
pub fn assess_duty(
    context: &Context<'_>,
    position: usize,
    item: &Item,
    value: ItemValue,
) -> Result<ItemDuty, Error> {
    let duty_base = context
        .item_rounding(RoundingPoint::DutyBase)
        .apply(value.customs_value)?;
    let goods = Goods {
        position,
        item,
        duty_base,
    };
    if let Some(rate) = item.duty_rate {
        let charge = caller_charge(context, goods, rate.0)?;
        return Ok(ItemDuty {
            choices: vec![choice(item.code, vec![charge])?],
            needs: Vec::new(),
            notices: Vec::new(),
        });
    }
    let tariff = context.tariff.ok_or(ErrorCode::PackMissing)?;
    let lines: Vec<NationalLine<'_>> = tariff.lines_under(item.code).take(MAX_LINES).collect();
    if lines.is_empty() {
        let item = u32::try_from(position).unwrap_or(u32::MAX);
        return Err(Error::at(
            ErrorCode::CodeUnknown,
            Field::of_item(item, "code"),
        ));
    }
    let Some(origin) = item.origin else {
        return Ok(ItemDuty::unknown(vec![Need::of_item(
            position, "origin", "place",
        )]));
    };
    let mut duties = ItemDuty::unknown(Vec::new());
    let mut unsettled = Vec::new();
    for line in &lines {
        let found = applicable(tariff, line.code, item, origin, context.day());
        if lines.len() > 1 && found.ordinary.is_empty() && found.quota_open {
            // A line of its own for what a quota admits: the goods have another line without one.
            continue;
        }
        match line_choices(context, goods, tariff, line.code, &found)? {
            Ok(choices) => duties.choices.extend(choices),
            Err(needs) => unsettled.extend(needs),
        }
        notices_of(&found, position, &mut duties.notices);
    }
    settle(&mut duties, unsettled, position, lines.len());
    Ok(duties)
}

/// Orders the choices, and says what would narrow them.
fn settle(duties: &mut ItemDuty, unsettled: Vec<Need>, position: usize, lines: usize) {
    duties
        .choices
        .sort_by_key(|choice| (choice.total, choice.line));
    if !unsettled.is_empty() {
        // One line whose duty is unknown makes low and high unknown too.
        duties.choices.clear();
        for need in unsettled {
            if !duties.needs.contains(&need) {
                duties.needs.push(need);
            }
        }
    }
    let open = duties.is_range() || !duties.needs.is_empty();
    if open && lines > 1 {
        duties
            .needs
            .push(Need::of_item(position, "code", "national-line"));
    } else if duties.is_range() {
        duties
            .needs
            .push(Need::of_item(position, "additionalCode", "circumstance"));
    }
    if let (true, Some(low), Some(high)) = (
        duties.is_range(),
        duties.choices.first(),
        duties.choices.last(),
    ) {
        let median = duties
            .choices
            .get(duties.choices.len() >> 1)
            .unwrap_or(high);
        duties.notices.push(
            Notice::new("duty.range", Severity::Warning)
                .with("item", position)
                .with("lines", lines)
                .with("lowLine", low.line)
                .with("medianLine", median.line)
                .with("highLine", high.line),
        );
    }
}

fn notices_of(found: &Applicable<'_>, position: usize, notices: &mut Vec<Notice>) {
    let said = [
        (
            found.refused == Some(PreferenceRefusal::NotOnLine),
            "preference.refused",
            Severity::Warning,
        ),
        (
            found.refused == Some(PreferenceRefusal::RateNotAtHand),
            "preference.rate-not-at-hand",
            Severity::Warning,
        ),
        (
            found.preference_available,
            "preference.available",
            Severity::Info,
        ),
        (found.quota_open, "quota.open", Severity::Info),
        (found.relief_for_use, "relief.for-use", Severity::Info),
    ];
    for (holds, code, severity) in said {
        let notice = Notice::new(code, severity).with("item", position);
        if holds && !notices.contains(&notice) {
            notices.push(notice);
        }
    }
}

/// The ways in which the duties on one line can fall: one, or the lowest and the highest of open alternatives.
fn line_choices(
    context: &Context<'_>,
    goods: Goods<'_>,
    tariff: &Tariff,
    line: CommodityCode,
    found: &Applicable<'_>,
) -> Result<Result<Vec<DutyChoice>, Vec<Need>>, Error> {
    let (first, last) = match ordinary_or_preferential(context, goods, tariff, found)? {
        Ok(ends) => ends,
        Err(needs) => return Ok(Err(needs)),
    };
    let (mut low, mut high) = (vec![first], vec![last]);
    for remedy in &found.remedies {
        match priced(context, goods, tariff, remedy)? {
            Ok(charges) => {
                low.extend(charges.first().cloned());
                high.extend(charges.last().cloned());
            }
            Err(needs) => return Ok(Err(needs)),
        }
    }
    let (low, high) = (choice(line, low)?, choice(line, high)?);
    Ok(Ok(if low.total == high.total {
        vec![low]
    } else {
        vec![low, high]
    }))
}

/// The lowest and the highest that the ordinary duty, or the preference in its place, can be.
///
/// A valid claim never raises the duty: the lower of the two is taken. A preference for a part of the line's goods leaves the
/// ordinary duty possible.
fn ordinary_or_preferential(
    context: &Context<'_>,
    goods: Goods<'_>,
    tariff: &Tariff,
    found: &Applicable<'_>,
) -> Result<Result<(Charge, Charge), Vec<Need>>, Error> {
    if found.refused == Some(PreferenceRefusal::RateNotAtHand) {
        return Ok(Err(vec![Need::of_item(
            goods.position,
            "dutyRate",
            "preference-rate",
        )]));
    }
    let ordinary = priced(context, goods, tariff, &found.ordinary)?;
    let preferential = match priced_if_any(context, goods, tariff, &found.preference)? {
        Ok(preferential) => preferential,
        Err(needs) => return Ok(Err(needs)),
    };
    let Some(lowest) = preferential.first() else {
        return Ok(ordinary.and_then(|charges| ends(goods, &charges)));
    };
    let (first, last) = match ordinary.and_then(|charges| ends(goods, &charges)) {
        Ok(ends) => ends,
        // Nothing is lower than free; above that, an ordinary duty still to be reckoned could be.
        Err(_) if lowest.exact.is_zero() && !found.preference_is_partial => {
            return Ok(Ok((lowest.clone(), lowest.clone())));
        }
        Err(needs) => return Ok(Err(needs)),
    };
    let low = if first.exact < lowest.exact {
        first.clone()
    } else {
        lowest.clone()
    };
    let high = match (found.preference_is_partial, first.exact < lowest.exact) {
        (true, _) | (false, true) => last,
        (false, false) => lowest.clone(),
    };
    Ok(Ok((low, high)))
}

fn ends(goods: Goods<'_>, charges: &[Charge]) -> Result<(Charge, Charge), Vec<Need>> {
    match (charges.first(), charges.last()) {
        (Some(first), Some(last)) => Ok((first.clone(), last.clone())),
        _ => Err(vec![Need::of_item(goods.position, "dutyRate", "rate")]),
    }
}

fn priced_if_any(
    context: &Context<'_>,
    goods: Goods<'_>,
    tariff: &Tariff,
    measures: &[Measure<'_>],
) -> Result<Result<Vec<Charge>, Vec<Need>>, Error> {
    if measures.is_empty() {
        Ok(Ok(Vec::new()))
    } else {
        priced(context, goods, tariff, measures)
    }
}

/// Alternatives as charges, the lowest first.
fn priced(
    context: &Context<'_>,
    goods: Goods<'_>,
    tariff: &Tariff,
    measures: &[Measure<'_>],
) -> Result<Result<Vec<Charge>, Vec<Need>>, Error> {
    let mut charges = Vec::with_capacity(measures.len());
    for measure in measures {
        let Some(expression) = measure.expression else {
            return Ok(Err(vec![Need::of_item(goods.position, "dutyRate", "rate")]));
        };
        match charge(context, goods, tariff, measure, expression)? {
            Ok(charge) => charges.push(charge),
            Err(needs) => return Ok(Err(needs)),
        }
    }
    charges.sort_by_key(|charge| charge.exact);
    if charges.is_empty() {
        return Ok(Err(vec![Need::of_item(goods.position, "dutyRate", "rate")]));
    }
    Ok(Ok(charges))
}

fn charge(
    context: &Context<'_>,
    goods: Goods<'_>,
    tariff: &Tariff,
    measure: &Measure<'_>,
    expression: &DutyExpression,
) -> Result<Result<Charge, Vec<Need>>, Error> {
    let evaluated = match evaluate(context, goods, expression)? {
        Ok(evaluated) => evaluated,
        Err(needs) => return Ok(Err(needs)),
    };
    let areas = measure.geographical_areas().map(|area| area.confidence);
    let confidence = areas.fold(measure.series.confidence, Confidence::max);
    duty_charge(
        context,
        goods,
        measure.measure_type().as_str(),
        evaluated.exact,
        evaluated.working,
        expression.to_string(),
    )
    .map(|charge| {
        Ok(Charge {
            source: tariff.dictionary().source.clone(),
            confidence,
            ..charge
        })
    })
}

fn caller_charge(context: &Context<'_>, goods: Goods<'_>, rate: Decimal) -> Result<Charge, Error> {
    let expression = DutyExpression::ad_valorem(rate);
    let exact = crate::money::Percentage(rate).of(goods.duty_base)?;
    let working = format!("{} × {expression}", goods.duty_base);
    duty_charge(
        context,
        goods,
        "third-country-duty",
        exact,
        working,
        expression.to_string(),
    )
}

/// A duty's charge, rounded for the item where the law rounds it there; else to the minor unit for showing.
fn duty_charge(
    context: &Context<'_>,
    goods: Goods<'_>,
    measure: &str,
    exact: Decimal,
    working: String,
    rate: String,
) -> Result<Charge, Error> {
    let amount = context.item_rounding(RoundingPoint::Duty).apply(exact)?;
    // What is added up over a consignment is the item's duty as the law rounds it for the item, where it does.
    let exact = context
        .rounding(RoundingPoint::Duty, Scope::Item)
        .map_or(exact, |_| amount);
    Ok(Charge {
        kind: ChargeKind::Duty,
        measure: measure.to_owned(),
        item: Some(goods.position),
        basis: goods.duty_base,
        rate,
        formula: format!("{working} = {amount}"),
        exact,
        amount,
        source: "caller".to_owned(),
        confidence: Confidence::Caller,
    })
}

fn choice(line: CommodityCode, charges: Vec<Charge>) -> Result<DutyChoice, Error> {
    let total = sum(charges.iter().map(|charge| charge.amount))?;
    Ok(DutyChoice {
        line,
        charges,
        total,
    })
}
