//! One duty on one item: reckoned for every way in which duties can fall, written down for those that a quote shows.

use super::Context;
use super::alternatives::heading;
use super::charge::{Charge, ChargeKind, Need, SourceId, Unsettled};
use super::evaluation::{Goods, evaluate, working};
use crate::confidence::Confidence;
use crate::decimal::Decimal;
use crate::destination::{RoundingPoint, Scope};
use crate::error::Error;
use crate::money::Percentage;
use crate::tariff::{DutyExpression, Measure, MeasureType, Programme, Sum, Tariff};

/// Of a line that the tariff at hand has, without a rate that can be reckoned with: why a duty is not known.
pub(super) const NO_RATE: &str = "duty.rate-not-at-hand";

/// A duty on an item.
#[derive(Clone, Copy, Debug)]
pub struct DutyPart<'a> {
    measure: &'a str,
    pub(super) programme: Option<&'a Programme>,
    /// The heading of the tariff that charges it, of a programme's duty.
    heading: &'a str,
    /// What it is reckoned on, and the ordinary duty it takes account of.
    base: Decimal,
    ordinary: Decimal,
    rate: DutyRate<'a>,
    source: SourceId<'a>,
    confidence: Confidence,
    /// Before rounding; as the law rounds it for the item, where it does.
    pub(super) exact: Decimal,
    /// The amount.
    pub(super) amount: Decimal,
}

/// Where a duty's rate comes from.
#[derive(Clone, Copy, Debug)]
enum DutyRate<'a> {
    /// A measure's expression, and the sum of it that decides.
    Tariff(&'a DutyExpression, &'a Sum),
    Caller(Percentage),
}

impl<'a> DutyPart<'a> {
    /// A measure's duty on the goods.
    pub(super) fn of_measure(
        context: &Context<'a>,
        goods: Goods<'_>,
        tariff: &'a Tariff,
        measure: &Measure<'a>,
    ) -> Result<Self, Unsettled> {
        let unstated = || Need::of_item(goods.position, "dutyRate", "rate").because(NO_RATE);
        let expression = measure.expression.ok_or_else(unstated)?;
        let source = measure.programme.map(|programme| &programme.source);
        let source = SourceId::of_file(source.unwrap_or(&tariff.dictionary().source));
        let areas = measure.geographical_areas().map(|area| area.confidence);
        let confidence = areas.fold(measure.series.confidence, Confidence::max);
        let name = measure.measure_type().as_str();
        let part = Self::of_rule(context, goods, name, expression, (source, confidence))?;
        Ok(Self {
            programme: measure.programme,
            heading: measure.programme.map_or("", |_| heading(measure)),
            ..part
        })
    }

    /// A duty by an expression, of the tariff or of the rules themselves.
    pub(super) fn of_rule(
        context: &Context<'a>,
        goods: Goods<'_>,
        measure: &'a str,
        expression: &'a DutyExpression,
        (source, confidence): (SourceId<'a>, Confidence),
    ) -> Result<Self, Unsettled> {
        let evaluated = evaluate(context, goods, expression)?;
        let part = Self {
            measure,
            programme: None,
            heading: "",
            base: goods.duty_base,
            ordinary: goods.ordinary,
            rate: DutyRate::Tariff(expression, evaluated.sum),
            source,
            confidence,
            exact: evaluated.exact,
            amount: evaluated.exact,
        };
        Ok(part.rounded(context)?)
    }

    /// What the tariff says of it; `None` for a caller's own rate.
    pub(super) const fn expression(&self) -> Option<&'a DutyExpression> {
        match self.rate {
            DutyRate::Tariff(expression, _) => Some(expression),
            DutyRate::Caller(_) => None,
        }
    }

    /// Whether the charge is of the same measure or programme.
    pub(crate) fn is_charged_as(&self, charge: &Charge<'_>) -> bool {
        let programme = self.programme.map(|programme| programme.id.as_str());
        self.measure == charge.measure && programme == charge.programme.map(|(id, _)| id)
    }

    /// Whether the tariff charges nothing, whatever the goods are worth.
    pub(super) fn is_exempt(&self) -> bool {
        self.expression().is_some_and(DutyExpression::is_free)
    }

    /// The duty at a rate of the caller's own.
    pub(super) fn of_caller(
        context: &Context<'a>,
        goods: Goods<'_>,
        rate: Percentage,
    ) -> Result<Self, Error> {
        let exact = rate.of(goods.duty_base)?;
        let part = Self {
            measure: MeasureType::ThirdCountryDuty.as_str(),
            programme: None,
            heading: "",
            base: goods.duty_base,
            ordinary: Decimal::ZERO,
            rate: DutyRate::Caller(rate),
            source: SourceId::CALLER,
            confidence: Confidence::Caller,
            exact,
            amount: exact,
        };
        part.rounded(context)
    }

    /// Rounded for the item where the law rounds it there; else to the minor unit, for showing.
    fn rounded(mut self, context: &Context<'_>) -> Result<Self, Error> {
        let by_law = context.rounding(RoundingPoint::Duty, Scope::Item);
        let rounding = by_law.unwrap_or_else(|| context.minor_unit());
        self.amount = rounding.apply(self.exact)?;
        if by_law.is_some() {
            self.exact = self.amount;
        }
        Ok(self)
    }

    /// The duty as a charge, with its rate and its working.
    pub(crate) fn charge(
        &self,
        context: &Context<'a>,
        goods: Goods<'_>,
    ) -> Result<Charge<'a>, Error> {
        let goods = Goods {
            duty_base: self.base,
            ordinary: self.ordinary,
            ..goods
        };
        let (rate, working) = match self.rate {
            DutyRate::Caller(rate) => (rate.to_string(), format!("{} × {rate}", goods.duty_base)),
            DutyRate::Tariff(expression, sum) => {
                match working(context, goods, sum) {
                    Ok(working) => (expression.to_string(), working),
                    Err(Unsettled::Refused(error)) => return Err(error),
                    // It was settled when the part was reckoned.
                    Err(Unsettled::Needs(_)) => (expression.to_string(), String::new()),
                }
            }
        };
        Ok(Charge {
            kind: ChargeKind::Duty,
            measure: self.measure,
            programme: self
                .programme
                .map(|programme| (programme.id.as_str(), self.heading)),
            item: Some(goods.position),
            follows: goods.position,
            basis: goods.duty_base,
            rate,
            formula: format!("{working} = {}", self.amount),
            exact: self.exact,
            amount: self.amount,
            source: self.source,
            confidence: self.confidence,
        })
    }
}
