//! What comes on top of the ordinary duty on one line, at the lowest and at the highest.

use super::Context;
use super::charge::Unsettled;
use super::duty::ends;
use super::duty_part::DutyPart;
use super::evaluation::Goods;
use super::remedy::{Charged, Remedy, left_to, parts_of};
use super::valuation::sum;
use crate::decimal::{self, Decimal};
use crate::tariff::Tariff;

/// Decimals that the ordinary duty on a part of the value keeps.
const SHARE_DECIMALS: u32 = 12;

/// Which of open alternatives is taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Least,
    Most,
}

/// The duties on one line, put together in the order of the stack.
///
/// Every combination of what programmes leave open is tried: where one that is charged displaces another, the lowest of each is not the
/// lowest of all. Of equal sums the first is kept.
pub(super) struct Stack<'b, 'a> {
    context: &'b Context<'a>,
    goods: Goods<'b>,
    tariff: &'a Tariff,
    end: End,
    ordinary: Decimal,
    parts: Vec<DutyPart<'a>>,
    charged: Vec<Charged<'a>>,
    best: Option<(Decimal, Vec<DutyPart<'a>>)>,
}

impl<'b, 'a> Stack<'b, 'a> {
    /// The ordinary duty and what comes on top of it, where it all falls to one end.
    pub(super) fn reckon(
        context: &'b Context<'a>,
        goods: Goods<'b>,
        tariff: &'a Tariff,
        (ordinary, end): (DutyPart<'a>, End),
        remedies: &[Remedy<'a>],
    ) -> Result<Vec<DutyPart<'a>>, Unsettled> {
        let mut stack = Self {
            context,
            goods,
            tariff,
            end,
            ordinary: ordinary.exact,
            parts: vec![ordinary],
            charged: Vec::new(),
            best: None,
        };
        stack.add(remedies)?;
        Ok(stack.best.map_or_else(Vec::new, |(_, parts)| parts))
    }

    /// Adds what the first of the remedies can be, each in its turn, and then the others. A programme that earlier ones displace is reckoned
    /// on what they leave, or left out where they leave nothing.
    fn add(&mut self, remedies: &[Remedy<'a>]) -> Result<(), Unsettled> {
        let Some((remedy, rest)) = remedies.split_first() else {
            return self.compare();
        };
        let mut goods = Goods {
            ordinary: self.ordinary,
            ..self.goods
        };
        let Some(programme) = remedy.programme else {
            let (least, most) = ends(self.context, goods, self.tariff, &remedy.measures)?;
            let part = if self.end == End::Least { least } else { most };
            self.parts.push(part);
            self.add(rest)?;
            self.parts.pop();
            return Ok(());
        };
        let left = left_to(programme, goods, &self.charged)?;
        if left.is_zero() || remedy.measures.is_empty() || remedy.is_only_possible() {
            return self.add(rest);
        }
        if left != goods.duty_base {
            let share = decimal::multiply(goods.ordinary, left)?;
            goods.ordinary = decimal::divide(share, goods.duty_base, SHARE_DECIMALS)?.normalize();
            goods.duty_base = left;
        }
        for measure in &remedy.measures {
            let part = DutyPart::of_measure(self.context, goods, self.tariff, measure)?;
            if part.is_exempt() {
                self.add(rest)?;
                continue;
            }
            let expression = part.expression();
            let parts = expression.map(|text| parts_of(self.context, goods, text));
            self.charged.push(Charged {
                programme,
                parts: parts.transpose()?.flatten(),
            });
            self.parts.push(part);
            self.add(rest)?;
            self.parts.pop();
            self.charged.pop();
        }
        if remedy.rest_is_free {
            self.add(rest)?;
        }
        Ok(())
    }

    /// Keeps the parts where they come to less, or to more, than those before.
    fn compare(&mut self) -> Result<(), Unsettled> {
        let total = sum(&mut self.parts.iter().map(|part| part.exact))?;
        let is_better = |best: Decimal| match self.end {
            End::Least => total < best,
            End::Most => total > best,
        };
        if self.best.as_ref().is_none_or(|(best, _)| is_better(*best)) {
            self.best = Some((total, self.parts.clone()));
        }
        Ok(())
    }
}
