//! Duties on top of the ordinary one: which programmes reach the goods, and what each leaves to the next.

use super::Context;
use super::alternatives::{certificate, heading, is_partial, sift};
use super::charge::Unsettled;
use super::evaluation::{Goods, part_value};
use crate::basket::Item;
use crate::calendar::CalendarDate;
use crate::decimal::{self, Decimal};
use crate::tariff::{DutyExpression, Measure, Programme, Term};

/// The measures of one remedy; where several stand here they are alternatives that the request leaves open.
#[derive(Clone, Debug)]
pub struct Remedy<'a> {
    /// The programme; `None` for anti-dumping and countervailing duties and others that belong to none.
    pub programme: Option<&'a Programme>,
    /// The measures.
    pub measures: Vec<Measure<'a>>,
    /// Whether the measures are for a part of the goods under the code, and nothing is charged on the rest.
    pub rest_is_free: bool,
    /// The headings that a declarant could claim instead, on facts that a code does not tell.
    pub claimable: Vec<&'a str>,
}

impl<'a> Remedy<'a> {
    /// Measures of one type that belong to no programme.
    pub(super) const fn of_type(measures: Vec<Measure<'a>>) -> Self {
        Self {
            programme: None,
            measures,
            rest_is_free: false,
            claimable: Vec::new(),
        }
    }

    /// Whether it may or may not be due, on a part of the goods that the code does not tell and at a rate or by a list that is not at
    /// hand: a quote says so and reckons nothing.
    pub(super) fn is_only_possible(&self) -> bool {
        let unstated = |measure: &Measure<'_>| measure.expression.is_none();
        self.rest_is_free && !self.measures.is_empty() && self.measures.iter().all(unstated)
    }
}

/// The programmes that reach the goods, in the order of the stack.
///
/// Within a programme a row that waits for a claim counts only where its heading or its certificate is given; then the longest code wins,
/// then the narrowest area. Rows for a part of the goods under their code are joined by those that hold for the rest.
pub(super) fn by_programme<'a>(
    measures: &[Measure<'a>],
    item: &Item,
    day: CalendarDate,
) -> Vec<Remedy<'a>> {
    let mut programmes: Vec<&'a Programme> = Vec::new();
    for programme in measures.iter().filter_map(|measure| measure.programme) {
        if !programmes.iter().any(|other| other.id == programme.id) {
            programmes.push(programme);
        }
    }
    programmes.sort_by(|one, other| (one.order, &one.id).cmp(&(other.order, &other.id)));
    let mut found = Vec::new();
    for programme in programmes {
        let mut own = measures.to_vec();
        sift(&mut own, &mut |measure| {
            measure
                .programme
                .is_some_and(|other| other.id == programme.id)
        });
        found.push(settled(programme, own, item, day));
    }
    found
}

fn settled<'a>(
    programme: &'a Programme,
    mut measures: Vec<Measure<'a>>,
    item: &Item,
    day: CalendarDate,
) -> Remedy<'a> {
    let is_claimed = |measure: &Measure<'_>| {
        let claims = [heading(measure), certificate(measure)];
        let mut given = item.certificates.iter().chain(&item.additional_code);
        given.any(|given| claims.contains(&given.as_str()))
    };
    let waits = |measure: &Measure<'_>| !certificate(measure).is_empty();
    let mut claimable: Vec<&'a str> = Vec::new();
    for measure in measures.iter().filter(|measure| waits(measure)) {
        if !claimable.contains(&heading(measure)) {
            claimable.push(heading(measure));
        }
    }
    let any_claimed = measures.iter().any(|m| waits(m) && is_claimed(m));
    sift(&mut measures, &mut |measure| {
        waits(measure) == any_claimed && (!any_claimed || is_claimed(measure))
    });
    let mut open: Vec<Measure<'a>> = Vec::new();
    while open.iter().all(is_partial) && !measures.is_empty() {
        let mut best = measures.clone();
        let longest = best.first().map(|measure| measure.code);
        sift(&mut best, &mut |measure| Some(measure.code) == longest);
        let narrowest = best.iter().map(|measure| width(measure, day)).min();
        sift(&mut best, &mut |measure| {
            Some(width(measure, day)) == narrowest
        });
        // A heading that is named settles what the code leaves open.
        if best.iter().any(is_claimed) {
            sift(&mut best, &mut |measure| is_claimed(measure));
            return Remedy {
                programme: Some(programme),
                measures: best,
                rest_is_free: false,
                claimable,
            };
        }
        sift(&mut measures, &mut |measure| Some(measure.code) != longest);
        open.append(&mut best);
    }
    Remedy {
        programme: Some(programme),
        rest_is_free: open.iter().all(is_partial),
        measures: open,
        claimable,
    }
}

/// How many places a measure is for; all of them are more than any list.
fn width(measure: &Measure<'_>, day: CalendarDate) -> usize {
    let mut width = 0_usize;
    for area in measure.geographical_areas() {
        let members = area.members.iter().filter(|(_, valid)| valid.contains(day));
        width = width.saturating_add(if area.is_everywhere() {
            usize::MAX
        } else {
            members.count().max(1)
        });
    }
    width
}

/// A programme that is charged, and what it leaves to those that give way to it.
pub(super) struct Charged<'a> {
    pub(super) programme: &'a Programme,
    /// `None` where it is reckoned on the whole value; else the value of the parts that it is reckoned on.
    pub(super) parts: Option<Decimal>,
}

/// What a programme is reckoned on: the value of the goods, less that on which programmes that displace it are charged.
pub(super) fn left_to(
    programme: &Programme,
    goods: Goods<'_>,
    charged: &[Charged<'_>],
) -> Result<Decimal, crate::error::Error> {
    let mut left = goods.duty_base;
    for other in charged {
        if programme.displaced_by.contains(&other.programme.id) {
            left = match other.parts {
                None => Decimal::ZERO,
                Some(parts) => decimal::subtract(left, parts)?,
            };
        }
    }
    Ok(left.max(Decimal::ZERO))
}

/// The value of the parts that an expression is reckoned on; `None` where it is on the whole.
pub(super) fn parts_of(
    context: &Context<'_>,
    goods: Goods<'_>,
    expression: &DutyExpression,
) -> Result<Option<Decimal>, Unsettled> {
    let mut sum = Decimal::ZERO;
    for term in expression.terms() {
        let Term::AdValorem {
            part: Some(part), ..
        } = term
        else {
            return Ok(None);
        };
        sum = decimal::add(sum, part_value(context, goods, part)?)?;
    }
    Ok(Some(sum))
}
